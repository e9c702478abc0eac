import type { Failure } from './failure';
import type { RetryOutcome } from './retry';

export const GROUP_FAILED = 'an earlier message of its group failed again';

/** Whether a message of a FIFO queue must not run, because an earlier message of its group failed again during this command. */
export function waitsForGroup(failure: Failure, done: readonly RetryOutcome[]): boolean {
  const group = groupOf(failure);
  return (
    group !== undefined &&
    done.some(
      ({ failure: other, outcome, reason }) =>
        groupOf(other) === group && (outcome === 'failed' || reason === GROUP_FAILED),
    )
  );
}

/** The queue and the group that a message comes from; undefined for other failures. */
function groupOf({ messages: [message] }: Failure): string | undefined {
  const group = message?.fifo?.MessageGroupId;
  return group === undefined ? undefined : JSON.stringify([message?.deadLetterOf, group]);
}
