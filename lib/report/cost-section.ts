import { ReportInput } from './report-input';
import { AppEstimate, LEVELS } from '../cost/app-estimate';
import { ChartMark, costChart, curveOf } from './cost-chart';
import { costBar, costHeadline, costTables, dollars } from './cost-view';
import { Crossing } from './crossing';
import { OnTheWay } from './limits-on-the-way';
import { LoadRange, STEPS, stepOf } from './load-range';
import { markup, Markup } from './markup';
import { Section } from './section';
import { formatCount, formatInWords } from '../model/format-number';

/** The width until the script draws the page, and on paper. */
const WIDTH = 1000;

/** The monthly cost by load and by part, and where provisioned concurrency pays off. */
export function costSection(
  { model, freeTier }: ReportInput,
  estimate: AppEstimate,
  onTheWay: OnTheWay,
): Section {
  const range = new LoadRange(model, freeTier);
  const events = range.levels.moderate;
  const moderate = range.varies ? range.estimateAt(events) : estimate.levels.moderate;
  return {
    id: 'cost',
    title: 'Cost by load',
    short: 'Cost',
    content: markup`<p id="cost-headline" class="headline">${
      range.varies
        ? costHeadline(events, moderate)
        : markup`<b class="total">${dollars(moderate.monthlyDollars)}</b> <span>a month: this app only runs on schedules, whatever the load</span>`
    }</p>
      ${range.varies ? slider(range) : undefined}
      <div id="cost-bar">${costBar(moderate)}</div>
      ${uncountedLine(estimate)}
      ${range.varies ? chart(range, onTheWay) : undefined}
      <details>
        <summary>All parts</summary>
        <div id="cost-tables">${costTables(moderate)}</div>
      </details>
      ${grounds(estimate)}`,
  };
}

/** Where provisioned concurrency pays and where limits are reached, numbered as in the chart. */
export function marksOf({ crossings, limits }: OnTheWay): ChartMark[] {
  const pays = crossings.flatMap(({ fromEvents }) =>
    fromEvents === undefined ? [] : [{ kind: 'pays' as const, events: fromEvents }],
  );
  const met = limits.map(({ fromEvents }) => ({ kind: 'limit' as const, events: fromEvents }));
  return [...pays, ...met].map((mark, i) => ({ ...mark, number: i + 1 }));
}

function slider(range: LoadRange): Markup {
  const { levels } = range;
  return markup`<div class="slider">
      <label for="load">Events a month from outside the app</label>
      <input type="range" id="load" min="0" max="${STEPS}" step="1" value="${stepOf(levels.moderate)}" disabled>
      <div class="levels">${LEVELS.map(
        (level) =>
          markup`<button type="button" class="scripted" hidden data-level="${level}">${level}: ${formatInWords(levels[level])}</button>`,
      )}</div>
    </div>`;
}

function chart(range: LoadRange, onTheWay: OnTheWay): Markup {
  const curve = curveOf((events) => range.estimateAt(events));
  return markup`<div id="cost-chart">${costChart(curve, marksOf(onTheWay), WIDTH)}</div>
    ${crossingList(onTheWay.crossings)}`;
}

function crossingList(all: readonly Crossing[]): Markup | undefined {
  if (all.length === 0) {
    return undefined;
  }
  let number = 0;
  return markup`<h3>Where provisioned concurrency pays</h3>
    <ul class="marks">${all.map(({ functionId, ready, has, fromEvents }) => {
      const name = markup`<b class="name">${functionId}</b>`;
      const what = has
        ? markup`${name}, ${ready} ready`
        : markup`${name}, if one environment were ready`;
      if (fromEvents === undefined) {
        return markup`<li><span class="badge">no</span> ${what}: costs more than on demand up to a billion events a month; it buys speed, not savings.</li>`;
      }
      number += 1;
      return markup`<li><span class="number-mark pays">${number}</span> ${what}: costs less than on demand from ${formatInWords(fromEvents)} events a month on; below that it buys speed, not savings.</li>`;
    })}</ul>`;
}

function uncountedLine({ uncounted }: AppEstimate): Markup | undefined {
  return uncounted.length === 0
    ? undefined
    : markup`<p>In the stack, and not counted: ${uncounted.join(', ')}.</p>`;
}

/** The assumptions behind the figures, and what they exclude. */
function grounds({ prices, assumptions, notIncluded, freeTier }: AppEstimate): Markup {
  const { region, date, currency, fallbacks } = prices;
  return markup`<details class="grounds">
    <summary>Assumptions, and what is not included</summary>
    <p>Prices of ${region} in ${currency}, read on ${date}, ${freeTier ? 'minus the free tier' : 'without the free tier'}.${
      fallbacks.length === 0
        ? undefined
        : markup` ${formatCount(fallbacks.length)} of them are those of us-east-1: ${fallbacks.join(', ')}.`
    } The load counts events from outside. Schedules run as always, and what functions write runs other functions. Low, moderate and high are the
      levels of the estimate. Between them amounts are interpolated; beyond them each additional event costs the same.</p>
    <h3>Assumptions</h3>
    <ul>${assumptions.map((each) => markup`<li>${each}</li>`)}</ul>
    <h3>Not included</h3>
    <ul>${notIncluded.map((each) => markup`<li>${each}</li>`)}</ul>
  </details>`;
}
