import { Stack } from 'aws-cdk-lib';
import { AppFunctionProps, BundlingFormat } from 'cdk-serverless-app';
import { appOf, hashes } from '../support/bundles';
import { tempFolder, templateOf, warnings } from '../support/synth';
import { Files } from '../support/write-files';

const ENTRY = `import { answer } from 'native'; export const handler = async () => answer;`;
const WARNING = 'cdk-serverless-app:native-package';

afterEach(() => {
  process.env.SERVERLESS_APP_CACHE = 'off';
});

/** A project with a package of that manifest. */
function project(manifest: object, more: Files = {}): string {
  return tempFolder({
    'main.ts': ENTRY,
    'node_modules/native/package.json': JSON.stringify({ name: 'native', ...manifest }),
    'node_modules/native/index.js': 'export const answer = process.pid;',
    ...more,
  });
}

function synth(root: string, options: Partial<AppFunctionProps> = {}): Stack {
  const { app, stack } = appOf(root);
  app.addFunction('F', { entry: 'main.ts', ...options });
  templateOf(stack);
  return stack;
}

function told(root: string, options: Partial<AppFunctionProps> = {}): string[] {
  return warnings(synth(root, options)).filter((text) => text.includes(WARNING));
}

const SHARP = {
  optionalDependencies: { '@img/sharp-linux-x64': '1', '@img/sharp-win32-x64': '1' },
};

test.each<[string, object, Files, string?]>([
  ['in packages for one platform each', SHARP, {}],
  ['by node-gyp-build', { dependencies: { 'node-gyp-build': '4' } }, {}],
  ['by node-pre-gyp', { dependencies: { '@mapbox/node-pre-gyp': '1' } }, {}],
  ['by require-addon', { dependencies: { 'require-addon': '1' } }, {}],
  [
    'by a node-pre-gyp that esbuild cannot bundle',
    { dependencies: { '@mapbox/node-pre-gyp': '1' } },
    {
      'node_modules/native/index.js': `import gyp from '@mapbox/node-pre-gyp'; export const answer = gyp.find();`,
      'node_modules/@mapbox/node-pre-gyp/package.json': '{ "main": "index.js" }',
      'node_modules/@mapbox/node-pre-gyp/index.js': `exports.find = () => require('mock-aws-s3');`,
    },
  ],
  [
    'where it was compiled',
    {},
    { 'node_modules/native/binding.gyp': '{}' },
    ', installScripts: true',
  ],
  ['in its own prebuilds', {}, { 'node_modules/native/prebuilds/linux-x64/native.node': '' }],
  [
    'by a tool that it does not declare',
    {},
    {
      'node_modules/native/index.js': `import 'bindings'; export const answer = process.pid;`,
      'node_modules/bindings/package.json': '{}',
      'node_modules/bindings/index.js': `globalThis.bindings = 1;`,
    },
  ],
])(
  'a package that looks for its native code %s gives a warning',
  (_, manifest, more, options = '') => {
    expect(told(project(manifest, more))).toEqual([
      expect.stringContaining(
        'Test/App: `functions.F.bundling.nodeModules` should include `native`, whose native code is loaded at run time and is not ' +
          'in the bundle: write `nodeModules: [\\"native\\"]' +
          `${options}\`, and npm installs it into the asset`,
      ),
    ]);
  },
);

test.each<[string, object]>([
  ['a dependency', { dependencies: { helper: '1' } }],
  ['optional packages that are for no one platform', { optionalDependencies: { fsevents: '2' } }],
])('a package with %s is not told', (_, manifest) => {
  expect(told(project(manifest))).toEqual([]);
});

test.each([
  ['ES module', {}],
  ['CommonJS', { format: BundlingFormat.CJS }],
  ['ES module with a source map', { sourceMap: true }],
])('in an asset of the form %s', (_, bundling) => {
  expect(told(project(SHARP), { bundling })).toHaveLength(1);
});

test('a package that is left out of the bundle gets no warning', () => {
  expect(told(project(SHARP), { bundling: { externalModules: ['native'] } })).toEqual([]);
});

test('it can be accepted for one function', () => {
  const { app, stack } = appOf(project(SHARP));
  app.addFunction('F', { entry: 'main.ts' });
  app.addFunction('G', { entry: 'main.ts' });
  app.acknowledge(WARNING, 'it works without, only slower');
  templateOf(stack);
  expect(warnings(stack).filter((text) => text.includes(WARNING))).toEqual([]);
});

test('an unchanged app gets the warning again, and so does each function of an entry', () => {
  process.env.SERVERLESS_APP_CACHE = tempFolder();
  const root = project(SHARP);
  const first = synth(root);
  expect(told(root)).toHaveLength(1);
  expect(hashes(synth(root))).toEqual(hashes(first));

  const { app, stack } = appOf(root);
  ['F', 'G'].forEach((id) => app.addFunction(id, { entry: 'main.ts' }));
  templateOf(stack);
  expect(warnings(stack).filter((text) => text.includes(WARNING))).toEqual([
    expect.stringContaining('(the same holds for `functions.G`)'),
  ]);
});

test('so is a new function that takes the same from packages, which come from the cache', () => {
  process.env.SERVERLESS_APP_CACHE = tempFolder();
  const root = project(SHARP, { 'other.ts': `${ENTRY} console.log('another');` });
  synth(root);
  expect(told(root, { entry: 'other.ts' })).toHaveLength(1);
});

test('the warning disappears once the package is another one', () => {
  process.env.SERVERLESS_APP_CACHE = tempFolder();
  const root = project(SHARP);
  expect(told(root)).toHaveLength(1);
  const without = project({});
  expect(told(without)).toEqual([]);
});

describe('a package with native code that another package can do without', () => {
  const driver = (user: object): Files => ({
    'main.ts': `import { open } from 'orm'; export const handler = async () => open;`,
    'node_modules/orm/package.json': JSON.stringify({ name: 'orm', ...user }),
    'node_modules/orm/index.js': `exports.open = () => require('native');`,
    'node_modules/native/package.json': JSON.stringify({ name: 'native', ...SHARP }),
    'node_modules/native/index.js': `exports.answer = process.pid;`,
  });
  const OPTIONAL = { peerDependenciesMeta: { native: { optional: true } } };

  test.each([
    ['an optional peer', OPTIONAL],
    ['an optional dependency', { optionalDependencies: { native: '1' } }],
    ['a package that it does not declare', {}],
  ])('gives no warning as %s', (_, user) => {
    expect(told(tempFolder(driver(user)))).toEqual([]);
  });

  test('gives a warning as a dependency', () => {
    expect(told(tempFolder(driver({ dependencies: { native: '1' } })))).toHaveLength(1);
  });

  test.each([
    ['import { open }', ''],
    ['import * as orm', `(orm as any).x;`],
  ])('gives a warning where the function’s own sources name it (%s)', (clause, use) => {
    const files = {
      ...driver(OPTIONAL),
      'main.ts': `${clause} from 'orm'; ${use} export const handler = async () => 'native';`,
    };
    expect(told(tempFolder(files))).toHaveLength(clause.includes('*') ? 1 : 0);
  });
});
