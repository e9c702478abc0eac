import { duplicateRoute } from '../../lib/guard/duplicate-route';
import { eventLoop } from '../../lib/guard/event-loop';
import { findingsOf, Guard } from '../../lib/guard/guard';
import { formatNumber } from '../../lib/model/format-number';
import { FunctionInput, GuardInput, RouteInput } from '../../lib/guard/guard-input';
import { openRoute } from '../../lib/guard/open-route';
import { pastAlias } from '../../lib/guard/past-alias';
import { provisionedConcurrency } from '../../lib/guard/provisioned-concurrency';
import { reservedConcurrency } from '../../lib/guard/reserved-concurrency';
import { secretInEnvironment } from '../../lib/guard/secret-in-environment';
import { shadowedRoute } from '../../lib/guard/shadowed-route';
import { snapStart } from '../../lib/guard/snap-start';
import { tableThroughput } from '../../lib/guard/table-throughput';
import { templateSize } from '../../lib/guard/template-size';
import { FACTS, FUNCTION, STACK } from '../support/guard-input';

/** The messages, without the address of the source where they have no limit. */
function told(guard: Guard, input: Partial<GuardInput>): string[] {
  return findingsOf(guard, { ...FACTS, ...input }).map(({ message }) =>
    message.replace(/ \(https:[^)]*\)/, ''),
  );
}

const only = (guard: Guard, input: Partial<GuardInput>): string => {
  const messages = told(guard, input);
  expect(messages).toHaveLength(1);
  return messages[0] ?? '';
};
const fn = (part: Partial<FunctionInput>): Partial<GuardInput> => ({
  functions: [{ ...FUNCTION, ...part }],
});
const route = (key: string, id?: string): RouteInput => ({
  key,
  path: `Test/App/${key}`,
  open: true,
  ...(id === undefined ? {} : { function: id }),
});
const routes = (...all: RouteInput[]): Partial<GuardInput> => ({ routes: all });

describe('a finding about a route names its function, or else the API', () => {
  test('if it is declared twice', () => {
    const get = route('GET /a', 'A');
    expect(only(duplicateRoute, routes(get, route('GET /a', 'B')))).toContain(
      '`functions.B.triggers` must declare a route only once',
    );
    expect(only(duplicateRoute, routes(get, route('GET /a')))).toContain('`http` must declare');
  });

  test('if two routes compete', () => {
    const first = route('GET /{a}/x');
    expect(only(shadowedRoute, routes(first, route('GET /y/{b}', 'B')))).toContain(
      '`functions.B.triggers` must not compete with another route, got `GET /y/{b}` beside `GET /{a}/x`',
    );
    expect(only(shadowedRoute, routes(first, route('GET /y/{b}')))).toContain(
      '`http` must not compete',
    );
  });

  test('if no request can reach it', () => {
    const all = routes(route('ANY /'), route('ANY /{proxy+}'), route('$default', 'C'));
    expect(only(shadowedRoute, all)).toContain(
      '`functions.C.triggers` must be reachable, got `$default`, whose requests all go to `ANY /` and',
    );
  });

  test('if anyone may call it', () => {
    expect(only(openRoute, routes(route('GET /a', 'A')))).toContain(
      '`functions.A.authorizer` must say who may call `GET /a`, got a route that anyone can call',
    );
  });
});

describe('competing routes', () => {
  test.each([
    ['with other methods', 'GET /{a}/x', 'POST /y/{b}'],
    ['with a word that differs where both have one', 'GET /{a}/x/1', 'GET /y/{b}/2'],
    ['one of which comes last, since it is greedy', 'GET /{a}/x', 'GET /y/{b+}'],
    ['one of which fits better in each place', 'GET /{a}/{b}', 'GET /y/{b}'],
  ])('%s', (_what, one, other) => {
    expect(told(shadowedRoute, routes(route(one), route(other)))).toEqual([]);
  });

  test.each([
    ['ANY /{a}/x', 'POST /y/{b}'],
    ['POST /{a}/x', 'ANY /y/{b}'],
  ])('but %s and %s compete, for each method', (one, other) => {
    expect(told(shadowedRoute, routes(route(one), route(other)))).toHaveLength(1);
  });
});

