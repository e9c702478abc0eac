import { Stack } from 'aws-cdk-lib';
import { execFileSync } from 'node:child_process';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { pathToFileURL } from 'node:url';
import * as ts from 'typescript';
import {
  AppFunctionOptions,
  BundlingFormat,
  BundlingOptions,
  ServerlessApp,
} from 'cdk-serverless-app';
import { BundleSettings } from '../../lib/bundling/bundle-request';
import { appOf, assetFolder, bundle, hashes, run } from '../support/bundles';
import {
  fs,
  HANDLERS,
  only,
  path,
  bundlingCdkApp,
  resources,
  tempFolder,
  templateOf,
} from '../support/synth';

const FUNCTION = 'AWS::Lambda::Function';

function code(folder: string): string {
  return fs.readFileSync(path.join(folder, 'index.mjs'), 'utf8');
}

describe('a bundle runs', () => {
  test.each<[string, Record<string, string>, unknown]>([
    [
      'from TypeScript',
      {
        'main.ts':
          'export const handler = async (event: { name: string }): Promise<string> => event.name;',
      },
      'Ada',
    ],
    [
      'from several files',
      {
        'main.ts':
          "import { greet } from './greet'; export const handler = async (e: { name: string }) => greet(e.name);",
        'greet.ts': 'export const greet = (name: string): string => `Hello ${name}`;',
      },
      'Hello Ada',
    ],
    [
      'from a function declaration',
      { 'main.ts': 'export async function handler() { return 1; }' },
      1,
    ],
    [
      'from a re-export',
      {
        'main.ts': "export { handler } from './a';",
        'a.ts': 'export const handler = async () => 2;',
      },
      2,
    ],
    [
      'with a CommonJS package that requires a node builtin',
      {
        'main.ts': "import { base } from 'old'; export const handler = async () => base('/a/b');",
        'node_modules/old/package.json': '{ "name": "old", "main": "index.js" }',
        'node_modules/old/index.js': "exports.base = (p) => require('path').basename(p);",
      },
      'b',
    ],
    [
      'with a CommonJS package that uses __dirname',
      {
        'main.ts': "import { here } from 'old'; export const handler = async () => here;",
        'node_modules/old/package.json': '{ "name": "old", "main": "index.js" }',
        'node_modules/old/index.js': 'exports.here = typeof __dirname + typeof __filename;',
      },
      'stringstring',
    ],
    [
      'with names of its own like those of CommonJS',
      {
        'main.ts':
          'const require = 7; const __dirname = 1; export const handler = async () => require + __dirname;',
      },
      8,
    ],
    [
      'with a node builtin of its own',
      { 'main.ts': "import { sep } from 'node:path'; export const handler = async () => sep;" },
      '/',
    ],
  ])('%s', (_name, files, result) => {
    expect(run(bundle(files))).toEqual(result);
  });

  test('with a handler of another name', () => {
    const folder = bundle({ 'main.ts': 'export const run = async () => 1;' }, { handler: 'run' });

    expect(run(folder, { handler: 'run' })).toBe(1);
  });

  test('with a handler of another name in a CommonJS entry', () => {
    const folder = bundle({ 'main.cjs': 'exports.run = async () => 1;' }, { handler: 'run' });

    expect(run(folder, { handler: 'run' })).toBe(1);
  });

  test('with the AWS SDK inside', () => {
    const folder = bundle({
      'main.ts': `import { DynamoDBClient } from '${require.resolve('@aws-sdk/client-dynamodb')}';
        export const handler = async () => typeof new DynamoDBClient({ region: 'eu-west-1' }).send;`,
    });

    expect(run(folder)).toBe('function');
  });
});

describe('the handler', () => {
  test('is named to Lambda with the file of the bundle', () => {
    const { app, stack } = appOf(tempFolder({ 'a.ts': 'export const run = 1;' }));

    app.addFunction('F', { entry: 'a.ts', handler: 'run' });

    expect(only(stack, FUNCTION).Handler).toBe('index.run');
  });
});

