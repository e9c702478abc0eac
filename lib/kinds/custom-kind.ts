import { TriggerModel } from '../model/app-model';
import { formatValue, lastPart } from '../model/format-value';
import { Amounts, FailureTarget, TriggerKind } from './trigger-kind';

/** Events a month of a user's own trigger, and of a function without a trigger. */
export const OTHER_EVENTS: Amounts = { low: 10_000, moderate: 100_000, high: 1_000_000 };

/** The milliseconds that an invocation by such an event is billed for. */
export const OTHER_DURATION_MS = 200;

/** A trigger that the user implemented (`ITrigger`). Only its entry in the model is known. */
export function customKind(kind: string): TriggerKind {
  return {
    kind,
    describe: ({ source }) => `${kind}: ${lastPart(formatValue(source))}`,
    drawing: { icon: 'other' },
    monthlyEvents: OTHER_EVENTS,
    durationMs: OTHER_DURATION_MS,
    failsTo,
    carriesTenant: () => true,
    source: {
      countsWrites: () => false,
      isFiltered: () => false,
      listensTo: () => ({ narrowed: false }),
    },
    sampleEvent: () => ({}),
    recognizes: () => false,
    fits: () => false,
  };
}

function failsTo({ invocation }: TriggerModel): FailureTarget {
  switch (invocation) {
    case 'synchronous':
      return { to: 'caller' };
    case 'asynchronous':
      return { to: 'failureQueue' };
    default:
      return { to: 'trigger' };
  }
}
