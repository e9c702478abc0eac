import { formatValue } from '../model/format-value';
import { resolvedNumber, resolvedText } from '../model/resolved';
import { partOf, SAMPLE_ACCOUNT, SAMPLE_TIME } from './event-values';
import { GB, logItems } from './log-items';
import { Caller, TriggerKind } from './trigger-kind';

/** The size of a request's entry in the access log, in the app's own format. */
const ACCESS_LOG_BYTES = 600;

/** Who calls a function behind the HTTP API. */
export const HTTP_CALLER: Caller = {
  name: 'an HTTP API',
  waitsSeconds: 30,
  documentation:
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
  throttleOf: ({ details }) => ({
    rateLimit: resolvedNumber(details['rateLimit']),
    burstLimit: resolvedNumber(details['burstLimit']),
  }),
  isOpen: ({ details }) => details['authorization'] === 'NONE',
  isOpenByDefault: ({ details }) => details['open'] === true,
};

/** A request to a route of the app's HTTP API. The source is the route: `GET /orders/{id}`. */
export const HTTP_KIND: TriggerKind = {
  kind: 'http',
  invocation: 'synchronous',
  describe: ({ source }) => formatValue(source),
  drawing: { icon: 'request', together: 'routes' },
  monthlyEvents: { low: 100_000, moderate: 1_000_000, high: 10_000_000 },
  durationMs: 100,
  billItems: ({ events, responseBytes }, { http }) => [
    { price: 'apiGateway.httpRequests', resource: http?.id, quantity: events },
    { price: 'dataTransfer.out', resource: http?.id, quantity: (events * responseBytes) / GB },
    ...(http?.accessLog === undefined ? [] : logItems(http.accessLog, events * ACCESS_LOG_BYTES)),
  ],
  failsTo: () => ({ to: 'caller' }),
  caller: HTTP_CALLER,
  sampleEvent: ({ source }) => requestEvent(formatValue(source)),
  recognizes: (event) => routeKeyOf(event) !== undefined,
  fits: (event, { source }) => routeKeyOf(event) === source,
};

function routeKeyOf(event: unknown): string | undefined {
  return resolvedText(partOf(event, 'requestContext', 'routeKey'));
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html, format 2.0 */
function requestEvent(routeKey: string): object {
  const [method = 'GET', path = '/'] = routeKey.startsWith('$') ? [] : routeKey.split(' ');
  const names = [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name = '']) => name);
  const rawPath = path.replace(/\{([^}+]+)\+?\}/g, 'sample-$1');
  const hasBody = !['GET', 'HEAD', 'DELETE', 'OPTIONS'].includes(method);
  return {
    version: '2.0',
    routeKey,
    rawPath,
    rawQueryString: '',
    headers: {
      host: 'localhost',
      accept: '*/*',
      ...(hasBody ? { 'content-type': JSON_TYPE } : {}),
    },
    requestContext: {
      accountId: SAMPLE_ACCOUNT,
      apiId: 'local',
      domainName: 'localhost',
      domainPrefix: 'localhost',
      http: {
        method: method === 'ANY' ? 'GET' : method,
        path: rawPath,
        protocol: 'HTTP/1.1',
        sourceIp: '127.0.0.1',
        userAgent: 'serverless-app',
      },
      requestId: 'sample-request',
      routeKey,
      stage: '$default',
      time: SAMPLE_TIME,
      timeEpoch: Date.parse(SAMPLE_TIME),
    },
    ...(names.length === 0
      ? {}
      : { pathParameters: Object.fromEntries(names.map((name) => [name, `sample-${name}`])) }),
    ...(hasBody ? { body: '{}' } : {}),
    isBase64Encoded: false,
  };
}

const JSON_TYPE = 'application/json';
