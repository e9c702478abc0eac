// The declarations of the handlers' environment, and what TypeScript makes of them.
import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import * as ts from 'typescript';
import { environmentTypes, typeNameOf } from '../../lib/kinds/environment-types';
import { tempFolder } from '../support/synth';

const runtime = 'nodejs24.x';
const FUNCTIONS = [
  { id: 'CreateOrder', runtime, variables: ['ORDERS_TABLE_NAME', 'FLAVOUR'] },
  { id: 'ListOrders', runtime, variables: ['ORDERS_TABLE_NAME'] },
  { id: 'Nothing', runtime },
];

test('has a type for each function, in the order of names, and all variables as optional ones', () => {
  const text = environmentTypes([...FUNCTIONS].reverse());

  expect(text).toContain(
    'export type CreateOrderEnv = {\n  readonly FLAVOUR: string;\n  readonly ORDERS_TABLE_NAME: string;\n};\n\n' +
      'export type ListOrdersEnv = {\n  readonly ORDERS_TABLE_NAME: string;\n};\n\nexport type NothingEnv = {};\n\ndeclare global',
  );
  expect(text).toContain('      FLAVOUR?: string;\n      ORDERS_TABLE_NAME?: string;\n');
  expect(text).toBe(environmentTypes(FUNCTIONS));
});

test.each([[FUNCTIONS], [[]], [[{ id: 'A', runtime }]]])(
  'Prettier changes nothing in it: %#',
  (functions) => {
    const input = environmentTypes(functions);
    const prettier = path.resolve('node_modules/prettier/bin/prettier.cjs');
    const args = [prettier, '--no-config', '--stdin-filepath', 'env.d.ts'];
    const { stdout } = spawnSync(process.execPath, args, { input, encoding: 'utf8' });

    expect(stdout).toBe(input);
  },
);

test('leaves out functions in other languages, and names that are none in TypeScript', () => {
  const text = environmentTypes([
    { id: 'Py', runtime: 'python3.14', variables: ['PY'] },
    { id: 'Js', runtime, variables: ['A-B', 'GOOD'] },
  ]);

  expect(text).not.toMatch(/PY|A-B/);
  expect(text).toContain('readonly GOOD: string;');
});

test('functions with the same name share a type, in which only common variables are sure', () => {
  const text = environmentTypes([
    { id: 'Same', runtime, variables: ['BOTH', 'ONE'] },
    { id: 'Same', runtime, variables: ['BOTH'] },
  ]);

  expect(text).toContain('  readonly BOTH: string;\n  readonly ONE?: string;\n');
});

test.each([
  ['CreateOrder', 'CreateOrderEnv'],
  ['create-order', 'CreateOrderEnv'],
  ['2nd', '_2ndEnv'],
])('the type of %s is %s', (id, name) => {
  expect(typeNameOf(id)).toBe(name);
});

/** The files of the compiler and of @types/node, parsed once. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** The errors that TypeScript reports in a handler beside the declarations. */
function errorsIn(handler: string, options: ts.CompilerOptions = {}): string[] {
  const folder = tempFolder({
    'serverless-app-env.d.ts': environmentTypes(FUNCTIONS),
    'src/handler.ts': handler,
  });
  const all: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts'],
    types: ['node'],
    typeRoots: [path.resolve('node_modules/@types')],
    skipLibCheck: true,
    ...options,
  };
  const host = ts.createCompilerHost(all);
  const files = ['serverless-app-env.d.ts', 'src/handler.ts'].map((it) => path.join(folder, it));
  const cached: ts.CompilerHost = {
    ...host,
    getSourceFile: (file, ...rest) => {
      if (file.startsWith(folder)) {
        return host.getSourceFile(file, ...rest);
      }
      const known = parsed.get(file) ?? host.getSourceFile(file, ...rest);
      parsed.set(file, known);
      return known;
    },
  };
  const program = ts.createProgram(files, all, cached);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

const IMPORT = "import type { CreateOrderEnv, ListOrdersEnv } from '../serverless-app-env';\n";

describe('with the type of the function', () => {
  test.each([
    [
      'a variable',
      'const env = process.env as CreateOrderEnv;\nexport const a: string = env.ORDERS_TABLE_NAME;',
    ],
    [
      'a destructured variable',
      'const { FLAVOUR: a } = process.env as CreateOrderEnv;\nexport const b: string = a;',
    ],
    [
      'a parameter',
      'export default { fetch: (_: unknown, env: CreateOrderEnv): string => env.FLAVOUR };',
    ],
  ])('%s that is there compiles', (_what, text) => {
    expect(errorsIn(IMPORT + text)).toEqual([]);
  });

  test.each([
    [
      'a misspelt variable',
      'const env = process.env as CreateOrderEnv;\nexport const a = env.ORDERS_TABEL_NAME;',
      "did you mean 'ORDERS_TABLE_NAME'",
    ],
    [
      'a misspelt destructured variable',
      'export const { ORDERS_TABEL_NAME } = process.env as CreateOrderEnv;',
      "Property 'ORDERS_TABEL_NAME' does not exist",
    ],
    [
      'a variable of another function',
      'const env = process.env as ListOrdersEnv;\nexport const a = env.FLAVOUR;',
      "Property 'FLAVOUR' does not exist",
    ],
    [
      'a misspelt variable of a parameter',
      'export default { fetch: (_: unknown, env: CreateOrderEnv): string => env.FLAVOR };',
      "did you mean 'FLAVOUR'",
    ],
  ])('%s does not compile', (_what, text, error) => {
    expect(errorsIn(IMPORT + text).map((it) => it.toLowerCase())).toEqual([
      expect.stringContaining(error.toLowerCase()),
    ]);
  });
});

describe('with process.env alone', () => {
  const misspelt = 'export const a = process.env.ORDERS_TABEL_NAME;';
  const strictNames = { noPropertyAccessFromIndexSignature: true };

  test('a misspelt name compiles, because @types/node allows any', () => {
    expect(errorsIn(misspelt)).toEqual([]);
  });

  test('a misspelt name does not compile with `noPropertyAccessFromIndexSignature`', () => {
    expect(errorsIn(misspelt, strictNames)).toEqual([
      expect.stringContaining('must be accessed with'),
    ]);
  });

  test('a known name compiles with it', () => {
    expect(errorsIn('export const a = process.env.ORDERS_TABLE_NAME;', strictNames)).toEqual([]);
  });
});
