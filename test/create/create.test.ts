import { spawnSync } from 'node:child_process';
import { Stack } from 'aws-cdk-lib';
import type { ServerlessApp } from 'cdk-serverless-app';
import { environmentTypes } from '../../lib/kinds/environment-types';
import type { AppModel } from '../../lib/model/app-model';
import { completeModel } from '../../lib/synthesis/app-info';
import { exportsOf } from '../support/run-app';
import { fs, path, quickCdkApp, tempFolder } from '../support/synth';

// `npm run try-create` installs, compiles, tests and synthesizes what it makes.
const COMMAND = path.join(__dirname, '../../packages/create-cdk-serverless-app/create.mjs');

interface Created {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function create(folder: string, args: readonly string[], input = ''): Created {
  const all = [COMMAND, folder, '--no-install', ...args];
  return spawnSync(process.execPath, all, { encoding: 'utf8', input });
}

const filesIn = (folder: string): string[] =>
  fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => fs.statSync(path.join(folder, name)).isFile())
    .sort();
const read = (folder: string, name: string): string =>
  fs.readFileSync(path.join(folder, name), 'utf8');

test('with --yes it asks nothing, and makes an app for HTTP requests', () => {
  const folder = path.join(tempFolder(), 'My Shop');

  const { status, stderr } = create(folder, ['--yes']);

  expect([status, stderr]).toEqual([0, '']);
  expect(filesIn(folder)).toEqual([
    '.github/workflows/ci.yml',
    '.gitignore',
    'README.md',
    'app.ts',
    'cdk.json',
    'package.json',
    'serverless-app-env.d.ts',
    'src/create-item.ts',
    'src/get-item.ts',
    'src/item.ts',
    'test/app.test.ts',
    'test/item.test.ts',
    'tsconfig.json',
  ]);
  expect(JSON.parse(read(folder, 'package.json'))).toMatchObject({ name: 'my-shop' });
  expect(read(folder, 'app.ts')).toContain("new Stack(cdk, 'MyShop')");
});

test('the events are those that are chosen, without a workflow if there is to be none', () => {
  const folder = path.join(tempFolder(), '2nd');

  create(folder, ['--yes', '--events', 'queue,schedule', '--no-ci']);

  expect(filesIn(folder).filter((name) => /^(src|\.github)/.test(name))).toEqual([
    'src/every-hour.ts',
    'src/work.ts',
  ]);
  expect(read(folder, 'app.ts')).not.toContain('Items');
  expect(read(folder, 'app.ts')).toContain("new Stack(cdk, 'App2nd')");
  expect(read(folder, 'test/app.test.ts')).toContain("('AWS::Lambda::Function', 2)");
});

test('without --yes it asks for the events and the workflow', () => {
  const folder = path.join(tempFolder(), 'app');

  const { stdout } = create(folder, ['--events', 'event'], 'no\n');

  expect(stdout).toContain('Add a workflow for GitHub Actions (yes): ');
  expect(filesIn(folder)).toContain('src/order-paid.ts');
  expect(filesIn(folder)).not.toContain('.github/workflows/ci.yml');
});

test.each<[string, readonly string[], string]>([
  [
    'an event that it does not know',
    ['--yes', '--events', 'http,mail'],
    'create-cdk-serverless-app: unknown event "mail": choose from http, table, objects, schedule, queue, event\n',
  ],
  ['an option that it does not know', ['--yes', '--python'], "Unknown option '--python'"],
])('fails in one line for %s', (_, args, message) => {
  const folder = path.join(tempFolder(), 'app');

  const { status, stderr } = create(folder, args);

  expect(status).toBe(1);
  expect(stderr).toContain(message);
  expect(fs.existsSync(folder)).toBe(false);
});

test('fails for a folder that holds something', () => {
  const { status, stderr } = create(tempFolder({ 'a.txt': '' }), ['--yes']);

  expect([status, stderr]).toEqual([
    1,
    expect.stringMatching(/ is not empty: choose a new folder\n$/),
  ]);
});

/** The app that a created project declares. */
function declaredIn(folder: string): ServerlessApp {
  const { makeApp } = exportsOf(read(folder, 'app.ts')) as {
    makeApp: (stack: Stack) => ServerlessApp;
  };
  process.chdir(folder);
  return makeApp(new Stack(quickCdkApp(), 'Test'));
}

test.each([
  'http',
  'queue,schedule',
  'objects,table,event',
  'http,table,objects,schedule,queue,event',
])('the types of the environment are those that synthesis writes: %s', (events) => {
  const folder = path.join(tempFolder(), 'app');
  create(folder, ['--yes', '--events', events]);

  const app = declaredIn(folder);
  const { functions } = Stack.of(app).resolve(completeModel(app)) as AppModel;

  expect(read(folder, 'serverless-app-env.d.ts')).toBe(environmentTypes(functions));
});

test.each(['http', 'table', 'objects', 'schedule', 'queue', 'event'])(
  'a project for %s has each package that its files import, and is named in the page about the generator',
  (event) => {
    const folder = path.join(tempFolder(), 'app');

    create(folder, ['--yes', '--events', event]);

    const { dependencies, devDependencies } = JSON.parse(read(folder, 'package.json')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    const packages = filesIn(folder)
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [...read(folder, file).matchAll(/ from '([^.'][^']*)'/g)])
      .map(([, module = '']) => /^(@[^/]+\/)?[^/]+/.exec(module)?.[0] ?? '')
      .filter((name) => !name.startsWith('node:'))
      .map((name) => (name === 'aws-lambda' ? '@types/aws-lambda' : name));
    expect(packages).toContain('aws-cdk-lib');
    expect(Object.keys({ ...dependencies, ...devDependencies })).toEqual(
      expect.arrayContaining(packages),
    );
    const page = path.join(__dirname, '../../packages/create-cdk-serverless-app/README.md');
    expect(fs.readFileSync(page, 'utf8')).toContain(`\`${event}\``);
  },
);
