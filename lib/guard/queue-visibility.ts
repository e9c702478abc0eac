import { Guard } from './guard';

const TIMES = 6;
const SOURCE = 'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html';

/** A queue that shows a message again while a function still works on it. Lambda refuses less than one timeout, and advises six. */
export const queueVisibility: Guard = {
  id: 'queue-visibility',
  severities: ['error', 'warning'],
  what:
    'A queue that runs a function (by an event source mapping) and hides a message for less than six timeouts of that function, and ' +
    'its batching window; less than one timeout is an error.',
  why:
    'Lambda refuses the mapping where the queue hides a message for less than one timeout. Below six, a batch that is throttled and ' +
    'tried again is worked on twice, or goes to the dead-letter queue though nothing was wrong with it.',
  fix: 'Raise the queue’s `visibilityTimeout`, or lower the function’s `timeout`.',
  accept: 'The function is never throttled, and may work on a message twice.',
  source: SOURCE,
  check: ({ queues }) =>
    queues.flatMap(({ function: id, path, visibilitySeconds, windowSeconds, timeoutSeconds }) => {
      const least = TIMES * timeoutSeconds + windowSeconds;
      if (visibilitySeconds >= least) {
        return [];
      }
      const isError = visibilitySeconds < timeoutSeconds;
      return [
        {
          severity: isError ? 'error' : 'warning',
          prop: `functions.${id}.timeout`,
          function: id,
          rule: isError
            ? 'must be no longer than its queue hides a message'
            : `must be at most a sixth of what its queue hides a message${windowSeconds > 0 ? ', less the batching window' : ''}`,
          quota: {
            name: `seconds that ${path} hides it`,
            limit: visibilitySeconds,
            source: SOURCE,
          },
          got: `${timeoutSeconds} s`,
          remedy: `give the queue \`visibilityTimeout: Duration.seconds(${least})\` or more, or lower the function’s \`timeout\``,
        },
      ];
    }),
};
