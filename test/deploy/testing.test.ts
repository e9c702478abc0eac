import { execFileSync, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { buildCli } from '../../scripts/build-cli';
import { buildPage } from '../../scripts/build-report';
import { buildTesting } from '../../scripts/build-testing';
import { eventually } from './support/eventually';
import { EMULATOR_FOLDER, madeOnce, REPOSITORY, workFolder } from './support/folders';
import { obstacle, ownsEmulator } from './support/target';

const FIXTURE = path.join(__dirname, 'fixtures', 'testing');
const VITEST = 'vitest@3.2.4';
const TIMEOUT_MS = 240_000;
const canRun = ownsEmulator() && (obstacle() === undefined || process.env.CI !== undefined);

interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

/** A project with the package in its node_modules, and the tests of docs/testing.md. */
class Project {
  static async create(): Promise<Project> {
    const folder = fs.realpathSync(workFolder('tested'));
    fs.cpSync(FIXTURE, folder, { recursive: true });
    const installed = path.join(folder, 'node_modules', 'cdk-serverless-app');
    fs.mkdirSync(path.join(installed, 'dist'), { recursive: true });
    fs.copyFileSync(path.join(REPOSITORY, 'package.json'), path.join(installed, 'package.json'));
    buildPage(path.join(installed, 'dist', 'report'));
    await buildCli(path.join(installed, 'dist', 'bin', 'serverless-app.js'));
    await buildTesting(path.join(installed, 'dist', 'testing'));
    const cache = workFolder('cache');
    fs.symlinkSync(EMULATOR_FOLDER, path.join(cache, 'emulator')); // What the other tests have installed.
    return new Project(folder, installed, cache);
  }

  private constructor(
    readonly folder: string,
    readonly installed: string,
    private readonly cache: string,
  ) {}

  /** Writes the test of the docs page twice, in two files, which note the app’s address. */
  write(runner: string): void {
    const code = docsBlock(runner);
    fs.rmSync(path.join(this.folder, 'test'), { recursive: true, force: true });
    fs.mkdirSync(path.join(this.folder, 'test'));
    for (const name of ['one', 'two']) {
      const note = `app = await testApp();\n  require('node:fs').writeFileSync('${name}.url', String(app.url));`;
      const text = `${runner === 'jest' ? '' : REQUIRE}${code.replace('app = await testApp();', note)}`;
      expect(text).toContain('writeFileSync');
      fs.writeFileSync(path.join(this.folder, 'test', `${name}.test.ts`), text);
    }
  }

  /** The addresses that the two files got. */
  get urls(): string[] {
    return ['one', 'two'].map((name) =>
      fs.readFileSync(path.join(this.folder, `${name}.url`), 'utf8'),
    );
  }

  start(...args: string[]): { readonly pid?: number; readonly ended: Promise<Outcome> } {
    const { AWS_ENDPOINT_URL: _endpoint, JEST_WORKER_ID: _worker, ...env } = process.env;
    const child = spawn(process.execPath, args, {
      cwd: this.folder,
      env: { ...env, SERVERLESS_APP_CACHE: this.cache },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    const ended = new Promise<Outcome>((resolve) => {
      child.once('close', (code) => {
        resolve({ code, output });
      });
    });
    return { pid: child.pid, ended };
  }

  /** Runs a script that has `t`, the exports of the package. */
  script(code: string): ReturnType<Project['start']> {
    const file = path.join(this.folder, 'script.mjs');
    fs.writeFileSync(file, `import * as t from 'cdk-serverless-app/testing';\n${code}`);
    return this.start(file);
  }

  get processes(): string[] {
    const lines = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' }).split('\n');
    return lines.filter((line) => line.includes(this.installed));
  }

  async nothingRuns(): Promise<void> {
    await eventually('all processes have ended', () =>
      Promise.resolve(this.processes.length === 0),
    );
  }

  close(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
    fs.rmSync(this.cache, { recursive: true, force: true });
  }
}

const REQUIRE =
  "import { createRequire } from 'node:module';\nconst require = createRequire(process.cwd() + '/x');\n";

function docsBlock(runner: string): string {
  const page = fs.readFileSync(path.join(REPOSITORY, 'docs', 'testing.md'), 'utf8');
  return new RegExp(`^\`\`\`ts ${runner}\\n([\\s\\S]*?)^\`\`\``, 'm').exec(page)?.[1] ?? '';
}

/** vitest is installed once from the registry; the repository does not use it itself. */
async function vitest(project: Project): Promise<string> {
  const folder = await madeOnce(VITEST.replace('@', '-'), async (draft) => {
    fs.writeFileSync(path.join(draft, 'package.json'), '{ "private": true }');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', VITEST], { cwd: draft });
    return Promise.resolve();
  });
  const installed = path.join(folder, 'node_modules', 'vitest');
  fs.symlinkSync(installed, path.join(project.folder, 'node_modules', 'vitest'));
  return path.join(installed, 'vitest.mjs');
}

(canRun ? describe : describe.skip)('cdk-serverless-app/testing', () => {
  jest.setTimeout(TIMEOUT_MS);
  let project: Project;
  beforeAll(async () => {
    project = await Project.create();
  });
  afterAll(() => {
    project.close();
  });

  test('jest runs the test of the docs in two workers, which share one app', async () => {
    project.write('jest');
    const config = path.join(project.folder, 'jest.config.cjs');
    fs.writeFileSync(
      config,
      "module.exports = { transform: { '\\\\.ts$': ['ts-jest', { diagnostics: false, tsconfig: { target: 'es2022', module: 'commonjs' } }] } };",
    );
    const jest = path.join(REPOSITORY, 'node_modules', 'jest', 'bin', 'jest.js');
    const { code, output } = await project.start(jest, '--config', config, '--maxWorkers', '2')
      .ended;

    expect(`${code} ${output}`).toMatch(/^0 /);
    expect(output).toContain('2 passed');
    expect(new Set(project.urls).size).toBe(1);
    await project.nothingRuns();
  });

  test('vitest runs the test of the docs in two workers, which share one app', async () => {
    project.write('vitest');
    const command = await vitest(project);
    const { code, output } = await project.start(command, 'run', '--dir', 'test').ended;

    expect(`${code} ${output}`).toMatch(/^0 /);
    expect(output).toMatch(/2 passed/);
    expect(new Set(project.urls).size).toBe(1);
    await project.nothingRuns();
  });

  test('node:test runs the test of the docs in two processes, which share one app', async () => {
    project.write('node');
    const files = ['test/one.test.ts', 'test/two.test.ts'];
    const { code, output } = await project.start('--import', 'tsx', '--test', ...files).ended;

    expect(`${code} ${output}`).toMatch(/^0 /);
    expect(output).toMatch(/pass 2/);
    expect(new Set(project.urls).size).toBe(1);
    await project.nothingRuns();
  });

  test('each action reaches the app, and permissions are enforced', async () => {
    const { code, output } = await project.script(`
      const app = await t.testApp();
      const said = (id, text) => t.eventually(id + ' says ' + text, async () =>
        (await app.logs(id)).find((line) => line.includes(text)));
      const created = await app.invoke('CreateOrder', t.httpEvent('POST /orders', { body: { id: 'i', total: 1 } }));
      console.log('invoked', JSON.stringify(created));
      await app.putItem('Orders', { id: 'p', total: 2 });
      console.log(await said('SendReceipt', 'receipt of p: 2'));
      await app.upload('Uploads', 'in/a b.csv', 'id');
      console.log(await said('ImportOrders', 'imports in/a+b.csv'));
      await app.send('Jobs', { job: 1 });
      console.log(await said('RunJob', 'job {"job":1}'));
      console.log('fired', JSON.stringify(await app.fire('RunJob')));
      const table = await app.tableName('Orders');
      await app.invoke('ListOrders', { table }).catch((error) => console.log(error.name, error.message));
      await app.invoke('ListOrder', {}).catch((error) => console.log(error.message));
      const answer = await app.request('/orders', { method: 'POST', body: '{}' });
      console.log('answered', answer.status, await answer.text());
    `).ended;

    expect(output).toContain('invoked {"statusCode":201');
    expect(output).toContain('receipt of p: 2');
    expect(output).toContain('imports in/a+b.csv');
    expect(output).toContain('job {"job":1}');
    expect(output).toContain('fired null');
    expect(output).toMatch(/FunctionFailed ListOrders failed: AccessDenied/);
    expect(output).toMatch(/there is no function `ListOrder`.*ListOrders/);
    expect(output).toContain('answered 400 an order has an id');
    expect(code).toBe(0);
    await project.nothingRuns();
  });

  test('an app that does not synthesize fails with the place', async () => {
    const file = path.join(project.folder, 'app.ts');
    const good = fs.readFileSync(file, 'utf8');
    fs.writeFileSync(file, `${good}\nthrow new Error('not today');\n`);
    const { output } = await project.script(`
      await t.testApp().catch((error) => console.log(error.message));
    `).ended;
    fs.writeFileSync(file, good);

    expect(output).toMatch(/the app did not start:[\s\S]*app\.ts:6:\d+: not today/);
    await project.nothingRuns();
  });

  test('the app ends when the run is killed', async () => {
    const run = project.script(
      "await t.testApp(); console.log('ready'); setInterval(() => {}, 1000);",
    );
    try {
      await eventually('the app runs', () =>
        Promise.resolve(project.processes.some((line) => line.includes('start-emulator'))),
      );
    } finally {
      process.kill(run.pid ?? 0, 'SIGKILL');
    }
    await run.ended;

    await project.nothingRuns();
  });
});
