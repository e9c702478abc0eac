import { formatValue } from '../model/format-value';
import { resolvedNumber, resolvedText } from '../model/resolved';
import {
  isFunctionUrlEvent,
  isSocketEvent,
  partOf,
  SAMPLE_ACCOUNT,
  SAMPLE_TIME,
} from './event-values';
import { GB, logItems } from './log-items';
import { Caller, TriggerKind } from './trigger-kind';

/** The size of a request's entry in the access log, in the app's own format. */
const ACCESS_LOG_BYTES = 600;

/** The caller of a function behind the HTTP API. */
export const HTTP_CALLER: Caller = {
  name: 'an HTTP API',
  waitsSeconds: 30,
  documentation:
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html',
  throttleOf: ({ details }) => ({
    rateLimit: resolvedNumber(details['rateLimit']),
    burstLimit: resolvedNumber(details['burstLimit']),
  }),
  throttleOfApi: ({ http }) => http,
  isOpen: ({ details }) => details['authorization'] === 'NONE' && details['apiKey'] !== true,
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
    {
      price: http?.type === 'rest' ? 'apiGateway.restRequests' : 'apiGateway.httpRequests',
      resource: http?.id,
      quantity: events,
    },
    { price: 'dataTransfer.out', resource: http?.id, quantity: (events * responseBytes) / GB },
    ...(http?.accessLog === undefined ? [] : logItems(http.accessLog, events * ACCESS_LOG_BYTES)),
  ],
  failsTo: () => ({ to: 'caller' }),
  streamsResponse: ({ details }) => details['stream'] === true,
  caller: HTTP_CALLER,
  sampleEvent: ({ source, details }) =>
    details['payload'] === '1.0'
      ? requestEventV1(formatValue(source))
      : requestEvent(formatValue(source)),
  recognizes: (event) =>
    routeKeyOf(event) !== undefined && !isSocketEvent(event) && !isFunctionUrlEvent(event),
  carriesTenant: ({ tenant }) => tenant !== undefined,
  fits: (event, { source }) => routeKeyOf(event) === source,
};

/** The route of an event of format 2.0, or of format 1.0, which REST APIs send. */
function routeKeyOf(event: unknown): string | undefined {
  const key = resolvedText(partOf(event, 'requestContext', 'routeKey'));
  const resource = resolvedText(partOf(event, 'resource'));
  const method = resolvedText(partOf(event, 'httpMethod'));
  return (
    key ?? (resource === undefined || method === undefined ? undefined : `${method} ${resource}`)
  );
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html, format 1.0 */
function requestEventV1(routeKey: string): object {
  const { method, path, rawPath, parameters, hasBody } = requestOf(routeKey);
  const headers = {
    Host: 'localhost',
    Accept: '*/*',
    ...(hasBody ? { 'Content-Type': JSON_TYPE } : {}),
  };
  return {
    version: '1.0',
    resource: path,
    path: rawPath,
    httpMethod: method,
    headers,
    multiValueHeaders: Object.fromEntries(
      Object.entries(headers).map(([name, it]) => [name, [it]]),
    ),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: parameters ?? null,
    stageVariables: null,
    requestContext: {
      accountId: SAMPLE_ACCOUNT,
      apiId: 'local',
      domainName: 'localhost',
      domainPrefix: 'localhost',
      httpMethod: method,
      authorizer: null,
      identity: {
        accessKey: null,
        accountId: null,
        apiKey: null,
        apiKeyId: null,
        caller: null,
        clientCert: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp: '127.0.0.1',
        user: null,
        userAgent: 'serverless-app',
        userArn: null,
      },
      path: rawPath,
      protocol: 'HTTP/1.1',
      requestId: 'sample-request',
      requestTimeEpoch: Date.parse(SAMPLE_TIME),
      resourceId: 'sample',
      resourcePath: path,
      stage: 'live',
    },
    body: hasBody ? '{}' : null,
    isBase64Encoded: false,
  };
}

interface SampleRequest {
  readonly method: string;
  readonly path: string;
  readonly rawPath: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly hasBody: boolean;
}

function requestOf(routeKey: string): SampleRequest {
  const [method = 'GET', path = '/'] = routeKey.startsWith('$') ? [] : routeKey.split(' ');
  const names = [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name = '']) => name);
  return {
    method: method === 'ANY' ? 'GET' : method,
    path,
    rawPath: path.replace(/\{([^}+]+)\+?\}/g, 'sample-$1'),
    parameters:
      names.length === 0
        ? undefined
        : Object.fromEntries(names.map((name) => [name, `sample-${name}`])),
    hasBody: !['GET', 'HEAD', 'DELETE', 'OPTIONS'].includes(method),
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html, format 2.0 */
export function requestEvent(routeKey: string): object {
  const { method, rawPath, parameters, hasBody } = requestOf(routeKey);
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
        method,
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
    ...(parameters === undefined ? {} : { pathParameters: parameters }),
    ...(hasBody ? { body: '{}' } : {}),
    isBase64Encoded: false,
  };
}

const JSON_TYPE = 'application/json';