describe('options', () => {
  const source = {
    'main.ts':
      '// a comment\nconst longName = (value: number): number => value + 1;\nexport const handler = async (event: number) => [longName(event), longName(event + 1)];',
  };
  const bundled = (bundling: BundlingOptions, files: Record<string, string> = source): string =>
    code(bundle(files, { bundling }));

  test('code is shortened', () => {
    expect(bundled({})).not.toContain('longName');
  });

  test.each([
    [undefined, false],
    [false, false],
    [true, true],
  ])(
    '`keepNames: %s`: a class of the user’s and of a package has its name at run time: %s',
    (keepNames, kept) => {
      const folder = bundle(
        {
          'main.ts':
            "import { PackagedClass } from 'named'; class OwnClass extends Error {} export const handler = async () => [new OwnClass().constructor.name, new PackagedClass().constructor.name];",
          'node_modules/named/package.json':
            '{"name":"named","version":"1.0.0","type":"module","main":"index.js","sideEffects":false}',
          'node_modules/named/index.js': 'export class PackagedClass extends Array {}',
        },
        { bundling: { keepNames } },
      );

      const names = run(folder) as string[];

      expect(names.map((name) => ['OwnClass', 'PackagedClass'].includes(name))).toEqual([
        kept,
        kept,
      ]);
    },
  );

  test('`minify: false` keeps names', () => {
    expect(bundled({ minify: false })).toContain('longName');
  });

  test('without `sourceMap` there is none', () => {
    expect(fs.readdirSync(bundle(source))).toEqual(['index.mjs']);
  });

  test('`sourceMap` puts one beside the code', () => {
    expect(fs.readdirSync(bundle(source, { bundling: { sourceMap: true } }))).toEqual([
      'index.mjs',
      'index.mjs.map',
    ]);
  });

  test.each([
    [{}, '--enable-source-maps'],
    [{ NODE_OPTIONS: '--trace-warnings' }, '--trace-warnings --enable-source-maps'],
  ])('`sourceMap` switches its use on, beside %j', (environment, flags) => {
    const { app, stack } = appOf(HANDLERS);

    app.addFunction('F', { entry: 'ok.ts', environment, bundling: { sourceMap: true } });

    expect(only(stack, FUNCTION).Environment).toEqual({ Variables: { NODE_OPTIONS: flags } });
  });

  test('`externalModules` are left out', () => {
    const text = bundled(
      { externalModules: ['@aws-sdk/*', 'left-out'] },
      {
        'main.ts':
          "import { S3 } from '@aws-sdk/client-s3'; import x from 'left-out'; export const handler = async () => [S3, x];",
      },
    );

    expect(text.match(/from"[^"]+"/g)).toEqual(['from"@aws-sdk/client-s3"', 'from"left-out"']);
  });

  test.each([
    [
      'an entry',
      'main.ts',
      "import data from './data.bin'; export const handler = async () => data;",
    ],
    [
      'CommonJS',
      'main.cjs',
      "const data = require('./data.bin'); exports.handler = async () => data;",
    ],
  ])('a file that %s copies is in the asset', (_name, entry, text) => {
    const folder = bundle(
      { [entry]: text, 'data.bin': 'abc' },
      { bundling: { loader: { '.bin': 'file' } } },
    );

    const copied = path.join(folder, String(run(folder)));

    expect(fs.readFileSync(copied, 'utf8')).toBe('abc');
  });

  test('a file that several functions copy is in the asset of each', () => {
    const text = "import data from './data.bin'; export const handler = async () => data;";
    const files = { 'a.ts': text, 'b.ts': `${text} // b`, 'data.bin': 'abc' };
    const { app, stack, outdir } = appOf(tempFolder(files));

    app.onRequest('GET /a', 'a.ts', { bundling: { loader: { '.bin': 'file' } } });
    app.onRequest('GET /b', 'b.ts', { bundling: { loader: { '.bin': 'file' } } });

    const folders = Object.values(hashes(stack)).map((hash) => path.join(outdir, `asset.${hash}`));
    expect(folders.map((folder) => fs.readdirSync(folder).length)).toEqual([2, 2]);
  });

  test('the options of one function change no other', () => {
    const { app, stack } = appOf(tempFolder({ ...source, 'other.ts': source['main.ts'] }));

    app.addFunction('A', { entry: 'main.ts' });
    app.addFunction('B', { entry: 'other.ts', bundling: { minify: false } });
    const { A } = hashes(stack);

    const alone = appOf(tempFolder(source));
    alone.app.addFunction('A', { entry: 'main.ts' });
    expect(A).toBe(hashes(alone.stack).A);
  });

  test('code is for the function’s runtime', () => {
    const files = { 'main.ts': 'export const handler = async (e: any) => (e.a ??= 1);' };
    const old = new lambda.Runtime('nodejs14.x', lambda.RuntimeFamily.NODEJS);
    const newer = code(bundle(files, { runtime: lambda.Runtime.NODEJS_24_X }));

    expect(code(bundle(files, { runtime: old }))).not.toBe(newer);
  });
});

describe('a function’s asset follows from that function alone', () => {
  const files = {
    'a.ts': "import { x } from './shared'; export const handler = async () => ['a', x];",
    'b.ts': "import { x } from './shared'; export const handler = async () => ['b', x];",
    'c.ts': "import { x, y } from './shared'; export const handler = async () => ['c', x, y];",
    'd.cjs': "exports.handler = async () => require('./shared').y;",
    'shared.ts': "export const x = 'shared'; export const y = 'also';",
  };
  const declare = (root: string, ...entries: string[]): Record<string, string> => {
    const { app, stack } = appOf(root);
    entries.forEach((entry, i) => app.onRequest(`GET /${i}`, entry));
    return hashes(stack);
  };

  test.each([
    ['added', ['a.ts', 'b.ts', 'c.ts', 'd.cjs']],
    ['removed', ['a.ts']],
    ['reordered', ['d.cjs', 'c.ts', 'b.ts', 'a.ts']],
  ])('when others are %s', (_name, entries) => {
    const root = tempFolder(files);

    expect(declare(root, ...entries).A).toBe(declare(root, 'a.ts', 'b.ts').A);
  });

  test('so a change in one changes only that one', () => {
    const before = declare(tempFolder(files), 'a.ts', 'b.ts', 'd.cjs');
    const changed = { ...files, 'b.ts': 'export const handler = async () => 1;' };

    const after = declare(tempFolder(changed), 'a.ts', 'b.ts', 'd.cjs');

    expect(Object.keys(before).filter((id) => before[id] !== after[id])).toEqual(['B']);
  });

  test('so each is the same alone and among many', () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [
        `f${i}.ts`,
        `import { x${i % 2 === 0 ? ', y' : ''} } from './shared';
         const ${'abcdefghijkl'.charAt(i).repeat(i + 1)} = (q: number) => q * ${i};
         export const handler = async (event: any) => [${i % 3 === 0 ? "await import('./shared')," : ''}
           x, ${i % 2 === 0 ? 'y,' : ''} ${'abcdefghijkl'.charAt(i).repeat(i + 1)}(event.z${i})];`,
      ]),
    );
    const root = tempFolder({ ...files, ...many });
    const entries = [...Object.keys(many), 'd.cjs'];

    const together = declare(root, ...entries);

    const alone = Object.assign({}, ...entries.map((entry) => declare(root, entry))) as unknown;
    expect(together).toEqual(alone);
  });

  test('and not from its own folder', () => {
    const entries = ['a.ts', 'b.ts', 'c.ts', 'd.cjs'];

    expect(declare(tempFolder(files), ...entries)).toEqual(declare(tempFolder(files), ...entries));
  });

  test.each<[string, BundlingOptions]>([
    ['without minification', { minify: false }],
    ['with a source map', { sourceMap: true }],
  ])('and not from the folder that it lies in, %s', (_name, bundling) => {
    const hash = (): unknown => {
      const { app, stack } = appOf(tempFolder(files));
      app.addFunction('A', { entry: 'a.ts', bundling });
      app.addFunction('D', { entry: 'd.cjs', bundling });
      return hashes(stack);
    };

    expect(hash()).toEqual(hash());
  });

  test('so two functions of one entry share it', () => {
    const { app, stack } = appOf(tempFolder(files));

    app.addFunction('A', { entry: 'a.ts' });
    app.addFunction('B', { entry: 'a.ts' });

    expect(hashes(stack).A).toBe(hashes(stack).B);
  });
});

