// What handlers read of the environment, and who warns of it.
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { AppFunctionOptions } from 'cdk-serverless-app';
import { readsIn } from '../../lib/bundling/variable-reads';
import { appOf } from '../support/bundles';
import { resources, tempFolder, warnings } from '../support/synth';

/** The variables that a script reads and does not consider to be optional. */
function needed(text: string): string[] {
  const { lines, optional } = readsIn(text);
  return [...lines]
    .filter(([name]) => !optional.has(name))
    .map(([name, line]) => `${name}:${line}`);
}

test.each([
  ['a member', 'use(process.env.A)', ['A:1']],
  ['a literal in brackets', "use(process.env['A'])", ['A:1']],
  ['an assertion', 'const a = process.env.A!;', ['A:1']],
  ['a cast', 'const a = process.env.A as string;', ['A:1']],
  ['a part of a text', 'const url = `https://${process.env.A}/x`;', ['A:1']],
  ['a destructured name', 'const { A, B: b } = process.env;', ['A:1', 'B:1']],
  ['the line of the first read', '\n\nuse(process.env.A);\nuse(process.env.A);', ['A:3']],
  ['a variable that is used', 'const a = process.env.A;\nuse(a);', ['A:1']],
  ['an argument of a call in a body', 'if (x) { use(process.env.A); }', ['A:1']],
  ['a member of an object', 'const o = { a: process.env.A, b: 1 };', ['A:1']],
  ['an imported `env`', "import { env } from 'node:process';\nuse(env.A);", ['A:2']],
  [
    'an imported `env` with another name',
    "import { argv, env as e } from 'process';\nuse(e['A']);",
    ['A:2'],
  ],
  ['an imported `process`', "import process from 'node:process';\nuse(process.env.A);", ['A:2']],
  [
    'an imported process with another name',
    "import p from 'node:process';\nuse(p.env.A);",
    ['A:2'],
  ],
  ['both imports', "import p, { env } from 'node:process';\nuse(p.env.A, env.B);", ['A:2', 'B:2']],
  ['a namespace', "import * as p from 'node:process';\nuse(p.env.A);", ['A:2']],
  ['a required `env`', "const { env } = require('node:process');\nuse(env.A);", ['A:2']],
  ['a required process', "const p = require('process');\nuse(p.env.A);", ['A:2']],
  ['the `env` of a required process', "const e = require('process').env;\nuse(e.A);", ['A:2']],
  ['a variable with the environment', 'const env = process.env;\nuse(env.A);', ['A:2']],
  ['a typed variable with it', 'const env: NodeJS.ProcessEnv = process.env;\nuse(env.A);', ['A:2']],
  ['a variable with a cast', 'const env = process.env as CreateOrderEnv;\nuse(env.A);', ['A:2']],
  ['a cast in parentheses', 'use((process.env as Env).A);', ['A:1']],
  ['an alias of an alias', 'const a = process.env;\nconst b = a;\nuse(b.A);', ['A:3']],
  ['the destructured `env`', 'const { env } = process;\nuse(env.A);', ['A:2']],
  [
    'the destructured `env` with another name',
    'const { argv, env: e } = process;\nuse(e.A);',
    ['A:2'],
  ],
  ['names of an alias', 'const env = process.env;\nconst { A, B } = env;', ['A:2', 'B:2']],
  ['names of an import', "import { env } from 'node:process';\nconst { A } = env as Env;", ['A:2']],
  ['names with a cast', 'const { A, B } = process.env as CreateOrderEnv;', ['A:1', 'B:1']],
  ['the global object', 'use(globalThis.process.env.A);', ['A:1']],
  ['an alias without a semicolon', 'const env = process.env\nuse(env.A)', ['A:2']],
  ['an alias that is passed on', 'const env = process.env;\nparse(env);\nuse(env.A);', ['A:3']],
  [
    'an alias beside a member of the name',
    'const env = process.env;\nuse({ env: 1 }.env, c.env.B, env.A);',
    ['A:2'],
  ],
])('%s is a read', (_what, text, names) => {
  expect(needed(text)).toEqual(names);
});

test.each([
  ['a default', "const a = process.env.A ?? 'x';"],
  ['a default by ||', "const a = process.env.A || 'x';"],
  ['a default behind an assertion', "const a = process.env.A! || 'x';"],
  ['an alternative', 'const a = given ?? process.env.A;'],
  ['a condition', 'if (process.env.A) { use(process.env.A); }'],
  ['a condition with more', 'if (x && ok(process.env.A)) { use(process.env.A); }'],
  ['a choice', "const a = process.env.A ? 'x' : 'y';"],
  ['a comparison', "const a = process.env.A === 'x';"],
  ['a comparison from the other side', 'const a = undefined !== process.env.A;'],
  ['a negation', 'const a = !process.env.A;'],
  ['a question for the name', "if ('A' in process.env) use(process.env.A);"],
  ['an optional call', 'const a = process.env.A?.split(",");'],
  ['a type', 'type A = typeof process.env.A;'],
  ['an assignment', "process.env.A = 'x';"],
  ['a removal', 'delete process.env.A;'],
  ['a destructured name with a default', "const { A = 'x' } = process.env;"],
  ['a variable that is asked later', 'const a = process.env.A;\nif (!a) throw new Error();'],
  [
    'a typed variable that is asked later',
    'const a: string | undefined = process.env.A;\nif (a === undefined) throw 1;',
  ],
  ['a destructured name that is asked later', 'const { A: a } = process.env;\nuse(a ?? 1);'],
  ['a name in a variable', 'use(process.env[name])'],
  ['a comment', '// process.env.A\n/* process.env.B */'],
  ['a text', "use('process.env.A')"],
  ['another object', 'use(process.environment.A, other.env.A)'],
  [
    'a parameter',
    'const env = process.env;\nexport default { fetch(request, env) { return env.A; } };',
  ],
  [
    'a parameter of an arrow function',
    'const env = process.env;\nconst f = (request: Request, env: Env): string => env.A;',
  ],
  ['a parameter alone', 'const env = process.env;\nconst f = env => env.A;'],
  ['a destructured parameter', 'const env = process.env;\nconst f = ({ env }) => env.A;'],
  [
    'another variable of the name',
    'const env = process.env;\nfunction f() { const env = load(); return env.A; }',
  ],
  [
    'a destructured variable of the name',
    'const env = process.env;\nfunction f() { const { env } = load(); return env.A; }',
  ],
  ['an import from elsewhere', "import { env } from './env';\nuse(env.A);"],
  ['a type import', "import type { Env } from './env';\nuse(env.A);"],
  ['a default of an alias', "const env = process.env;\nuse(env.A ?? 'x');"],
  ['a default behind a cast', "use((process.env as Env).A ?? 'x');"],
  ['a question of an alias', "import { env } from 'node:process';\nif ('A' in env) use(env.A);"],
  ['a default of an import', "import { env } from 'node:process';\nconst { A = 'x' } = env;"],
  ['a copy', 'const env = { ...process.env };\nuse(env.A);'],
  ['a choice of environments', 'const env = process.env ?? {};\nuse(env.A);'],
])('%s is no read that must be answered', (_what, text) => {
  expect(needed(text)).toEqual([]);
});

