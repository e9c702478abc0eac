import { cliVersion } from '../../lib/guard/cli-version';
import { deprecatedRuntime } from '../../lib/guard/deprecated-runtime';
import { destroyedStorage } from '../../lib/guard/destroyed-storage';
import { duplicateRoute } from '../../lib/guard/duplicate-route';
import { environmentSize } from '../../lib/guard/environment-size';
import { eventRules } from '../../lib/guard/event-rules';
import { filterPolicies } from '../../lib/guard/filter-policies';
import { findingsOf, Guard } from '../../lib/guard/guard';
import { FunctionInput, GuardInput, NotificationInput } from '../../lib/guard/guard-input';
import { GUARDS } from '../../lib/guard/guards';
import { httpTimeout } from '../../lib/guard/http-timeout';
import { objectOverlap } from '../../lib/guard/object-overlap';
import { openRoute } from '../../lib/guard/open-route';
import { pastAlias } from '../../lib/guard/past-alias';
import { queueVisibility } from '../../lib/guard/queue-visibility';
import { secretInEnvironment } from '../../lib/guard/secret-in-environment';
import { shadowedRoute } from '../../lib/guard/shadowed-route';
import { snapStart } from '../../lib/guard/snap-start';
import { streamReaders } from '../../lib/guard/stream-readers';
import { FACTS, FUNCTION } from '../support/guard-input';

const withFunction = (part: Partial<FunctionInput>): GuardInput => ({
  ...FACTS,
  functions: [{ ...FUNCTION, ...part }],
});
const httpApi = (limitSeconds: number): FunctionInput['callers'][number] => ({
  name: 'an HTTP API',
  limitSeconds,
  source: 'https://docs.aws.amazon.com/api',
});
const waits = (timeoutSeconds: number | undefined, ...limits: number[]): GuardInput =>
  withFunction({ timeoutSeconds, callers: limits.map(httpApi) });
const stream = (readers: number, global = false): GuardInput => ({
  ...FACTS,
  streams: [
    {
      path: 'Test/App/Orders',
      global,
      limits: {
        limit: 2,
        limitOfGlobal: 1,
        remedy: 'forward the changes to EventBridge or SNS, which have no such limit',
        source: 'https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html',
      },
      readers: Array.from({ length: readers }, (_, i) => `Test/App/F${i}`),
      function: 'F0',
    },
  ],
});
const rules = (count: number, patternCharacters = 30): GuardInput => ({
  ...FACTS,
  eventBuses: [{ name: 'Test/Bus', rules: count }],
  rules: [{ path: 'Test/App/F/Rule', patternCharacters }],
});
const filtered = (count: number): GuardInput => ({
  ...FACTS,
  topics: [{ name: 'Test/Topic', filterPolicies: count }],
});
const environment = (least: number, likely = least): GuardInput =>
  withFunction({ environment: { least, likely, estimated: likely - least } });
const runtime = (name: string | undefined, today: string): GuardInput => ({
  ...withFunction({ runtime: name }),
  today,
});
const queue = (visibilitySeconds: number, windowSeconds = 0): GuardInput => ({
  ...FACTS,
  queues: [
    {
      function: 'Resize',
      path: 'Test/Queue',
      visibilitySeconds,
      windowSeconds,
      timeoutSeconds: 30,
    },
  ],
});
const routes = (...keys: string[]): GuardInput => ({
  ...FACTS,
  routes: keys.map((key, i) => ({
    key,
    path: `Test/App/F${i}`,
    function: `F${i}`,
    open: false,
  })),
});
const open = (isOpen: boolean): GuardInput => ({
  ...FACTS,
  routes: [{ key: 'GET /', path: 'Test/App/Get', function: 'Get', open: isOpen }],
});
const cli = (reads?: number): GuardInput => ({
  ...FACTS,
  cli:
    reads === undefined ? undefined : { version: '3.0.0', reads, writes: 55, needed: '2.1148.2' },
});
const storage = (destroyed: boolean, production = true): GuardInput => ({
  ...FACTS,
  production,
  storage: [{ prop: 'tables.Orders', path: 'Test/App/Orders', destroyed }],
});
const told = (...parts: Partial<NotificationInput>[]): GuardInput => ({
  ...FACTS,
  notifications: parts.map((part, i) => ({
    bucket: 'Test/App/Uploads',
    event: 's3:ObjectCreated:*',
    unknown: false,
    target: `Test/App/F${i}`,
    function: `F${i}`,
    ...part,
  })),
});
const ALL_METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
const everyMethod = (path: string): string[] => ALL_METHODS.map((method) => `${method} ${path}`);

