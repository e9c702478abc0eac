import { randomUUID } from 'node:crypto';
import type * as http from 'node:http';
import { asNumber, asObject } from '../json/unknown';
import { decoded } from './routes';

/** A request, as API Gateway events describe it. */
export interface EventRequest {
  readonly request: Request;
  readonly body: Buffer;
  /** `GET /orders/{id}`, or `$default`. */
  readonly routeKey: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly ip: string;
  /** The values of each header, by its name in lower case. */
  readonly headerValues?: Readonly<NodeJS.Dict<string[]>>;
  /** The result of the authorizer, if one ran. */
  readonly authorizer?: object;
  /** Whether a function URL received it. Its events have the path as it was sent; those of an HTTP API have it decoded. */
  readonly isUrl?: boolean;
}

/** The bodies that events of format 2.0 contain as text; others are in base64. */
const TEXT = /^(text\/[^;]*|application\/(json|xml|javascript))\s*(;|$)/i;
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** The event of a request in format 1.0 or 2.0. */
export function eventOf(asked: EventRequest, payload: '1.0' | '2.0'): object {
  const { request, body, routeKey, parameters, ip, authorizer, headerValues = {} } = asked;
  const url = new URL(request.url);
  const { method } = request;
  const headers = Object.fromEntries(request.headers);
  const isText =
    payload === '2.0' && body.length > 0
      ? TEXT.test(headers['content-type'] ?? '')
      : Buffer.from(body.toString('utf8')).equals(body);
  const content = {
    body: body.length === 0 ? undefined : body.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: !isText,
  };
  const now = new Date();
  const about = {
    accountId: 'local',
    apiId: 'local',
    domainName: url.hostname,
    requestId: randomUUID(),
    stage: '$default',
  };
  const pathParameters = Object.keys(parameters).length === 0 ? undefined : parameters;
  const names = [...new Set(url.searchParams.keys())];
  const query = names.map((name) => [name, url.searchParams.getAll(name)] as const);
  const hasQuery = names.length > 0;
  const userAgent = headers['user-agent'] ?? '';
  if (payload === '1.0') {
    const valuesOf = Object.entries(headers).map(
      ([name, value]) => [name, headerValues[name] ?? [value]] as const,
    );
    return {
      version: '1.0',
      resource: routeKey.split(' ')[1] ?? '/',
      path: url.pathname,
      httpMethod: method,
      headers: Object.fromEntries(valuesOf.map(([name, values]) => [name, values.at(-1)])),
      multiValueHeaders: Object.fromEntries(valuesOf),
      queryStringParameters: hasQuery
        ? Object.fromEntries(query.map(([name, values]) => [name, values.at(-1)]))
        : null,
      multiValueQueryStringParameters: hasQuery ? Object.fromEntries(query) : null,
      pathParameters: pathParameters ?? null,
      stageVariables: null,
      requestContext: {
        ...about,
        httpMethod: method,
        path: url.pathname,
        resourcePath: routeKey.split(' ')[1] ?? '/',
        protocol: 'HTTP/1.1',
        requestTimeEpoch: now.getTime(),
        identity: { sourceIp: ip, userAgent },
        authorizer: authorizer ?? null,
      },
      ...content,
      body: content.body ?? null,
    };
  }
  const { cookie, ...others } = headers;
  const path = asked.isUrl === true ? url.pathname : decoded(url.pathname);
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: url.search.slice(1),
    ...(cookie === undefined ? {} : { cookies: cookie.split('; ') }),
    headers: others,
    ...(hasQuery
      ? {
          queryStringParameters: Object.fromEntries(
            query.map(([name, values]) => [name, values.join(',')]),
          ),
        }
      : {}),
    ...(pathParameters === undefined ? {} : { pathParameters }),
    requestContext: {
      ...about,
      domainPrefix: 'local',
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: ip, userAgent },
      routeKey,
      ...(authorizer === undefined ? {} : { authorizer: { lambda: authorizer } }),
      time: timeOf(now),
      timeEpoch: now.getTime(),
    },
    ...content,
  };
}

/** Writes what a handler returned, as API Gateway interprets it. In format 2.0, a value that is not a response becomes the body of one. */
export function writeResult(
  result: unknown,
  payload: '1.0' | '2.0',
  target: http.ServerResponse,
): void {
  const fields = asObject(result);
  const status = statusIn(fields?.statusCode);
  if (fields === undefined || status === undefined) {
    if (payload === '1.0') {
      throw new TypeError('the handler must return an object with `statusCode`');
    }
    target.writeHead(200, { 'content-type': 'application/json' });
    target.end(typeof result === 'string' ? result : JSON.stringify(result));
    return;
  }
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(asObject(fields.headers) ?? {})) {
    headers[name.toLowerCase()] = String(value);
  }
  const multiple = payload === '1.0' ? fields.multiValueHeaders : undefined;
  for (const [name, values] of Object.entries(asObject(multiple) ?? {})) {
    headers[name.toLowerCase()] = (values as unknown[]).map(String);
  }
  if (Array.isArray(fields.cookies)) {
    headers['set-cookie'] = fields.cookies.map(String);
  }
  delete headers['content-length'];
  const { body: given } = fields;
  if (given !== undefined && given !== null && typeof given !== 'string') {
    throw new TypeError('`body` must be text, for example by `JSON.stringify`');
  }
  const body = Buffer.from(given ?? '', fields.isBase64Encoded === true ? 'base64' : 'utf8');
  target.writeHead(status, headers);
  target.end(body);
}

function statusIn(given: unknown): number | undefined {
  return typeof given === 'string' && /^\d+$/.test(given) ? Number(given) : asNumber(given);
}

/** `28/Nov/2026:21:51:50 +0000`. */
function timeOf(now: Date): string {
  const [, year = '', month = '', day = '', time = ''] =
    /^(\d+)-(\d+)-(\d+)T([\d:]+)/.exec(now.toISOString()) ?? [];
  return `${day}/${MONTHS[Number(month) - 1] ?? ''}/${year}:${time} +0000`;
}
