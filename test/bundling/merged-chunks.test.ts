import { requireBuiltins } from '../../lib/bundling/builtin-imports';
import { COMMONJS_BANNER } from '../../lib/bundling/esbuild-options';
import { BundlingOptions } from 'cdk-serverless-app';
import { bundledFiles, runFiles } from '../support/bundled-files';
import { tempFolder } from '../support/synth';

/** The files of the asset of `index.ts`, whose package `one` has the given files. */
function bundle(
  index: string,
  one: Record<string, string>,
  options: BundlingOptions = {},
): Map<string, string> {
  const root = tempFolder({
    'package.json': '{}',
    'index.ts': index,
    'node_modules/one/package.json':
      '{"name":"one","type":"module","main":"index.js","sideEffects":false}',
    ...Object.fromEntries(
      Object.entries(one).map(([name, text]) => [`node_modules/one/${name}`, text]),
    ),
  });
  return bundledFiles(root, 'index.ts', options);
}

/** The files of an asset that Node.js reads before it calls the handler. */
function loadedAtOnce(files: Map<string, string>): string[] {
  const loaded = new Set(['index.mjs']);
  for (const name of loaded) {
    const imports = (files.get(name) ?? '').matchAll(/(?:\bfrom|\bimport)\s*"\.\/([^"]+)"/g);
    [...imports].forEach(([, it = '']) => loaded.add(it));
  }
  return [...loaded];
}

const HANDLER = `import { soon, later } from 'one'; export const handler = async () => [soon(), await later(), soon()];`;

/** A module with a state that is used at once and later. */
const SHARED = {
  'state.js': `let count = 0; export const next = () => ++count; export class Named {}`,
  'index.js': `import { next } from './state.js';
    export const soon = () => next();
    export const later = async () => (await import('./later.js')).twice();`,
  'later.js': `import { next } from './state.js'; export const twice = () => [next(), next()];`,
};

test('a function loads its packages as one file, of whose state there is one', () => {
  const made = bundle(HANDLER, SHARED);

  expect(loadedAtOnce(made)).toEqual(['index.mjs', 'packages.mjs']);
  expect([...made.keys()].sort()).toEqual(['index.mjs', 'packages-1.mjs', 'packages.mjs']);
  expect(runFiles(made)).toEqual([1, [2, 3], 4]);
});

test('what is imported both ways has its own names', () => {
  const made = bundle(
    `import { soon, later } from 'one'; export const handler = async () => [soon, await later()];`,
    {
      'state.js': `export default 'standard'; export const a = 1; const b = 2; export { b as "not an identifier" };`,
      'index.js': `import standard from './state.js';
        export const soon = standard;
        export const later = async () => { const all = await import('./state.js'); return Object.entries(all); };`,
    },
  );

  expect(loadedAtOnce(made)).toEqual(['index.mjs', 'packages.mjs']);
  expect(runFiles(made)).toEqual([
    'standard',
    [
      ['a', 1],
      ['default', 'standard'],
      ['not an identifier', 2],
    ],
  ]);
});

test('a top-level `await` of a file that shares code does not wait forever', () => {
  const made = bundle(HANDLER, {
    ...SHARED,
    'index.js': `import { next } from './state.js';
      export const soon = () => next();
      const { twice } = await import('./later.js');
      export const later = async () => twice();`,
  });

  expect(runFiles(made)).toEqual([1, [2, 3], 4]);
});

test('names that code reads are kept', () => {
  const made = bundle(
    HANDLER,
    {
      ...SHARED,
      'index.js': `import { next, Named } from './state.js';
        export const soon = () => [next(), Named.name, class Other {}.name];
        export const later = async () => (await import('./later.js')).twice();`,
      'later.js': `import { Named } from './state.js'; export const twice = () => [Named.name, class Last {}.name];`,
    },
    { keepNames: true },
  );

  expect(loadedAtOnce(made)).toHaveLength(2);
  expect(runFiles(made)).toEqual([
    [1, 'Named', 'Other'],
    ['Named', 'Last'],
    [2, 'Named', 'Other'],
  ]);
});

test('CommonJS that is required from both sides exists once', () => {
  const made = bundle(HANDLER, {
    'state.cjs': `const os = require('node:os'); let count = 0; exports.next = () => typeof os.EOL === 'string' && ++count;`,
    'index.js': `import state from './state.cjs';
      export const soon = () => state.next();
      export const later = async () => (await import('./later.js')).twice();`,
    'later.js': `import state from './state.cjs'; export const twice = () => [state.next(), state.next()];`,
  });

  expect(loadedAtOnce(made)).toEqual(['index.mjs', 'packages.mjs']);
  expect(runFiles(made)).toEqual([1, [2, 3], 4]);
});

test('a package that is left out of the bundle is imported as before', () => {
  const made = bundle(
    HANDLER,
    {
      ...SHARED,
      'state.js': `import { EOL } from 'node:os'; import { value } from 'outside';
        let count = 0; export const next = () => EOL.length + value + count++;`,
    },
    { externalModules: ['outside'] },
  );
  made.set('node_modules/outside/index.mjs', 'export const value = 10;');
  made.set('node_modules/outside/package.json', '{"name":"outside","exports":"./index.mjs"}');

  expect(loadedAtOnce(made)).toEqual(['index.mjs', 'packages.mjs']);
  expect(runFiles(made)).toEqual([11, [12, 13], 14]);
});

