import { AppFunctionProps, BundlingFormat } from 'cdk-serverless-app';
import { appOf } from '../support/bundles';
import { tempFolder, templateOf, warnings } from '../support/synth';
import { Files } from '../support/write-files';

const WARNING = 'cdk-serverless-app:files-beside-code';

const ENTRY = `import { read } from 'reader'; export const handler = async () => read();`;

/** A project with a package that has this code and these files. */
function project(code: string, more: Files = {}, main = ENTRY): string {
  return tempFolder({
    'main.ts': main,
    'node_modules/reader/package.json': '{ "name": "reader", "version": "1.0.0" }',
    'node_modules/reader/index.js': code,
    ...more,
  });
}

function warned(root: string, options: Partial<AppFunctionProps> = {}): string[] {
  const { app, stack } = appOf(root);
  app.addFunction('F', { entry: 'main.ts', ...options });
  templateOf(stack);
  return warnings(stack)
    .filter((text) => text.includes(WARNING))
    .map((text) => text.replaceAll('\\"', '"'));
}

const FS = `const fs = require('fs'), path = require('path');`;
const READS = `${FS} exports.read = () => fs.readFileSync(path.join(__dirname, 'data', 'a.afm'), 'utf8');`;
const DATA = { 'node_modules/reader/data/a.afm': 'A' };

test('a package that reads a file beside its code gives a warning with the line to add', () => {
  expect(warned(project(READS, DATA))).toEqual([
    expect.stringContaining(
      'Test/App: `functions.F.bundling.nodeModules` should include `reader`, whose code reads files beside itself (`data/a.afm`), which a ' +
        'bundle does not contain: write `nodeModules: ["reader"]`, and npm installs it into the asset',
    ),
  ]);
});

test.each([
  ['CommonJS', { format: BundlingFormat.CJS }],
  ['with a source map', { sourceMap: true }],
  ['with shared chunks', { sharedChunks: true }],
])('in an asset %s too', (_, bundling) => {
  expect(warned(project(READS, DATA), { bundling })).toHaveLength(1);
});

test.each<[string, string, Files, string]>([
  [
    'WebAssembly whose name is appended elsewhere',
    `${FS} const place = __dirname + '/'; const at = (name) => place + name; exports.read = () => at('a.wasm');`,
    { 'node_modules/reader/a.wasm': '' },
    'a.wasm',
  ],
  [
    'a JSON file by a require of its own',
    `import { createRequire } from 'node:module'; const load = createRequire(import.meta.url); export const read = () => load('./a.json');`,
    { 'node_modules/reader/a.json': '{}' },
    'a.json',
  ],
  [
    'a worker',
    `import { Worker } from 'node:worker_threads'; export const read = () => new Worker(new URL('./work.js', import.meta.url));`,
    { 'node_modules/reader/work.js': '' },
    'work.js',
  ],
  [
    'a folder',
    `${FS} exports.read = (name) => fs.readFileSync(path.join(__dirname, 'views', name));`,
    { 'node_modules/reader/views/a.html': '' },
    'views',
  ],
  [
    'whatever has a name',
    `${FS} exports.read = (name) => fs.readFileSync(path.join(__dirname, name));`,
    { 'node_modules/reader/a.html': '' },
    'a.html',
  ],
])('a package that reads %s gives a warning', (_, code, more, file) => {
  expect(warned(project(code, more))).toEqual([expect.stringContaining(`(\`${file}\`)`)]);
});

test.each<[string, string, Files]>([
  ['a file that is not there', READS, {}],
  [
    'a file that it can do without',
    `${FS} exports.read = () => { try { return fs.readFileSync(path.join(__dirname, 'package.json')); } catch { return 1; } };`,
    {},
  ],
  ['nothing, and returns its folder', `exports.read = () => __dirname;`, DATA],
  [
    'files of the working directory',
    `${FS} exports.read = () => fs.readFileSync(path.join(process.cwd(), 'data', 'a.afm'));`,
    DATA,
  ],
  [
    'files in an export that the function does not use',
    `import fs from 'node:fs'; export const read = () => 1; export const other = () => fs.readFileSync(new URL('data/a.afm', import.meta.url));`,
    {
      ...DATA,
      'node_modules/reader/package.json':
        '{ "name": "reader", "type": "module", "sideEffects": false }',
      'node_modules/reader/index.js': `export { read } from './read.js'; export { other } from './other.js';`,
      'node_modules/reader/read.js': `export const read = () => Number('1');`,
      'node_modules/reader/other.js': `import fs from 'node:fs'; export const other = () => fs.readFileSync(new URL('data/a.afm', import.meta.url));`,
    },
  ],
])('a package that reads %s gives no warning', (_, code, more) => {
  expect(warned(project(code, more))).toEqual([]);
});

test('code that a function starts, in a package of a package, gives no warning', () => {
  const more = {
    'node_modules/reader/work.js': '',
    'node_modules/direct/package.json': '{ "name": "direct", "dependencies": { "reader": "1" } }',
    'node_modules/direct/index.js': `exports.read = require('reader').read;`,
  };
  const code = `${FS} exports.read = () => new (require('worker_threads').Worker)(path.join(__dirname, 'work.js'));`;
  expect(warned(project(code, more))).toHaveLength(1);
  const indirect = ENTRY.replace('reader', 'direct');
  expect(warned(project(code, more, indirect))).toEqual([]);
});

