import { AppModel, ColdStartModel, FunctionModel } from '../model/app-model';
import { invocationsOf } from '../cost/invocations';
import { hasCaller } from '../kinds/trigger-kinds';
import { resolvedNumber } from '../model/resolved';
import { eventsAt, LoadRange, STEPS } from './load-range';

/** The load from which provisioned concurrency costs less than the same work on demand. */
export interface Crossing {
  readonly functionId: string;
  /** How many environments are provisioned; one is assumed for a function that has none. */
  readonly ready: string;
  /** Whether the function has provisioned concurrency. */
  readonly has: boolean;
  /** Events a month of the whole app; absent if it does not pay off up to a billion. */
  readonly fromEvents?: number;
}

/**
 * The crossings of each function with provisioned concurrency, and of the busiest other function that has a caller, as if it had
 * one environment. Each compares the estimates with and without provisioned concurrency.
 */
export function crossingsOf(model: AppModel): Crossing[] {
  const range = new LoadRange(model);
  if (!range.varies) {
    return [];
  }
  const provisioned = model.functions.filter(
    ({ coldStart }) =>
      coldStart.kind === 'provisioned' && resolvedNumber(coldStart.min) !== undefined,
  );
  const busiest = busiestOf(range);
  return [
    ...provisioned.map((fn) => crossing(model, fn, fn.coldStart, true)),
    ...(busiest === undefined
      ? []
      : [crossing(model, busiest, { kind: 'provisioned', min: 1 }, false)]),
  ];
}

function crossing(
  model: AppModel,
  fn: FunctionModel,
  coldStart: ColdStartModel,
  has: boolean,
): Crossing {
  const ready = new LoadRange(withColdStart(model, fn.id, coldStart));
  const onDemand = new LoadRange(withColdStart(model, fn.id, { kind: 'onDemand' }));
  const pays = (step: number): boolean => {
    const events = eventsAt(step);
    return ready.estimateAt(events).monthlyDollars <= onDemand.estimateAt(events).monthlyDollars;
  };
  const step = firstStep(pays);
  const units = [...new Set([coldStart.min, coldStart.max].filter((unit) => unit !== undefined))];
  return {
    functionId: fn.id,
    ready: units.map((unit) => resolvedNumber(unit) ?? '?').join(' to '),
    has,
    fromEvents: step === undefined ? undefined : eventsAt(step),
  };
}

function withColdStart(model: AppModel, id: string, coldStart: ColdStartModel): AppModel {
  return {
    ...model,
    functions: model.functions.map((fn) => (fn.id === id ? { ...fn, coldStart } : fn)),
  };
}

function busiestOf(range: LoadRange): FunctionModel | undefined {
  const loads = range
    .loadAt(range.levels.moderate)
    .functions.filter(({ fn }) => fn.coldStart.kind === 'onDemand' && fn.triggers.some(hasCaller));
  const seconds = loads.map((load) => invocationsOf(load).seconds);
  return loads[seconds.indexOf(Math.max(...seconds))]?.fn;
}

/** The first step of the range at which a condition holds. The condition must keep holding as the load grows. */
export function firstStep(holds: (step: number) => boolean): number | undefined {
  if (!holds(STEPS)) {
    return undefined;
  }
  let [before, from] = [-1, STEPS];
  while (from - before > 1) {
    const middle = Math.floor((before + from) / 2);
    if (holds(middle)) {
      from = middle;
    } else {
      before = middle;
    }
  }
  return from;
}
