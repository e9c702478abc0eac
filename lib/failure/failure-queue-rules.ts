import type * as sqs from 'aws-cdk-lib/aws-sqs';
import type { AppContext } from '../core/app-context';
import { renderedProperties } from '../core/rendered-properties';

/** Lambda and EventBridge send failed events to standard queues only. */
export function requireStandard({ check }: AppContext, queue: sqs.IQueue | undefined): void {
  if (queue?.fifo === true) {
    throw check.error(
      'failureQueue',
      'must be a standard queue, because Lambda and EventBridge send failures to no other type',
      `${queue.node.path}, which is a FIFO queue`,
      'create it without `fifo`, or leave out `failureQueue` for the app’s own queue',
    );
  }
  const { deadLetterQueue } = (queue ?? {}) as Partial<sqs.Queue>;
  if (queue !== undefined && deadLetterQueue !== undefined) {
    throw check.error(
      'failureQueue',
      NO_DEAD_LETTERS,
      `${queue.node.path}, whose dead-letter queue is ${deadLetterQueue.queue.node.path}`,
      'create it without `deadLetterQueue`, or leave out `failureQueue` for the app’s own queue',
    );
  }
}

const NO_DEAD_LETTERS =
  'must have no dead-letter queue, because listing its failures would count as receives and move them there';

/** Reports a dead-letter queue that the user gave the resource of a failure queue. */
export function deadLettersOf(queue: sqs.IQueue, { check }: AppContext): string[] {
  const redrive = renderedProperties(queue)?.['RedrivePolicy'];
  return redrive === undefined
    ? []
    : [
        check.error(
          'failureQueue',
          NO_DEAD_LETTERS,
          `${queue.node.path}, whose resource has a \`redrivePolicy\``,
          'remove the `redrivePolicy` of its `CfnQueue`',
        ).message,
      ];
}
