import type { LevelName } from '../lib/cost/app-estimate';
import { chartPoint, costChart, curveOf } from '../lib/report/cost-chart';
import { marksOf } from '../lib/report/cost-section';
import { crossingsOf } from '../lib/report/crossing';
import { costBar, costHeadline, costTables, spokenCost } from '../lib/report/cost-view';
import { limitsTable } from '../lib/report/limits-section';
import { limitsOnTheWay, PEAK } from '../lib/report/limits-on-the-way';
import { eventsAt, LoadRange, stepOf } from '../lib/report/load-range';
import { markup, MarkupValue } from '../lib/report/markup';
import type { ReportInput } from '../lib/report/report-input';
import { byId } from './elements';

/** Connects the slider: it shows what the estimate’s own functions calculate for its load. */
export function startCost({ model, freeTier }: ReportInput): void {
  const range = new LoadRange(model, freeTier);
  if (!range.varies) {
    return;
  }
  const load = byId('load', HTMLInputElement);
  const place = byId('cost-chart', HTMLDivElement);
  const peak = byId('peak', HTMLSelectElement);
  const curve = curveOf((events) => range.estimateAt(events));
  const crossings = crossingsOf(model);
  let onTheWay = { crossings, limits: limitsOnTheWay(model, PEAK) };

  const show = (): void => {
    const events = eventsOf(range, Number(load.value));
    const estimate = range.estimateAt(events);
    load.setAttribute('aria-valuetext', spokenCost(events, estimate));
    fill('cost-headline', costHeadline(events, estimate));
    fill('cost-bar', costBar(estimate));
    fill('cost-tables', costTables(estimate));
    for (const button of levelButtons()) {
      const level = button.dataset['level'] as LevelName;
      button.setAttribute('aria-pressed', String(range.levels[level] === events));
    }
    const { x, y } = chartPoint(curve, place.clientWidth, Number(load.value), estimate);
    byId('chart-cursor', SVGPathElement).setAttribute('transform', `translate(${x} 0)`);
    byId('chart-point', SVGCircleElement).setAttribute('transform', `translate(${x} ${y})`);
  };
  const draw = (): void => {
    fill('cost-chart', costChart(curve, marksOf(onTheWay), place.clientWidth));
    show();
  };

  load.disabled = false;
  load.addEventListener('input', show);
  for (const button of levelButtons()) {
    button.addEventListener('click', () => {
      load.value = String(stepOf(range.levels[button.dataset['level'] as LevelName]));
      show();
    });
  }
  peak.addEventListener('change', () => {
    onTheWay = { crossings, limits: limitsOnTheWay(model, Number(peak.value)) };
    fill('limits-met', limitsTable(onTheWay));
    draw();
  });
  new ResizeObserver(draw).observe(place);
}

/** The load at a step of the slider; at a usage level, exactly that level’s load. */
function eventsOf({ levels }: LoadRange, step: number): number {
  return Object.values(levels).find((events) => stepOf(events) === step) ?? eventsAt(step);
}

function levelButtons(): HTMLButtonElement[] {
  return [...document.querySelectorAll<HTMLButtonElement>('[data-level]')];
}

function fill(id: string, content: MarkupValue): void {
  byId(id, HTMLElement).innerHTML = markup`${content}`.source;
}
