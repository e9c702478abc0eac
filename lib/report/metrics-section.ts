import { AppEstimate } from '../cost/app-estimate';
import { dollars } from './cost-view';
import { markup, Markup } from './markup';
import { FunctionMetrics, ReportMetrics } from './report-metrics';
import { Section } from './section';
import { table } from './table';
import { count } from './text';

/** What the app really did, beside what was estimated. */
export function metricsSection(metrics: ReportMetrics, estimate: AppEstimate): Section {
  const sum = (of: (fn: FunctionMetrics) => number): number =>
    metrics.functions.reduce((total, fn) => total + of(fn), 0);
  const invocations = sum((fn) => fn.invocations);
  const tiles: ReadonlyArray<readonly [string, string]> = [
    [count(invocations), 'invocations'],
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
    ...(metrics.dollars === undefined ? [] : [[dollars(metrics.dollars), 'in this time'] as const]),
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
    title: 'What it really did',
    short: 'Metrics',
    content: markup`<p>From CloudWatch, <time>${metrics.from}</time> to <time>${metrics.to}</time>.</p>
      <ul class="tiles" aria-label="Sums">${tiles.map(
        ([figure, words]) => markup`<li><b>${figure}</b><span>${words}</span></li>`,
      )}</ul>
      ${functionsTable(metrics.functions)}`,
  };
}

function functionsTable(functions: readonly FunctionMetrics[]): Markup {
  const sorted = [...functions].sort((a, b) => b.invocations - a.invocations);
  return table(
    'Real figures by function',
    [
      { title: 'Function' },
      { title: 'Invocations', numeric: true },
      { title: 'Failed', numeric: true },
      { title: 'Throttled', numeric: true },
      { title: 'Cold starts', numeric: true },
      { title: 'Median', numeric: true },
      { title: '99 %', numeric: true },
      { title: 'Peak memory', numeric: true },
      { title: 'Dollars', numeric: true },
    ],
    sorted.map((fn) => ({
      cells: [
        markup`<b class="name">${fn.id}</b>`,
        count(fn.invocations),
        count(fn.errors),
        count(fn.throttles),
        known(fn.coldStarts, count),
        known(fn.p50Milliseconds, milliseconds),
        known(fn.p99Milliseconds, milliseconds),
        known(fn.peakMemoryMb, (size) => `${count(size)} MB`),
        known(fn.dollars, dollars),
      ],
    })),
  );
}

function known(value: number | undefined, show: (value: number) => string): string {
  return value === undefined ? 'no data' : show(value);
}

function milliseconds(value: number): string {
  return value >= 1000 ? `${Number((value / 1000).toPrecision(3))} s` : `${Math.round(value)} ms`;
}

function percent(part: number, whole: number): string {
  return whole === 0 ? '0 %' : `${Number(((100 * part) / whole).toPrecision(2))} %`;
}
