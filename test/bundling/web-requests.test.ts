// Awkward requests: what the adapter in the asset makes of the events of API Gateway and function URLs, beside what Node's own HTTP server
// makes of the same requests with the same module. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { abortsWith, requestFrom, send, WebModule } from '../../bin/serve/fetch-adapter';
import { fs, path, tempFolder } from '../support/synth';

interface Result {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  readonly multiValueHeaders?: Record<string, string[]>;
  readonly cookies?: string[];
  readonly body: string;
  readonly isBase64Encoded: boolean;
}
type Handler = (event: unknown, context?: unknown) => Promise<Result>;
type StreamHandler = (event: unknown, stream: PassThrough, context?: unknown) => Promise<void>;
type Adapter = (module: unknown, options: { readonly stream: boolean }) => Handler & StreamHandler;

/** The adapter as CommonJS, which jest can load. */
function adapter(): Adapter {
  const source = path.join(__dirname, '../../lib/bundling/web-handler.mjs');
  const text = fs
    .readFileSync(source, 'utf8')
    .replace('export { webHandler }', 'exports.webHandler = webHandler');
  const file = path.join(tempFolder({ 'adapter.cjs': text }), 'adapter.cjs');
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- its name is known only here
  return (require(file) as { readonly webHandler: Adapter }).webHandler;
}
const webHandler = adapter();

const BINARY = Uint8Array.from([0, 255, 1, 128, 195, 40]);
const aborted: string[] = [];

/** The module that both run: it tells what it got, or answers as the path says. */
const MODULE: WebModule = {
  async fetch(request) {
    const { pathname } = new URL(request.url);
    const answer = ANSWERS[pathname.slice(1)];
    if (answer !== undefined) {
      return answer(request);
    }
    const bytes = Buffer.from(await request.arrayBuffer());
    const { method, headers } = request;
    const { pathname: at, search, searchParams } = new URL(request.url);
    return Response.json({
      method,
      at,
      search,
      query: [...searchParams],
      body: bytes.toString('hex'),
      headers: Object.fromEntries(
        ['cookie', 'x-repeated', 'x-unicode', 'content-type', 'accept', 'x-empty'].map((name) => [
          name,
          headers.get(name),
        ]),
      ),
      real: headers.has('x-real-ip') && headers.get('x-real-ip') !== '6.6.6.6',
      forwarded: headers.get('x-forwarded-for')?.startsWith('1.2.3.4'),
    });
  },
};

const ANSWERS: Readonly<Record<string, (request: Request) => Response | Promise<Response>>> = {
  binary: () => new Response(BINARY, { headers: { 'content-type': 'image/png' } }),
  gzip: () =>
    new Response(gzipSync('zipped'), {
      headers: { 'content-encoding': 'gzip', 'content-type': 'text/plain' },
    }),
  cookies: () => {
    const headers = new Headers({ 'x-a': '1' });
    headers.append('set-cookie', 'a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/');
    headers.append('set-cookie', 'b=2; HttpOnly');
    return new Response('ok', { headers });
  },
  repeated: () => {
    const headers = new Headers();
    headers.append('vary', 'accept');
    headers.append('vary', 'origin');
    return new Response('ok', { headers });
  },
  empty: () => new Response(null),
  'empty-text': () => new Response(''),
  204: () => new Response(null, { status: 204, headers: { 'x-a': '1' } }),
  304: () => new Response(null, { status: 304, headers: { etag: '"1"' } }),
  418: () => new Response('teapot', { status: 418 }),
  redirect: () => Response.redirect('https://example.com/next?a=1', 307),
  text: () =>
    new Response('żółć \u{1f600}', { headers: { 'content-type': 'text/plain; charset=utf-8' } }),
  bom: () => new Response('\ufeffa'),
  name: () =>
    new Response('x', {
      headers: {
        'content-disposition': Buffer.from('attachment; filename="ż.txt"').toString('latin1'),
      },
    }),
  streamed: () =>
    new Response(
      new ReadableStream({
        async start(controller) {
          for (const part of ['one ', 'two ', 'three']) {
            controller.enqueue(new TextEncoder().encode(part));
            await sleep(1);
          }
          controller.close();
        },
      }),
    ),
  large: () => new Response('x'.repeat(300_000)),
  // A character of three bytes in two parts of the stream.
  split: () =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(Uint8Array.from([0xe2, 0x82]));
          controller.enqueue(Uint8Array.from([0xac]));
          controller.close();
        },
      }),
    ),
  error: () => Promise.reject(new TypeError('no order')),
  nothing: () => undefined as unknown as Response,
  waits: async (request) => {
    await new Promise((resolve) => {
      request.signal.addEventListener('abort', resolve, { once: true });
    });
    aborted.push((request.signal.reason as Error).name);
    return new Response('stopped');
  },
};

