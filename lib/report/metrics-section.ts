import { AppEstimate } from '../cost/app-estimate';
import { dollars } from './cost-view';
import { markup, Markup } from './markup';
import { FunctionMetrics, ReportMetrics } from './report-metrics';
import { Section } from './section';
import { table } from './table';
import { formatCount } from '../model/format-number';

/** Measured figures, for comparison with the estimate. */
export function metricsSection(metrics: ReportMetrics, estimate: AppEstimate): Section {
  const sum = (of: (fn: FunctionMetrics) => number): number =>
    metrics.functions.reduce((total, fn) => total + of(fn), 0);
  const invocations = sum((fn) => fn.invocations);
  const tiles: ReadonlyArray<readonly [string, string]> = [
    [formatCount(invocations), 'invocations'],
    [
      percent(
        sum((fn) => fn.errors),
        invocations,
      ),
      'failed',
    ],
    [
      percent(
        sum((fn) => fn.throttles),
        invocations + sum((fn) => fn.throttles),
      ),
      'throttled',
    ],
    ...(metrics.dollars === undefined
      ? []
      : [[dollars(metrics.dollars), 'in this period'] as const]),
    ...(metrics.monthlyDollars === undefined
      ? []
      : [
          [
            dollars(metrics.monthlyDollars),
            `a month at this rate; ${dollars(estimate.levels.moderate.monthlyDollars)} estimated at moderate`,
          ] as const,
        ]),
  ];
  return {
    id: 'metrics',
    title: 'Measured',
    short: 'Metrics',
    content: markup`<p>From CloudWatch, ${moment(metrics.from)} to ${moment(metrics.to)}.</p>
      <ul class="tiles" aria-label="Sums">${tiles.map(
        ([figure, words]) => markup`<li><b>${figure}</b><span>${words}</span></li>`,
      )}</ul>
      ${functionsTable(metrics.functions)}`,
  };
}

/** A column of the table. `show` returns its value for a function, or undefined if there is no data. */
interface Column {
  readonly title: string;
  readonly show: (fn: FunctionMetrics) => string | undefined;
}

const COLUMNS: readonly Column[] = [
  { title: 'Invocations', show: (fn) => formatCount(fn.invocations) },
  { title: 'Failed', show: (fn) => formatCount(fn.errors) },
  { title: 'Throttled', show: (fn) => formatCount(fn.throttles) },
  { title: 'Cold starts', show: (fn) => known(fn.coldStarts, formatCount) },
  { title: 'Median', show: (fn) => known(fn.p50Milliseconds, milliseconds) },
  { title: '99 %', show: (fn) => known(fn.p99Milliseconds, milliseconds) },
  {
    title: 'Peak memory',
    show: (fn) => known(fn.peakMemoryMb, (size) => `${formatCount(size)} MB`),
  },
  { title: 'Dollars', show: (fn) => known(fn.dollars, dollars) },
];

/** Leaves out the columns for which no function has data. */
function functionsTable(functions: readonly FunctionMetrics[]): Markup {
  const sorted = [...functions].sort((a, b) => b.invocations - a.invocations);
  const columns = COLUMNS.filter(({ show }) => sorted.some((fn) => show(fn) !== undefined));
  return table(
    'Measured figures by function',
    [{ title: 'Function' }, ...columns.map(({ title }) => ({ title, numeric: true }))],
    sorted.map((fn) => ({
      cells: [
        markup`<b class="name">${fn.id}</b>`,
        ...columns.map(({ show }) => show(fn) ?? 'no data'),
      ],
    })),
  );
}

/** `2026-11-24 10:43 UTC`. */
function moment(iso: string): Markup {
  return markup`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`;
}

function known(value: number | undefined, show: (value: number) => string): string | undefined {
  return value === undefined ? undefined : show(value);
}

function milliseconds(value: number): string {
  return value >= 1000 ? `${Number((value / 1000).toPrecision(3))} s` : `${Math.round(value)} ms`;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '0 %' : `${Number(((100 * part) / whole).toPrecision(2))} %`;
}
