// When synthesis writes the types of the environment, and when it leaves the project alone.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Stack, Stage } from 'aws-cdk-lib';
import { AppStage, ServerlessApp, ServerlessAppProps } from 'cdk-serverless-app';
import { ENVIRONMENT_TYPES_FILE } from '../../lib/kinds/environment-types';
import { tempFolder } from '../support/synth';

const PROJECT = {
  'cdk.json': '{}',
  'tsconfig.json': '{}',
  'main.ts': 'export const handler = async () => process.env.FLAVOUR;',
};

const before = { folder: process.cwd(), CDK_OUTDIR: process.env.CDK_OUTDIR, CI: process.env.CI };
afterEach(() => {
  process.chdir(before.folder);
  for (const name of ['CDK_OUTDIR', 'CI'] as const) {
    if (before[name] === undefined) {
      Reflect.deleteProperty(process.env, name);
    } else {
      process.env[name] = before[name];
    }
  }
});

interface Setting {
  readonly files?: Record<string, string>;
  readonly environment?: Record<string, string>;
  readonly props?: ServerlessAppProps;
}

/** Synthesizes as the CDK's CLI does, and returns the file's place. */
function synth({ files = PROJECT, environment = {}, props = {} }: Setting = {}): string {
  const root = tempFolder(files);
  return synthIn(root, environment, props);
}

function synthIn(
  root: string,
  environment: Record<string, string>,
  props: ServerlessAppProps,
): string {
  process.chdir(root);
  Reflect.deleteProperty(process.env, 'CI');
  Object.assign(process.env, { CDK_OUTDIR: path.join(root, 'cdk.out'), ...environment });
  const cdk = new App();
  const app = new ServerlessApp(new Stack(cdk, 'Test'), 'App', {
    stage: AppStage.DEVELOPMENT,
    ...props,
  });
  app.addFunction('CreateOrder', { entry: 'main.ts', environment: { FLAVOUR: 'blue' } });
  cdk.synth();
  return path.join(root, ENVIRONMENT_TYPES_FILE);
}

test('the CLI has it written, with variables that come later', () => {
  const file = synth();

  expect(fs.readFileSync(file, 'utf8')).toContain(
    'export type CreateOrderEnv = {\n  readonly FLAVOUR: string;\n};',
  );
});

test('an unchanged file is not written again', () => {
  const file = synth();
  fs.utimesSync(file, 1, 1);
  synthIn(path.dirname(file), {}, {});

  expect(fs.statSync(file).mtimeMs).toBe(1000);
});

test('a file with other content is', () => {
  const file = synth({ files: { ...PROJECT, [ENVIRONMENT_TYPES_FILE]: '// old' } });

  expect(fs.readFileSync(file, 'utf8')).toContain('CreateOrderEnv');
});

test.each<[string, Setting]>([
  ['on a build server', { environment: { CI: 'true' } }],
  ['without tsconfig.json', { files: { 'cdk.json': '{}', 'main.ts': PROJECT['main.ts'] } }],
  [
    'outside the folder of cdk.json',
    { files: { 'tsconfig.json': '{}', 'main.ts': PROJECT['main.ts'] } },
  ],
  ['if it is turned off', { props: { environmentTypes: false } }],
])('it is not written %s', (_where, setting) => {
  expect(fs.existsSync(synth(setting))).toBe(false);
});

test('it is not written in a test, which no CLI runs', () => {
  const root = tempFolder(PROJECT);
  process.chdir(root);
  Reflect.deleteProperty(process.env, 'CDK_OUTDIR');
  const cdk = new App({ outdir: path.join(root, 'cdk.out') });
  const app = new ServerlessApp(new Stack(cdk, 'Test'), 'App');
  app.addFunction('F', { entry: 'main.ts', environment: { FLAVOUR: 'blue' } });
  cdk.synth();

  expect(fs.existsSync(path.join(root, ENVIRONMENT_TYPES_FILE))).toBe(false);
});

test('a file that cannot be written is one line on stderr, and no error', () => {
  const said = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    // A folder in its place, because root may write read-only files.
    synth({ files: { ...PROJECT, [`${ENVIRONMENT_TYPES_FILE}/x`]: '' } });

    expect(said.mock.calls.map(([text]) => String(text))).toContainEqual(
      expect.stringMatching(
        /serverless-app-env\.d\.ts cannot be written \(EISDIR\).*environmentTypes: false/,
      ),
    );
  } finally {
    said.mockRestore();
  }
});

test('one file has the functions of all apps, in several stacks and stages, but not of those without it', () => {
  const root = tempFolder(PROJECT);
  process.chdir(root);
  Reflect.deleteProperty(process.env, 'CI');
  process.env.CDK_OUTDIR = path.join(root, 'cdk.out');
  const cdk = new App();
  const add = (scope: Stage, id: string, props: ServerlessAppProps = {}): void => {
    const app = new ServerlessApp(new Stack(scope, id), 'App', props);
    app.addFunction(id, { entry: 'main.ts', environment: { FLAVOUR: 'blue' } });
  };
  add(cdk, 'One');
  add(new Stage(cdk, 'Prod'), 'Two');
  add(cdk, 'Three', { environmentTypes: false });
  cdk.synth();

  const text = fs.readFileSync(path.join(root, ENVIRONMENT_TYPES_FILE), 'utf8');
  expect([...text.matchAll(/type (\w+)/g)].map(([, name]) => name)).toEqual(['OneEnv', 'TwoEnv']);
});