interface Asked {
  readonly method?: string;
  readonly url: string;
  readonly headers?: ReadonlyArray<readonly [string, string]>;
  readonly body?: string | Uint8Array;
}

interface Seen {
  readonly status: number;
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

/** Headers that a gateway and Node’s server set themselves. */
const OF_SERVER = new Set([
  'connection',
  'keep-alive',
  'date',
  'transfer-encoding',
  'content-length',
]);
const shown = (headers: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_SERVER.has(name)));

let server: http.Server;
beforeAll(async () => {
  server = http.createServer((message, target) => {
    const aborter = abortsWith(target);
    Promise.resolve(MODULE.fetch(requestFrom(message, aborter.signal), {}, {}))
      .then((response) => send(response, target, message.method ?? ''))
      .catch(() => target.headersSent || target.writeHead(500).end('Internal Server Error'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

/** The request over a socket, as a client sends it. */
function byNode({ method = 'GET', url, headers = [], body }: Asked): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const all = [
      ['host', 'shop.example'],
      ['x-forwarded-for', '1.2.3.4'],
      ['x-real-ip', '6.6.6.6'],
      ...headers,
    ].flat();
    const request = http.request(
      {
        port: (server.address() as AddressInfo).port,
        method,
        path: url,
        headers:
          body === undefined ? all : [...all, 'content-length', String(Buffer.byteLength(body))],
      },
      (response) => {
        const chunks: Buffer[] = [];
        response
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => {
            resolve({
              status: response.statusCode ?? 0,
              headers: shown(response.headers),
              body: Buffer.concat(chunks).toString('hex'),
            });
          });
      },
    );
    request.on('error', reject).end(body);
  });
}

/** Headers as a gateway puts them into an event, where values are text. */
function grouped(headers: Asked['headers'] = []): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const all = [
    ['host', 'shop.example'],
    ['x-forwarded-for', '1.2.3.4'],
    ['x-real-ip', '6.6.6.6'],
    ...headers,
  ] as const;
  for (const [name = '', value = ''] of all) {
    const text = Buffer.from(value, 'latin1').toString('utf8');
    found.set(name, [...(found.get(name) ?? []), text]);
  }
  return found;
}

function bodyOf({ body, method }: Asked): object {
  const isSent = body !== undefined && method !== 'HEAD';
  return typeof body === 'string' || !isSent
    ? { body: isSent ? body : undefined, isBase64Encoded: false }
    : { body: Buffer.from(body).toString('base64'), isBase64Encoded: true };
}

function event2(asked: Asked): object {
  const [rawPath, rawQueryString = ''] = asked.url.split(/\?(.*)/s);
  const all = grouped(asked.headers);
  const cookies = all.get('cookie');
  all.delete('cookie');
  return {
    version: '2.0',
    rawPath,
    rawQueryString,
    ...(cookies === undefined ? {} : { cookies: cookies.flatMap((it) => it.split('; ')) }),
    headers: Object.fromEntries([...all].map(([name, values]) => [name, values.join(', ')])),
    requestContext: { http: { method: asked.method ?? 'GET', sourceIp: '1.2.3.4' } },
    ...bodyOf(asked),
  };
}

function event1(asked: Asked): object {
  const [at = '/', query = ''] = asked.url.split(/\?(.*)/s);
  const values: Record<string, string[]> = {};
  new URLSearchParams(query).forEach((value, name) => {
    values[name] = [...(values[name] ?? []), value];
  });
  return {
    version: '1.0',
    path: at,
    httpMethod: asked.method ?? 'GET',
    multiValueHeaders: Object.fromEntries(grouped(asked.headers)),
    multiValueQueryStringParameters: query === '' ? null : values,
    requestContext: { identity: { sourceIp: '1.2.3.4' } },
    ...bodyOf(asked),
    ...(asked.body === undefined ? { body: null } : {}),
  };
}

const latin = (value: string): string => Buffer.from(value, 'utf8').toString('latin1');

/** What a client gets when a gateway sends this result. */
function fromResult(result: Result): Seen {
  const { statusCode, headers, cookies, multiValueHeaders, body, isBase64Encoded } = result;
  const all: Record<string, unknown> = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, latin(value)]),
  );
  const set = cookies ?? multiValueHeaders?.['set-cookie'];
  if (set !== undefined) {
    all['set-cookie'] = set;
  }
  return {
    status: statusCode,
    headers: shown(all),
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString('hex'),
  };
}