type Severity = 'error' | 'warning' | undefined;
const CASES: [string, Guard, GuardInput, Severity][] = [
  ['30 s behind an HTTP API', httpTimeout, waits(30, 30), undefined],
  ['31 s behind an HTTP API', httpTimeout, waits(31, 30), 'warning'],
  ['30 s behind the stricter of two', httpTimeout, waits(30, 30, 29), 'warning'],
  ['a timeout that is a token', httpTimeout, waits(undefined, 30), undefined],
  ['900 s of a function that nobody waits for', httpTimeout, waits(900), undefined],
  ['2 readers of a stream', streamReaders, stream(2), undefined],
  ['3 readers of a stream', streamReaders, stream(3), 'warning'],
  ['1 reader of a global table', streamReaders, stream(1, true), undefined],
  ['2 readers of a global table', streamReaders, stream(2, true), 'warning'],
  ['4,096 bytes of environment', environmentSize, environment(4096), undefined],
  ['4,097 bytes of environment', environmentSize, environment(4097), 'error'],
  ['4,096 bytes estimated', environmentSize, environment(100, 4096), undefined],
  ['4,097 bytes estimated', environmentSize, environment(4096, 4097), 'warning'],
  ['300 rules on a bus', eventRules, rules(300), undefined],
  ['301 rules on a bus', eventRules, rules(301), 'warning'],
  ['a pattern of 2,048 characters', eventRules, rules(1, 2048), undefined],
  ['a pattern of 2,049 characters', eventRules, rules(1, 2049), 'warning'],
  ['200 filter policies of a topic', filterPolicies, filtered(200), undefined],
  ['201 filter policies of a topic', filterPolicies, filtered(201), 'warning'],
  ['no secret', secretInEnvironment, withFunction({}), undefined],
  [
    'a secret',
    secretInEnvironment,
    withFunction({ secrets: [{ variable: 'KEY', because: 'has the form of a JWT' }] }),
    'warning',
  ],
  ['a runtime on its last day', deprecatedRuntime, runtime('nodejs20.x', '2026-04-29'), undefined],
  ['a runtime from that day on', deprecatedRuntime, runtime('nodejs20.x', '2026-04-30'), 'warning'],
  ['before changes are blocked', deprecatedRuntime, runtime('nodejs20.x', '2027-03-02'), 'warning'],
  ['once changes are blocked', deprecatedRuntime, runtime('nodejs20.x', '2027-03-03'), 'error'],
  ['the newest runtime', deprecatedRuntime, runtime('nodejs24.x', '2026-11-24'), undefined],
  ['a runtime nobody knows', deprecatedRuntime, runtime('cobol1', '2099-01-01'), undefined],
  ['a runtime that is a token', deprecatedRuntime, runtime(undefined, '2099-01-01'), undefined],
  ['six timeouts', queueVisibility, queue(180), undefined],
  ['less than six timeouts', queueVisibility, queue(179), 'warning'],
  ['one timeout', queueVisibility, queue(30), 'warning'],
  ['less than one timeout', queueVisibility, queue(29), 'error'],
  ['six timeouts, but not the window', queueVisibility, queue(184, 5), 'warning'],
  ['six timeouts and the window', queueVisibility, queue(185, 5), undefined],
  ['nothing past the alias', pastAlias, withFunction({}), undefined],
  ['something past the alias', pastAlias, withFunction({ pastAlias: ['Test/Rule'] }), 'warning'],
  ['snapshots', snapStart, withFunction({ snapshots: true }), undefined],
  ['provisioned concurrency', snapStart, withFunction({ provisions: true }), undefined],
  ['both', snapStart, withFunction({ snapshots: true, provisions: true }), 'error'],
  ['two routes', duplicateRoute, routes('GET /a', 'POST /a'), undefined],
  ['one route twice', duplicateRoute, routes('GET /a/{b}', 'GET /a/{c}'), 'error'],
  ['a static part beside a parameter', shadowedRoute, routes('GET /a/{b}', 'GET /a/b'), undefined],
  ['crossed parameters', shadowedRoute, routes('GET /{a}/x', 'GET /y/{b}'), 'warning'],
  ['one that fits better', shadowedRoute, routes('GET /{a}/{b}', 'GET /{a}/x'), undefined],
  ['one that fits worse', shadowedRoute, routes('GET /{a}/x', 'GET /{a}/{b}'), undefined],
  ['crossed by ANY', shadowedRoute, routes('ANY /{a}/x', 'GET /y/{b}'), 'warning'],
  ['crossed, other methods', shadowedRoute, routes('PUT /{a}/x', 'GET /y/{b}'), undefined],
  ['crossed, but apart', shadowedRoute, routes('GET /{a}/x', 'GET /y/z'), undefined],
  ['crossed in length', shadowedRoute, routes('GET /{a}/x', 'GET /y/{b}/c'), undefined],
  ['a greedy route beside others', shadowedRoute, routes('GET /{p+}', 'GET /a/{b}'), undefined],
  ['ANY beside some methods', shadowedRoute, routes('ANY /a', 'GET /a'), undefined],
  ['ANY beside all methods', shadowedRoute, routes('ANY /a', ...everyMethod('/a')), 'warning'],
  ['$default beside a greedy one', shadowedRoute, routes('$default', 'ANY /{p+}'), undefined],
  ['$default beside all', shadowedRoute, routes('$default', 'ANY /{p+}', 'ANY /'), 'warning'],
  ['an open route', openRoute, open(true), 'warning'],
  ['a route that is not open', openRoute, open(false), undefined],
  ['no CLI', cliVersion, cli(), undefined],
  ['a CLI that reads what is written', cliVersion, cli(55), undefined],
  ['a CLI that does not', cliVersion, cli(54), 'error'],
  ['a table that stays', destroyedStorage, storage(false), undefined],
  ['a table that goes', destroyedStorage, storage(true), 'warning'],
  ['a table that goes in development', destroyedStorage, storage(true, false), undefined],
  ['one function told', objectOverlap, told({}), undefined],
  ['two functions told of all', objectOverlap, told({}, {}), 'error'],
  ['of two buckets', objectOverlap, told({}, { bucket: 'Test/App/Other' }), undefined],
  ['prefixes apart', objectOverlap, told({ prefix: 'a/' }, { prefix: 'b/' }), undefined],
  ['one prefix in the other', objectOverlap, told({ prefix: 'a/' }, { prefix: 'a/b/' }), 'error'],
  ['suffixes apart', objectOverlap, told({ suffix: '.a' }, { suffix: '.b' }), undefined],
  ['one suffix in the other', objectOverlap, told({ suffix: 'z.a' }, { suffix: '.a' }), 'error'],
  [
    'prefixes apart, suffixes not',
    objectOverlap,
    told({ prefix: 'a/', suffix: '.a' }, { prefix: 'b/', suffix: '.a' }),
    undefined,
  ],
  [
    'other kinds of event',
    objectOverlap,
    told({ event: 's3:ObjectCreated:Put' }, { event: 's3:ObjectCreated:Copy' }),
    undefined,
  ],
  ['one kind in the other', objectOverlap, told({ event: 's3:ObjectCreated:Put' }, {}), 'error'],
  ['a prefix that is a token', objectOverlap, told({ unknown: true }, {}), undefined],
  [
    'functions of other apps alone',
    objectOverlap,
    told({ function: undefined }, { function: undefined }),
    undefined,
  ],
];

