import { Guard } from './guard';
import { timeProp } from './time-prop';

const TIMES = 6;
const SOURCE = 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html';

/** A queue whose visibility timeout is too short. Lambda rejects less than one function timeout and recommends six. */
export const queueVisibility: Guard = {
  id: 'queue-visibility',
  severities: ['error', 'warning'],
  what: 'A queue that triggers a function (through an event source mapping) and whose visibility timeout is less than six times the function’s timeout plus the batching window. Less than one function timeout is an error. For a durable function, the time of a whole execution counts (`executionTimeout`).',
  why: 'Lambda rejects the mapping if the visibility timeout is shorter than the function’s timeout. Below six times, a batch that is throttled and retried can be processed twice, or end up in the dead-letter queue although nothing is wrong with it.',
  fix: 'Raise the queue’s `visibilityTimeout` or lower the function’s `timeout`.',
  accept: 'The function is never throttled, or may process a message twice.',
  source: SOURCE,
  check: ({ queues }) =>
    queues.flatMap((queue) => {
      const {
        function: id,
        path,
        visibilitySeconds,
        windowSeconds,
        timeoutSeconds,
        durable,
      } = queue;
      const least = TIMES * timeoutSeconds + windowSeconds;
      if (visibilitySeconds >= least) {
        return [];
      }
      const isError = visibilitySeconds < timeoutSeconds;
      return [
        {
          severity: isError ? 'error' : 'warning',
          prop: timeProp(id, durable),
          function: id,
          rule: isError
            ? 'must not exceed its queue’s visibility timeout'
            : `must be at most a sixth of its queue’s visibility timeout${windowSeconds > 0 ? ' minus the batching window' : ''}`,
          quota: {
            name: `seconds of visibility timeout of ${path}`,
            limit: visibilitySeconds,
            source: SOURCE,
          },
          got: `${timeoutSeconds} s`,
          remedy: `give the queue \`visibilityTimeout: Duration.seconds(${least})\` or more, or lower the function’s \`${durable === true ? 'executionTimeout' : 'timeout'}\``,
        },
      ];
    }),
};
