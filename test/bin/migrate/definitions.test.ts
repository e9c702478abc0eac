import * as prettier from 'prettier';
import { migrateHere, NAMES, synthesize, typeErrors } from './support';

jest.setTimeout(120_000);

test('there are at least 40 definitions', () => {
  expect(NAMES.length).toBeGreaterThanOrEqual(40);
});

test('the apps of all definitions have the right types', () => {
  const programs = Object.fromEntries(NAMES.map((name) => [name, migrateHere(name).app]));

  expect(typeErrors(programs)).toEqual([]);
});

test.each(NAMES)('the app of %s is formatted as Prettier does it', async (name) => {
  const { app } = migrateHere(name);

  const formatted = await prettier.format(app, { parser: 'typescript', printWidth: 100, singleQuote: true, trailingComma: 'all' });

  expect(app).toBe(formatted);
});

test.each(NAMES)('the app of %s synthesizes, with its functions and its resources', (name) => {
  const { app, definition, notes } = migrateHere(name);

  const { Resources = {} } = synthesize(app);

  const types = Object.values(Resources).map(({ Type }) => Type);
  const lost = notes.filter(({ kind }) => kind === 'lost').map(({ at }) => at);
  const kept = definition.functions.filter(({ handler }) => handler !== undefined);
  expect(types.filter((type) => type === 'AWS::Lambda::Function')).toHaveLength(kept.length);
  for (const { logicalId, type, at } of definition.resources.filter(({ at: where }) => !lost.includes(where))) {
    expect([logicalId, Resources[logicalId]?.Type]).toEqual([logicalId, type]);
    expect(at).not.toBe('');
  }
});
