import { BundlingFormat, BundlingOptions } from 'cdk-serverless-app';
import { appOf, bundleIn, run } from '../support/bundles';
import { fs, path, resources, tempFolder } from '../support/synth';

const MAIN = `import { load } from 'orm'; export const handler = async (event) => load(event.driver);`;

/** An ORM that loads its drivers on demand. */
function project(manifest: object, code: string): string {
  return tempFolder({
    'main.ts': MAIN,
    'node_modules/orm/package.json': JSON.stringify({ name: 'orm', version: '1.0.0', ...manifest }),
    'node_modules/orm/index.js': code,
    'node_modules/one/package.json': JSON.stringify({ name: 'one', version: '1.0.0' }),
    'node_modules/one/index.js': 'module.exports = "one";',
  });
}

const REQUIRES = `exports.load = (name) => {
  const drivers = { one: () => require('one'), two: () => require('two'), part: () => require('two/part') };
  try { return drivers[name](); } catch (error) { return error.code; }
};`;
const OPTIONAL = { peerDependenciesMeta: { one: { optional: true }, two: { optional: true } } };

describe.each<[BundlingOptions]>([[{}], [{ format: BundlingFormat.CJS }]])(
  'with %j',
  (bundling) => {
    test.each<[string, object]>([
      ['an optional peer', OPTIONAL],
      ['an optional dependency', { optionalDependencies: { one: '1', two: '1' } }],
    ])(
      '%s that is not installed is left out, and fails when it is asked for',
      (_name, manifest) => {
        const folder = bundleIn(project(manifest, REQUIRES), 'main.ts', { bundling });

        expect(run(folder, { event: { driver: 'one' } })).toBe('one');
        expect(run(folder, { event: { driver: 'two' } })).toBe('MODULE_NOT_FOUND');
        expect(run(folder, { event: { driver: 'part' } })).toBe('MODULE_NOT_FOUND');
      },
    );

    test('a dynamic import of one is left out, too', () => {
      const code = `exports.load = async () => { try { await import('two'); } catch (e) { return e.code; } };`;
      const folder = bundleIn(project(OPTIONAL, code), 'main.ts', { bundling });

      expect(run(folder)).toMatch(/^(ERR_)?MODULE_NOT_FOUND$/);
    });

    test('one in a `try` is left out without being declared', () => {
      const code = `let two; try { two = require('two'); } catch { two = 'none'; } exports.load = () => two;`;

      expect(run(bundleIn(project({}, code), 'main.ts', { bundling }))).toBe('none');
    });
  },
);

test('an optional package that is installed later is bundled', () => {
  process.env.SERVERLESS_APP_CACHE = tempFolder({});
  try {
    const root = project(OPTIONAL, REQUIRES);
    const settle = (): unknown => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
    settle();
    bundleIn(root, 'main.ts');
    fs.mkdirSync(path.join(root, 'node_modules', 'two'));
    fs.writeFileSync(path.join(root, 'node_modules', 'two', 'index.js'), 'module.exports = 2;');
    settle();

    expect(run(bundleIn(root, 'main.ts'), { event: { driver: 'two' } })).toBe(2);
  } finally {
    process.env.SERVERLESS_APP_CACHE = 'off';
  }
});

test.each<[string, object, string]>([
  ['a required package', { dependencies: { two: '1' } }, REQUIRES],
  ['an undeclared package', {}, REQUIRES],
  [
    'a static import',
    { ...OPTIONAL, type: 'module' },
    `import two from 'two'; export const load = () => two;`,
  ],
])('%s that is not installed fails with the option to write', (_name, manifest, code) => {
  const root = project(manifest, code);

  expect(() => bundleIn(root, 'main.ts')).toThrow(
    'if it is an optional dependency that the function does not use, write `bundling.externalModules: ["two"]`; otherwise run `npm install two`',
  );
});

test('packages that are missing for many functions are one error with one command', () => {
  const entries = ['a.ts', 'b.ts', 'c.ts', 'd.ts'];
  const text = `import { A } from '@aws-sdk/client-a'; import { B } from '@aws-sdk/client-b/part'; export const handler = async () => [A, B];`;
  const { app, stack } = appOf(tempFolder(Object.fromEntries(entries.map((it) => [it, text]))));
  entries.forEach((entry) => app.addFunction(`F${entry[0] ?? ''}`, { entry }));

  expect(() => resources(stack)).toThrow(
    'Test/App: `functions.Fa.entry`, Test/App: `functions.Fb.entry`, Test/App: `functions.Fc.entry`, Test/App: `functions.Fd.entry` ' +
      'must import packages that are installed, got:\n' +
      '  a.ts:1:19, b.ts:1:19, c.ts:1:19 and 1 more: Could not resolve "@aws-sdk/client-a"\n' +
      '  a.ts:1:58, b.ts:1:58, c.ts:1:58 and 1 more: Could not resolve "@aws-sdk/client-b"\n' +
      '  run `npm install @aws-sdk/client-a @aws-sdk/client-b`',
  );
});
