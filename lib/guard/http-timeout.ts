import { Guard } from './guard';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
export const REST_API_TIMEOUT_SECONDS = 29;

/** A function may run on after its caller has gone: nobody gets the answer, the work is billed, and a caller that tries again does it twice. */
export const httpTimeout: Guard = {
  id: 'http-timeout',
  severities: ['warning'],
  what:
    'A function whose timeout is longer than who calls it waits: 30 s behind an HTTP API, 29 s behind a REST API, or less where ' +
    'the integration says so.',
  why:
    'The caller gets an error (503 or 504) while the function still runs: the work is billed, nobody gets its result, and a caller ' +
    'that tries again does it twice.',
  fix: 'Lower `timeout`; give long work to a function of its own, which an event runs, and answer 202 at once.',
  accept:
    'The function has other events too that need the time, and its answers over HTTP are quick.',
  source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
  check: ({ functions }) =>
    functions.flatMap(({ id, timeoutSeconds = 0, callers }) => {
      const [caller] = [...callers].sort((a, b) => a.limitSeconds - b.limitSeconds);
      if (caller === undefined || timeoutSeconds <= caller.limitSeconds) {
        return [];
      }
      const { name, limitSeconds, source } = caller;
      return [
        {
          prop: `functions.${id}.timeout`,
          function: id,
          rule: 'must be no longer than its caller waits',
          quota: { name: `seconds that ${name} waits`, limit: limitSeconds, source },
          got: `${timeoutSeconds} s`,
          remedy:
            `lower it to ${limitSeconds} s or less, or let another function do the long work, asynchronously, and answer at ` +
            'once; acknowledge this warning where other events need the time',
        },
      ];
    }),
};
