import { formatCompact } from '../model/format-number';
import { LevelEstimate } from '../cost/app-estimate';
import { byService } from './cost-view';
import { eventsAt, LEAST_EVENTS, MOST_EVENTS, STEPS } from './load-range';
import { markup, Markup } from './markup';

/** The cost at one load of the chart. */
export interface CurvePoint {
  readonly step: number;
  readonly estimate: LevelEstimate;
}

/** A load at which something changes. Its number appears in the chart and in the list below it. */
export interface ChartMark {
  readonly number: number;
  readonly kind: 'pays' | 'limit';
  readonly events: number;
}

/** Straight lines connect the points; at this distance nobody sees the difference. */
const POINT_EVERY = 10;
const LEFT = 58;
const RIGHT = 14;
const TOP = 30;
const LINE_HEIGHT = 170;
const GAP = 34;
const SHARE_HEIGHT = 96;
const BOTTOM = 26;
const HEIGHT = TOP + LINE_HEIGHT + GAP + SHARE_HEIGHT + BOTTOM;
const MARK = 18;

/** The cost of an app over the whole range of loads. */
export function curveOf(estimateAt: (events: number) => LevelEstimate): CurvePoint[] {
  return Array.from({ length: STEPS / POINT_EVERY + 1 }, (_, i) => {
    const step = i * POINT_EVERY;
    return { step, estimate: estimateAt(eventsAt(step)) };
  });
}

/**
 * Dollars by load, both on logarithmic axes, and below it the share of each service. Units are screen pixels, so that letters
 * have the usual size; the page redraws the chart when its width changes.
 */
export function costChart(
  curve: readonly CurvePoint[],
  marks: readonly ChartMark[],
  width: number,
): Markup {
  const x = (step: number): number => LEFT + (step / STEPS) * (width - LEFT - RIGHT);
  const scale = dollarScale(curve);
  const y = (dollars: number): number => TOP + LINE_HEIGHT * (1 - scale.share(dollars));
  const line = curve
    .map(
      ({ step, estimate }, i) =>
        `${i === 0 ? 'M' : 'L'}${at(x(step))} ${at(y(estimate.monthlyDollars))}`,
    )
    .join('');
  const decades = Array.from({ length: 6 }, (_, i) => LEAST_EVENTS * 10 ** i);
  return markup`<svg class="chart" viewBox="0 0 ${width} ${HEIGHT}" width="${width}" height="${HEIGHT}" role="img" aria-label="${spokenCurve(curve)}">
    <g class="grid">${scale.ticks.map(
      (dollars) =>
        markup`<path d="M${LEFT} ${at(y(dollars))}H${width - RIGHT}"/><text class="at-left" x="${LEFT - 8}" y="${at(y(dollars) + 4)}">$${formatCompact(dollars)}</text>`,
    )}${decades.map((events) => {
      const step =
        (STEPS * Math.log10(events / LEAST_EVENTS)) / Math.log10(MOST_EVENTS / LEAST_EVENTS);
      return markup`<path d="M${at(x(step))} ${TOP}V${TOP + LINE_HEIGHT}"/><text class="${step === STEPS ? 'at-left' : 'in-middle'}" x="${at(step === STEPS ? x(step) + 6 : x(step))}" y="${TOP + LINE_HEIGHT + 20}">${formatCompact(events)}</text>`;
    })}</g>
    ${shares(curve, x)}
    <text class="axis" x="${LEFT}" y="${HEIGHT - 6}">share of each service</text>
    ${drawMarks(marks, x)}
    <path class="line" d="${line}"/>
    <path class="cursor" id="chart-cursor" d="M0 ${TOP}V${TOP + LINE_HEIGHT}M0 ${TOP + LINE_HEIGHT + GAP}V${TOP + LINE_HEIGHT + GAP + SHARE_HEIGHT}"/>
    <circle class="point" id="chart-point" r="5" cx="0" cy="0"/>
  </svg>`;
}