test.each<[string, BundlingOptions]>([
  ['a package', {}],
  ['a package, with shared chunks', { sharedChunks: true }],
])('%s imports itself dynamically', (_, options) => {
  const made = bundle(
    `import { soon, again } from 'one';
      export const handler = async () => [soon(), (await again()).soon(), (await import('./index')).handler === handler];`,
    {
      'index.js': `let count = 0; export const soon = () => ++count; export const again = () => import('./index.js');`,
    },
    options,
  );

  expect(runFiles(made)).toEqual([1, 2, true]);
});

test('a package imports itself dynamically, in files of its own', () => {
  const made = bundle(
    `import { soon, again } from 'one'; export const handler = async () => [soon(), (await again()).soon()];`,
    {
      'index.js': `let count = 0; export const soon = () => ++count; export const again = () => import('./index.js');`,
    },
  );

  expect(runFiles(made)).toEqual([1, 2]);
});

test('code that is not minified stays in the files that esbuild names', () => {
  const made = bundle(HANDLER, SHARED, { minify: false });

  expect(loadedAtOnce(made).length).toBeGreaterThan(2);
  expect(made.get('packages-1.mjs')).toContain('// node_modules/one/');
  expect(runFiles(made)).toEqual([1, [2, 3], 4]);
});

test('modules of Node.js are required, which loads no more of them than is used', () => {
  const made = bundle(HANDLER, {
    'index.js': `import fs, { existsSync, statSync as stat } from 'node:fs'; import * as os from 'node:os'; import 'node:url';
      import { next } from './state.js';
      const text = 'import {readFileSync}from"node:fs";'.length;
      export const soon = () => [text, fs.existsSync === existsSync, typeof stat, typeof os.EOL, typeof os.default.EOL, next()];
      export const later = async () => (await import('./later.js')).twice();`,
    'state.js': `import { sep } from 'node:path'; let count = 0; export const next = () => sep.length + count++;`,
    'later.js': `import { next } from './state.js'; export const twice = () => next();`,
  });
  const all = [35, true, 'function', 'string', 'string'];

  expect(runFiles(made)).toEqual([[...all, 1], 2, [...all, 3]]);
});

const PATCHES = `import http from 'node:http'; import { syncBuiltinESMExports } from 'node:module';
  export const patch = () => { http.request = () => 'patched'; syncBuiltinESMExports(); };`;

test.each([
  ['the code', `import { patch } from './patch';`, {}],
  ['a package', `import { patch } from 'one';`, { 'index.js': `export * from './patch.js';` }],
  [
    'later code',
    '',
    { 'index.js': 'export const patch = async () => (await import("./patch.js")).patch();' },
  ],
])('functions of Node.js that %s replaces are seen under imported names', (_, first, index) => {
  const isOwn = !('index.js' in index);
  const handler = `import { soon, later${first === '' ? ', patch' : ''} } from 'one'; ${first}
    export const handler = async () => { await patch(); return [soon(), await later()]; };`;
  const root = tempFolder({
    'package.json': '{}',
    'index.ts': handler,
    ...(isOwn ? { 'patch.ts': PATCHES.replace('node:http', 'http') } : {}),
    'node_modules/one/package.json':
      '{"name":"one","type":"module","main":"index.js","sideEffects":false}',
    'node_modules/one/index.js': `import { request } from 'node:http'; import { next } from './state.js';
      export const soon = () => [request('x:'), next()]; export const later = async () => (await import('./later.js')).twice();
      ${'index.js' in index ? index['index.js'] : ''}`,
    'node_modules/one/patch.js': PATCHES,
    'node_modules/one/state.js': SHARED['state.js'],
    'node_modules/one/later.js': SHARED['later.js'],
  });

  expect(runFiles(bundledFiles(root, 'index.ts'))).toEqual([
    ['patched', 1],
    [2, 3],
  ]);
});

test.each([
  [
    'import{a as b}from"node:fs";b();import c from"node:os";c()',
    'var {a:b}=require("node:fs"),c=require("node:os");;b();;c()',
  ],
  ['import d,{a}from"fs";a(d)', 'var d=require("fs"),{a}=require("fs");;a(d)'],
  ['import*as a from"node:fs";a.b()', undefined],
  ['import"node:fs";', undefined],
])('%s', (code, expected) => {
  const count = Math.max(1, code.split('node:').length - 1);

  expect(requireBuiltins(`${COMMONJS_BANNER}\n${code}`, count)).toBe(
    expected === undefined
      ? `${COMMONJS_BANNER}\n${code}`
      : `${COMMONJS_BANNER}${expected.replace(/^(var [^;]*;)/, '$1\n')}`,
  );
});

test('a text that looks like an import is left alone', () => {
  const code = `${COMMONJS_BANNER}\nvar a='import{b}from"node:fs"';import{c}from"node:fs";c(a)`;

  expect(requireBuiltins(code, 1)).toBe(code);
});
