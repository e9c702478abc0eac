// Authorizers that are functions of the app, and validation of requests, in the bundled command.
import { ChildProcess, spawn } from 'node:child_process';
import * as net from 'node:net';
import { Stack } from 'aws-cdk-lib';
import {
  HttpLambdaAuthorizer,
  HttpLambdaResponseType,
} from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { RouteAuthorizer, ServerlessApp, ServerlessAppProps } from 'cdk-serverless-app';
import { isPermitted } from '../../../bin/serve/authorize';
import { validationOf } from '../../../bin/serve/request-validation';
import { buildCli } from '../../../scripts/build-cli';
import { bundlingCdkApp, path, tempFolder } from '../../support/synth';

const POLICY = (effect: string): string =>
  `{ Version: '2012-10-17', Statement: [{ Effect: '${effect}', Action: 'execute-api:Invoke', Resource: event.methodArn ?? event.routeArn }] }`;
const FILES = {
  'simple.ts': `export const handler = async (event: any) => {
    if (event.headers.authorization === 'broken') throw new Error('no');
    return { isAuthorized: event.headers.authorization === 'ada', context: { user: event.identitySource[0], level: process.env.LEVEL } };
  };`,
  'policy.ts': `export const handler = async (event: any) => {
    const who = event.headers['x-partner'];
    if (who === 'unknown') throw new Error('Unauthorized');
    return { principalId: who, policyDocument: who === 'ada' ? ${POLICY('Allow')} : ${POLICY('Deny')}, context: { path: event.path } };
  };`,
  'orders.ts': `export const handler = async (event: any) => ({ statusCode: 200, body: JSON.stringify([event.requestContext.authorizer, event.body ?? null]) });`,
  'web.ts': `export default {
    fetch: async (request: Request, _env: any, { lambda }: any) =>
      Response.json({
        text: await request.text(),
        authorizer: lambda?.event.requestContext.authorizer,
        routeKey: lambda?.event.routeKey ?? lambda?.event.resource,
        name: lambda?.context.functionName,
        left: lambda?.context.getRemainingTimeInMillis() > 0,
      }),
  };`,
};
const children: ChildProcess[] = [];
let command: string;

beforeAll(async () => {
  command = path.join(tempFolder(), 'bin', 'serverless-app.js');
  await buildCli(command);
}, 120_000);
afterAll(() => {
  children.forEach((child) => child.kill('SIGKILL'));
});

function synth(props: ServerlessAppProps, declare: (app: ServerlessApp) => void): string {
  const cdk = bundlingCdkApp({
    context: { 'aws:cdk:enable-asset-metadata': true, 'aws:cdk:enable-path-metadata': true },
  });
  const stack = new Stack(cdk, 'Test');
  const app = new ServerlessApp(stack, 'App', { root: tempFolder(FILES), ...props });
  declare(app);
  return cdk.synth().directory;
}

/** Serves an assembly; its address, or what it says instead. */
async function served(assembly: string, ...args: string[]): Promise<string> {
  const port = await new Promise<number>((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address() as net.AddressInfo;
      server.close(() => {
        resolve(free);
      });
    });
  });
  const flags = ['--assembly', assembly, '--port', String(port), ...args];
  const child = spawn(process.execPath, [command, 'serve', ...flags]);
  children.push(child);
  return new Promise((resolve) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      resolve(text.split('  ')[0] ?? '');
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.once('close', () => {
      resolve(said);
    });
  });
}

const ask = async (url: string, init: RequestInit = {}): Promise<readonly [number, unknown]> => {
  const answer = await fetch(url, init);
  const text = await answer.text();
  return [answer.status, text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text];
};

test('an authorizer function of an HTTP API decides, and its result is in the event', async () => {
  const url = await served(
    synth({}, (app) => {
      const decide = app.addFunction('Decide', {
        entry: 'simple.ts',
        environment: { LEVEL: 'info' },
      });
      const authorizer = new HttpLambdaAuthorizer('Simple', decide.target, {
        responseTypes: [HttpLambdaResponseType.SIMPLE],
      });
      app.onRequest('GET /orders', 'orders.ts', { authorizer });
      app.onRequest('POST /web/{id}', 'web.ts', { authorizer });
      app.onRequest('POST /open', 'web.ts', { id: 'Open' });
    }),
  );
  const as = (authorization: string): RequestInit => ({ headers: { authorization } });

  expect(await ask(`${url}/orders`, as('ada'))).toEqual([
    200,
    [{ lambda: { user: 'ada', level: 'info' } }, null],
  ]);
  expect(await ask(`${url}/orders`)).toEqual([401, { message: 'Unauthorized' }]);
  expect(await ask(`${url}/orders`, as('eve'))).toEqual([403, { message: 'Forbidden' }]);
  expect((await ask(`${url}/orders`, as('broken')))[0]).toBe(500);
  const post = { method: 'POST', body: 'text', ...as('ada') };
  expect(await ask(`${url}/web/1`, post)).toEqual([
    200,
    {
      text: 'text',
      authorizer: { lambda: { user: 'ada', level: 'info' } },
      routeKey: 'POST /web/{id}',
      name: 'Web',
      left: true,
    },
  ]);
  expect(await ask(`${url}/open`, post)).toEqual([200, { text: 'text', left: false }]);
}, 60_000);

