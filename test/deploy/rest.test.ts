// The emulator (MiniStack 1.5.33) does not import the whole definition of a REST API; bin/dev/scripts/rest_definition.py does that for it, so that
// changed routes are served with a new deployment only, as AWS does it. Only a real account shows usage quotas, AWS WAF, the cache and
// streamed responses.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describeDeployed, TEST_TIMEOUT_MS } from './support/deployed-app';
import { HttpAnswer, HttpRequest, request } from './support/drive';
import { eventually } from './support/eventually';
import { workFolder } from './support/folders';
import { getRow } from './support/table-rows';

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

  test('hands a request to a queue', async () => {
    const body = JSON.stringify({ id: 'job', text: 'it’s & done + 100 %' });
    const headers = { 'content-type': 'application/json' };
    expect((await call('jobs', { method: 'POST', headers, body })).status).toBe(202);
    const { target, stack } = app();
    const table = stack.resources.find(({ type }) => /DynamoDB/.test(type))?.physicalId ?? '';
    const row = await eventually('the job is done', () => getRow(target, table, { id: 'job' }));
    expect(row).toEqual(JSON.parse(body));
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
    expect(await app().deployAgain()).toMatch('Rest (no changes)');
  });
});
