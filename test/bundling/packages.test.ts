import type * as Os from 'node:os';
import { bundleAll } from '../../lib/bundling/bundler';
import { BundlingOptions } from 'cdk-serverless-app';
import { bundledFiles, runFiles } from '../support/bundled-files';
import { fs, path, tempFolder } from '../support/synth';

const ONE = { 'node_modules/one/package.json': '{"name":"one","type":"module","main":"index.js"}' };

/** The files of one entry's asset; `index.ts` is the entry. */
function bundle(files: Record<string, string>, options: BundlingOptions = {}): Map<string, string> {
  const root = tempFolder({ 'package.json': '{}', ...files });
  return bundledFiles(root, Object.keys(files)[0] ?? '', options);
}

const DIVIDED = ['index.mjs', 'packages.mjs'];
const WHOLE = ['index.mjs'];

test.each<[string, string[], Record<string, string>, unknown]>([
  [
    'named imports',
    DIVIDED,
    {
      'index.ts': `import { a } from 'one'; export const handler = async () => a;`,
      ...ONE,
      'node_modules/one/index.js': 'export const a = 1;',
    },
    1,
  ],
  [
    'the same name of two packages',
    DIVIDED,
    {
      'index.ts': `import { a } from 'one'; import { a as b } from 'two'; export const handler = async () => [a, b];`,
      ...ONE,
      'node_modules/one/index.js': 'export const a = 1;',
      'node_modules/two/index.js': 'export const a = 2;',
    },
    [1, 2],
  ],
  [
    'one package in two of the user’s files',
    DIVIDED,
    {
      'index.ts': `import { a } from 'one'; import { more } from './more'; export const handler = async () => [a, more];`,
      'more.ts': `import { b } from 'one'; export const more = b;`,
      ...ONE,
      'node_modules/one/index.js': 'export const a = 1; export const b = 2;',
    },
    [1, 2],
  ],
  [
    'a part of a package',
    DIVIDED,
    {
      'index.ts': `import { a } from 'one/part.js'; export const handler = async () => a;`,
      ...ONE,
      'node_modules/one/part.js': 'export const a = 3;',
    },
    3,
  ],
  [
    'a re-export',
    DIVIDED,
    {
      'index.ts': `export { a as handler } from 'one';`,
      ...ONE,
      'node_modules/one/index.js': 'export const a = async () => 4;',
    },
    4,
  ],
  [
    'a class that another package extends',
    DIVIDED,
    {
      'index.ts': `import { A } from 'one'; import { B } from 'two'; export const handler = async () => new B() instanceof A;`,
      ...ONE,
      'node_modules/one/index.js': 'export class A {}',
      'node_modules/two/package.json': '{"name":"two","type":"module"}',
      'node_modules/two/index.js': `import { A } from 'one'; export class B extends A {}`,
    },
    true,
  ],
  [
    'the default of a CommonJS package, as compilers give it',
    DIVIDED,
    {
      'index.ts': `import d from 'one'; export const handler = async () => d;`,
      'node_modules/one/index.js': `Object.defineProperty(exports, '__esModule', { value: true }); exports.default = 5;`,
    },
    5,
  ],
  [
    'the default of a CommonJS package, as Node.js gives it',
    DIVIDED,
    {
      'index.mts': `import d from 'one'; export const handler = async () => d.default;`,
      'node_modules/one/index.js': `Object.defineProperty(exports, '__esModule', { value: true }); exports.default = 6;`,
    },
    6,
  ],
  [
    'packages in the order of their imports',
    DIVIDED,
    {
      'index.ts': `import 'two'; import { seen } from 'one'; export const handler = async () => seen;`,
      ...ONE,
      'node_modules/one/index.js': 'export const seen = globalThis.order;',
      'node_modules/two/index.js': 'globalThis.order = "two was first";',
    },
    'two was first',
  ],
  [
    'a package further up',
    DIVIDED,
    {
      'deep/er/index.ts': `import { a } from 'one'; import { b } from 'near'; export const handler = async () => [a, b];`,
      ...ONE,
      'node_modules/one/index.js': 'export const a = "far";',
      'deep/node_modules/near/index.js': 'export const b = "near";',
    },
    ['far', 'near'],
  ],
  [
    'the nearer one of two copies of a package',
    DIVIDED,
    {
      'deep/index.ts': `import { a } from 'one'; export const handler = async () => a;`,
      ...ONE,
      'node_modules/one/index.js': 'export const a = "far";',
      'deep/node_modules/one/index.js': 'export const a = "near";',
    },
    'near',
  ],
  [
    'a type that is exported on, and cannot be told from a value',
    WHOLE,
    {
      'index.ts': `export { a as handler, T } from 'one';`,
      ...ONE,
      'node_modules/one/index.js': 'export const a = async () => 10;',
    },
    10,
  ],
  [
    'all names at once, which needs the whole',
    WHOLE,
    {
      'index.ts': `import * as all from 'one'; export const handler = async () => Object.keys(all);`,
      ...ONE,
      'node_modules/one/index.js': 'export const a = 1; export const b = 2;',
    },
    ['a', 'b'],
  ],
  [
    'a dynamic import of a package',
    WHOLE,
    {
      'index.ts': `export const handler = async () => (await import('one')).a;`,
      ...ONE,
      'node_modules/one/index.js': 'export const a = 7;',
    },
    7,
  ],
  [
    'a require of a package',
    WHOLE,
    {
      'index.js': `const { a } = require('one'); exports.handler = async () => a;`,
      'node_modules/one/index.js': 'exports.a = 8;',
    },
    8,
  ],
  [
    'a file of the user’s that must come first',
    WHOLE,
    {
      'index.ts': `import './setup'; import { seen } from 'one'; export const handler = async () => seen;`,
      'setup.ts': `(globalThis as { set?: string }).set = 'before';`,
      ...ONE,
      'node_modules/one/index.js': 'export const seen = globalThis.set;',
    },
    'before',
  ],
  [
    'a text that looks like an import',
    WHOLE,
    {
      'index.ts': `import { a } from 'one'; export const handler = async () => [a, \`import{a}from"one"\`];`,
      ...ONE,
      'node_modules/one/index.js': 'export const a = 9;',
    },
    [9, 'import{a}from"one"'],
  ],
  [
    'files of two packages of one’s own',
    WHOLE,
    {
      'index.ts': `import { a } from 'one'; import { b } from './other/b'; export const handler = async () => [a, b];`,
      'other/package.json': '{}',
      'other/b.ts': `import { a } from 'one'; export const b = a;`,
      'other/node_modules/one/index.js': 'exports.a = "theirs";',
      ...ONE,
      'node_modules/one/index.js': 'export const a = "ours";',
    },
    ['ours', 'theirs'],
  ],
])('%s', (_, names, files, result) => {
  const made = bundle(files);

  expect([[...made.keys()].sort(), runFiles(made)]).toEqual([names, result]);
});

