import * as fs from 'node:fs';
import * as path from 'node:path';
import { eventually } from './support/eventually';
import { DevProject } from './support/running-dev';
import { obstacle, ownsEmulator } from './support/target';

const FIXTURE = path.join(__dirname, 'fixtures', 'dev');
const TIMEOUT_MS = 240_000;
const canRun = ownsEmulator() && (obstacle() === undefined || process.env.CI !== undefined);

interface Hello {
  readonly version: string;
  readonly greeting: string;
  readonly Count: number;
  readonly count: number;
}

(canRun ? describe : describe.skip)('serverless-app dev', () => {
  jest.setTimeout(TIMEOUT_MS);
  let dev: DevProject;
  beforeAll(async () => {
    dev = await DevProject.copyOf(FIXTURE);
    await dev.start();
  });
  afterAll(async () => {
    await dev.close();
  });

  const hello = async (): Promise<Hello> => JSON.parse((await dev.get('/hello')).body) as Hello;

  test('the app answers at the address that it prints, from its sources, with its environment and its table', async () => {
    expect(dev.output).toContain(`GET ${dev.running.url}/hello`);
    expect(await hello()).toMatchObject({ version: 'hello-1', greeting: 'hello', Count: 0 });
    await dev.says(/❄ GET \/hello → 200, .* cold start/);
  });

  test('a second request meets the same process', async () => {
    const first = await hello();

    expect((await hello()).count).toBe(first.count + 1);
  });

  test('a second `dev` in the folder says so', async () => {
    const { code, stderr } = await dev.run('dev');

    expect(stderr).toContain(`runs in this folder already (process ${dev.pid})`);
    expect(code).toBe(1);
  });

  test('a changed handler answers, in a new process', async () => {
    dev.edit('src/hello.ts', (text) => text.replace('hello-1', 'hello-2'));
    await dev.answers('/hello', 'hello-2');

    await dev.says(/GetHello rebuilt in \d+ ms|Hello rebuilt in \d+ ms/);
  });

  test('a changed file that two functions share answers in both', async () => {
    await dev.get('/other');
    dev.edit('src/shared.ts', (text) => text.replace('shared-1', 'shared-2'));

    await Promise.all([dev.answers('/hello', 'shared-2'), dev.answers('/other', 'shared-2')]);
  });

  test('a request that is under way at the change is answered by the version that it began with', async () => {
    const asked = dev.get('/slow');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    dev.edit('src/slow.ts', (text) => text.replace('slow-1', 'slow-2'));

    expect(await asked).toMatchObject({ status: 200, body: expect.stringContaining('slow-1') });
    await dev.answers('/slow', 'slow-2');
  });

  test('a syntax error is shown with its place while the last version runs, and goes with the correction', async () => {
    const from = dev.output.length;
    const good = fs.readFileSync(path.join(dev.folder, 'src', 'hello.ts'), 'utf8');
    dev.edit('src/hello.ts', (text) => `${text}\nconst broken = ;\n`);
    const place = `src/hello\\.ts:${good.split('\n').length + 1}:16: Unexpected ";"`;
    await dev.says(new RegExp(place), from);

    expect((await hello()).version).toBe('hello-2');
    dev.edit('src/hello.ts', () => good.replace('hello-2', 'hello-3'));
    await dev.answers('/hello', 'hello-3');
  });

  test('a function that takes longer than its timeout is ended, and says so', async () => {
    expect((await dev.get('/late')).status).toBeGreaterThanOrEqual(500);
    await dev.says(/✗ GET \/late.*Task timed out after 1\.00 seconds/);
  });

  test('a changed infrastructure is deployed', async () => {
    dev.edit('greeting.ts', (text) => text.replace("'hello'", "'good morning'"));

    await dev.answers('/hello', 'good morning');
  });

  test('an error of the infrastructure is shown with its place while the last version runs', async () => {
    const from = dev.output.length;
    const good = fs.readFileSync(path.join(dev.folder, 'app.ts'), 'utf8');
    const line = good.split('\n').length + 1;
    dev.edit('app.ts', (text) => `${text}\nthrow new Error('not today');\n`);
    await dev.says(new RegExp(`app\\.ts:${line}:\\d+: not today`), from);

    expect((await hello()).greeting).toBe('good morning');
    dev.edit('app.ts', () => good);
    await dev.says(/ready after/, from);
  });

  test('an emulator that dies starts again, with the app', async () => {
    const from = dev.output.length;
    const emulator = dev
      .processes()
      .find((line) => /\S*python\S* \S*start-emulator/.test(line) && !line.includes('supervise'));
    process.kill(Number(emulator?.trim().split(' ')[0]), 'SIGKILL');
    await dev.says(/the emulator ended unexpectedly[\s\S]*ready after/, from);

    expect((await hello()).greeting).toBe('good morning');
  });

  test('Ctrl-C ends every process', async () => {
    expect(dev.processes().length).toBeGreaterThan(3);
    dev.kill('SIGINT');

    expect(await dev.end()).toBe(0);
    await eventually('nothing is left', () => Promise.resolve(dev.processes().length === 0));
    expect(fs.existsSync(path.join(dev.folder, '.serverless-app', 'dev.json'))).toBe(false);
  });

  test('a second start with no change deploys nothing; a crash ends every process too', async () => {
    await dev.start();

    expect(dev.output).not.toContain('deploying');
    expect(await hello()).toMatchObject({ version: 'hello-3', greeting: 'good morning' });
    dev.kill('SIGKILL');
    await dev.end();
    await eventually('nothing is left', () => Promise.resolve(dev.processes().length === 0));
  });
});
