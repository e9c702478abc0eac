import { cliVersion } from '../../lib/guard/cli-version';
import { DECLARED_WARNINGS } from '../../lib/guard/declared-warnings';
import { deployedSize } from '../../lib/guard/deployed-size';
import { deprecatedRuntime } from '../../lib/guard/deprecated-runtime';
import { environmentSize } from '../../lib/guard/environment-size';
import { keysMeet, loopsOf, reaches } from '../../lib/guard/flows';
import { findingsOf, Guard } from '../../lib/guard/guard';
import { FlowInput, GuardInput, NotificationInput, RouteInput } from '../../lib/guard/guard-input';
import { objectOverlap } from '../../lib/guard/object-overlap';
import { queueVisibility } from '../../lib/guard/queue-visibility';
import { reservedConcurrency } from '../../lib/guard/reserved-concurrency';
import { rolePolicy } from '../../lib/guard/role-policy';
import { shadowedRoute } from '../../lib/guard/shadowed-route';
import { FACTS, FUNCTION } from '../support/guard-input';

/** All that a guard says of an app, as one text. */
function said(guard: Guard, input: Partial<GuardInput>): string {
  return findingsOf(guard, { ...FACTS, ...input })
    .map(({ severity, message }) => `${severity}: ${message}`)
    .join('\n');
}