describe('files that functions share', () => {
  const FILES = {
    'a.ts': `import { shared } from './shared'; export const handler = async () => shared + 'a';`,
    'b.ts': `import { shared } from './shared'; export const handler = async () => shared + 'b';`,
    'c.ts': `export const handler = async () => 'c';`,
    'shared.ts': `export const shared = 'shared by ';`,
  };

  /** The folders of the assets of a, b and c, in this order of declaration. */
  function assets(root: string, ids = ['a', 'b', 'c']): Record<string, string> {
    const { app, stack, outdir } = appOf(root);
    for (const id of ids) {
      app.addFunction(id, { entry: `${id}.ts`, bundling: { sharedChunks: true } });
    }
    return Object.fromEntries(
      Object.entries(hashes(stack)).map(([id, hash]) => [id, path.join(outdir, `asset.${hash}`)]),
    );
  }

  test('are in the assets of those that load them alone', () => {
    const made = assets(tempFolder(FILES));

    const [a, b, c] = ['a', 'b', 'c'].map((id) => fs.readdirSync(made[id] ?? '').sort());
    expect([a, c]).toEqual([[expect.stringMatching(/^chunk-/), 'index.mjs'], ['index.mjs']]);
    expect(b).toEqual(a);
    expect([run(made.a ?? ''), run(made.b ?? ''), run(made.c ?? '')]).toEqual([
      'shared by a',
      'shared by b',
      'c',
    ]);
  });

  test('are the same in another folder and in another order of declaration', () => {
    const names = (made: Record<string, string>): unknown =>
      Object.entries(made)
        .map(([id, folder]) => [id, path.basename(folder)])
        .sort();

    expect(names(assets(tempFolder(FILES), ['c', 'b', 'a']))).toEqual(
      names(assets(tempFolder(FILES))),
    );
  });

  test('run where one function imports another one’s file', () => {
    const made = assets(
      tempFolder({
        ...FILES,
        'c.ts': `export const handler = async () => (await (await import('./a')).handler()) + '!';`,
      }),
    );

    expect(run(made.c ?? '')).toBe('shared by a!');
  });
});