/** `one` says what it saw when it was evaluated. */
const SEES = {
  ...ONE,
  'node_modules/one/index.js': `export const seen = globalThis.own ?? 'unset';`,
};

describe('what would be different in two steps is bundled whole', () => {
  test.each<[string, Record<string, string>, unknown]>([
    [
      'a file of one’s own that does something before a package is evaluated',
      {
        'index.ts': `import { init } from './init'; import { seen } from 'one'; init; export const handler = async () => seen;`,
        'init.ts': `globalThis.own = 'set'; export const init = 1;`,
        ...SEES,
      },
      'set',
    ],
    [
      'such a file that a tsconfig.json leads to',
      {
        'index.ts': `import '@/init'; import { seen } from 'one'; export const handler = async () => seen;`,
        'init.ts': `globalThis.own = 'set';`,
        'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./*"] } } }',
        ...SEES,
      },
      'set',
    ],
    [
      'a package that is only loaded with a file that is loaded later',
      {
        'index.ts': `export const handler = async () => { globalThis.own = 'set'; return (await import('./later')).seen; };`,
        'later.ts': `export { seen } from 'one';`,
        ...SEES,
      },
      'set',
    ],
    [
      'what a CommonJS package exports later',
      {
        'index.ts': `import { client, init } from 'one'; init(); export const handler = async () => client;`,
        'node_modules/one/index.js': `exports.client = undefined; exports.init = () => { exports.client = 'ready'; };`,
      },
      'ready',
    ],
    [
      'a file of a package that is imported as JSON by its attribute',
      {
        'index.ts': `import data from 'one/data.json' with { type: 'json' }; export const handler = async () => data.v;`,
        'node_modules/one/data.json': '{ "v": 1 }',
      },
      1,
    ],
    [
      'a package that imports the app’s own file back',
      {
        'index.ts': `import { state } from './state'; import { read } from 'one'; state.v = 7; export const handler = async () => read();`,
        'state.ts': `export const state = { v: 0 };`,
        'node_modules/one/index.js': `import { state } from '../../state'; export const read = () => state.v;`,
        ...ONE,
      },
      7,
    ],
    [
      'names that are no plain ones, beside a text that looks like an import',
      {
        'index.ts':
          'import { größe } from \'one\'; const s = `import{x}from"one"`; export const handler = async () => [größe, s];',
        'node_modules/one/index.js': `export const größe = 1;`,
        ...ONE,
      },
      [1, 'import{x}from"one"'],
    ],
  ])('%s', (_, files, result) => {
    expect(runFiles(bundle(files))).toEqual(result);
  });

  test('sources of a linked workspace, which have a tsconfig.json', () => {
    const root = tempFolder({
      'package.json': '{}',
      'index.ts': `import { name } from 'space'; export const handler = async () => name;`,
      'packages/space/package.json': '{ "name": "space", "main": "index.ts" }',
      'packages/space/tsconfig.json': '{ "compilerOptions": { "useDefineForClassFields": false } }',
      'packages/space/index.ts': `class Base { constructor() { this.set(); } set(): void {} }
        class Own extends Base { declare other: string; v?: string; override set(): void { this.v = 'kept'; } }
        export const name = new Own().v ?? 'lost';`,
    });
    fs.mkdirSync(path.join(root, 'node_modules'));
    fs.symlinkSync(path.join(root, 'packages', 'space'), path.join(root, 'node_modules', 'space'));

    expect(runFiles(bundledFiles(root, 'index.ts'))).toBe('kept');
  });

  test('nothing is taken from a folder of packages above the temporary one', () => {
    const folder = tempFolder({ 'node_modules/one/index.js': `export const one = 'elsewhere';` });
    const root = tempFolder({
      'package.json': '{}',
      'index.ts': `import { one } from 'one'; export const handler = async () => one;`,
    });
    const os = jest.requireActual<typeof Os>('node:os');
    const elsewhere = jest.spyOn(os, 'tmpdir').mockReturnValue(folder);

    expect(() => bundledFiles(root, 'index.ts')).toThrow('Could not resolve "one"');
    elsewhere.mockRestore();
  });
});

