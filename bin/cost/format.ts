import { plot } from 'asciichart';
import { LEVELS } from '../../lib/cost/app-estimate';
import { formatDollars } from '../../lib/model/format-number';
import type { Colors } from '../io';
import { formatDuration } from '../text/duration';
import { table } from '../text/table';
import type { RealCost } from './real-cost';

const CHART_HEIGHT = 6;
const CHART_WIDTH = 72;
const MOST_ROWS = 20;

/** With more digits for small amounts: `$0.0042`. */
export function formatSmallDollars(dollars: number): string {
  return dollars !== 0 && Math.abs(dollars) < 0.1
    ? `$${dollars.toPrecision(2).replace(/\.?0+$/, '')}`
    : formatDollars(dollars);
}

export function formatCost(cost: RealCost, colors: Colors): string {
  const span = new Date(cost.to).getTime() - new Date(cost.from).getTime();
  const estimate = LEVELS.map((level) => `${level} ${formatDollars(cost.estimate[level])}`).join(
    ', ',
  );
  const head = table(
    [
      [`last ${formatDuration(span)}`, formatSmallDollars(cost.dollars)],
      ['run-rate now', `${formatSmallDollars(cost.dollarsPerHourNow)} an hour`],
      ['this month so far', formatSmallDollars(cost.monthToDate)],
      ['forecast for the month', `${formatSmallDollars(cost.forecast)} (estimate: ${estimate})`],
    ],
    { indent: '  ' },
  );
  return [
    `${colors.bold(cost.app)} (${cost.region}, prices of ${cost.pricesDate})\n`,
    head,
    chart(cost),
    functionTable(cost, colors),
    partTable(cost, colors),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

/** Dollars an hour; a column covers several hours if there are many. */
function chart({ hours }: RealCost): string {
  if (hours.length < 3 || hours.every((value) => value === hours[0])) {
    return '';
  }
  const size = Math.ceil(hours.length / CHART_WIDTH);
  const columns = Array.from({ length: Math.ceil(hours.length / size) }, (_, i) => {
    const some = hours.slice(i * size, (i + 1) * size);
    return some.reduce((all, value) => all + value, 0) / some.length;
  });
  const format = (value: number): string => `${formatSmallDollars(value)}/h`.padStart(12);
  return `${plot(columns, { height: CHART_HEIGHT, min: 0, format })}\n`;
}

function functionTable({ functions }: RealCost, colors: Colors): string {
  const sorted = [...functions].sort((a, b) => b.dollars - a.dollars);
  const rows = sorted
    .slice(0, MOST_ROWS)
    .map(({ id, invocations, errors, throttles, dollars }) => [
      id,
      invocations.toLocaleString('en-US'),
      errors === 0 ? '0' : colors.red(errors.toLocaleString('en-US')),
      throttles === 0 ? '0' : colors.red(throttles.toLocaleString('en-US')),
      formatSmallDollars(dollars),
    ]);
  const more = sorted.length - rows.length;
  return table(
    [
      ['function', 'invocations', 'errors', 'throttled', 'dollars'].map((cell) => colors.dim(cell)),
      ...rows,
      ...(more > 0 ? [[colors.dim(`and ${more} more, see --json`)]] : []),
    ],
    { indent: '  ', right: [1, 2, 3, 4] },
  );
}

function partTable({ parts }: RealCost, colors: Colors): string {
  const sums = new Map<string, { quantity: number; unit: string; dollars: number }>();
  for (const { what, quantity, unit, dollars } of parts) {
    const before = sums.get(what) ?? { quantity: 0, unit, dollars: 0 };
    sums.set(what, {
      unit,
      quantity: before.quantity + quantity,
      dollars: before.dollars + dollars,
    });
  }
  if (sums.size === 0) {
    return '';
  }
  const rows = [...sums]
    .sort(([, a], [, b]) => b.dollars - a.dollars)
    .map(([what, { quantity, unit, dollars }]) => [
      what,
      quantity.toLocaleString('en-US', { maximumFractionDigits: 2 }),
      unit,
      formatSmallDollars(dollars),
    ]);
  return table([['part', 'quantity', '', 'dollars'].map((cell) => colors.dim(cell)), ...rows], {
    indent: '  ',
    right: [1, 3],
  });
}
