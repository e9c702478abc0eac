import * as esbuild from 'esbuild';
import { bundleSettings, HandlerBundle } from '../../../bin/dev/handler-bundle';
import { functionModel } from '../support/models';
import { fs, path, tempFolder } from '../../support/synth';

function projectOf(files: Record<string, string>): {
  readonly folder: string;
  readonly bundle: HandlerBundle;
} {
  const folder = fs.realpathSync(tempFolder(files));
  const found = bundleSettings({ ...functionModel('A'), entry: 'a.ts' }, folder);
  if (found === undefined) {
    throw new Error('it has an entry');
  }
  const out = path.join(folder, 'out');
  return { folder, bundle: new HandlerBundle(esbuild, found.settings, found.entry, out) };
}

test('a build names its file, and the sources that it read', async () => {
  const { folder, bundle } = projectOf({
    'a.ts': "import { b } from './b';\nexport const handler = async (): Promise<string> => b;",
    'b.ts': "export const b = 'b';",
  });
  const built = await bundle.build();

  expect(built).toMatchObject({ unchanged: false, packages: [] });
  expect([...bundle.inputs].sort()).toEqual([path.join(folder, 'a.ts'), path.join(folder, 'b.ts')]);
  await bundle.stop();
});

test('a source that says the same makes no other file', async () => {
  const { bundle } = projectOf({ 'a.ts': 'export const handler = async () => 1;' });
  const first = await bundle.build();
  const second = await bundle.build();

  expect(second).toEqual({ ...first, unchanged: true });
  await bundle.stop();
});

test('the bundle before the last one stays, for a process that still loads it', async () => {
  const { folder, bundle } = projectOf({ 'a.ts': 'export const handler = async () => 1;' });
  const files: string[] = [];
  for (const number of [1, 2, 3]) {
    fs.writeFileSync(path.join(folder, 'a.ts'), `export const handler = async () => ${number};`);
    const built = await bundle.build();
    files.push('file' in built ? built.file : '');
  }

  expect(files.map((file) => fs.existsSync(file))).toEqual([false, true, true]);
  await bundle.stop();
});

test('a source map in the bundle leads to the source itself', async () => {
  const { folder, bundle } = projectOf({ 'a.ts': 'export const handler = async () => 1;' });
  const built = await bundle.build();
  const file = 'file' in built ? built.file : '';
  const [, data = ''] = /base64,(\S+)/.exec(fs.readFileSync(file, 'utf8')) ?? [];
  const { sources } = JSON.parse(Buffer.from(data, 'base64').toString()) as { sources: string[] };

  expect(path.resolve(path.dirname(file), sources[0] ?? '')).toBe(path.join(folder, 'a.ts'));
  await bundle.stop();
});

test('a source that does not compile gives an error with its position, and the last inputs stay', async () => {
  const { folder, bundle } = projectOf({ 'a.ts': 'export const handler = async () => 1;' });
  await bundle.build();
  fs.writeFileSync(path.join(folder, 'a.ts'), 'export const handler = ;');
  const built = await bundle.build();

  expect('problems' in built && built.problems[0]).toMatch(/^a\.ts:1:24: Unexpected ";"/);
  expect([bundle.failed, bundle.inputs.size]).toEqual([true, 1]);
  fs.writeFileSync(path.join(folder, 'a.ts'), 'export const handler = async () => 2;');
  expect(await bundle.build()).toMatchObject({ unchanged: false });
  expect(bundle.failed).toBe(false);
  await bundle.stop();
});

test('the AWS SDK stays outside, by its place, for a process that has loaded it', async () => {
  const sdk = { 'package.json': '{"main": "index.js"}', 'index.js': 'exports.Client = class {};' };
  const { folder, bundle } = projectOf({
    'a.ts':
      "import { Client } from '@aws-sdk/client-x';\nexport const handler = async () => new Client();",
    'node_modules/@aws-sdk/client-x/package.json': sdk['package.json'],
    'node_modules/@aws-sdk/client-x/index.js': sdk['index.js'],
  });
  const built = await bundle.build();
  const main = path.join(folder, 'node_modules/@aws-sdk/client-x/index.js');

  expect(built).toMatchObject({ packages: [main] });
  await bundle.stop();
});

test('a package that is not installed and that another package asks for is left out', async () => {
  const { bundle } = projectOf({
    'a.ts': "import a from 'a';\nexport const handler = async () => a;",
    'node_modules/a/package.json': '{"main": "index.js"}',
    'node_modules/a/index.js': "module.exports = () => require('optional-b');",
  });

  expect(await bundle.build()).toMatchObject({ unchanged: false });
  await bundle.stop();
});

test('a package that the handler itself asks for must be installed', async () => {
  const { bundle } = projectOf({ 'a.ts': "import a from 'missing-a';\nexport const handler = a;" });
  const built = await bundle.build();

  expect('problems' in built && built.problems[0]).toContain('Could not resolve "missing-a"');
  await bundle.stop();
});

test('a function whose code the user brought has no bundle', () => {
  expect(bundleSettings({ ...functionModel('A'), entry: undefined }, '/p')).toBeUndefined();
});

test('the options of the function hold, from the root of the app', () => {
  const bundling = {
    root: 'packages/api',
    options: { define: { A: '1' }, nodeModules: ['sharp'], copyFiles: [] },
  };
  const found = bundleSettings({ ...functionModel('A'), entry: 'src/a.ts', bundling }, '/p');

  expect(found?.entry).toBe(path.join('/p', 'packages/api/src/a.ts'));
  expect(found?.settings.options).toEqual({ define: { A: '1' }, externalModules: ['sharp'] });
});