test('a warning where a part is declared can be acknowledged, and names its source', () => {
  expect(DECLARED_WARNINGS.length).toBeGreaterThan(1);
  for (const { id, severities, accept, source } of DECLARED_WARNINGS) {
    expect([id, severities]).toEqual([expect.stringMatching(/^[a-z-]+$/), ['warning']]);
    expect(accept).toMatch(/\.$/);
    expect(source).toMatch(/^https:\/\//);
  }
});

describe('the warning about the command line', () => {
  const cli = (version: string): Partial<GuardInput> => ({
    cli: { version, reads: 48, writes: 55 },
  });

  test('names the version that it reads and the version that is written', () => {
    expect(said(cliVersion, cli('2.1000.0'))).toContain(
      '(version 55 of the cloud assembly, and the newest that this CLI reads: 48; https://github.com/aws/aws-cdk/issues/38113), got 2.1000.0: ',
    );
  });

  test('names npm’s 3.0.0, and no other, as an accident', () => {
    expect(said(cliVersion, cli('3.0.0'))).toMatch(
      /aws-cdk@\^2\.1148\.1"`; npm’s `latest`, 3\.0\.0, was published by accident$/,
    );
    expect(said(cliVersion, cli('2.3.0'))).toMatch(/aws-cdk@\^2\.1148\.1"`$/);
  });
});

describe('the warning about a runtime', () => {
  const runtime = (name: string, today: string): Partial<GuardInput> => ({
    functions: [{ ...FUNCTION, runtime: name }],
    today,
  });

  test('without a successor recommends a later one', () => {
    expect(said(deprecatedRuntime, runtime('nodejs24.x', '2028-04-30'))).toMatch(
      /: use a later one$/,
    );
  });

  test('without dates from AWS gives none, and remains a warning', () => {
    expect(said(deprecatedRuntime, runtime('dotnet9', '2099-01-01'))).toMatch(
      /^warning: .*, got dotnet9, deprecated since 2026-11-10 \(read on .*\): use `dotnet10`$/,
    );
  });

  test('calls a date past on that day', () => {
    expect(said(deprecatedRuntime, runtime('nodejs20.x', '2027-01-31'))).toContain(
      'no new function from 2027-02-01 on',
    );
    expect(said(deprecatedRuntime, runtime('nodejs20.x', '2027-02-01'))).toContain(
      'no new function since 2027-02-01, no update from 2027-03-03 on',
    );
  });
});

test.each([
  [1, 'estimated, since 1 value is known only'],
  [2, 'estimated, since 2 values are known only'],
])('the warning about an environment mentions its %d unknown values', (estimated, text) => {
  const functions = [{ ...FUNCTION, environment: { least: 10, likely: 5000, estimated } }];

  expect(said(environmentSize, { functions })).toContain(text);
});

describe('the warning about a queue', () => {
  const queue = (windowSeconds: number): Partial<GuardInput> => ({
    queues: [
      {
        function: 'F',
        path: 'Test/Q',
        visibilitySeconds: 40,
        windowSeconds,
        timeoutSeconds: 30,
      },
    ],
  });

  test('mentions the batching window if there is one', () => {
    expect(said(queueVisibility, queue(0))).toMatch(
      /must be at most a sixth of its queue’s visibility timeout \(.*\.seconds\(180\)/,
    );
    expect(said(queueVisibility, queue(1))).toMatch(
      /a sixth of its queue’s visibility timeout minus the batching window \(.*\.seconds\(181\)/,
    );
  });
});

describe('the warning about a role', () => {
  const role = (id?: string, shards?: number): Partial<GuardInput> => ({
    roles: [{ path: 'Test/App/Role', function: id, policyBytes: 10_241 }],
    ...(shards === undefined ? {} : { shards }),
  });

  test('of a function recommends dividing its access', () => {
    expect(said(rolePolicy, role('Resize'))).toMatch(
      /`functions\.Resize\.access` must not need .* got at least 10,241 in Test\/App\/Role: split the work/,
    );
  });

  test.each([
    [undefined, 2],
    [4, 5],
  ])('of the schedules, with %p shards, recommends one more', (shards, more) => {
    expect(said(rolePolicy, role(undefined, shards))).toMatch(
      new RegExp(`\`functions\` must not need .*: use .*nestedStacks\\(${more}\\)`),
    );
  });
});

describe('the warning about one bucket', () => {
  const told = (...parts: Partial<NotificationInput>[]): Partial<GuardInput> => ({
    notifications: parts.map((part, i) => ({
      bucket: 'B',
      event: 's3:ObjectCreated:*',
      unknown: false,
      target: `T${i}`,
      ...part,
    })),
  });

  test('names the later function, or else the earlier', () => {
    expect(said(objectOverlap, told({ function: 'A' }, { function: 'B' }))).toContain(
      '`functions.B.triggers`',
    );
    expect(said(objectOverlap, told({ function: 'A' }, {}))).toContain('`functions.A.triggers`');
  });

  test('applies to prefixes of which one begins with the other, not ends with it', () => {
    expect(said(objectOverlap, told({ function: 'A', prefix: 'a/' }, { prefix: 'b/a/' }))).toBe('');
    expect(said(objectOverlap, told({ function: 'A', prefix: 'b/a/' }, { prefix: 'a/' }))).toBe('');
    expect(said(objectOverlap, told({ function: 'A', prefix: 'a/b' }, { prefix: 'a/' }))).not.toBe(
      '',
    );
  });

  test('applies to suffixes of which one ends with the other, not begins with it', () => {
    expect(said(objectOverlap, told({ function: 'A', suffix: '.a' }, { suffix: '.a.b' }))).toBe('');
    expect(said(objectOverlap, told({ function: 'A', suffix: '.a.b' }, { suffix: '.a' }))).toBe('');
    expect(said(objectOverlap, told({ function: 'A', suffix: '.b' }, { suffix: '.a.b' }))).not.toBe(
      '',
    );
  });
});

test.each([
  ['nothing is sure to be reserved', [{ provisionedMax: 5 }], 'warning'],
  ['something is', [{ provisionedMin: 1, provisionedMax: 5 }], 'error'],
  ['one is switched off', [{ reserved: 0 }, { provisionedMax: 5 }], 'warning'],
])('in an account of 50 executions, %s', (_what, parts, severity) => {
  const functions = parts.map((part) => ({ ...FUNCTION, ...part }));

  expect(said(reservedConcurrency, { functions, account: { concurrency: 50 } })).toMatch(
    new RegExp(`^${severity}: `),
  );
});

describe('the warning about a route', () => {
  const routes = (...keys: string[]): Partial<GuardInput> => ({
    routes: keys.map((key): RouteInput => ({ key, path: key, open: false })),
  });

  test('does not apply to a greedy part at the end, which has the lowest precedence', () => {
    expect(said(shadowedRoute, routes('GET /x/{a}/{b}', 'GET /{c}/y/{d+}'))).toBe('');
    expect(said(shadowedRoute, routes('GET /x/{a}/{b}', 'GET /{c}/y/{d}'))).not.toBe('');
  });
});

describe('keys that are written and keys that trigger', () => {
  const source = { path: 'B', narrowed: false };
  const written = { keys: 'in/*', puts: true, deletes: false };
  const objects = { prefix: 'out/', suffix: '', created: true, removed: true };

  test('overlap if either is not filtered', () => {
    expect(reaches({ path: 'B', objects: written }, source)).toBe(true);
    expect(reaches({ path: 'B' }, { ...source, objects })).toBe(true);
    expect(reaches({ path: 'B', objects: written }, { ...source, objects })).toBe(false);
  });

  test.each([
    ['in/one.csv', 'in/one.csv', '', true],
    ['in/one.csv', 'in/one.csv.bak', '', false],
    ['one.csv', '', 'in/one.csv', false],
    ['a*', 'ab', '', true],
    ['a*', 'b', '', false],
    ['*b', '', 'ab', true],
    ['*.tar.gz', '', '.gz', true],
    ['*.gz', '', '.tar.gz', true],
    ['*.gz.tar', '', '.gz', false],
    ['*.gz', '', '.gz.tar', false],
    ['a*b?c', 'a', 'bxc', true],
    ['a?b*c', 'a', 'bc', true],
    ['a?b*c', 'a', 'cb', false],
  ])('the keys of %s, the prefix %j and the suffix %j: %p', (pattern, prefix, suffix, meet) => {
    expect(keysMeet(pattern, prefix, suffix)).toBe(meet);
  });

  test('a function outside every cycle is no loop, one inside is', () => {
    const flow = (runBy: string, writes: string): FlowInput => ({
      function: 'F',
      runBy: [{ path: runBy, narrowed: false }],
      writes: [{ path: writes }],
    });

    expect(loopsOf([flow('T', 'U')])).toEqual([]);
    expect(loopsOf([flow('T', 'T')])).toHaveLength(1);
  });
});

test.each([
  ['a join whose parts are a reference', { 'Fn::Join': [',', { Ref: 'Names' }] }, 1],
  ['a join of nothing', { 'Fn::Join': [',', []] }, 0],
  ['a join that is none', { 'Fn::Join': 'x' }, 1],
  ['a choice from a list', { 'Fn::Select': [0, ['one', 'two']] }, 1],
  ['a name with `Arn` in it', { Ref: 'ArnTable' }, 1],
  ['a name that ends in `Arn`', { Ref: 'TableARN' }, 14],
])('of %s, %p, the shortest text has %d characters', (_what, value, length) => {
  expect(deployedSize(value)).toBe(2 + length);
});
