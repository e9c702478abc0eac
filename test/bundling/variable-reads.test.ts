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
