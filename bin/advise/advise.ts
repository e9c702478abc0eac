import type { AppModel } from '../../lib/model/app-model';
import type { AppEstimate } from '../../lib/cost/app-estimate';
import type { PriceList } from '../../lib/cost/price-list';
import { standingParts } from '../estimate/rows';
import { Advice, AdviceOf, merged } from './advice';
import { FunctionFigures, sum } from './figures';
import { reservedAdvice, timeoutAdvice } from './limits';
import { memoryAdvice } from './memory';
import { provisionedAdvice } from './provisioned';
import { AlarmFigures, alarmsAdvice, idleAdvice, logAdvice } from './whole-app';

/** The input of all recommendations. */
export interface AppFigures {
  readonly model: AppModel;
  readonly estimate: AppEstimate;
  readonly functions: readonly FunctionFigures[];
  readonly alarms: readonly AlarmFigures[];
  readonly days: number;
  readonly logBytes: number;
  readonly dollars: number;
  readonly now: Date;
}

/** All recommendations, the greatest saving first. */
export function advise(figures: AppFigures, prices: PriceList): AdviceOf {
  const { model, functions, estimate, logBytes, dollars, days, alarms, now } = figures;
  const invocations = sum(functions.map((fn) => fn.invocations));
  const standing = (id: string): number =>
    sum(
      standingParts(estimate)
        .filter(({ resource }) => resource === id)
        .map((part) => part.dollars),
    );
  const all = merged(
    ...functions.flatMap((fn) => [
      memoryAdvice(fn, prices),
      provisionedAdvice(fn, prices),
      reservedAdvice(fn),
      timeoutAdvice(fn),
      idleAdvice(fn, standing(fn.fn.id)),
    ]),
    logAdvice(model, { bytes: logBytes, invocations, dollars }, days, prices),
    { advice: alarmsAdvice(alarms, now, prices), missing: [] },
  );
  return { ...all, advice: [...all.advice].sort((a, b) => weight(b) - weight(a)) };
}

/** Urgent changes without a saving come first, remarks without a change last. */
function weight({ monthlySaving, change }: Advice): number {
  if (monthlySaving === undefined || monthlySaving < 0) {
    return change === undefined ? -1 : Infinity;
  }
  return monthlySaving;
}
