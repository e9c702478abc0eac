import type { AlarmFacts, AppModel } from '../../lib/app-model';
import { PriceList, unitPrice } from '../../lib/cost/price-list';
import { showDollars } from '../../lib/cost/standing-cost';
import type { AlarmState } from '../metrics/metric-reader';
import { AdviceOf, NOTHING } from './advice';
import { ENOUGH_DAYS, FunctionFigures, monthly, percent } from './figures';

const GB = 1024 ** 3;
/** Logs that cost more than this share of what is spent are worth a look. */
const MUCH_LOG = 0.2;
const WORTH_DOLLARS = 1;

export function idleAdvice(figures: FunctionFigures, standingDollars: number): AdviceOf {
  const { fn, invocations, days } = figures;
  if (invocations > 0 || fn.triggers.length === 0) {
    return NOTHING;
  }
  if (days < ENOUGH_DAYS) {
    const text = `nothing ran it in ${days.toFixed(1)} days; ${ENOUGH_DAYS} are needed`;
    return { advice: [], missing: [{ about: 'idle', of: fn.id, text }] };
  }
  return one({
    about: 'idle',
    advice: `nothing runs ${fn.id}: remove it, or see why its events do not come`,
    evidence: `no invocation in ${days.toFixed(0)} days`,
    monthlySaving: standingDollars,
  });
}

/** How much of the money goes to logs. */
export function logAdvice(
  model: AppModel,
  spent: { readonly bytes: number; readonly invocations: number; readonly dollars: number },
  days: number,
  prices: PriceList,
): AdviceOf {
  const { bytes, invocations, dollars } = spent;
  const logDollars = (bytes / GB) * unitPrice(prices.prices['cloudWatch.logsIngestion']);
  const aMonth = monthly(logDollars, days);
  if (dollars === 0 || logDollars < dollars * MUCH_LOG || aMonth < WORTH_DOLLARS) {
    return NOTHING;
  }
  const each = invocations === 0 ? '' : `, ${Math.round(bytes / invocations)} bytes an invocation`;
  return one({
    about: 'logs',
    advice:
      'logs are much of the cost: write less of them, or only warnings (the saving is the most there can be)',
    evidence: `${(bytes / GB).toFixed(2)} GB in ${days.toFixed(0)} days${each}: ${percent(logDollars / dollars)} of the cost`,
    monthlySaving: aMonth,
    change: {
      path: model.app.path,
      prop: 'functionDefaults.applicationLogLevelV2',
      to: 'ApplicationLogLevel.WARN',
    },
  });
}

/** An alarm, how it stands, and how often it was raised. */
export interface AlarmFigures {
  readonly alarm: AlarmFacts;
  readonly state: AlarmState;
  readonly raised: number;
  /** For how many days that is known. */
  readonly days: number;
}

/** An alarm that is always on is not heard, and one that never has data watches nothing. */
export function alarmAdvice(figures: AlarmFigures, now: Date, prices: PriceList): AdviceOf {
  const { alarm, state, raised, days } = figures;
  const stands = state.since === undefined ? 0 : daysBetween(state.since, now);
  const price = alarm.metrics * unitPrice(prices.prices['cloudWatch.alarms']);
  const off = { path: alarm.path, prop: `alarm ${alarm.id}`, from: 'on', to: 'off' };
  if (state.state === 'ALARM' && stands >= days) {
    return one({
      about: 'alarm',
      advice: `${alarm.id} is always on, so that nobody hears it: mend what it tells of, or raise its threshold`,
      evidence: `in alarm for ${stands.toFixed(0)} days`,
    });
  }
  if (state.state === 'INSUFFICIENT_DATA' && stands >= days) {
    return one({
      about: 'alarm',
      advice: `${alarm.id} has no data: what it watches does not happen`,
      evidence: `without data for ${stands.toFixed(0)} days`,
      monthlySaving: price,
      change: off,
    });
  }
  if (raised > 0 || state.state === 'ALARM') {
    return NOTHING;
  }
  return days < ENOUGH_DAYS
    ? NOTHING
    : one({
        about: 'alarm',
        advice: `${alarm.id} was never raised: as it should be, or its threshold is too high; switched off it saves ${showDollars(price)}`,
        evidence: `not once in ${days.toFixed(0)} days`,
        monthlySaving: price,
      });
}

export function daysBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 86_400_000;
}

function one(advice: AdviceOf['advice'][number]): AdviceOf {
  return { advice: [advice], missing: [] };
}
