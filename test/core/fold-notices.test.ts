import { foldNotices, Notice } from '../../lib/core/fold-notices';

const notice = (name: string, message: string, more: Partial<Notice> = {}): Notice => ({
  fn: { node: { id: name, path: `Test/App/${name}` } },
  id: 'it',
  message,
  ...more,
});
const runtime = (name: string, what = 'old'): Notice =>
  notice(name, `Test/App: \`functions.${name}.runtime\` must be newer, got ${what}`);
const folded = (notices: readonly Notice[], isShown = (): boolean => true): string[] =>
  foldNotices(notices, isShown).map(({ message }) => message);

test('a single notice stays unchanged', () => {
  expect(folded([runtime('A')])).toEqual([runtime('A').message]);
});

test.each([
  [2, '`functions.B`'],
  [3, '`functions.B` and `functions.C`'],
  [4, '`functions.B`, `functions.C` and `functions.D`'],
])('the same notice of %d functions is folded into one', (count, others) => {
  const notices = ['A', 'B', 'C', 'D'].slice(0, count).map((name) => runtime(name));

  expect(folded(notices)).toEqual([`${runtime('A').message} (the same holds for ${others})`]);
});

test('the folded notice names at most eight functions', () => {
  const [message = ''] = folded(Array.from({ length: 19 }, (_, i) => runtime(`F${i}`)));

  expect(message).toMatch(/`functions\.F7`, `functions\.F8` and 10 more\)$/);
});

test('different notices stay apart', () => {
  expect(folded([runtime('A'), runtime('B', 'ancient')])).toHaveLength(2);
  expect(folded([runtime('A'), { ...runtime('B'), id: 'other' }])).toHaveLength(2);
});

test('notices may differ in the function’s path', () => {
  const coldStart = (name: string): Notice => notice(name, `Test/App/${name}: left out`);

  expect(folded([coldStart('A'), coldStart('B')])).toEqual([
    'Test/App/A: left out (the same holds for `functions.B`)',
  ]);
});

test('notices may differ in a detail, which the folded notice lists', () => {
  const route = (name: string, detail: string): Notice =>
    notice(name, `\`functions.${name}.authorizer\` must protect \`${detail}\``, { detail });

  expect(folded([route('A', 'GET /a'), route('A', 'GET /b'), route('B', 'GET /c')])).toEqual([
    '`functions.A.authorizer` must protect `GET /a` (the same holds for `GET /b` and `GET /c`)',
  ]);
});

test('the same detail of another function is listed as that function, and each name once', () => {
  const bucket = (name: string, detail: string): Notice =>
    notice(name, `Test/App/${name}: ${detail} is imported`, { detail });

  expect(
    folded([bucket('A', 'One'), bucket('B', 'One'), bucket('B', 'Two'), bucket('C', 'Two')]),
  ).toEqual(['Test/App/A: One is imported (the same holds for `functions.B` and `Two`)']);
});

test('acknowledged notices are left out', () => {
  const notices = ['A', 'B', 'C'].map((name) => runtime(name));
  const isShown = ({ fn }: Notice): boolean => fn.node.id !== 'A';

  expect(foldNotices(notices, isShown).map(({ message }) => message)).toEqual([
    `${runtime('B').message} (the same holds for \`functions.C\`)`,
  ]);
  expect(foldNotices(notices, () => false)).toEqual([]);
});
