import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Duration, Stack } from 'aws-cdk-lib';
import { CorsHttpMethod, CorsPreflightOptions } from 'aws-cdk-lib/aws-apigatewayv2';
import { FunctionUrlAuthType, HttpMethod } from 'aws-cdk-lib/aws-lambda';
import { ServerlessApp, ServerlessAppProps } from 'cdk-serverless-app';
import { applyCors, Cors, CorsOfAssembly } from '../../../bin/serve/cors';
import { HANDLERS, quickCdkApp } from '../../support/synth';

function corsIn(props: ServerlessAppProps, declare: (app: ServerlessApp) => void): CorsOfAssembly {
  const cdk = quickCdkApp({ context: { 'aws:cdk:enable-path-metadata': true } });
  declare(new ServerlessApp(new Stack(cdk, 'Test'), 'App', { root: HANDLERS, ...props }));
  return new CorsOfAssembly(cdk.synth().directory);
}

const OPTIONS: CorsPreflightOptions = {
  allowOrigins: ['https://shop.example', 'http://localhost:5173'],
  allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST],
  allowHeaders: ['authorization'],
  exposeHeaders: ['x-page'],
  allowCredentials: true,
  maxAge: Duration.hours(1),
};

/** The CORS headers of a response whose function sets an origin itself. */
async function answerOf(cors: Cors | undefined, method: string, origin?: string): Promise<object> {
  const server = http.createServer((message, target) => {
    if (cors !== undefined && applyCors(cors, message, target)) {
      return;
    }
    target.setHeader('Access-Control-Allow-Methods', 'own');
    target.writeHead(200, { 'Access-Control-Allow-Origin': 'own', 'x-a': '1' });
    target.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    method,
    headers: origin === undefined ? {} : { origin },
  });
  server.close();
  const headers = [...response.headers].filter(([name]) => name.startsWith('access-control-'));
  return Object.fromEntries([['status', response.status], ...headers]) as object;
}

const PREFLIGHT = {
  'access-control-allow-methods': 'GET,POST',
  'access-control-allow-headers': 'authorization',
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': 'x-page',
  'access-control-max-age': '3600',
};
const OTHERS = {
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers': 'x-page',
};

describe('an HTTP API with `cors`', () => {
  const cors = corsIn({ http: { cors: OPTIONS } }, (app) => {
    app.onRequest('GET /', 'ok.ts');
  }).ofApi('Test/App');

  test('answers preflight requests itself', async () => {
    expect(await answerOf(cors, 'OPTIONS', 'http://localhost:5173')).toEqual({
      status: 204,
      'access-control-allow-origin': 'http://localhost:5173',
      ...PREFLIGHT,
    });
  });

  test('sets the headers of other responses in place of the function', async () => {
    expect(await answerOf(cors, 'GET', 'https://shop.example')).toEqual({
      status: 200,
      'access-control-allow-origin': 'https://shop.example',
      ...OTHERS,
    });
  });

  test.each([['https://shop.example.evil.example'], ['https://shopxexample'], [undefined]])(
    'allows the origin %s nothing',
    async (origin) => {
      expect(await answerOf(cors, 'OPTIONS', origin)).toEqual({ status: 204 });
      expect(await answerOf(cors, 'GET', origin)).toEqual({ status: 200 });
    },
  );
});

describe('a REST API with `cors`', () => {
  test.each([
    ['http://localhost:5173', 'http://localhost:5173'],
    ['https://shop.example', 'https://shop.example'],
  ])(
    'answers preflight requests of %s, and leaves the rest to the function',
    async (origin, allowed) => {
      const cors = corsIn({ rest: { cors: OPTIONS } }, (app) => {
        app.onRequest('GET /', 'ok.ts');
      }).ofApi('Test/App');

      expect(await answerOf(cors, 'OPTIONS', origin)).toEqual({
        status: 204,
        'access-control-allow-origin': allowed,
        ...PREFLIGHT,
      });
      expect(await answerOf(cors, 'GET', origin)).toEqual({
        status: 200,
        'access-control-allow-origin': 'own',
        'access-control-allow-methods': 'own',
      });
    },
  );

  test('may allow all origins', async () => {
    const cors = corsIn({ rest: { cors: { allowOrigins: ['*'] } } }, (app) => {
      app.onRequest('GET /', 'ok.ts');
    }).ofApi('Test/App');

    expect(await answerOf(cors, 'OPTIONS', 'https://a.example')).toMatchObject({
      'access-control-allow-origin': '*',
    });
  });
});

test('the URL of a function has a configuration of its own', async () => {
  const found = corsIn({}, (app) => {
    app.onFunctionUrl('ok.ts', {
      authType: FunctionUrlAuthType.NONE,
      cors: { allowedOrigins: ['https://*.example'], allowedMethods: [HttpMethod.GET] },
    });
    app.onRequest('GET /', 'other.ts');
  });

  expect(found.ofApi('Test/App')).toBeUndefined();
  expect(await answerOf(found.ofUrl('Test/App/Ok'), 'OPTIONS', 'https://a.example')).toEqual({
    status: 204,
    'access-control-allow-origin': 'https://a.example',
    'access-control-allow-methods': 'GET',
  });
});

test('an app without `cors` has no configuration', () => {
  const found = corsIn({}, (app) => {
    app.onRequest('GET /', 'ok.ts');
  });

  expect([found.ofApi('Test/App'), found.ofUrl('Test/App/Ok')]).toEqual([undefined, undefined]);
});