test('a file of one’s own that only defines something may come before a package', () => {
  const made = bundle({
    'index.ts': `import { twice } from './twice'; import { a } from 'one'; export const handler = async () => twice(a);`,
    'twice.ts': `export const twice = (n: number): number => 2 * n;`,
    ...ONE,
    'node_modules/one/index.js': 'export const a = 1;',
  });

  expect([[...made.keys()].sort(), runFiles(made)]).toEqual([DIVIDED, 2]);
});

test('a package that only defines something may come after whatever happens in files of one’s own', () => {
  const made = bundle({
    'index.ts': `import { client } from './client'; import { a } from 'one'; export const handler = async () => [client.v, a];`,
    'client.ts': `class Client { v = 1; } export const client = new Client(); globalThis.own = 'set';`,
    ...ONE,
    'node_modules/one/package.json':
      '{"name":"one","type":"module","main":"index.js","sideEffects":false}',
    'node_modules/one/index.js': 'export const a = 1;',
  });

  expect([[...made.keys()].sort(), runFiles(made)]).toEqual([DIVIDED, [1, 1]]);
});

test('what is not minified is the same each time', () => {
  const files = {
    'index.ts': `import { pid } from 'one'; export const handler = async () => pid > 0;`,
    ...ONE,
    'node_modules/one/index.js': `import process from 'node:process'; export const { pid } = process;`,
  };

  const first = bundle(files, { minify: false });

  expect([bundle(files, { minify: false }), runFiles(first)]).toEqual([first, true]);
});

