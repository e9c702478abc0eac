// The emulator (MiniStack 1.5.33) neither imports the whole definition of a REST API, nor serves the methods of the stage's deployment. The files
// bin/dev/scripts/rest_*.py do both for it, so that changed routes are served with a new deployment only, as AWS does it. Only a real account
// shows usage quotas, AWS WAF, the cache, streamed responses, and functions that know their tenant.
import {
  APIGatewayClient,
  GetIntegrationCommand,
  GetResourcesCommand,
} from '@aws-sdk/client-api-gateway';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describeDeployed, TEST_TIMEOUT_MS } from './support/deployed-app';
import { HttpAnswer, HttpRequest, request } from './support/drive';
import { eventually } from './support/eventually';
import { workFolder } from './support/folders';
import { getRow, Row } from './support/table-rows';

jest.setTimeout(TEST_TIMEOUT_MS);

const FIXTURE = path.join(__dirname, 'fixtures', 'rest');
const PARTNER = { 'X-Partner': 'please' };

const folder = workFolder('rest');
fs.cpSync(FIXTURE, folder, { recursive: true });
afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

describeDeployed('an app with a REST API', { folder, stackName: 'Rest' }, (app) => {
  const call = (route: string, options: HttpRequest = {}, output = 'Url'): Promise<HttpAnswer> => {
    const { target, stack } = app();
    return request(target, stack.output(output) + route, options);
  };
  const echo = async (route: string): Promise<Record<string, unknown>> =>
    JSON.parse((await call(route, { headers: PARTNER })).body) as Record<string, unknown>;

  test('serves routes behind an authorizer’s function, and tells the function its own address', async () => {
    expect(await echo('echo/7')).toEqual({
      resource: '/echo/{id}',
      pathParameters: { id: '7' },
      principal: 'partner',
      url: app().stack.output('Url'),
    });
    expect((await call('echo/7', { headers: { 'X-Partner': 'now' } })).status).toBe(403);
    expect((await call('echo/7')).status).toBe(401);
  });

  test('serves everything else by $default', async () => {
    expect((await call('anything/else', { method: 'PUT' })).body).toMatch('other ');
  });

  test('answers preflight requests, and lets browsers read the errors of API Gateway', async () => {
    const preflight = await call('echo/7', {
      method: 'OPTIONS',
      headers: { Origin: 'https://a.example.com' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers['access-control-allow-origin']).toBe('https://a.example.com');
    const refused = await call('echo/7', { headers: { Origin: 'https://b.example.com' } });
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([
      401,
      'https://b.example.com',
    ]);
  });

  const send = (
    route: string,
    body: object,
    headers: HttpRequest['headers'] = {},
    output = 'Url',
  ): Promise<HttpAnswer> =>
    call(
      route,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      },
      output,
    );
  const row = (id: string): Promise<Row | undefined> => {
    const { target, stack } = app();
    const table = stack.resources.find(({ type }) => /DynamoDB/.test(type))?.physicalId ?? '';
    return getRow(target, table, { id });
  };
  const done = (id: string): Promise<Row> => eventually(`${id} is done`, () => row(id));

  test('answers with its own status, headers and body where API Gateway refuses a request', async () => {
    const { status, headers, body } = await call('tenant', {
      headers: { Origin: 'https://b.example.com' },
    });
    expect([status, headers['x-why'], headers['access-control-allow-origin']]).toEqual([
      422,
      'a parameter is missing',
      'https://b.example.com',
    ]);
    expect(JSON.parse(body)).toEqual({
      error: 'Missing required request parameters: [X-Tenant]',
    });
  });

  test('requires a tenant, and passes it to the function', async () => {
    expect((await call('tenant', { headers: { 'x-tenant': 'acme' } })).status).toBe(200);
    // The emulator runs all tenants in one environment, so the test reads the mapping of the integration.
    const { target, stack } = app();
    const client = new APIGatewayClient(target.clientOptions);
    const restApiId = stack.output('Url').replace(/^https:\/\/|\..*$/g, '');
    const { items = [] } = await client.send(new GetResourcesCommand({ restApiId, limit: 500 }));
    const resourceId = items.find(({ path: its }) => its === '/tenant')?.id;
    const { requestParameters } = await client.send(
      new GetIntegrationCommand({ restApiId, resourceId, httpMethod: 'GET' }),
    );
    expect(requestParameters).toEqual({
      'integration.request.header.X-Amz-Tenant-Id': 'method.request.header.X-Tenant',
    });
  });

  test('hands a request to a queue', async () => {
    const body = { id: 'job', text: 'it’s & done + 100 %' };
    expect((await send('jobs', body)).status).toBe(202);
    expect(await done('job')).toEqual(body);
  });

  test('shares a queue among the groups that requests name', async () => {
    const header = await send('jobs/by-header', { id: 'by-header' }, { 'x-customer': 'acme' });
    const query = await send('jobs/by-query?customer=globex', { id: 'by-query' });
    expect([header.status, query.status]).toEqual([202, 202]);
    expect((await done('by-header')).group).toBe('acme');
    expect((await done('by-query')).group).toBe('globex');
    expect((await send('jobs/by-header', { id: 'nobody' })).status).toBe(422);
  });

  test('keeps the messages of a group in order, and those with the same id once', async () => {
    const pay = (id: string, payment: string): Promise<HttpAnswer> =>
      send('accounts/7/payments', { id }, { 'X-Payment': payment });
    expect((await pay('first', 'a')).status).toBe(202);
    expect((await pay('again', 'a')).status).toBe(202);
    expect((await pay('last', 'b')).status).toBe(202);
    expect((await done('last')).group).toBe('7');
    expect((await done('first')).group).toBe('7');
    expect(await row('again')).toBeUndefined();

    for (const id of ['refund', 'refund-2']) {
      expect((await send('refunds', { id, customer: { id: '8' } })).status).toBe(202);
      expect((await done(id)).group).toBe('8');
    }
    expect((await send('refunds', { id: 'lost', customer: {} })).status).toBe(400);
  });

  test('adds routes to an API of the user', async () => {
    const old = await call('old', { headers: PARTNER }, 'OwnUrl');
    expect(JSON.parse(old.body)).toMatchObject({
      principal: 'partner',
      url: app().stack.output('OwnUrl'),
    });
    expect((await call('old', {}, 'OwnUrl')).status).toBe(401);
    expect((await call('theirs', {}, 'OwnUrl')).status).toBe(200);

    const good = { id: 'mine', customer: { id: '9' } };
    expect((await send('mine/1', good, PARTNER, 'OwnUrl')).body).toBe('other /mine/1');
    const bad = { id: 'mine', customer: { name: 'Ann' } };
    expect((await send('mine/1', bad, PARTNER, 'OwnUrl')).status).toBe(400);

    expect((await send('mine/9/jobs', { id: 'mine' }, {}, 'OwnUrl')).status).toBe(202);
    expect((await done('mine')).group).toBe('9');
  });

  test('adds routes to an imported API', async () => {
    expect(JSON.parse((await call('old', {}, 'ImportedUrl')).body)).toMatchObject({
      resource: '/old',
      url: app().stack.output('ImportedUrl'),
    });
    expect((await call('theirs', {}, 'ImportedUrl')).status).toBe(200);
  });

  test('serves functions in nested stacks, which may know the address too', async () => {
    const one = JSON.parse((await call('one', {}, 'ShardedUrl')).body) as { url: string };
    expect(one.url).toBe(app().stack.output('ShardedUrl'));
    expect((await call('two', {}, 'ShardedUrl')).body).toMatch('other ');
  });

  test('serves changed routes after the next deployment', async () => {
    expect((await echo('old')).resource).toBe('/old');
    fs.writeFileSync(path.join(folder, 'routes.json'), '["GET /echo/{name}", "GET /new"]');

    await app().deployAgain();

    expect((await echo('new')).resource).toBe('/new');
    expect((await echo('echo/7')).pathParameters).toEqual({ name: '7' });
    expect((await call('old')).body).toMatch('other ');
    for (const output of ['OwnUrl', 'ImportedUrl']) {
      const added = await call('new', { headers: PARTNER }, output);
      expect(JSON.parse(added.body)).toMatchObject({ resource: '/new' });
      expect((await call('theirs', {}, output)).status).toBe(200);
    }
    expect(await app().deployAgain()).toMatch('Rest (no changes)');
  });
});
