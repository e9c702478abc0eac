// Runs a module whose default export has `fetch(request, env, context)` as a Lambda handler. It is JavaScript because it becomes a
// file of the asset as it is: `scripts/bundle-library.ts` only shortens it. It imports nothing, and exports one name at its end, so that
// lib/bundling/web-module.ts can make a CommonJS file of it.
//
// Payload 1.0 (REST APIs, and HTTP APIs on request) and 2.0 (HTTP APIs, function URLs):
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html

/** Before the function's timeout, `request.signal` tells the module to stop. */
const MARGIN_MS = 500;
/**
 * The headers that belong to one connection, and the length, which the gateway computes itself:
 * https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1
 */
const OF_CONNECTION = new Set(
  'connection content-length keep-alive proxy-authenticate set-cookie te trailer transfer-encoding upgrade'.split(
    ' ',
  ),
);
const WITHOUT_BODY = new Set([204, 205, 304]);
/** Rejects what is not UTF-8, and keeps a byte order mark, so that the bytes of a body do not change. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const textOf = (bytes) => {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
};
/** A header's value holds one byte in each character; in an event it is text. */
const toBytes = (value) => Buffer.from(String(value), 'utf8').toString('latin1');
const fromBytes = (value) => textOf(Buffer.from(value, 'latin1')) ?? value;
/** Characters that a path can only have if the gateway has decoded it. */
const pathOf = (path) =>
  path.replace(/[?#]|%(?![\da-f]{2})/gi, encodeURIComponent).replace(/^(?!\/)/, '/');

const headersOf = ({ headers, multiValueHeaders, cookies }) => {
  const found = new Headers();
  const all = multiValueHeaders ?? headers ?? {};
  for (const name of Object.keys(all)) {
    [all[name]].flat().forEach((value) => found.append(name, toBytes(value)));
  }
  if (cookies?.length > 0) {
    found.set('cookie', toBytes(cookies.join('; ')));
  }
  return found;
};

/** In format 1.0 the query is decoded, and the order of different names is lost. */
const queryOf = ({ rawQueryString, multiValueQueryStringParameters, queryStringParameters }) => {
  const all = multiValueQueryStringParameters ?? queryStringParameters ?? {};
  return (
    rawQueryString ??
    Object.keys(all)
      .flatMap((name) => [all[name]].flat().map((value) => [name, value]))
      .map((pair) => pair.map(encodeURIComponent).join('='))
      .join('&')
  );
};

const requestOf = (event, signal) => {
  const { requestContext: about, body, isBase64Encoded } = event;
  const method = about?.http?.method ?? event.httpMethod;
  if (method === undefined) {
    throw new TypeError(
      'the event is not an HTTP request of API Gateway or a function URL, and the `fetch` of this module answers only those',
    );
  }
  const headers = headersOf(event);
  const ip = about?.http?.sourceIp ?? about?.identity?.sourceIp;
  if (ip) {
    headers.set('x-real-ip', ip); // ignores what a client sent there
    if (!headers.has('x-forwarded-for')) {
      headers.set('x-forwarded-for', ip);
    }
  }
  const scheme = /^http$/.test(headers.get('x-forwarded-proto') ?? '') ? 'http' : 'https';
  const host = headers.get('host') ?? about?.domainName ?? 'localhost';
  const query = queryOf(event);
  const hasBody = typeof body === 'string' && method !== 'GET' && method !== 'HEAD';
  return new Request(
    `${scheme}://${host}${pathOf(event.rawPath ?? event.path ?? '/')}${query && `?${query}`}`,
    {
      method,
      headers,
      signal,
      body: hasBody ? Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') : undefined,
    },
  );
};

/** The status and headers of a response, in the format that belongs to the event's. */
const headOf = (event, response) => {
  const headers = {};
  response.headers.forEach((value, name) => {
    if (!OF_CONNECTION.has(name)) {
      headers[name] = fromBytes(value);
    }
  });
  const cookies = response.headers.getSetCookie().map(fromBytes);
  const more =
    cookies.length === 0
      ? {}
      : event.requestContext?.http === undefined
        ? { multiValueHeaders: { 'set-cookie': cookies } }
        : { cookies };
  return { statusCode: response.status, headers, ...more };
};

/** The body of a response; undefined if it has none. The body of a response to HEAD is dropped, as servers do. */
const bodyOf = (request, { status, body }) => {
  if (request.method !== 'HEAD' && !WITHOUT_BODY.has(status)) {
    return body ?? undefined;
  }
  body?.cancel().catch(() => undefined);
  return undefined;
};

const isResponse = (value) =>
  typeof value?.status === 'number' &&
  value.status >= 200 &&
  typeof value.headers?.getSetCookie === 'function';

/** One request that the module handles. */
const run = async (module, event, lambda, send, onCall) => {
  const aborter = new AbortController();
  const left = lambda?.getRemainingTimeInMillis?.();
  const timer =
    left > MARGIN_MS
      ? setTimeout(
          () => aborter.abort(new DOMException('the function times out', 'TimeoutError')),
          left - MARGIN_MS,
        )
      : undefined;
  const waiting = [];
  const context = {
    lambda: { event, context: lambda },
    waitUntil: (promise) =>
      void waiting.push(Promise.resolve(promise).catch((error) => console.error(error))),
    passThroughOnException: () => undefined,
  };
  onCall?.(aborter);
  try {
    const request = requestOf(event, aborter.signal);
    env ??= { ...process.env };
    const response = await module.fetch(request, env, context);
    if (!isResponse(response)) {
      throw new TypeError('`fetch` must return a Response');
    }
    const sent = await send(headOf(event, response), bodyOf(request, response));
    await Promise.all(waiting);
    return sent;
  } finally {
    clearTimeout(timer);
  }
};

let env;

const bytesOf = async (body) => {
  const chunks = [];
  for await (const chunk of body ?? []) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

const whole = async (head, body) => {
  const bytes = await bytesOf(body);
  const text = textOf(bytes);
  return { ...head, body: text ?? bytes.toString('base64'), isBase64Encoded: text === undefined };
};

const streamed = (module) =>
  awslambda.streamifyResponse((event, stream, lambda) => {
    const closed = new Promise((resolve) => stream.once('close', resolve).once('error', resolve));
    const send = async (head, body) => {
      const out = awslambda.HttpResponseStream.from(stream, head);
      out.write(''); // Lambda sends the head with the first write, and a body may be empty or slow.
      for await (const chunk of body ?? []) {
        if (stream.destroyed) {
          break;
        }
        if (!out.write(chunk)) {
          await Promise.race([closed, new Promise((resolve) => out.once('drain', resolve))]);
        }
      }
      out.end();
    };
    return run(module, event, lambda, send, (aborter) => {
      void closed.then(() => {
        if (!stream.writableFinished) {
          aborter.abort(new DOMException('the client disconnected', 'AbortError'));
        }
      });
    });
  });

/**
 * @param given the default export of the module
 * @param options `stream`: whether the triggers stream responses
 */
const webHandler = (given, { stream }) => {
  const module = typeof given?.fetch === 'function' ? given : given?.default;
  if (typeof module?.fetch !== 'function') {
    throw new TypeError(
      'the entry exports no `handler`, and its default export has no `fetch(request)`: export one of them',
    );
  }
  return stream && typeof awslambda === 'object'
    ? streamed(module)
    : (event, lambda) => run(module, event, lambda, whole);
};

export { webHandler };