const buffered = webHandler(MODULE, { stream: false });

/** Lambda’s side of a streamed response. */
async function byStream(event: object): Promise<Seen> {
  const before = Reflect.get(globalThis, 'awslambda') as unknown;
  let head: Result | undefined;
  Reflect.set(globalThis, 'awslambda', {
    streamifyResponse: (run: unknown) => run,
    HttpResponseStream: {
      from: (stream: unknown, given: Result) => {
        head = given;
        return stream;
      },
    },
  });
  try {
    const stream = new PassThrough({ highWaterMark: 1024 });
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    await webHandler(MODULE, { stream: true })(event, stream);
    return fromResult({
      ...(head as Result),
      body: Buffer.concat(chunks).toString('base64'),
      isBase64Encoded: true,
    });
  } finally {
    Reflect.set(globalThis, 'awslambda', before);
  }
}

const REQUESTS: ReadonlyArray<readonly [what: string, asked: Asked]> = [
  ['a request', { url: '/orders' }],
  ['the root', { url: '/' }],
  ['repeated keys in the query', { url: '/q?a=1&a=2&a=3' }],
  ['encoded keys and values', { url: '/q?a%20b=%26%3D%23&c=%C5%BC' }],
  ['a key without a value', { url: '/q?a=' }],
  ['an encoded path', { url: '/a%20b/%C5%BC/%2Fslash/100%25' }],
  ['a plus in the path', { url: '/a+b' }],
  ['two slashes', { url: '//a//b' }],
  [
    'a body',
    {
      url: '/',
      method: 'POST',
      body: '{"a":"żółć"}',
      headers: [['content-type', 'application/json']],
    },
  ],
  [
    'a binary body',
    {
      url: '/',
      method: 'PUT',
      body: BINARY,
      headers: [['content-type', 'application/octet-stream']],
    },
  ],
  [
    'a gzipped body',
    { url: '/', method: 'POST', body: gzipSync('zipped'), headers: [['content-encoding', 'gzip']] },
  ],
  [
    'a form',
    {
      url: '/',
      method: 'POST',
      body: 'a=1&b=%20',
      headers: [['content-type', 'application/x-www-form-urlencoded']],
    },
  ],
  ['an empty body', { url: '/', method: 'POST', body: '' }],
  ['no body', { url: '/', method: 'DELETE' }],
  ['a body of PATCH', { url: '/', method: 'PATCH', body: 'x' }],
  ['OPTIONS', { url: '/', method: 'OPTIONS' }],
  ['cookies', { url: '/', headers: [['cookie', 'a=1; b=2']] }],
  [
    'repeated headers',
    {
      url: '/',
      headers: [
        ['x-repeated', 'a'],
        ['x-repeated', 'b'],
      ],
    },
  ],
  ['a header with bytes of UTF-8', { url: '/', headers: [['x-unicode', latin('ż')]] }],
  ['an empty header', { url: '/', headers: [['x-empty', '']] }],
  ['HEAD of a text', { url: '/text', method: 'HEAD' }],
  ['HEAD of a stream', { url: '/streamed', method: 'HEAD' }],
  ...Object.keys(ANSWERS)
    .filter((name) => !['error', 'nothing', 'waits'].includes(name))
    .map((name) => [`the answer ${name}`, { url: `/${name}` }] as const),
];

