import type { AlarmModel, AppModel } from '../../lib/model/app-model';
import { PriceList, unitPrice } from '../../lib/cost/price-list';
import type { AlarmState } from '../metrics/metric-reader';
import { Advice, AdviceOf, NOTHING } from './advice';
import { ENOUGH_DAYS, FunctionFigures, monthly, percent } from './figures';

const GB = 1024 ** 3;
/** Logs are worth a recommendation above this share of the cost. */
const MUCH_LOG = 0.2;
const WORTH_DOLLARS = 1;

export function idleAdvice(figures: FunctionFigures, standingDollars: number): AdviceOf {
  const { fn, invocations, days } = figures;
  if (invocations > 0 || fn.triggers.length === 0) {
    return NOTHING;
  }
  if (days < ENOUGH_DAYS) {
    const text = `no invocations in ${days.toFixed(1)} days; ${ENOUGH_DAYS} days needed`;
    return { advice: [], missing: [{ about: 'idle', of: fn.id, text }] };
  }
  return one({
    about: 'idle',
    advice: `nothing invokes ${fn.id}: remove it, or find out why its events do not arrive`,
    evidence: `no invocations in ${days.toFixed(0)} days`,
    monthlySaving: standingDollars,
  });
}

/** The share of the cost that logs cause. */
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
  const each = invocations === 0 ? '' : `, ${Math.round(bytes / invocations)} bytes per invocation`;
  return one({
    about: 'logs',
    advice:
      'logs are a large part of the cost: log less, or only warnings (the saving is an upper limit)',
    evidence: `${(bytes / GB).toFixed(2)} GB in ${days.toFixed(0)} days${each}: ${percent(logDollars / dollars)} of the cost`,
    monthlySaving: aMonth,
    change: {
      path: model.app.path,
      prop: 'functionDefaults.applicationLogLevelV2',
      to: 'ApplicationLogLevel.WARN',
    },
  });
}

/** An alarm, its state, and how often it was raised. */
export interface AlarmFigures {
  readonly alarm: AlarmModel;
  readonly state: AlarmState;
  readonly raised: number;
  /** The number of days that these figures cover. */
  readonly days: number;
}

/** Alarms that are always on, have no data, or were never raised. */
export function alarmsAdvice(
  all: readonly AlarmFigures[],
  now: Date,
  prices: PriceList,
): readonly Advice[] {
  const standing = all.filter(({ state, days }) => {
    const since = state.since === undefined ? 0 : daysBetween(state.since, now);
    return state.state !== 'OK' && days >= ENOUGH_DAYS && since >= days;
  });
  const quiet = all.filter(
    ({ state, raised, days }) => state.state === 'OK' && raised === 0 && days >= ENOUGH_DAYS,
  );
  const price = unitPrice(prices.prices['cloudWatch.alarms']);
  return [
    ...standing.map(({ alarm, state, days }): Advice => {
      const always = state.state === 'ALARM';
      return {
        about: 'alarm',
        advice: always
          ? `${alarm.id} is always on, so nobody will notice it: fix the cause, or raise its threshold`
          : `${alarm.id} has no data, because the event that it watches for did not happen: it can be disabled`,
        evidence: `${always ? 'in alarm' : 'without data'} for more than ${Math.floor(days)} days`,
        monthlySaving: always ? undefined : alarm.metrics * price,
      };
    }),
    ...(quiet.length === 0
      ? []
      : [
          {
            about: 'alarm',
            advice: `${quiet.map(({ alarm }) => alarm.id).join(', ')} ${quiet.length === 1 ? 'was' : 'were'} never raised: correct if nothing went wrong, otherwise the threshold is too high`,
            evidence: `not once in ${Math.floor(Math.min(...quiet.map(({ days }) => days)))} days`,
          },
        ]),
  ];
}

export function daysBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / 86_400_000;
}

function one(advice: AdviceOf['advice'][number]): AdviceOf {
  return { advice: [advice], missing: [] };
}
