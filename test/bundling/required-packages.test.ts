import { execFileSync } from 'node:child_process';
import { BundlingFormat, BundlingOptions } from 'cdk-serverless-app';
import { AssetFiles } from '../../lib/bundling/asset-files';
import { bundleAll } from '../../lib/bundling/bundler';
import { fs, path, tempFolder } from '../support/synth';

const pkg = (facts: object): string => JSON.stringify({ name: 'dual', version: '1.0.0', ...facts });

/** A package as many are: a class as `module.exports`, and an ES module that exports it as `default`. */
const DUAL = {
  'node_modules/dual/package.json': pkg({ main: './cjs/index.js', module: './es/index.js' }),
  'node_modules/dual/cjs/index.js': `module.exports = class { get kind() { return 'main'; } };`,
  'node_modules/dual/es/index.js': `export default class { get kind() { return 'module'; } }`,
};
const REQUIRES = `const Dual = require('dual'); exports.handler = async () => new Dual().kind;`;
const IMPORTS = `import Dual from 'dual'; export const handler = async () => new Dual().kind;`;

function bundle(
  files: Record<string, string>,
  entries: readonly string[],
  options: BundlingOptions = {},
  handler = 'handler',
): AssetFiles[] {
  const root = tempFolder({ 'package.json': '{}', ...files });
  const requests = entries.map((entry) => ({
    owner: entry,
    entry: path.join(root, entry),
    handler,
    root,
    nodeVersion: '24',
    options,
  }));
  const made = bundleAll(requests);
  return requests.map((request) => made.get(request) as AssetFiles);
}

function run(files: AssetFiles, handler = 'handler'): unknown {
  const folder = tempFolder({});
  for (const [name, { content }] of files) {
    fs.writeFileSync(path.join(folder, name), content());
  }
  const main = path.join(folder, files.has('index.mjs') ? 'index.mjs' : 'index.js');
  const script = `const all = await import(${JSON.stringify(main)});
    process.stdout.write(JSON.stringify(await all[${JSON.stringify(handler)}]()));`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }),
  );
}

const FORMATS: BundlingOptions[] = [
  {},
  { format: BundlingFormat.CJS },
  { sharedChunks: true },
  { sourceMap: true },
  { minify: false },
];

describe.each(FORMATS)('with %j', (options) => {
  test.each<[string, Record<string, string>, string]>([
    ['the entry requires', { 'a.js': REQUIRES, ...DUAL }, 'main'],
    [
      'a package requires',
      {
        'a.js': `import { kind } from 'user'; export const handler = async () => kind();`,
        'node_modules/user/package.json': '{"main":"index.js"}',
        'node_modules/user/index.js': `const Dual = require('dual'); exports.kind = () => new Dual().kind;`,
        ...DUAL,
      },
      'main',
    ],
    [
      'a package requires what another package requires in turn',
      {
        'a.js': `import { kind } from 'user'; export const handler = async () => kind();`,
        'node_modules/user/package.json': '{"main":"index.js","module":"index.mjs"}',
        'node_modules/user/index.js': `const Two = require('two'); exports.kind = () => Two();`,
        'node_modules/user/index.mjs': `import user from './index.js'; export const kind = () => user.kind();`,
        'node_modules/two/package.json': '{"main":"main.js","module":"module.js"}',
        'node_modules/two/main.js': `const Dual = require('dual'); module.exports = () => new Dual().kind;`,
        'node_modules/two/module.js': `export default () => 'module';`,
        ...DUAL,
      },
      'main',
    ],
    [
      'a folder of a package with its own package.json is required',
      {
        'a.js': `const kind = require('dual/part'); exports.handler = async () => kind();`,
        ...DUAL,
        'node_modules/dual/part/package.json': '{"main":"../part.cjs.js","module":"../part.es.js"}',
        'node_modules/dual/part.cjs.js': `module.exports = () => 'main';`,
        'node_modules/dual/part.es.js': `export default () => 'module';`,
      },
      'main',
    ],
    [
      'a nested version is required',
      {
        'a.js': `import { kind } from 'user'; export const handler = async () => kind();`,
        'node_modules/user/package.json': '{"main":"index.js"}',
        'node_modules/user/index.js': `const Dual = require('dual'); exports.kind = () => new Dual().kind;`,
        ...Object.fromEntries(
          Object.entries(DUAL).map(([name, text]) => [`node_modules/user/${name}`, text]),
        ),
        'node_modules/dual/package.json': '{"main":"index.js"}',
        'node_modules/dual/index.js': `module.exports = class { kind = 'wrong version'; };`,
      },
      'main',
    ],
    [
      'the package has no `main` field',
      {
        'a.js': REQUIRES,
        'node_modules/dual/package.json': pkg({ module: './es.js' }),
        'node_modules/dual/index.js': DUAL['node_modules/dual/cjs/index.js'],
        'node_modules/dual/es.js': DUAL['node_modules/dual/es/index.js'],
      },
      'main',
    ],
    ['the entry imports', { 'a.ts': IMPORTS, ...DUAL }, 'module'],
    [
      'the entry imports and a package requires: there is one copy',
      {
        'a.ts': `import Dual from 'dual'; import { Same } from 'user'; export const handler = async () => [new Dual().kind, Dual === Same];`,
        'node_modules/user/package.json': '{"main":"index.js"}',
        'node_modules/user/index.js': `exports.Same = require('dual');`,
        ...DUAL,
      },
      ['main', true] as never,
    ],
  ])('%s', (_, files, expected) => {
    const [made] = bundle(files, [Object.keys(files)[0] ?? ''], options);

    expect(run(made as AssetFiles)).toEqual(expected);
  });
});

