import { FunctionLoad } from './events';
import { OTHER_DURATION_MS } from '../kinds/custom-kind';
import { kindOf } from '../kinds/trigger-kinds';

/** What Lambda bills for a function in a month: the number of invocations, and their seconds in total. */
export interface Invocations {
  readonly count: number;
  readonly seconds: number;
}

/** A function without a trigger is invoked once per event, by whatever the user connects to it. */
export function invocationsOf({ triggers, usage, events }: FunctionLoad): Invocations {
  if (triggers.length === 0) {
    return { count: events, seconds: (events * (usage.durationMs ?? OTHER_DURATION_MS)) / 1000 };
  }
  let count = 0;
  let seconds = 0;
  for (const load of triggers) {
    const kind = kindOf(load.trigger);
    const invocations = load.events / (kind.batchOf?.(load.trigger, load.events) ?? 1);
    count += invocations;
    seconds += (invocations * (usage.durationMs ?? kind.durationMs)) / 1000;
  }
  return { count, seconds };
}
