import type { Failure } from '../../../bin/failures/failure';
import { GROUP_FAILED, waitsForGroup } from '../../../bin/failures/message-group';
import type { RetryOutcome } from '../../../bin/failures/retry';

function failure(id: string, group?: string, queue = 'arn:jobs'): Failure {
  const message = {
    id,
    receipt: id,
    body: '{}',
    sentAt: new Date(0),
    attributes: {},
    deadLetterOf: queue,
    ...(group === undefined ? {} : { fifo: { MessageGroupId: group } }),
  };
  return { id, kind: 'message', failedAt: new Date(0), messages: [message] };
}

const failed = (of: Failure): RetryOutcome => ({ failure: of, outcome: 'failed' });

test.each<[string, Failure, RetryOutcome[], boolean]>([
  [
    'waits for an earlier one of its group that failed',
    failure('2', 'a'),
    [failed(failure('1', 'a'))],
    true,
  ],
  [
    'waits for an earlier one of its group that waited itself',
    failure('3', 'a'),
    [{ failure: failure('2', 'a'), outcome: 'skipped', reason: GROUP_FAILED }],
    true,
  ],
  [
    'does not wait for one that succeeded',
    failure('2', 'a'),
    [{ failure: failure('1', 'a'), outcome: 'succeeded' }],
    false,
  ],
  ['does not wait for another group', failure('2', 'b'), [failed(failure('1', 'a'))], false],
  [
    'does not wait for the same group of another queue',
    failure('2', 'a', 'arn:other'),
    [failed(failure('1', 'a'))],
    false,
  ],
  ['of a standard queue does not wait', failure('2'), [failed(failure('1'))], false],
])('a message %s', (_, message, done, waits) => {
  expect(waitsForGroup(message, done)).toBe(waits);
});