test('what one function requires changes nothing of another', () => {
  const files = { 'a.js': REQUIRES, 'b.ts': IMPORTS, ...DUAL };
  const [alone] = bundle(files, ['b.ts']);

  const [required, imported] = bundle(files, ['a.js', 'b.ts']);

  expect(run(required as AssetFiles)).toBe('main');
  expect([...(imported ?? [])].map(([name, { digest }]) => [name, digest])).toEqual(
    [...(alone ?? [])].map(([name, { digest }]) => [name, digest]),
  );
});

test.each(['$run', 'run$', 'a$b', 'delete', 'entry', 'it'])(
  'a CommonJS handler may be named %s',
  (handler) => {
    const files = { 'a.js': `exports.${handler} = async () => 'ran';` };
    for (const options of [{}, { format: BundlingFormat.CJS }]) {
      const [made] = bundle(files, ['a.js'], options, handler);
      expect(run(made as AssetFiles, handler)).toBe('ran');
    }
  },
);

describe('an import of a package whose ES modules are for browsers', () => {
  const dual = (browser: unknown): Record<string, string> => ({
    ...DUAL,
    'node_modules/dual/package.json': pkg({
      main: './cjs/index.js',
      module: './es/index.js',
      browser,
    }),
    'main.mjs': IMPORTS,
  });

  test.each<[string, unknown]>([
    ['replaces the whole package', './dist/browser.js'],
    ['replaces files of its CommonJS only', { './cjs/request': './cjs/browser-request.js' }],
  ])('takes what Node.js takes where `browser` %s', (_name, browser) => {
    expect(run(bundle(dual(browser), ['main.mjs'])[0] as AssetFiles)).toBe('main');
  });

  test.each<[string, unknown]>([
    ['replaces files of its ES modules', { './es/request.js': './es/request.browser.js' }],
    ['replaces other packages only', { http: false }],
    ['is missing', undefined],
  ])('takes the ES modules where `browser` %s', (_name, browser) => {
    expect(run(bundle(dual(browser), ['main.mjs'])[0] as AssetFiles)).toBe('module');
  });

  test('takes one copy for an import and a dynamic import', () => {
    const files = {
      ...dual('./browser.js'),
      'main.mjs': `import Dual from 'dual';
        export const handler = async () => (await import('dual')).default === Dual;`,
    };

    expect(run(bundle(files, ['main.mjs'])[0] as AssetFiles)).toBe(true);
  });
});
