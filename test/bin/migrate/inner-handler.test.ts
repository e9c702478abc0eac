import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { buildSync } from 'esbuild';
import { migrate } from '../../../bin/commands/migrate';
import { findHandler } from '../../../bin/migrate/handler-file';
import { tempFolder } from '../../support/synth';

const service = (handler: string): string =>
  `service: shop\nprovider: { name: aws, runtime: nodejs24.x }\nfunctions:\n  work: { handler: ${handler} }\n`;

const quietIo = { out: () => undefined, say: () => undefined } as unknown as Parameters<
  typeof migrate
>[1];

const ts = 'export const orders = { create: async () => 7 };\n';
const cjs = 'exports.orders = { create: async () => 7 };\n';

test.each([
  ['src/handler.orders.create', 'src/handler.ts', ts, 'src/handler.orders.create.ts'],
  ['src/handler.orders.create', 'src/handler.mjs', ts, 'src/handler.orders.create.mjs'],
  ['handler.orders.create', 'handler.js', cjs, 'handler.orders.create.js'],
  ['handler.orders.create', 'handler.cjs', cjs, 'handler.orders.create.cjs'],
  [
    'handler.default.orders.create',
    'handler.ts',
    'export default { orders: { create: async () => 7 } };\n',
    'handler.default.orders.create.ts',
  ],
])('%s in %s becomes an export of a file beside it', (handler, file, source, entry) => {
  const folder = tempFolder({ 'serverless.yml': service(handler), [file]: source });

  migrate({ args: [path.join(folder, 'serverless.yml')], options: {} }, quietIo);

  const app = fs.readFileSync(path.join(folder, 'app.ts'), 'utf8');
  expect(app).toContain(`entry: '${entry}'`);
  expect(app).not.toContain('handler:');
  const outfile = path.join(folder, 'out.js');
  buildSync({
    entryPoints: [path.join(folder, entry)],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile,
    logLevel: 'error',
  });
  const answer = execFileSync(
    process.execPath,
    ['-e', `require(${JSON.stringify(outfile)}).handler().then(console.log)`],
    { encoding: 'utf8' },
  );
  expect(answer.trim()).toBe('7');
  expect(fs.readFileSync(path.join(folder, 'migration.md'), 'utf8')).toContain(
    `${entry} exports it`,
  );
});

test('a file of the user with the name of the added one is an error, and stays as it is unless --force', () => {
  const folder = tempFolder({
    'serverless.yml': service('handler.orders.create'),
    'handler.ts': ts,
    'handler.orders.create.ts': '// mine\n',
  });
  const added = path.join(folder, 'handler.orders.create.ts');
  const run = (options: Readonly<Record<string, boolean>>): number =>
    migrate({ args: [path.join(folder, 'serverless.yml')], options }, quietIo);

  expect(() => run({})).toThrow('already exists with other content');
  expect(fs.readFileSync(added, 'utf8')).toBe('// mine\n');
  expect(fs.existsSync(path.join(folder, 'app.ts'))).toBe(false);

  run({ force: true });
  expect(fs.readFileSync(added, 'utf8')).toContain('export const handler');
});

test('a file whose name has dots is still found', () => {
  const folder = tempFolder({ 'src/get.order.js': 'exports.handler = 1;\n' });

  expect(findHandler(folder, '.', 'src/get.order.handler')).toEqual({
    entry: 'src/get.order.js',
    exportName: 'handler',
    exists: true,
    hasExport: true,
  });
});

test('an export that the file lacks is said, also if the handler is inside it', () => {
  const folder = tempFolder({ 'work.js': 'exports.other = 1;\n' });

  expect(findHandler(folder, '.', 'work.orders.create')).toMatchObject({
    exportName: 'orders',
    inside: ['create'],
    hasExport: false,
  });
});