describe.each(REQUESTS)('%s', (_what, asked) => {
  let expected: Seen;
  beforeAll(async () => {
    expected = await byNode(asked);
  });

  test('is what Node’s server makes of it, in format 2.0', async () => {
    expect(fromResult(await buffered(event2(asked)))).toEqual(expected);
  });

  test('is the same in format 1.0', async () => {
    const seen = fromResult(await buffered(event1(asked)));
    // It has the query decoded, and `/q?a%20b=` may be written in more than one way.
    expect(withoutSearch(seen)).toEqual(withoutSearch(expected));
  });

  test('is the same when it is streamed', async () => {
    expect(await byStream(event2(asked))).toEqual(expected);
  });
});

function withoutSearch({ body, ...seen }: Seen): object {
  const text = Buffer.from(body, 'hex').toString();
  return text.startsWith('{"method"')
    ? { ...seen, body: { ...(JSON.parse(text) as object), search: '' } }
    : { ...seen, body };
}

test('the response is streamed while it is made, and a slow reader holds it back', async () => {
  expect(Buffer.from((await byStream(event2({ url: '/large' }))).body, 'hex').length).toBe(300_000);
});

test('text is not in base64, other bytes are', async () => {
  const kinds = await Promise.all(
    ['text', 'bom', 'split', 'empty', 'binary', 'gzip'].map(
      async (name) => (await buffered(event2({ url: `/${name}` }))).isBase64Encoded,
    ),
  );

  expect(kinds).toEqual([false, false, false, false, true, true]);
});

test('an error of the module is one of the function, so that Lambda logs and counts it', async () => {
  await expect(buffered(event2({ url: '/error' }))).rejects.toThrow(new TypeError('no order'));
  await expect(byStream(event2({ url: '/error' }))).rejects.toThrow('no order');
  expect((await byNode({ url: '/error' })).status).toBe(500);
});

test('no response is an error too', async () => {
  await expect(buffered(event2({ url: '/nothing' }))).rejects.toThrow(
    '`fetch` must return a Response',
  );
});

test('an event that is no request is an error', async () => {
  await expect(buffered({ Records: [] })).rejects.toThrow('the event is not an HTTP request');
});

describe('the signal', () => {
  beforeEach(() => aborted.splice(0));

  test('is aborted shortly before the function times out', async () => {
    const context = { getRemainingTimeInMillis: () => 520 };

    expect((await buffered(event2({ url: '/waits' }), context)).body).toBe('stopped');
    expect(aborted).toEqual(['TimeoutError']);
  });

  test('is aborted when the client of a stream is gone, as with Node’s server', async () => {
    Reflect.set(globalThis, 'awslambda', {
      streamifyResponse: (run: unknown) => run,
      HttpResponseStream: { from: (stream: unknown) => stream },
    });
    const stream = new PassThrough();
    const done = webHandler(MODULE, { stream: true })(event2({ url: '/waits' }), stream);
    await sleep(5);
    stream.destroy();
    await done.catch(() => undefined);
    Reflect.deleteProperty(globalThis, 'awslambda');
    const request = http
      .request({ port: (server.address() as AddressInfo).port, path: '/waits' })
      .on('error', () => undefined);
    request.end();
    await sleep(50);
    request.destroy();
    await sleep(50);

    expect(aborted).toEqual(['AbortError', 'AbortError']);
  });
});

test('a path that the gateway has decoded keeps its meaning', async () => {
  const event = { ...event2({ url: '/x' }), rawPath: '/what?/a#b/50%/ż' };

  expect(JSON.parse((await buffered(event)).body)).toMatchObject({
    at: '/what%3F/a%23b/50%25/%C5%BC',
    search: '',
  });
});

test('the address of the client is that of the gateway, whatever the client writes', async () => {
  const module: WebModule = {
    fetch: ({ headers }) =>
      Response.json([headers.get('x-real-ip'), headers.get('x-forwarded-for')]),
  };
  const run = webHandler(module, { stream: false });
  const event = { ...event2({ url: '/' }), headers: { 'x-real-ip': '6.6.6.6' } };

  expect(JSON.parse((await run(event)).body)).toEqual(['1.2.3.4', '1.2.3.4']);
});
