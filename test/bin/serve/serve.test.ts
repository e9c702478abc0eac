// The bundled command serves an app from its cloud assembly, in a process of its own.
import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as net from 'node:net';
import { Stack } from 'aws-cdk-lib';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpNoneAuthorizer as Open } from 'aws-cdk-lib/aws-apigatewayv2';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import { ServerlessApp } from 'cdk-serverless-app';
import { buildCli } from '../../../scripts/build-cli';
import { bundlingCdkApp, path, tempFolder } from '../../support/synth';

const FILES = {
  'web.ts': `
    export default { fetch: async (request: Request, env: { TABLE: string }) => {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname === '/web/slow') { await new Promise((resolve) => setTimeout(resolve, 600)); return new Response('slow'); }
      if (pathname === '/web/fail') throw new Error('no order');
      return Response.json([request.method, pathname, searchParams.getAll('a'), env.TABLE, await request.text()]);
    } };`,
  'lambda.ts': `
    export const handler = async (event: any, context: any) => ({
      statusCode: 201,
      headers: { 'x-id': event.pathParameters.id },
      cookies: ['a=1', 'b=2'],
      body: JSON.stringify([event.routeKey, event.rawPath, event.queryStringParameters, event.body ?? null, event.isBase64Encoded,
        event.requestContext.http.sourceIp, context.functionName, process.env.LEVEL]),
    });`,
  'plain.ts': 'export const handler = async () => ({ hello: 1 });',
  'url.ts': `
    declare const awslambda: any;
    export const handler = awslambda.streamifyResponse(async (event: any, stream: any) => {
      const out = awslambda.HttpResponseStream.from(stream, { statusCode: 202, headers: { 'x-a': '1' } });
      out.write('one '); out.end('two');
    });`,
  'awkward.ts': `
    const ANSWERS: Record<string, unknown> = {
      text: { statusCode: '202', body: 'b' },
      object: { statusCode: 200, body: { a: 1 } },
      multi: { statusCode: 200, multiValueHeaders: { 'x-a': ['1', '2'] } },
    };
    export const handler = async (event: any) => {
      const { rest } = event.pathParameters;
      if (rest === 'rejects') { void Promise.reject(new Error('forgotten')); }
      if (rest === 'throws') { setTimeout(() => { throw new Error('too late'); }); }
      return ANSWERS[rest] ?? { path: event.rawPath, body: event.body, base64: event.isBase64Encoded, time: event.requestContext.time };
    };`,
  'timer.ts': 'export const handler = async () => 1;',
};

let command: string;
let assembly: string;
const children: ChildProcess[] = [];

function synth(declare: (app: ServerlessApp) => void): string {
  const cdk = bundlingCdkApp({
    context: { 'aws:cdk:enable-asset-metadata': true, 'aws:cdk:enable-path-metadata': true },
  });
  const app = new ServerlessApp(new Stack(cdk, 'Test'), 'App', { root: tempFolder(FILES) });
  declare(app);
  return cdk.synth().directory;
}

beforeAll(async () => {
  command = path.join(tempFolder(), 'bin', 'serverless-app.js');
  await buildCli(command);
  assembly = synth((app) => {
    const orders = app.addTable('Orders', { partitionKey: 'id' });
    const authorizer = new Open();
    app
      .onRequest('ANY /web/{proxy+}', 'web.ts', { authorizer })
      .addEnvironment('TABLE', orders.tableName);
    app.onRequest('POST /orders/{id}', 'lambda.ts', { authorizer, environment: { LEVEL: 'info' } });
    app.onRequest('ANY /awkward/{rest+}', 'awkward.ts', { authorizer });
    app.onRequest('GET /plain', 'plain.ts', { authorizer });
    app.onFunctionUrl('url.ts', { authType: FunctionUrlAuthType.NONE, stream: true });
    app.onMessage(app.addQueue('Jobs'), 'timer.ts');
  });
}, 120_000);

afterAll(() => {
  children.forEach((child) => child.kill('SIGKILL'));
});

interface Served {
  readonly child: ChildProcess;
  readonly urls: readonly string[];
  readonly said: () => string;
}