test('what is not used of a package is not in the asset', () => {
  const made = bundle({
    'index.ts': `import { used } from 'one'; export const handler = async () => used;`,
    'node_modules/one/package.json': '{"name":"one","type":"module","sideEffects":false}',
    'node_modules/one/index.js': `export const used = 'yes, used'; export const unused = 'not used';`,
  });

  expect([...made.values()].join()).toContain('yes, used');
  expect([...made.values()].join()).not.toContain('not used');
});

test('the asset contains no path of this machine, even if it is not minified', () => {
  const made = bundle(
    {
      'index.ts': `import { a } from 'one'; export const handler = async () => a;`,
      ...ONE,
      'node_modules/one/index.js': 'export const a = 1;',
    },
    { minify: false },
  );

  expect([...made.keys()].sort()).toEqual(DIVIDED);
  expect([...made.values()].join()).not.toMatch(/tmp|serverless-app-/);
});

test('a package that does not export what is imported fails in the user’s own file', () => {
  const files = {
    'index.ts': `import { missing } from 'one';\nexport const handler = async () => missing;`,
    ...ONE,
    'node_modules/one/index.js': 'export const a = 1;',
  };

  expect(() => bundle(files)).toThrow(
    /F must compile, got:\n {2}index\.ts:1:10: No matching export in "node_modules\/one\/index\.js" for import "missing"/,
  );
});

test.each([
  ['requires files of another kind', "require('./README.md')", /"\.md" files/],
  ['is written in a dialect', 'const a: = 1;', /index\.js:1:/],
  [
    'lacks a file of its own',
    "require('./build/missing')",
    /Could not resolve "\.\/build\/missing"/,
  ],
])('an error in the code of a package that %s names the option', (_, code, problem) => {
  const files = {
    'index.ts': `import a from 'one';\nexport const handler = async () => a;`,
    'node_modules/one/package.json': '{"name":"one","main":"index.js"}',
    'node_modules/one/README.md': '# One',
    'node_modules/one/index.js': code,
  };

  expect(() => bundle(files)).toThrow(problem);
  expect(() => bundle(files)).toThrow(/with `bundling\.nodeModules: \["one"\]`/);
});

test('nothing is left in the temporary folder', () => {
  const folder = tempFolder();
  const os = jest.requireActual<typeof Os>('node:os');
  const elsewhere = jest.spyOn(os, 'tmpdir').mockReturnValue(folder);

  bundle({
    'index.ts': `import { a } from 'one'; export const handler = async () => a;`,
    ...ONE,
    'node_modules/one/index.js': 'export const a = 1;',
  });

  expect(elsewhere).toHaveBeenCalled();
  expect(fs.readdirSync(folder).filter((name) => !name.includes('-test-'))).toEqual([]);
  elsewhere.mockRestore();
});