describe('CommonJS', () => {
  const CJS = { bundling: { format: BundlingFormat.CJS } };

  test('is one file, `index.js`', () => {
    const folder = bundle({ 'main.ts': 'export const handler = async () => 1;' }, CJS);

    expect(fs.readdirSync(folder)).toEqual(['index.js']);
  });

  test('knows its own path, also through `import.meta`', () => {
    const folder = bundle(
      {
        'main.ts': `export const handler = async () => [import.meta.url, import.meta.dirname, import.meta.filename];`,
      },
      CJS,
    );
    const file = path.join(folder, 'index.js');

    expect(run(folder)).toEqual([pathToFileURL(file).href, folder, file]);
  });

  test.each<[string, string]>([
    ['replaced', 'exports.handler = async () => "wrapped";'],
    [
      // As OpenTelemetry's instrumentation does.
      'redefined',
      'Object.defineProperty(exports, "handler", { configurable: true, enumerable: true, writable: true, value: async () => "wrapped" });',
    ],
  ])('has a handler that can be %s, as layers that instrument it do', (_how, wrap) => {
    for (const source of [
      'export const handler = async () => 1;',
      'exports.handler = async () => 1;',
    ]) {
      const folder = bundle({ 'main.ts': source }, CJS);
      const script = `const exports = require("${path.join(folder, 'index.js')}"); ${wrap} exports.handler().then((it) => process.stdout.write(it));`;

      expect(execFileSync(process.execPath, ['-e', `{${script}}`], { encoding: 'utf8' })).toBe(
        'wrapped',
      );
    }
  });

  test('fails without the named handler', () => {
    expect(() => bundle({ 'main.ts': 'export const other = 1;' }, CJS)).toThrow(
      /must export `handler`, got `other` in/,
    );
  });

  test('fails with top-level await, which it does not know', () => {
    expect(() =>
      bundle({ 'main.ts': 'await 1; export const handler = async () => 1;' }, CJS),
    ).toThrow(
      /main\.ts:1:1: Top-level await is currently not supported with the "cjs" output format/,
    );
  });
});