function start(
  args: readonly string[],
  env: Record<string, string> = {},
  of = assembly,
): ChildProcess {
  const child = spawn(process.execPath, [command, 'serve', '--assembly', of, ...args], {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

async function serve(
  args: readonly string[],
  env: Record<string, string> = {},
  count = 2,
): Promise<Served> {
  const child = start(['--port', '0', ...args], env);
  let [out, said] = ['', ''];
  child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
  for await (const text of child.stdout ?? []) {
    out += String(text);
    if (out.trim().split('\n').length >= count) {
      break;
    }
  }
  return { child, urls: [...out.matchAll(/^http:\S+/gm)].map(([url]) => url), said: () => said };
}

async function failure(
  args: readonly string[],
  env: Record<string, string> = {},
  of = assembly,
): Promise<[number, string]> {
  const child = start(args, env, of);
  let said = '';
  child.stderr?.on('data', (text: Buffer) => (said += text.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return [code, said];
}

/** The status of the response to a request as it is written here. */
async function rawStatus(url: string, head: string): Promise<number> {
  const socket = net.connect(Number(new URL(url).port), '127.0.0.1');
  socket.write(`${head}\r\nConnection: close\r\n\r\n`);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) {
    chunks.push(chunk as Buffer);
  }
  return Number(/^HTTP\/1\.1 (\d+)/.exec(Buffer.concat(chunks).toString())?.[1]);
}

describe('a served app', () => {
  let served: Served;
  beforeAll(async () => {
    const file = path.join(tempFolder({ '.env': 'TABLE=from-file\n' }), '.env');
    served = await serve(['--env', file]);
  }, 30_000);

  const get = (at: string, init?: RequestInit): Promise<Response> =>
    fetch(`${served.urls[0] ?? ''}${at}`, init);

  test('runs a module with `fetch`, with its variables', async () => {
    const response = await get('/web/a%20b?a=1&a=2', { method: 'PUT', body: 'x' });

    expect(await response.json()).toEqual(['PUT', '/web/a%20b', ['1', '2'], 'from-file', 'x']);
  });

  test.each([
    ['application/x-www-form-urlencoded', 'YT1i', true],
    ['application/json; charset=utf-8', 'a=b', false],
    ['text/plain', 'a=b', false],
    ['', 'YT1i', true],
  ])('a body of type %j has the form that API Gateway gives it', async (type, body, base64) => {
    const headers = { 'content-type': type };
    const response = await get('/awkward/a', { method: 'POST', headers, body: 'a=b' });

    expect(await response.json()).toMatchObject({ body, base64 });
  });

  test('an HTTP API decodes the path of an event, and gives the time in the format of logs', async () => {
    expect(await (await get('/awkward/a%20b')).json()).toEqual({
      path: '/awkward/a b',
      base64: false,
      time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/) as unknown,
    });
  });

  test('a status may be text, and format 2.0 has no headers with several values', async () => {
    expect((await get('/awkward/text')).status).toBe(202);
    expect((await get('/awkward/multi')).headers.get('x-a')).toBeNull();
  });

  test('a response whose body is not text is an error', async () => {
    expect((await get('/awkward/object')).status).toBe(500);
    expect(served.said()).toContain('`body` must be text');
  });

  test.each(['rejects', 'throws'])(
    'an error outside the handling of a request (%s) does not end the server',
    async (rest) => {
      expect((await get(`/awkward/${rest}`)).status).toBe(200);
      await new Promise((resolve) => setTimeout(resolve, 100));

      expect((await get('/plain')).status).toBe(200);
      expect(served.said()).toContain('an error outside the handling of a request');
    },
  );

  test.each([
    ['GET http://example.com/plain', 200],
    ['GET //plain', 200],
    ['GET /awkward/../plain', 200],
    ['GET /awkward/../none', 404],
    ['OPTIONS *', 400],
    ['TRACE /awkward/a', 404],
    ['GET /awkward/%zz', 200],
  ])('the request %s gets %d', async (line, status) => {
    expect(await rawStatus(served.urls[0] ?? '', `${line} HTTP/1.1\r\nHost: a`)).toBe(status);
  });

  test('an invalid host gets 400', async () => {
    const text = 'GET /plain HTTP/1.1\r\nHost: a b<>';

    expect(await rawStatus(served.urls[0] ?? '', text)).toBe(400);
  });

  test('runs a handler of Lambda through an event, with the values of the template', async () => {
    const response = await get('/orders/a%20b?c=1&c=2', { method: 'POST', body: 'x' });

    expect([
      response.status,
      response.headers.get('x-id'),
      response.headers.getSetCookie(),
    ]).toEqual([201, 'a b', ['a=1', 'b=2']]);
    expect(await response.json()).toEqual([
      'POST /orders/{id}',
      '/orders/a b',
      { c: '1,2' },
      'x',
      false,
      '127.0.0.1',
      'Lambda',
      'info',
    ]);
  });

  test('answers with what is no response, as format 2.0 does', async () => {
    expect(await (await get('/plain')).json()).toEqual({ hello: 1 });
  });

  test('streams from the URL of a function, on a port of its own', async () => {
    const response = await fetch(served.urls[1] ?? '');

    expect([response.status, response.headers.get('x-a'), await response.text()]).toEqual([
      202,
      '1',
      'one two',
    ]);
  });

  test('answers 404 without a route, and 500 after an error, which it logs', async () => {
    const none = await get('/none');
    const failed = await get('/web/fail');

    expect([none.status, await none.json()]).toEqual([404, { message: 'Not Found' }]);
    expect([failed.status, await failed.json()]).toEqual([
      500,
      { message: 'Internal Server Error' },
    ]);
    expect(served.said()).toMatch(/Error: no order/);
  });

  test('says what it leaves out', () => {
    expect(served.said()).toContain('not served: Timer: ');
  });

  test('ends at SIGTERM, after the running request', async () => {
    const slow = get('/web/slow');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const ended = once(served.child, 'exit');
    served.child.kill('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 100));
    const refused = get('/plain').then(
      () => false,
      () => true,
    );

    expect(await (await slow).text()).toBe('slow');
    expect(await refused).toBe(true);
    expect(await ended).toEqual([0, null]);
  });
});

describe('one line says', () => {
  test('which variables have no value', async () => {
    expect(await failure([])).toEqual([
      1,
      'these variables have no value: TABLE (Web): give them in the environment or in a file: `--env .env`\n',
    ]);
  });

  test('that the port is in use', async () => {
    const other = net.createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as net.AddressInfo;
    const result = await failure(['--port', String(port)], { TABLE: 'x' });
    other.close();

    expect(result).toEqual([
      1,
      `port ${port} of 127.0.0.1 is in use: name another one with --port\n`,
    ]);
  });

  test('that only AWS checks the callers, unless --no-authorizers', async () => {
    const checked = synth((app) => {
      app.onRequest('GET /plain', 'plain.ts', { authorizer: new HttpIamAuthorizer() });
    });

    expect(await failure([], {}, checked)).toEqual([
      1,
      'only AWS checks the callers of GET /plain (AWS_IAM): let something in front of this server check them, and add --no-authorizers\n',
    ]);
  });

  test('that there is no such file', async () => {
    expect(await failure(['--env', 'none.env'])).toEqual([
      1,
      'there is no file none.env: correct --env\n',
    ]);
  });

  test('that an app has nothing to serve', async () => {
    const none = synth((app) => {
      app.onMessage(app.addQueue('Jobs'), 'timer.ts');
    });

    expect((await failure([], {}, none))[1]).toMatch(
      /^no function of the app answers HTTP requests/,
    );
  });

  test('that the port is not a number', async () => {
    const broken = synth((app) => {
      app.addFunction('F', { entry: 'plain.ts', handler: 'handler' });
      app.onRequest('GET /', 'plain.ts', {
        authorizer: new Open(),
        environment: { NODE_ENV: 'x' },
      });
    });

    expect((await failure(['--port', 'x'], {}, broken))[1]).toBe(
      '--port must be a number from 0 to 65535, got x: correct it\n',
    );
  });
});