describe('what a package imports dynamically', () => {
  const FILES = {
    'index.ts': `import { soon, later } from 'one'; export const handler = async () => [soon, await later()];`,
    'node_modules/one/index.js': `export const soon = 'soon';
      export const later = async () => (await import('./later.js')).value + (await import('./last.js')).value;`,
    'node_modules/one/later.js': `import { shared } from './shared.js'; export const value = 'later ' + shared;`,
    'node_modules/one/last.js': `import { shared } from './shared.js'; export const value = ' last ' + shared;`,
    'node_modules/one/shared.js': `export const shared = 'shared';`,
    ...ONE,
  };

  test('is in files of its own, which are read when it is asked for', () => {
    const made = bundle(FILES);

    expect([...made.keys()].sort()).toEqual([
      'index.mjs',
      'packages-1.mjs',
      'packages-2.mjs',
      'packages-3.mjs',
      'packages.mjs',
    ]);
    expect(made.get('packages.mjs')).not.toMatch(/later |shared/);
    expect(runFiles(made)).toEqual(['soon', 'later shared last shared']);
  });

  test('has all its names if it is CommonJS', () => {
    const made = bundle({
      'index.ts': `import { f } from 'one'; export const handler = async () => f();`,
      ...ONE,
      'node_modules/one/index.js': `export const f = async () => { const { named } = await import('two'); return named; };`,
      'node_modules/two/index.js': 'exports.named = 1;',
    });

    expect([[...made.keys()].sort(), runFiles(made)]).toEqual([DIVIDED, 1]);
  });

  test('has the same names wherever the packages are', () => {
    const deeper = Object.entries(FILES).map(([name, text]) => [`some/where/${name}`, text]);

    expect(bundle(Object.fromEntries(deeper) as Record<string, string>)).toEqual(bundle(FILES));
  });

  const ORDERED = {
    'index.ts': `import { order, later } from 'one'; export const handler = async () => [order, (await later()).seen];`,
    'node_modules/one/index.js': `import './first.js'; import './second.js';
      export const order = [...globalThis.order]; export const later = () => import('./later.js');`,
    'node_modules/one/first.js': `globalThis.order = ['first'];`,
    'node_modules/one/second.js': `globalThis.order?.push('second'); export const second = 2;`,
    'node_modules/one/later.js': `import { second } from './second.js'; export const seen = second;`,
  };

  test('stays where it is if modules would be evaluated in another order', () => {
    const made = bundle({ ...ORDERED, ...ONE });

    expect([...made.keys()].sort()).toEqual(DIVIDED);
    expect(runFiles(made)).toEqual([['first', 'second'], 2]);
  });

  test('is divided where the package says that nothing depends on the order', () => {
    const made = bundle({
      ...ORDERED,
      'node_modules/one/index.js': `import { second } from './second.js';
        export const order = [second]; export const later = () => import('./later.js');`,
      'node_modules/one/second.js': `export const second = 2;`,
      'node_modules/one/package.json':
        '{"name":"one","type":"module","main":"index.js","sideEffects":["./first.js","*.css"]}',
    });

    expect([...made.keys()].sort()).toContain('packages-1.mjs');
    expect(runFiles(made)).toEqual([[2], 2]);
  });
});

test('a set of imports gives the same alone, and after any other', () => {
  // GIVEN a package that is mostly read for all of the sets, with a dynamic import in it
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const root = tempFolder({
    'package.json': '{}',
    'node_modules/one/package.json':
      '{"name":"one","type":"module","main":"index.js","sideEffects":false}',
    'node_modules/one/index.js': names.map((it) => `export * from './${it}.js';`).join('\n'),
    'node_modules/one/later.js': `export const later = 'later';`,
    ...Object.fromEntries(
      names.map((it) => [
        `node_modules/one/${it}.js`,
        `export const ${it} = async () => [${JSON.stringify(it)}, (await import('./later.js')).later];`,
      ]),
    ),
    ...Object.fromEntries(
      names.map((it, i) => [
        `${it}.ts`,
        `import { ${names.slice(0, i + 1).join(', ')} } from 'one'; export const handler = async () => [${names.slice(0, i + 1).join(', ')}];`,
      ]),
    ),
  });
  const requests = names.map((it) => ({
    owner: it,
    entry: path.join(root, `${it}.ts`),
    handler: 'handler',
    root,
    nodeVersion: '24',
    options: { cache: false },
  }));
  const contents = (made: ReturnType<typeof bundleAll>): unknown[] =>
    requests.map((it) =>
      [...(made.get(it) ?? [])].map(([name, file]) => [
        name,
        Buffer.from(file.content()).toString(),
      ]),
    );

  // WHEN they are bundled each alone, together, and in the other order
  const alone = requests.map((it) => contents(bundleAll([it])));
  const together = contents(bundleAll(requests));
  const reversed = contents(bundleAll([...requests].reverse()));

  // THEN
  expect(together).toEqual(alone.map((made, i) => made[i]));
  expect(reversed).toEqual(together);
  expect(together.map((files) => (files as unknown[]).length)).toEqual(names.map(() => 3));
});