/** The position of the slider in the chart. */
export function chartPoint(
  curve: readonly CurvePoint[],
  width: number,
  step: number,
  { monthlyDollars }: LevelEstimate,
): { readonly x: number; readonly y: number } {
  const share = dollarScale(curve).share(monthlyDollars);
  return {
    x: LEFT + (step / STEPS) * (width - LEFT - RIGHT),
    y: TOP + LINE_HEIGHT * (1 - share),
  };
}

interface DollarScale {
  readonly ticks: readonly number[];
  /** From 0 at the bottom to 1 at the top. */
  share(dollars: number): number;
}

function dollarScale(curve: readonly CurvePoint[]): DollarScale {
  const all = curve.map(({ estimate }) => Math.max(0.01, estimate.monthlyDollars));
  const least = Math.floor(Math.log10(Math.min(...all)));
  const most = Math.max(least + 1, Math.ceil(Math.log10(Math.max(...all))));
  return {
    ticks: Array.from({ length: most - least + 1 }, (_, i) => 10 ** (least + i)),
    share: (dollars) => (Math.log10(Math.max(10 ** least, dollars)) - least) / (most - least),
  };
}

/** The services stacked upon each other. The one that costs most at the highest load is at the bottom. */
function shares(curve: readonly CurvePoint[], x: (step: number) => number): Markup {
  const top = TOP + LINE_HEIGHT + GAP;
  const services = byService(curve.flatMap(({ estimate }) => estimate.parts)).map(([name]) => name);
  const floors = curve.map(() => 0);
  const areas = services.map((service) => {
    const lower = curve.map(
      ({ step }, i) => `${at(x(step))} ${at(top + SHARE_HEIGHT * (1 - (floors[i] ?? 0)))}`,
    );
    const upper = curve.map(({ step, estimate }, i) => {
      const sum = byService(estimate.parts).find(([name]) => name === service)?.[1] ?? 0;
      const share = estimate.monthlyDollars === 0 ? 0 : sum / estimate.monthlyDollars;
      floors[i] = Math.min(1, (floors[i] ?? 0) + share);
      return `${at(x(step))} ${at(top + SHARE_HEIGHT * (1 - (floors[i] ?? 0)))}`;
    });
    return markup`<path class="area of-${service}" d="M${upper.join('L')}L${lower.reverse().join('L')}Z"/>`;
  });
  return markup`<g class="shares">${areas}</g>`;
}

/** Numbers above the chart. Numbers that would overlap are moved side by side. */
function drawMarks(marks: readonly ChartMark[], x: (step: number) => number): Markup {
  let last = -Infinity;
  const drawn = [...marks]
    .sort((a, b) => a.events - b.events)
    .map(({ number, kind, events }) => {
      const step =
        (STEPS * Math.log10(events / LEAST_EVENTS)) / Math.log10(MOST_EVENTS / LEAST_EVENTS);
      const place = x(step);
      const label = Math.max(place, last + MARK + 2);
      last = label;
      return markup`<g class="mark ${kind}"><path d="M${at(place)} ${TOP}V${TOP + LINE_HEIGHT}M${at(label)} ${TOP - 6}L${at(place)} ${TOP}"/><circle cx="${at(label)}" cy="${TOP - 15}" r="${MARK / 2}"/><text class="in-middle" x="${at(label)}" y="${TOP - 11}">${number}</text></g>`;
    });
  return markup`<g aria-hidden="true">${drawn}</g>`;
}

function spokenCurve(curve: readonly CurvePoint[]): string {
  const said = curve
    .filter(({ step }) => step % 100 === 0)
    .map(
      ({ step, estimate }) =>
        `${formatCompact(eventsAt(step))} events $${formatCompact(estimate.monthlyDollars)}`,
    );
  return `Dollars a month by events a month: ${said.join(', ')}`;
}

function at(value: number): string {
  return value.toFixed(1);
}