function synth(files: Record<string, string>, options: AppFunctionOptions = {}): string[] {
  const { app, stack } = appOf(tempFolder(files));
  app.addFunction('F', { entry: Object.keys(files)[0] ?? '', ...options });
  resources(stack);
  return warnings(stack).filter((it) => it.includes('unset-variable'));
}

const handler = (body: string): string => `export const handler = async () => { return ${body}; };`;

describe('a variable that nobody sets', () => {
  test('is reported with file and line, and the similar name', () => {
    const [warning, ...others] = synth(
      { 'src/main.ts': `\n${handler('process.env.ORDERS_TABEL')}` },
      { environment: { ORDERS_TABLE: 'orders' } },
    );

    expect(warning).toContain(
      'Test/App: `functions.F.environment` has no `ORDERS_TABEL`, which src/main.ts:2 reads: if you mean `ORDERS_TABLE`, correct the name; ' +
        "otherwise set it, or give the code a default: `process.env.ORDERS_TABEL ?? 'default'`",
    );
    expect(others).toEqual([]);
  });

  test('is reported where an imported file reads it', () => {
    const [warning] = synth({
      'main.ts': `import { a } from './lib/a';\n${handler('a()')}`,
      'lib/a.ts': 'export const a = () => process.env.MISSING;',
    });

    expect(warning).toContain('which lib/a.ts:1 reads: set it, or give');
  });

  test('is reported again when the bundle is cached', () => {
    process.env.SERVERLESS_APP_CACHE = tempFolder({});
    try {
      const root = tempFolder({ 'main.ts': handler('process.env.MISSING') });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60);
      const warned = (environment: Record<string, string>): number => {
        const { app, stack } = appOf(root);
        app.addFunction('F', { entry: 'main.ts', environment });
        resources(stack);
        return warnings(stack).filter((it) => it.includes('unset-variable')).length;
      };

      expect([warned({}), warned({}), warned({ MISSING: 'x' }), warned({})]).toEqual([1, 1, 0, 1]);
    } finally {
      process.env.SERVERLESS_APP_CACHE = 'off';
    }
  });

  test('is not reported for packages, for code that is left out, and where another file asks for it', () => {
    const warned = synth({
      'main.ts': `import { a, asked } from './a';\nimport p from 'p';\n${handler('[a(), p(), asked(), process.env.ASKED]')}`,
      'a.ts':
        "import './unused';\nexport const a = () => 1;\nexport const asked = () => process.env.ASKED ?? 'x';",
      'unused.ts': 'export const unused = () => process.env.UNUSED;',
      'node_modules/p/package.json': '{ "name": "p", "version": "1.0.0" }',
      'node_modules/p/index.js': 'module.exports = () => process.env.OF_PACKAGE;',
    });

    expect(warned).toEqual([]);
  });

  test.each([
    ['Lambda sets', 'AWS_REGION', {}],
    ['Lambda sets for the function', 'AWS_LAMBDA_FUNCTION_NAME', {}],
    ['the runtime sets', 'TZ', {}],
    ['the function has', 'TABLE', { environment: { TABLE: 'x' } }],
    ['the bundler replaces', 'VERSION', { bundling: { define: { 'process.env.VERSION': '"1"' } } }],
  ])('is not one that %s', (_who, name, options) => {
    expect(synth({ 'main.ts': handler(`process.env.${name}`) }, options)).toEqual([]);
  });

  test('is not one that an access, a later line or an override sets', () => {
    const files = {
      'main.ts': handler('[process.env.ORDERS_TABLE_NAME, process.env.LATER, process.env.RAW]'),
    };
    const { app, stack } = appOf(tempFolder(files));
    const fn = app.addFunction('F', { entry: 'main.ts' });
    fn.reads(app.addTable('Orders', { partitionKey: 'id' })).addEnvironment('LATER', 'x');
    const resource = fn.function.node.defaultChild as lambda.CfnFunction;
    resource.addPropertyOverride('Environment.Variables.RAW', 'x');
    resources(stack);

    expect(warnings(stack).filter((it) => it.includes('unset-variable'))).toEqual([]);
  });
});
