import { execFileSync } from 'node:child_process';
import * as path from 'node:path';
import { tempFolder } from '../../support/synth';
import { migrateHere, NAMES, synthesize, typeErrors } from './support';

jest.setTimeout(120_000);

test('there are at least 40 definitions', () => {
  expect(NAMES.length).toBeGreaterThanOrEqual(40);
});

test('the apps of all definitions have the right types', () => {
  const programs = Object.fromEntries(NAMES.map((name) => [name, migrateHere(name).app]));

  expect(typeErrors(programs)).toEqual([]);
});

test('the apps of all definitions are formatted as Prettier does it', () => {
  const files = NAMES.map((name) => [`${name}.ts`, migrateHere(name).app] as const);
  const folder = tempFolder({
    ...Object.fromEntries(files),
    '.prettierrc': '{ "printWidth": 100, "singleQuote": true, "trailingComma": "all" }',
  });

  const prettier = path.resolve('node_modules', 'prettier', 'bin', 'prettier.cjs');
  const different = execFileSync(
    process.execPath,
    [
      prettier,
      '--list-different',
      ...files.map(([name]) => name),
      '--no-error-on-unmatched-pattern',
    ],
    { cwd: folder, encoding: 'utf8' },
  );

  expect(different).toBe('');
});

test.each(NAMES)('the app of %s synthesizes, with its functions and its resources', (name) => {
  const { app, definition, notes } = migrateHere(name);

  const { Resources = {} } = synthesize(app);

  const types = Object.values(Resources).map(({ Type }) => Type);
  const lost = notes.filter(({ kind }) => kind === 'lost').map(({ at }) => at);
  const kept = definition.functions.filter(({ handler }) => handler !== undefined);
  expect(types.filter((type) => type === 'AWS::Lambda::Function')).toHaveLength(kept.length);
  for (const { logicalId, type, at } of definition.resources.filter(
    ({ at: where }) => !lost.includes(where),
  )) {
    expect([logicalId, Resources[logicalId]?.Type]).toEqual([logicalId, type]);
    expect(at).not.toBe('');
  }
});
