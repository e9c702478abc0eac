import { DEFAULT_TABLE_CHANGES_BATCH_SIZE } from '../model/defaults';
import { FunctionLoad, TriggerLoad } from './events';
import { SECONDS_A_MONTH } from './standing-cost';
import { DURATION_MS, OTHER_DURATION_MS } from './usage-defaults';

/** What Lambda bills of a function: how often it is invoked, and for how many seconds in all. */
export interface Invocations {
  readonly count: number;
  readonly seconds: number;
}

/** A new table on demand has four partitions, and its stream as many shards. */
const SHARDS = 4;
/** So often Lambda looks for changes where it does not wait for a fuller batch. https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
const POLL_SECONDS = 0.25;

/** A function without a trigger is invoked by whatever the user connects to it, once an event. */
export function invocationsOf({ triggers, usage, events }: FunctionLoad): Invocations {
  if (triggers.length === 0) {
    return { count: events, seconds: (events * (usage.durationMs ?? OTHER_DURATION_MS)) / 1000 };
  }
  let count = 0;
  let seconds = 0;
  for (const load of triggers) {
    const ofTrigger = load.events / batchOf(load);
    count += ofTrigger;
    const { kind } = load.trigger;
    const durationMs = usage.durationMs ?? DURATION_MS[kind] ?? OTHER_DURATION_MS;
    seconds += (ofTrigger * durationMs) / 1000;
  }
  return { count, seconds };
}

/** How many changes an invocation gets: what comes in while Lambda waits, at least one and at most the size of the batch. */
function batchOf({ trigger: { kind, details }, events }: TriggerLoad): number {
  if (kind !== 'tableChanges') {
    return 1;
  }
  const { batchSize, batchingWindowSeconds: window } = details;
  const most = isAmount(batchSize) ? batchSize : DEFAULT_TABLE_CHANGES_BATCH_SIZE;
  const wait = isAmount(window) ? Math.max(window, POLL_SECONDS) : POLL_SECONDS;
  const arriving = (events / SECONDS_A_MONTH / SHARDS) * wait;
  return Math.max(1, Math.min(most, arriving));
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value > 0;
}
