import * as fs from 'node:fs';
import * as path from 'node:path';
import { Debugger } from './support/debugger';
import { REPOSITORY } from './support/folders';
import { packPackage, pnpmProject } from './support/packed';
import { DevProject } from './support/running-dev';
import { obstacle, ownsEmulator } from './support/target';

const FIXTURE = path.join(__dirname, 'fixtures', 'dev-module');
const TIMEOUT_MS = 300_000;
const isBuilt = fs.existsSync(path.join(REPOSITORY, 'dist', 'index.js'));
const canRun =
  ownsEmulator() && ((isBuilt && obstacle() === undefined) || process.env.CI !== undefined);

(canRun ? describe : describe.skip)('the packed command, in ES modules, installed by pnpm', () => {
  jest.setTimeout(TIMEOUT_MS);
  let dev: DevProject;
  beforeAll(async () => {
    dev = DevProject.installedIn(await pnpmProject(FIXTURE, await packPackage()));
    await dev.start('--enforce-iam', '--inspect');
  });
  afterAll(async () => {
    await dev.close();
  });

  test('with --enforce-iam a call without a permission fails, and the line that permits it is shown', async () => {
    expect((await dev.get('/denied')).status).toBeGreaterThanOrEqual(500);
    await dev.says(
      /Denied may not call dynamodb:PutItem on Notes: add `\.writes\(notes\)` to \w*Denied/,
    );
    expect((await dev.get('/hello')).status).toBe(200);
  });

  test('with --inspect a debugger stops at a line of the TypeScript source', async () => {
    const [, port] = await dev.says(/127\.0\.0\.1:(\d+) {2}\w*Hello/);
    const source = path.join(dev.folder, 'src', 'hello.ts');
    const lines = fs.readFileSync(source, 'utf8').split('\n');
    const line = lines.findIndex((each) => each.includes('return Promise')) + 1;
    const attached = await Debugger.attach(Number(port));
    await attached.breakAt(source, line);
    const asked = dev.get('/hello');

    expect(await attached.paused()).toEqual({ source, line });
    await attached.resume();
    expect((await asked).status).toBe(200);
    attached.close();
  });

  test('a handler, a source that handlers share and the infrastructure are edited', async () => {
    expect(JSON.parse((await dev.get('/hello')).body)).toEqual({
      version: 'version-1',
      greeting: 'hello',
    });
    dev.edit('src/version.ts', (text) => text.replace('version-1', 'version-2'));
    await dev.answers('/hello', 'version-2');
    const from = dev.output.length;
    dev.edit('greeting.ts', (text) => text.replace('hello', 'good morning'));
    await dev.answers('/hello', 'good morning');
    await dev.says(/deploying[\s\S]*ready after/, from); // The function is changed before the deployment is complete.
  });

  test('a module with `fetch` gets the request, and Lambda’s context', async () => {
    const answer = await fetch(`${dev.running.url}/web/a%20b?q=1&q=2`, {
      method: 'POST',
      body: 'zażółć',
    });

    expect([answer.status, answer.headers.getSetCookie()]).toEqual([201, ['a=1', 'b=2']]);
    expect(await answer.json()).toMatchObject({
      method: 'POST',
      pathname: '/web/a%20b',
      q: ['1', '2'],
      body: 'zażółć',
      functionName: expect.stringContaining('Web'),
    });
  });

  test('a second start with nothing changed answers before it synthesizes; with a change, after it', async () => {
    await dev.stop();
    await dev.start();
    await dev.says(/ready after[\s\S]*checking that a synthesis gives the same/);
    await dev.answers('/hello', 'good morning');
    await dev.stop();
    dev.edit('greeting.ts', (text) => text.replace('good morning', 'good evening'));
    await dev.start();

    expect(dev.output).toMatch(/synthesizing[\s\S]*deploying[\s\S]*ready after/);
    expect((await dev.get('/hello')).body).toContain('good evening');
  });
});