describe('a finding about a function names its id', () => {
  test('if something bypasses its alias', () => {
    expect(only(pastAlias, fn({ pastAlias: ['Test/Rule'] }))).toContain(
      '`functions.Resize.triggers` must invoke the function’s alias, got Test/Rule, which invokes `$LATEST`',
    );
  });

  test('if a variable looks like a secret', () => {
    const secrets = [{ variable: 'KEY', because: 'is named so' }];
    expect(only(secretInEnvironment, fn({ secrets }))).toContain(
      '`functions.Resize.environment.KEY` must not contain a secret, because everyone who can see the function’s configuration can read it, got a value that is named so',
    );
  });

  test('if it combines snapshots and provisioned concurrency', () => {
    expect(only(snapStart, fn({ snapshots: true, provisions: true }))).toContain(
      '`functions.Resize.coldStart` must use either SnapStart or provisioned concurrency, got both',
    );
  });

  test('if it writes to its own source', () => {
    const flows = [
      { function: 'Resize', runBy: [{ path: 'T', narrowed: false }], writes: [{ path: 'T' }] },
    ];
    expect(only(eventLoop, { flows })).toContain('`functions.Resize.access` must not write');
  });
});

describe('provisioned concurrency', () => {
  test('below the minimum is reported with the minimum', () => {
    expect(only(provisionedConcurrency, fn({ provisionedMin: 3, provisionedMax: 2 }))).toMatch(
      /`functions\.Resize\.coldStart` must not have a `max` below its `min` \(its `min`: 3; .*\), got a `max` of 2: raise/,
    );
  });

  test('at the minimum of the reservation, and above it at most, is a warning', () => {
    const input = { ...FACTS, ...fn({ reserved: 3, provisionedMin: 3, provisionedMax: 4 }) };
    expect(findingsOf(provisionedConcurrency, input)).toMatchObject([
      { severity: 'warning', message: expect.stringMatching(/got 4 provisioned: reserve more/) },
    ]);
  });
});

describe('reserved concurrency', () => {
  const reserving = (...sizes: number[]): Partial<GuardInput> => ({
    functions: sizes.map((reserved, i) => ({ ...FUNCTION, id: `F${i}`, reserved })),
  });

  test.each([
    [[901, 0], '901 reserved or provisioned by F0 901: '],
    [[400, 300, 250], '950 reserved or provisioned by F0 400, F1 300, F2 250: '],
    [[400, 300, 150, 100], '950 reserved or provisioned by F0 400, F1 300, F2 150, 1 more: '],
  ])('of %p names the functions that reserve some', (sizes, got) => {
    expect(only(reservedConcurrency, reserving(...sizes))).toContain(`got ${got}`);
  });

  test('at the allowed maximum, with more that scaling may provision, is a warning', () => {
    const functions = [
      { ...FUNCTION, reserved: 899 },
      { ...FUNCTION, id: 'B', provisionedMin: 1, provisionedMax: 2 },
    ];
    expect(findingsOf(reservedConcurrency, { ...FACTS, functions })).toMatchObject([
      { severity: 'warning', message: expect.stringContaining('got 901 provisioned at most by') },
    ]);
  });
});

describe('a table', () => {
  const table = (part: object): Partial<GuardInput> => ({ tables: [{ id: 'T', ...part }] });

  test('with more warm throughput than its quota is reported', () => {
    expect(only(tableThroughput, table({ warmReads: 40_001 }))).toMatch(
      /`tables\.T\.warmThroughput\.readUnitsPerSecond` must not exceed .*, got 40,001: lower it/,
    );
  });

  test('with more warm throughput than its own maximum is reported', () => {
    expect(only(tableThroughput, table({ maxWrites: 10, warmWrites: 11 }))).toMatch(
      /`tables\.T\.warmThroughput\.writeUnitsPerSecond` must not exceed `billing\.maxWriteRequestUnits`.* \(the table’s own maximum: 10; .*\), got 11: raise/,
    );
  });
});

describe('a template that is too large', () => {
  const large = (shard: boolean, shards?: number): Partial<GuardInput> => ({
    stacks: [{ ...STACK, shard, templateBytes: 2_000_000 }],
    ...(shards === undefined ? {} : { shards }),
  });

  test.each([
    ['an app without shards', large(false), 'sharding'],
    ['a shard', large(true, 4), 'sharding'],
    ['what the shards leave', large(false, 4), 'functions'],
  ])('%s', (_what, input, prop) => {
    expect(only(templateSize, input)).toContain(`\`${prop}\` must not make a template too large`);
  });
});

test.each([
  [999, '999'],
  [1000, '1,000'],
  [1_234_567, '1,234,567'],
])('%p is displayed as %s', (count, text) => {
  expect(formatNumber(count)).toBe(text);
});
