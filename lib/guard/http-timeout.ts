import { Guard } from './guard';
import { timeProp } from './time-prop';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
export const REST_API_TIMEOUT_SECONDS = 29;

/** A function can keep running after its caller has stopped waiting: the result is lost, the work is billed, and a retry repeats it. */
export const httpTimeout: Guard = {
  id: 'http-timeout',
  severities: ['warning'],
  what: 'A function whose timeout exceeds its caller’s: 30 s behind an HTTP API, 29 s behind a REST or WebSocket API, 5 s for a Cognito user pool, or the integration’s own shorter timeout. For a durable function, the caller waits for the whole execution (`executionTimeout`).',
  why: 'The caller gets an error (503 or 504) while the function is still running. The work is billed, its result is lost, and a retry repeats it.',
  fix: 'Lower `timeout`, or answer 202 immediately and do the long work in another function that an event triggers.',
  accept:
    'The function has other triggers that need the time, and it answers HTTP requests quickly.',
  source: 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
  check: ({ functions }) =>
    functions.flatMap(({ id, timeoutSeconds = 0, durable, callers }) => {
      const [caller] = [...callers].sort((a, b) => a.limitSeconds - b.limitSeconds);
      if (caller === undefined || timeoutSeconds <= caller.limitSeconds) {
        return [];
      }
      const { name, limitSeconds, source } = caller;
      return [
        {
          prop: timeProp(id, durable),
          function: id,
          rule: 'must not exceed the time its caller waits',
          quota: { name: `seconds ${name} waits`, limit: limitSeconds, source },
          got: `${timeoutSeconds} s`,
          remedy:
            `lower it to ${limitSeconds} s or less, or answer immediately and do the long work asynchronously in another function; ` +
            'acknowledge this warning if other triggers need the time',
        },
      ];
    }),
};
