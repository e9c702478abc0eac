import { AppFunctionProps } from 'cdk-serverless-app';
import { appOf, bundle, run } from '../support/bundles';
import { tempFolder, templateOf, warnings } from '../support/synth';
import { Files } from '../support/write-files';

const WARNING = 'cdk-serverless-app:class-names';

/** As node-fetch 2 and its abort-controller do. */
const SIGNALS: Files = {
  'main.ts': `import { check } from 'fetcher'; export const handler = async () => check();`,
  'node_modules/fetcher/package.json':
    '{ "name": "fetcher", "version": "1.0.0", "main": "index.js" }',
  'node_modules/fetcher/index.js': `const { Signal } = require('aborter');
    exports.check = () => { const proto = Object.getPrototypeOf(new Signal()); return proto.constructor.name === 'AbortSignal'; };`,
  'node_modules/aborter/package.json':
    '{ "name": "aborter", "version": "1.0.0", "main": "index.js" }',
  'node_modules/aborter/index.js': `class AbortSignal { constructor() { this.aborted = false; } } exports.Signal = AbortSignal;`,
};

function warned(files: Files, options: Partial<AppFunctionProps> = {}): string[] {
  const { app, stack } = appOf(tempFolder(files));
  app.addFunction('F', { entry: 'main.ts', ...options });
  templateOf(stack);
  return warnings(stack)
    .filter((text) => text.includes(WARNING))
    .map((text) => text.replaceAll('\\"', '"'));
}

test('a package that compares the name of a class in the bundle gives a warning with the line to add', () => {
  expect(warned(SIGNALS)).toEqual([
    expect.stringContaining(
      'Test/App: `functions.F.bundling.keepNames` should be true, because `fetcher` compares `constructor.name` with `AbortSignal`, ' +
        'and a bundle shortens these names: write `bundling: { keepNames: true }`',
    ),
  ]);
});

test('that line makes it work', () => {
  expect(run(bundle(SIGNALS))).toBe(false);
  expect(run(bundle(SIGNALS, { bundling: { keepNames: true } }))).toBe(true);
});

test.each<[string, Partial<AppFunctionProps>]>([
  ['the names are kept', { bundling: { keepNames: true } }],
  ['the code is not minified', { bundling: { minify: false } }],
])('there is no warning if %s', (_what, options) => {
  expect(warned(SIGNALS, options)).toEqual([]);
});

test.each(['Object', 'AsyncFunction', 'Buffer'])(
  'there is none for %s, which no package declares',
  (name) => {
    const file = 'node_modules/fetcher/index.js';
    const text = `exports.check = (it) => it.constructor.name === '${name}';`;

    expect(warned({ ...SIGNALS, [file]: text })).toEqual([]);
  },
);

test.each(['typeorm', 'type-graphql', '@typegoose/typegoose'])(
  '%s, which names things after the classes that it is given, gives a warning',
  (name) => {
    const files: Files = {
      'main.ts': `import { Entity } from '${name}'; export const handler = async () => Entity(class Customer {});`,
      [`node_modules/${name}/package.json`]: `{ "name": "${name}", "version": "1.0.0", "main": "index.js" }`,
      [`node_modules/${name}/index.js`]: `exports.Entity = (target) => target.name;`,
    };

    expect(warned(files)).toEqual([
      expect.stringContaining(
        `because \`${name}\` derives names from the classes that it is given, and a bundle shortens these names`,
      ),
    ]);
  },
);