describe('when the CLI wants no code', () => {
  const context = { 'aws:cdk:bundling-stacks': [] };

  test('nothing is bundled, so a broken handler does not matter', () => {
    const { app, stack } = appOf(tempFolder({ 'a.ts': 'this is no code' }), context);

    app.onRequest('GET /', 'a.ts');

    expect(() => templateOf(stack)).not.toThrow();
  });

  test('a placeholder for the code says so', () => {
    const { app, stack, outdir } = appOf(tempFolder({ 'a.ts': 'this is no code' }), context);

    app.onRequest('GET /', 'a.ts');
    templateOf(stack);

    expect(code(assetFolder(outdir))).toBe('throw new Error("not bundled: a.ts");\n');
  });

  test('a stack that it does want is bundled', () => {
    const { app, stack, outdir } = appOf(HANDLERS, { 'aws:cdk:bundling-stacks': ['Test'] });

    app.onRequest('GET /', 'ok.ts');
    templateOf(stack);

    expect(run(assetFolder(outdir))).toBe('ok');
  });
});

describe('bad code', () => {
  const failing =
    (files: Record<string, string>, options: AppFunctionOptions = {}) =>
    (): void => {
      const cdk = bundlingCdkApp();
      const app = new ServerlessApp(new Stack(cdk, 'Test'), 'App', { root: tempFolder(files) });
      Object.keys(files).forEach((entry, i) => app.onRequest(`GET /${i}`, entry, options));
      cdk.synth();
    };

  test('fails with file, line and column', () => {
    expect(failing({ 'bad.ts': 'export const handler = 1;\nconst x: = 1;\n' })).toThrow(
      'Test/App: `functions.Bad.entry` must compile, got:\n  bad.ts:2:10: Unexpected "="\n    const x: = 1;',
    );
  });

  test('fails with nothing of the CDK’s around the message', () => {
    expect(failing({ 'bad.ts': 'const x: = 1;' })).toThrow(/^Test\/App: `functions\.Bad\.entry`/);
  });

  test('fails for several functions at once', () => {
    expect(
      failing({
        'one.ts': 'const x: = 1;',
        'fine.ts': 'export const handler = async () => 1;',
        'two.ts': "import x from './none'; export const handler = x;",
        'three.ts': 'export const other = 1;',
      }),
    ).toThrow(
      /functions\.One\.entry` must compile, got:\n {2}one\.ts:1:10: [^]*functions\.Two\.entry` must compile, got:\n {2}two\.ts:1:15: Could not resolve "\.\/none"[^]*functions\.Three\.entry` must export `handler`/,
    );
  });

  test('fails only for the functions that are wrong', () => {
    expect(
      failing({ 'bad.ts': 'const x: = 1;', 'fine.ts': 'export const handler = async () => 1;' }),
    ).not.toThrow('functions.Fine');
  });

  test('fails with all errors of a file', () => {
    expect(
      failing({
        'bad.ts': "import a from './a';\nimport b from './b';\nexport const handler = [a, b];",
      }),
    ).toThrow(/bad\.ts:1:15: Could not resolve "\.\/a"[^]*bad\.ts:2:15: Could not resolve "\.\/b"/);
  });

  test.each([
    ['no exports', 'const x = 1;', 'got no exports in'],
    ['other exports', 'export const a = 1, b = 2;', 'got `a`, `b` in'],
    ['CommonJS without it', 'exports.other = 1;', 'got `other` in'],
    ['CommonJS without names', 'module.exports = require;', 'got no exports in'],
  ])('fails for an entry with %s instead of a handler', (_name, text, got) => {
    expect(failing({ 'a.js': text })).toThrow(
      new RegExp(
        `Test/App: \`functions\\.A\\.entry\` must export \`handler\`, ${got} .*a\\.js: write`,
      ),
    );
  });

  test('fails for an entry that does not export the named handler', () => {
    expect(failing({ 'a.ts': 'export const handler = 1;' }, { handler: 'run' })).toThrow(
      'must export `run`, got `handler` in',
    );
  });

  test('fails for a package that is not installed', () => {
    expect(failing({ 'a.ts': "import 'not-installed'; export const handler = 1;" })).toThrow(
      'Test/App: `functions.A.entry` must import packages that are installed, got:\n  a.ts:1:8: Could not resolve "not-installed"\n  run `npm install not-installed`',
    );
  });
});

