import * as fs from 'node:fs';
import * as path from 'node:path';
import { DECLARED_WARNINGS } from '../../lib/guard/declared-warnings';
import { GUARDS } from '../../lib/guard/guards';
import { DECLARED_CHECKS, messageOf } from '../../scripts/declared-checks';
import { renderGuardsPage } from '../../scripts/guards-page';

const ROOT = path.join(__dirname, '..', '..');
const read = (file: string): string => fs.readFileSync(path.join(ROOT, file), 'utf8');

test('docs/guards.md matches the code', () => {
  expect(read('docs/guards.md')).toBe(renderGuardsPage());
});

test.each(DECLARED_CHECKS.filter(({ breaks }) => breaks !== undefined))(
  'a message with a path and a remedy: $what',
  (check) => {
    expect(messageOf(check)).toMatch(/^Shop\/\w+: `[\w.[\]]+` .+, got .+: .+/);
  },
);

test('every warning of the library is documented, and can be acknowledged', () => {
  const files = fs
    .readdirSync(path.join(ROOT, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'));
  const told = files.flatMap((file) =>
    [
      ...read(path.join('lib', file)).matchAll(
        /\bwarn\(\s*[\w.]+,\s*'cdk-serverless-app:([\w-]+)'/g,
      ),
    ].map(([, id = '']) => id),
  );

  expect(told.length).toBeGreaterThan(1);
  expect(DECLARED_WARNINGS.map(({ id }) => id)).toEqual(
    expect.arrayContaining([...new Set(told)].sort()),
  );
});

test('a warning where a part is declared is not a guard too', () => {
  const ids = GUARDS.map(({ id }) => id);

  expect(DECLARED_WARNINGS.filter(({ id }) => ids.includes(id))).toEqual([]);
});
