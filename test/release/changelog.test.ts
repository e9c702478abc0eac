import { isAtLeast, leastVersion, released } from '../../scripts/release/changelog';

test('what is unreleased belongs to the version, with its date', () => {
  const text =
    '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n\n## [0.1.0] - 2026-01-01\n';

  expect(released(text, '0.2.0', '2026-11-28')).toBe(
    '# Changelog\n\n## [Unreleased]\n\n## [0.2.0] - 2026-11-28\n\n### Added\n\n- A thing.\n\n## [0.1.0] - 2026-01-01\n',
  );
});

test.each([
  ['# Changelog\n', 'must have a section ## [Unreleased]'],
  ['## [Unreleased]\n\n## [0.1.0]\n\n- Old.\n', 'must say under ## [Unreleased] what changed'],
])('fails if there is nothing to release: %j', (text, message) => {
  expect(() => released(text, '0.2.0', '2026-11-28')).toThrow(message);
});

test.each([
  ['0.1.0', ['fix(cost): x'], '0.1.1'],
  ['0.1.0', ['fix: x', 'feat(http): y'], '0.2.0'],
  ['0.1.0', ['feat(http)!: x'], '0.2.0'],
  ['1.2.3', ['fix: x\n\nBREAKING CHANGE: y'], '2.0.0'],
  ['1.2.3', ['docs: x'], '1.2.4'],
])('after %s the commits %j ask for %s', (current, messages, least) => {
  expect(leastVersion(current, messages)).toBe(least);
});

test.each([
  ['0.2.0', '0.2.0', true],
  ['0.10.0', '0.9.9', true],
  ['1.0.0', '0.9.0', true],
  ['0.1.9', '0.2.0', false],
])('%s is at least %s: %s', (version, least, expected) => {
  expect(isAtLeast(version, least)).toBe(expected);
});