test.each(CASES)('%s', (_name, guard, input, severity) => {
  expect(findingsOf(guard, input).map((finding) => finding.severity)).toEqual(
    severity === undefined ? [] : [severity],
  );
});

test.each(GUARDS.map((guard) => [guard.id, guard] as const))(
  '%s says what, why, what to do, and when to accept it',
  (_id, guard) => {
    expect(guard.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(guard.source).toMatch(/^https:\/\//);
    for (const text of [guard.what, guard.why, guard.fix]) {
      expect(text).toMatch(/^[A-Z`].*[.:)]$/s);
    }
    expect(guard.accept !== undefined).toBe(guard.severities.includes('warning'));
  },
);

test('no two guards share an id', () => {
  expect(new Set(GUARDS.map(({ id }) => id)).size).toBe(GUARDS.length);
});

test.each<[string, Guard, GuardInput, string]>([
  [
    'the timeout',
    httpTimeout,
    waits(60, 30),
    'Test/App: `functions.Resize.timeout` must not exceed the time its caller waits (seconds an HTTP API waits: 30; ' +
      'https://docs.aws.amazon.com/api), got 60 s: lower it to 30 s or less,',
  ],
  [
    'readers',
    streamReaders,
    stream(3),
    'must not exceed the consumers that the stream of Test/App/Orders allows (concurrent consumers: 2; ' +
      'https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html), got 3: Test/App/F0, Test/App/F1, Test/App/F2:',
  ],
  ['readers of a global table', streamReaders, stream(2, true), 'replicas in other regions'],
  ['the bus', eventRules, rules(301), 'got 301 on Test/Bus: request a higher quota'],
  ['the pattern', eventRules, rules(1, 2049), '`Test/App/F/Rule` must not have a longer pattern'],
  ['the topic', filterPolicies, filtered(201), 'got 201 on Test/Topic: request a higher quota'],
  ['the environment', environmentSize, environment(4097), 'JSON: 4,096; '],
  ['what is known of it', environmentSize, environment(4097), 'got 4,097: read'],
  ['what is at least', environmentSize, environment(4097, 4098), 'got at least 4,097: read'],
  [
    'what is estimated',
    environmentSize,
    environment(4090, 4100),
    'got about 4,100, estimated, since 10 values are known only at deployment: read',
  ],
  [
    'the dates',
    deprecatedRuntime,
    runtime('nodejs20.x', '2026-11-24'),
    'got nodejs20.x, deprecated since 2026-04-30, no new function from 2027-02-01 on, no update from 2027-03-03 on ' +
      '(read on 2026-11-24): use `nodejs24.x`',
  ],
  [
    'the dates that are past',
    deprecatedRuntime,
    runtime('python2.7', '2026-11-24'),
    'no new function since 2021-07-15, no update since 2022-05-30',
  ],
  [
    'the queue',
    queueVisibility,
    queue(30, 5),
    'must be at most a sixth of its queue’s visibility timeout minus the batching window (seconds of visibility timeout of Test/Queue: 30; ' +
      'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html), got 30 s: give the queue ' +
      '`visibilityTimeout: Duration.seconds(185)`',
  ],
  ['the refused queue', queueVisibility, queue(29), 'must not exceed its queue’s visibility'],
  ['the CLI', cliVersion, cli(43), 'got 3.0.0: run `npm install --save-dev "aws-cdk@^2.1148.2"`'],
  ['both owners', duplicateRoute, routes('GET /a', 'GET /a'), 'GET /a in Test/App/F0 and in Test'],
  [
    'both rules',
    objectOverlap,
    told({ prefix: 'a/' }, { prefix: 'a/b/', suffix: '.c' }),
    'got s3:ObjectCreated:* of `a/b/*.c` for Test/App/F1 and s3:ObjectCreated:* of `a/*` for Test/App/F0:',
  ],
  [
    'what goes',
    destroyedStorage,
    storage(true),
    '`tables.Orders.removalPolicy` must keep the data',
  ],
])('the message names %s', (_name, guard, input, text) => {
  expect(findingsOf(guard, input)[0]?.message).toContain(text);
});
