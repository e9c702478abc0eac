import { AppEstimate, LEVELS, LevelName } from '../../lib/cost/app-estimate';
import { formatDollars } from '../../lib/model/format-number';
import type { Colors } from '../io';
import { table } from '../text/table';
import type { Comparison } from './compare';
import { rowsByResource, rowsByWhat } from './rows';

const MOST_RESOURCES = 20;

/** The monthly cost at all levels, by price and by resource. */
export function formatEstimate(estimate: AppEstimate, colors: Colors): string {
  const { app, prices } = estimate;
  const cells = (dollars: Readonly<Record<LevelName, number>>): string[] =>
    LEVELS.map((level) => formatDollars(dollars[level]));
  const totals = Object.fromEntries(
    LEVELS.map((level) => [level, estimate.levels[level].monthlyDollars]),
  ) as Record<LevelName, number>;
  const resources = rowsByResource(estimate);
  const rows = [
    ['', ...LEVELS].map((cell) => colors.dim(cell)),
    ...rowsByWhat(estimate).map(({ what, dollars }) => [what, ...cells(dollars)]),
    ['total a month', ...cells(totals)].map((cell) => colors.bold(cell)),
    [colors.dim('of which'), '', '', ''],
    ...resources
      .slice(0, MOST_RESOURCES)
      .map(({ what, dollars }) => [`  ${what}`, ...cells(dollars)]),
    ...(resources.length > MOST_RESOURCES
      ? [[colors.dim(`  and ${resources.length - MOST_RESOURCES} more, see --json`), '', '', '']]
      : []),
  ];
  const rest =
    estimate.uncounted.length === 0
      ? ''
      : colors.dim(`  not counted: ${estimate.uncounted.join(', ')}\n`);
  return `${colors.bold(app.path)} (${app.stage}, ${prices.region}, prices of ${prices.date})\n${table(rows, { indent: '  ', right: [1, 2, 3] })}${rest}`;
}

/** Every part of one level, with its quantity and price. */
export function formatLevel(estimate: AppEstimate, level: LevelName, colors: Colors): string {
  const { app, prices, levels } = estimate;
  const { parts, monthlyDollars } = levels[level];
  const rows = [...parts]
    .sort((a, b) => b.dollars - a.dollars)
    .map(({ resource = 'the app', service, what, quantity, unit, unitPrice, dollars }) => [
      resource,
      `${service} ${what}`,
      quantity.toLocaleString('en-US', { maximumFractionDigits: 2 }),
      unit,
      `$${unitPrice.toPrecision(3)}`,
      formatDollars(dollars),
    ]);
  const total = ['total a month', '', '', '', '', formatDollars(monthlyDollars)];
  return `${colors.bold(app.path)} (${level}, ${prices.region}, prices of ${prices.date})\n${table(
    [...rows, total.map((cell) => colors.bold(cell))],
    { indent: '  ', right: [2, 4, 5] },
  )}`;
}

/** The lines that change, and by how much. */
export function formatComparison(app: string, comparison: Comparison, colors: Colors): string {
  const { level, before, after, increase, parts } = comparison;
  const change = (from: number, to: number): string => {
    const text = `${to >= from ? '+' : '-'}${formatDollars(Math.abs(to - from))}`;
    return to > from ? colors.red(text) : to < from ? colors.green(text) : text;
  };
  const rows = [
    ...parts.map((part) => [
      part.what,
      formatDollars(part.before),
      formatDollars(part.after),
      change(part.before, part.after),
    ]),
    ['total a month', formatDollars(before), formatDollars(after), change(before, after)],
  ];
  const percent =
    increase === undefined ? '' : ` (${increase >= 0 ? '+' : ''}${(increase * 100).toFixed(1)} %)`;
  return `${colors.bold(app)} (${level})${percent}\n${table(rows, { indent: '  ', right: [1, 2, 3] })}`;
}