describe('without esbuild', () => {
  /** `esbuildFile` as in a module that finds no esbuild: neither jest's nor Node's own resolution can be told that. */
  function loadWithoutEsbuild(): (settings: BundleSettings) => unknown {
    const file = require.resolve('../../lib/bundling/load-esbuild');
    const { outputText } = ts.transpileModule(fs.readFileSync(file, 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    const without = Object.assign((name: string): unknown => jest.requireActual(name), {
      resolve: (name: string): never => {
        throw new Error(`Cannot find module '${name}'`);
      },
    });
    const module: { esbuildFile?: ReturnType<typeof loadWithoutEsbuild> } = {};
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- a module of our own
    new Function('exports', 'require', '__dirname', outputText)(module, without, __dirname);
    return module.esbuildFile as ReturnType<typeof loadWithoutEsbuild>;
  }

  test('fails with the command that installs it', () => {
    const settings = {
      owner: 'Test/App: `functions.F.entry`',
      root: HANDLERS,
      nodeVersion: '24',
      options: {},
    };

    expect(() => loadWithoutEsbuild()(settings)).toThrow(
      `Test/App: \`functions.F.entry\` must be bundled by esbuild, got no esbuild near ${HANDLERS}: run \`npm install --save-dev esbuild\`, or give \`code\` and \`runtime\` instead of \`entry\``,
    );
  });
});

describe('leftovers', () => {
  test('there are none beside the handlers', () => {
    const root = tempFolder({
      'a.ts': 'export const handler = 1;',
      'b.cjs': 'exports.handler = 1;',
    });
    const { app, stack } = appOf(root);

    app.onRequest('GET /a', 'a.ts', { bundling: { sourceMap: true } });
    app.onRequest('GET /b', 'b.cjs');
    templateOf(stack);

    expect(fs.readdirSync(root).sort()).toEqual(['a.ts', 'b.cjs']);
  });

  test('there are no drafts in the cloud assembly', () => {
    const { app, stack, outdir } = appOf(HANDLERS);

    app.onRequest('GET /', 'ok.ts');
    templateOf(stack);

    expect(
      fs
        .readdirSync(outdir)
        .filter((name) => /^asset\./.test(name) && !/^asset\.[0-9a-f]{64}$/.test(name)),
    ).toEqual([]);
  });
});

test('hotswap finds the asset by the metadata of the function', () => {
  const { app, stack } = appOf(HANDLERS, { 'aws:cdk:enable-asset-metadata': true });

  app.onRequest('GET /', 'ok.ts');

  expect(Object.values(resources(stack, FUNCTION))[0]).toMatchObject({
    Metadata: {
      'aws:asset:path': expect.stringMatching(/^asset\.[0-9a-f]{64}$/) as string,
      'aws:asset:property': 'Code',
    },
  });
});

describe('a bundling option that is wrong', () => {
  const ROOT = HANDLERS;

  test.each<[BundlingOptions, string]>([
    [
      { loader: { '.x': 'nope' } },
      'Test/App: `functions.F.bundling.loader` must give `.x` one of esbuild’s loaders, got "nope": use one of base64, ',
    ],
    [
      { loader: { x: 'text' } },
      'Test/App: `functions.F.bundling.loader` must name file extensions with their dot, got "x": write',
    ],
    [
      { tsconfig: 'absent.json' },
      `Test/App: \`functions.F.bundling.tsconfig\` must be a file that exists, got "${path.join(ROOT, 'absent.json')}": correct the path`,
    ],
    [{ tsconfig: '.' }, '`functions.F.bundling.tsconfig` must be a file that exists'],
    [
      // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- as JavaScript may give it
      { format: 'iife' as BundlingFormat },
      '`functions.F.bundling.format` must be one of ESM, CJS, got "iife": use `BundlingFormat`',
    ],
    [
      { sharedChunks: true, format: BundlingFormat.CJS },
      '`functions.F.bundling.sharedChunks` must not be combined with `format: BundlingFormat.CJS`, because only ES modules can be split, got true: leave out one',
    ],
    [
      { sharedChunks: true, loader: { '.png': 'file' } },
      '`functions.F.bundling.sharedChunks` must not be combined with a `file` or `copy` loader, whose files are beside the code of one function, got `loader` for `.png`: put',
    ],
  ])('fails for %j', (bundling, text) => {
    const { app } = appOf(ROOT);

    expect(() => app.addFunction('F', { entry: 'ok.ts', bundling })).toThrow(text);
  });
});