test('an authorizer function of a REST API decides by a policy, and requests are validated after it', async () => {
  const url = await served(
    synth({ rest: {} }, (app) => {
      const decide = app.addFunction('Decide', { entry: 'policy.ts' });
      const authorizer = RouteAuthorizer.byFunction('Partner', decide.target, {
        headers: ['X-Partner'],
      });
      const body = {
        type: 'object',
        required: ['item'],
        properties: { item: { type: 'string', minLength: 1 } },
      };
      app.onRequest('POST /orders', 'orders.ts', {
        authorizer,
        validate: { body, requiredQuery: ['v'] },
      });
      app.onRequest('POST /web', 'web.ts', { authorizer, validate: { requiredQuery: ['v'] } });
    }),
  );
  const post = (
    who: string | undefined,
    body: unknown,
    route = '/orders?v=1',
  ): ReturnType<typeof ask> =>
    ask(url + route, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        'content-type': 'application/json',
        ...(who === undefined ? {} : { 'x-partner': who }),
      },
    });

  expect(await post('ada', { item: 'a' })).toEqual([
    200,
    [{ principalId: 'ada', path: '/orders' }, '{"item":"a"}'],
  ]);
  expect(await post('ada', { item: 'a' }, '/web?v=1')).toEqual([
    200,
    expect.objectContaining({
      text: '{"item":"a"}',
      authorizer: { principalId: 'ada', path: '/web' },
      routeKey: '/web',
    }),
  ]);
  expect((await post('eve', { item: 'a' }))[0]).toBe(403);
  expect((await post('unknown', { item: 'a' }))[0]).toBe(401);
  expect((await post(undefined, {}))[0]).toBe(401);
  expect(await post('ada', { item: '' })).toEqual([400, { message: 'Invalid request body' }]);
  expect(await post('ada', { item: 'a' }, '/orders')).toEqual([
    400,
    { message: 'Missing required request parameters: [v]' },
  ]);
}, 60_000);

test.each([
  [{ type: 'number', minimum: 1, exclusiveMinimum: true }, '1', false],
  [{ type: 'number', minimum: 1, exclusiveMinimum: true }, '2', true],
  [{ type: 'number', minimum: 1, exclusiveMinimum: false }, '1', true],
  [{ $schema: 'http://json-schema.org/draft-04/schema#', type: 'string' }, '"a"', true],
  [{ $ref: '#/definitions/A', definitions: { A: { enum: ['a'] } } }, '"b"', false],
  [{ type: 'object', properties: { id: { type: 'string' } } }, '{ "id": 1 }', false],
  [{ type: 'string', format: 'email' }, '"no address"', true],
  [{ type: 'object' }, 'no JSON', false],
  [{ type: 'object' }, '', false],
])('the schema %j and the body %s: %s', (body, text, expected) => {
  const validate = validationOf({ body });
  const headers = { 'content-type': 'application/json; charset=utf-8' };

  expect(validate?.(new Request('http://a/', { headers }), Buffer.from(text))).toBe(
    expected ? undefined : 'Invalid request body',
  );
});

test('a body of another type than JSON is not checked, and headers are required', () => {
  const validate = validationOf({ body: { type: 'object' }, headers: ['X-Id'] });
  const request = (headers: Record<string, string>): Request =>
    new Request('http://a/', { headers });

  expect(validate?.(request({ 'content-type': 'text/csv', 'x-id': '1' }), Buffer.from('a'))).toBe(
    undefined,
  );
  expect(validate?.(request({}), Buffer.from('{}'))).toBe(
    'Missing required request parameters: [X-Id]',
  );
  expect(validationOf(undefined)).toBe(undefined);
});

const ARN = 'arn:aws:execute-api:us-east-1:0:local/$default/GET/orders/1';
test.each([
  [[{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: ARN }], true],
  [[{ Effect: 'Allow', Action: '*', Resource: ['x', 'arn:aws:execute-api:*/GET/orders/?'] }], true],
  [[{ Effect: 'Allow', Action: 'execute-api:Invoke', Resource: 'arn:*/POST/*' }], false],
  [[{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }], false],
  [
    [
      { Effect: 'Allow', Action: 'execute-api:Invoke', Resource: '*' },
      { Effect: 'Deny', Action: 'execute-api:*', Resource: ARN },
    ],
    false,
  ],
  [[], false],
])('the policy %j permits the call: %s', (Statement, expected) => {
  expect(isPermitted({ Statement }, ARN)).toBe(expected);
});
