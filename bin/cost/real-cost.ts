import type { AppModel } from '../../lib/model/app-model';
import { LEVELS, LevelName } from '../../lib/cost/app-estimate';
import { estimateOf } from '../../lib/cost/estimate';
import { priceListOf } from '../../lib/cost/price-list';
import { HOURS_A_MONTH } from '../../lib/schedule/month';
import { keyOf, pointsOf, total } from '../metrics/app-metrics';
import type { MetricData } from '../metrics/metric-reader';
import { measuresBilled } from './billed-time';
import type { Span } from './span';
import { dollarsOf, SpentPart, spentParts } from './spent';

/** The actual cost of an app (schema/cli/cost.schema.json). */
export interface RealCost {
  readonly app: string;
  readonly region: string;
  readonly pricesDate: string;
  readonly from: string;
  readonly to: string;
  /** Whether the billed duration is measured, with cold starts; otherwise the plain duration is used. */
  readonly measuresBilled: boolean;
  /** Whether CloudWatch has any data for the period. */
  readonly hasData: boolean;
  readonly dollars: number;
  /** In the last whole hour. */
  readonly dollarsPerHourNow: number;
  readonly monthToDate: number;
  /** For the calendar month: the cost so far, and the rest at the rate of the period. */
  readonly forecast: number;
  /** The estimate for a month. */
  readonly estimate: Readonly<Record<LevelName, number>>;
  readonly functions: readonly RealFunction[];
  readonly parts: readonly SpentPart[];
  /** Dollars for each hour of the period. */
  readonly hours: readonly number[];
}

export interface RealFunction {
  readonly id: string;
  readonly invocations: number;
  readonly errors: number;
  readonly throttles: number;
  readonly dollars: number;
}

const HOUR_MS = 3_600_000;

/** The first moment of the calendar month, in UTC, as in AWS's bills. */
export function monthBegin(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));
}

function monthEnd(at: Date): Date {
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
}

/** The metrics are sums of whole hours. */
export function wholeHour(at: Date): Date {
  return new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);
}

/**
 * @param data hourly sums, since the beginning of the period or of the month, whichever is earlier
 * @param existsSince when the stack was created
 */
export function realCost(
  model: AppModel,
  region: string,
  data: MetricData,
  span: Span,
  existsSince: Date,
): RealCost {
  const estimate = estimateOf({ ...model, app: { ...model.app, region } });
  const prices = priceListOf(region);
  const parts = (of: Span): SpentPart[] => spentParts(model, data, prices, estimate, of);
  const dollars = (of: Span): number => dollarsOf(parts(of));
  const spent = parts(span);
  const { from, to } = span;
  const hours = Math.max(1, (to.getTime() - from.getTime()) / HOUR_MS);
  // The first hour counts as a whole, since CloudWatch has it as one sum.
  const month = { from: later(monthBegin(to), wholeHour(existsSince)), to };
  const monthToDate = dollars(month);
  const left = (monthEnd(to).getTime() - to.getTime()) / HOUR_MS;
  const lastHour = { from: new Date(wholeHour(to).getTime() - HOUR_MS), to: wholeHour(to) };
  return {
    app: model.app.path,
    region,
    pricesDate: prices.date,
    from: from.toISOString(),
    to: to.toISOString(),
    measuresBilled: measuresBilled(model),
    hasData: [...data.keys()].some((key) => pointsOf(data, key, from, to).length > 0),
    dollars: dollarsOf(spent),
    dollarsPerHourNow: dollars(lastHour),
    monthToDate,
    forecast: monthToDate + (dollarsOf(spent) / hours) * left,
    estimate: Object.fromEntries(
      LEVELS.map((level) => [level, estimate.levels[level].monthlyDollars]),
    ) as Record<LevelName, number>,
    functions: model.functions.map(({ id }) => ({
      id,
      invocations: total(pointsOf(data, keyOf('invocations', id), from, to)),
      errors: total(pointsOf(data, keyOf('errors', id), from, to)),
      throttles: total(pointsOf(data, keyOf('throttles', id), from, to)),
      dollars: dollarsOf(spent.filter(({ resource }) => resource === id)),
    })),
    parts: spent,
    hours: hoursOf(span).map(dollars),
  };
}

/** Dollars for a month of 730 hours at the rate of the period. */
export function monthlyOf({ from, to, dollars }: RealCost): number {
  const hours = Math.max(1, (new Date(to).getTime() - new Date(from).getTime()) / HOUR_MS);
  return (dollars / hours) * HOURS_A_MONTH;
}

function hoursOf({ from, to }: Span): Span[] {
  const spans: Span[] = [];
  for (let at = wholeHour(from).getTime(); at < to.getTime(); at += HOUR_MS) {
    const end = Math.min(at + HOUR_MS, to.getTime());
    spans.push({ from: new Date(Math.max(at, from.getTime())), to: new Date(end) });
  }
  return spans;
}

export function later(one: Date, other: Date): Date {
  return one > other ? one : other;
}

export function earlier(one: Date, other: Date): Date {
  return one < other ? one : other;
}
