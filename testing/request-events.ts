import type { HttpEvent, RestEvent } from './event-types';
import { sampleOf, text } from './events';

export interface RequestOptions {
  /** The values of the parameters in the route’s path. The default of each is `sample-<name>`. */
  readonly pathParameters?: Readonly<Record<string, string>>;
  /** Use a list for a name that occurs several times. */
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  /** Added to the typical headers. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Cookies: `{ session: 'abc' }`. */
  readonly cookies?: Readonly<Record<string, string>>;
  /** Bytes are passed in base64. A body that is neither a string nor bytes is written as JSON. */
  readonly body?: unknown;
  /**
   * The method, for an `ANY` or `$default` route.
   * @default - that of the route
   */
  readonly method?: string;
  /** The result of the authorizer: `{ jwt: { claims: { sub: 'ada' }, scopes: [] } }`. */
  readonly authorizer?: unknown;
}

/** A request to a route as `onRequest` delivers it, in payload format 2.0: `httpEvent('POST /orders', { body: { total: 5 } })`. */
export function httpEvent(route: string, options: RequestOptions = {}): HttpEvent {
  return format2(sampleOf('http', route) as HttpEvent, options);
}

/** A request to a function URL. */
export function functionUrlEvent(path = '/', options: RequestOptions = {}): HttpEvent {
  const event = format2(sampleOf('functionUrl', '') as HttpEvent, options);
  return withPath(event, path);
}

/** A request to a route of a REST API, in payload format 1.0. */
export function restEvent(route: string, options: RequestOptions = {}): RestEvent {
  const event = sampleOf('http', route, { payload: '1.0' }) as RestEvent;
  const { requestContext } = event;
  const method = options.method ?? event.httpMethod;
  const parameters = parametersOf(event.pathParameters ?? undefined, options);
  const path = parameters === undefined ? event.path : fill(event.resource, parameters);
  const { body, isBase64Encoded, headers: ofBody } = bodyOf(options);
  const headers = merged(event.headers, ofBody, cookieHeader(options), options.headers ?? {});
  const query = Object.entries(options.query ?? {}).map(
    ([name, value]) => [name, listOf(value)] as const,
  );
  return {
    ...event,
    path,
    httpMethod: method,
    headers,
    multiValueHeaders: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, [value]]),
    ),
    queryStringParameters:
      query.length === 0
        ? null
        : Object.fromEntries(query.map(([name, values]) => [name, values.at(-1) ?? ''])),
    multiValueQueryStringParameters: query.length === 0 ? null : Object.fromEntries(query),
    pathParameters: parameters ?? null,
    requestContext: {
      ...requestContext,
      httpMethod: method,
      path,
      authorizer: options.authorizer ?? (requestContext.authorizer as unknown),
    },
    body: body ?? event.body,
    isBase64Encoded,
  };
}

function format2(event: HttpEvent, options: RequestOptions): HttpEvent {
  const { requestContext } = event;
  const parameters = parametersOf(event.pathParameters, options);
  const template = event.routeKey.split(' ')[1];
  const { body, isBase64Encoded, headers: ofBody } = bodyOf(options);
  const cookies = cookiesOf(options);
  const pairs = Object.entries(options.query ?? {}).map(
    ([name, value]) => [name, listOf(value)] as const,
  );
  const raw = new URLSearchParams(
    pairs.flatMap(([name, values]) => values.map((value): [string, string] => [name, value])),
  );
  const filled = {
    ...event,
    rawQueryString: String(raw),
    ...(cookies.length === 0 ? {} : { cookies }),
    headers: merged(event.headers, ofBody, lowerCased(options.headers ?? {})),
    ...(pairs.length === 0
      ? {}
      : {
          queryStringParameters: Object.fromEntries(
            pairs.map(([name, values]) => [name, values.join(',')]),
          ),
        }),
    ...(parameters === undefined ? {} : { pathParameters: parameters }),
    requestContext: {
      ...requestContext,
      http: { ...requestContext.http, method: options.method ?? requestContext.http.method },
      ...(options.authorizer === undefined ? {} : { authorizer: options.authorizer }),
    },
    ...(body === undefined ? {} : { body }),
    isBase64Encoded,
  };
  return parameters === undefined || template === undefined
    ? filled
    : withPath(filled, fill(template, parameters));
}

function withPath(event: HttpEvent, path: string): HttpEvent {
  const { requestContext } = event;
  const http = { ...requestContext.http, path };
  return { ...event, rawPath: path, requestContext: { ...requestContext, http } };
}

function parametersOf(
  typical: Readonly<Record<string, string>> | undefined,
  { pathParameters = {} }: RequestOptions,
): Record<string, string> | undefined {
  const names = Object.keys(typical ?? {});
  const [unknown] = Object.keys(pathParameters).filter((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new Error(
      `\`pathParameters\` must be those of the route, got \`${unknown}\`: ${
        names.length === 0 ? 'the route has none' : `the route has ${names.join(', ')}`
      }`,
    );
  }
  return typical === undefined ? undefined : { ...typical, ...pathParameters };
}

/** `/files/{path+}` keeps the slashes of its value. */
function fill(template: string, parameters: Readonly<Record<string, string>>): string {
  return template.replace(/\{([^}+]+)(\+?)\}/g, (_whole, name: string, rest: string) => {
    const parts = rest === '' ? [parameters[name] ?? ''] : (parameters[name] ?? '').split('/');
    return parts.map(encodeURIComponent).join('/');
  });
}

function bodyOf({ body }: RequestOptions): {
  readonly body?: string;
  readonly isBase64Encoded: boolean;
  readonly headers: Readonly<Record<string, string>>;
} {
  if (body === undefined) {
    return { isBase64Encoded: false, headers: {} };
  }
  if (body instanceof Uint8Array) {
    return {
      body: Buffer.from(body).toString('base64'),
      isBase64Encoded: true,
      headers: { 'content-type': 'application/octet-stream' },
    };
  }
  return {
    body: text(body),
    isBase64Encoded: false,
    headers: { 'content-type': typeof body === 'string' ? 'text/plain' : 'application/json' },
  };
}

function cookiesOf({ cookies = {} }: RequestOptions): string[] {
  return Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
}

function cookieHeader(options: RequestOptions): Record<string, string> {
  const cookies = cookiesOf(options);
  return cookies.length === 0 ? {} : { Cookie: cookies.join('; ') };
}

/** Later headers replace earlier ones, whatever the case of their names. */
function merged(...all: ReadonlyArray<Readonly<Record<string, string>>>): Record<string, string> {
  const found = new Map<string, readonly [name: string, value: string]>();
  for (const [name, value] of all.flatMap((headers) => Object.entries(headers))) {
    const key = name.toLowerCase();
    found.set(key, [found.get(key)?.[0] ?? name, value]);
  }
  return Object.fromEntries(found.values());
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}

function listOf(value: string | readonly string[]): string[] {
  return typeof value === 'string' ? [value] : [...value];
}