test('the line contains what is in `nodeModules` already, and only packages that bring no other one along', () => {
  const more = {
    ...DATA,
    'node_modules/outer/package.json': '{ "name": "outer", "dependencies": { "reader": "1" } }',
    'node_modules/outer/index.js': `${FS} require('reader'); exports.read = () => fs.readFileSync(__dirname + '/b.bin');`,
    'node_modules/outer/b.bin': '',
  };
  const root = project(READS, more, ENTRY.replace('reader', 'outer'));
  expect(warned(root)).toEqual([expect.stringContaining('write `nodeModules: ["outer"]`')]);
});

describe('a package that loads optional packages by names in variables', () => {
  const BY_NAME = `exports.read = (name) => require(name);`;
  const optional = (main = ''): Files => ({
    'node_modules/reader/package.json': JSON.stringify({
      name: 'reader',
      peerDependenciesMeta: { driver: { optional: true }, other: { optional: true } },
    }),
    'node_modules/driver/package.json': '{ "name": "driver" }',
    'node_modules/driver/index.js': `exports.drive = () => process.pid;`,
    ...(main === '' ? {} : { 'main.ts': main }),
  });

  test('gives a warning with those that are installed', () => {
    expect(warned(project(BY_NAME, optional()))).toEqual([
      expect.stringContaining(
        '`reader`, whose code loads optional packages (`driver`) by names that are known only at run time, which a bundle does not contain: ' +
          'write `nodeModules: ["reader","driver"]`',
      ),
    ]);
  });

  test.each([
    ['it imports one of them by its name', `${BY_NAME} exports.drive = () => require('driver');`],
    ['it loads none', `exports.read = () => process.pid;`],
  ])('gives none where %s', (_, code) => {
    expect(warned(project(code, optional()))).toEqual([]);
  });

  test('gives none where the function’s own source imports it', () => {
    const main = `${ENTRY} import { drive } from 'driver'; drive();`;
    expect(warned(project(BY_NAME, optional(main)))).toEqual([]);
  });
});

test('packages that a package can load come along with it', () => {
  const more = {
    ...DATA,
    'node_modules/reader/package.json': JSON.stringify({
      name: 'reader',
      peerDependenciesMeta: { driver: { optional: true } },
    }),
    'node_modules/driver/index.js': `exports.drive = () => process.pid;`,
  };
  expect(warned(project(`${READS} exports.drive = () => require('driver');`, more))).toEqual([
    expect.stringContaining('write `nodeModules: ["reader","driver"]`'),
  ]);
});

test('a package that takes itself for the main script needs CommonJS', () => {
  const code = `const isMain = !module.parent; exports.read = () => isMain;`;
  expect(warned(project(code))).toEqual([
    expect.stringContaining('write `nodeModules: ["reader"], format: BundlingFormat.CJS`'),
  ]);
});

describe('a file that the function’s own source reads', () => {
  const own = (code: string): string =>
    tempFolder({
      'main.ts': `export * from './src/render';`,
      'src/render.ts': `import * as fs from 'node:fs'; import * as path from 'node:path'; export const handler = async () => ${code};`,
      'src/mail.html': '<p>',
      'shared/a.txt': 'a',
    });
  const READ = `fs.readFileSync(path.join(__dirname, 'mail.html'), 'utf8')`;

  test('gives a warning with the line to add', () => {
    expect(warned(own(READ))).toEqual([
      expect.stringContaining(
        '`functions.F.bundling.copyFiles` should contain `src/mail.html`, which `src/render.ts` reads from its own folder; the bundled code ' +
          'runs from the root of the asset, so write `copyFiles: [{ source: "src/mail.html", destination: "mail.html" }]`',
      ),
    ]);
  });

  test('gives none once it is copied there', () => {
    const copyFiles = [{ source: 'src/mail.html', destination: 'mail.html' }];
    expect(warned(own(READ), { bundling: { copyFiles } })).toEqual([]);
  });

  test('gives one where it is copied elsewhere', () => {
    const copyFiles = [{ source: 'src/mail.html' }];
    expect(warned(own(READ), { bundling: { copyFiles } })).toHaveLength(1);
  });

  test('above it cannot be beside the bundle, so another path is recommended', () => {
    expect(warned(own(`fs.readFileSync(path.join(__dirname, '../shared/a.txt'))`))).toEqual([
      expect.stringContaining(
        'write `copyFiles: [{ source: "shared/a.txt" }]`, and read it from `join(process.env.LAMBDA_TASK_ROOT, "shared/a.txt")`',
      ),
    ]);
  });

  test('gives none where it comes from Lambda’s folder', () => {
    expect(
      warned(own(`fs.readFileSync(path.join(process.env.LAMBDA_TASK_ROOT ?? '', 'mail.html'))`)),
    ).toEqual([]);
  });
});

test('an unchanged app gives it again', () => {
  process.env.SERVERLESS_APP_CACHE = tempFolder();
  try {
    const root = project(READS, DATA);
    expect(warned(root)).toHaveLength(1);
    expect(warned(root)).toHaveLength(1);
  } finally {
    process.env.SERVERLESS_APP_CACHE = 'off';
  }
});
