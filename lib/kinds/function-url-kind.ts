import { isFunctionUrlEvent, SAMPLE_REGION } from './event-values';
import { HTTP_KIND, requestEvent } from './http-kind';
import { GB } from './log-items';
import { TriggerKind } from './trigger-kind';

/** Beyond this, each byte of a streamed response costs: https://aws.amazon.com/lambda/pricing/ */
const FREE_STREAMED_BYTES = 6 * 1024 * 1024;

/**
 * Requests to a function's own URL. The source is the URL's construct path; `details` are `authorization` (`AWS_IAM` or `NONE`), `stream`
 * and `monthlyEvents`.
 */
export const FUNCTION_URL_KIND: TriggerKind = {
  kind: 'functionUrl',
  invocation: 'synchronous',
  defaults: {
    part: 'function URLs',
    production:
      'requests signed by principals that may invoke it (`AWS_IAM`), no CORS, no streaming',
    reason:
      'a URL has neither a throttle nor an access log, so an open one must be a deliberate choice; without API Gateway nothing else limits the bill',
  },
  describe: ({ details }) => `its own URL${details['stream'] === true ? ' (streamed)' : ''}`,
  drawing: { icon: 'request' },
  monthlyEvents: HTTP_KIND.monthlyEvents,
  durationMs: HTTP_KIND.durationMs,
  /** The URL itself costs nothing. */
  billItems: ({ trigger, events, responseBytes }) => [
    { price: 'dataTransfer.out', quantity: (events * responseBytes) / GB },
    ...(trigger.details['stream'] === true && responseBytes > FREE_STREAMED_BYTES
      ? [
          {
            price: 'lambda.streaming',
            quantity: (events * (responseBytes - FREE_STREAMED_BYTES)) / GB,
          },
        ]
      : []),
  ],
  failsTo: () => ({ to: 'caller' }),
  streamsResponse: ({ details }) => details['stream'] === true,
  caller: {
    name: 'a function URL',
    waitsSeconds: 900,
    documentation: 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html',
    isOpen: ({ details }) => details['authorization'] === 'NONE',
    isOpenByDefault: () => false,
  },
  sampleEvent: () => urlEvent(),
  recognizes: isFunctionUrlEvent,
  fits: isFunctionUrlEvent,
};

/** https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html: the format of a request to `$default` of an HTTP API. */
function urlEvent(): object {
  const request = requestEvent('$default') as { readonly requestContext: object };
  return {
    ...request,
    requestContext: {
      ...request.requestContext,
      domainName: `sample.lambda-url.${SAMPLE_REGION}.on.aws`,
      domainPrefix: 'sample',
    },
  };
}
