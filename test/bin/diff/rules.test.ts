import { compareStacks } from '../../../bin/diff/compare-stacks';
import {
  arn,
  compared,
  found,
  FUNCTION,
  ref,
  resource,
  Resources,
  RETAINED,
  stack,
} from './support/stacks';

const route = (key: string): Resources[string] =>
  resource('ApiGatewayV2::Route', { ApiId: ref('Api'), RouteKey: key });
const API = { Api: resource('ApiGatewayV2::Api', { ProtocolType: 'HTTP' }) };
const table = (key: string, rest: Partial<Resources[string]> = {}, more = {}): Resources[string] =>
  resource('DynamoDB::Table', { KeySchema: [{ AttributeName: key }], ...more }, rest);
const bucket = (name?: string, rest: Partial<Resources[string]> = {}): Resources[string] =>
  resource('S3::Bucket', name === undefined ? {} : { BucketName: name }, rest);
const mapping = (position: string): Resources[string] =>
  resource('Lambda::EventSourceMapping', {
    EventSourceArn: 'stream',
    FunctionName: ref('Fn'),
    StartingPosition: position,
  });
const index = (name: string, key = name): object => ({ IndexName: name, KeySchema: [key] });
const stage = (...routes: string[]): Resources[string] =>
  resource('ApiGatewayV2::Stage', {
    ApiId: ref('Api'),
    StageName: 's',
    RouteSettings: Object.fromEntries(routes.map((key) => [key, {}])),
  });

describe('names and keys', () => {
  test.each<[string, Resources, Resources, string[]]>([
    [
      'a route under a new id',
      { ...API, A: route('GET /a') },
      { ...API, B: route('GET /a') },
      ['will-fail B'],
    ],
    [
      'a parameter of another name',
      { ...API, A: route('GET /{a}') },
      { ...API, B: route('GET /{b}') },
      ['will-fail B'],
    ],
    [
      'a greedy parameter is another route',
      { ...API, A: route('GET /{a}') },
      { ...API, B: route('GET /{a+}') },
      [],
    ],
    ['another path', { ...API, A: route('GET /a') }, { ...API, B: route('GET /b') }, []],
    [
      'a route that takes the key of one that goes',
      { ...API, A: route('GET /a'), B: route('GET /b') },
      { ...API, A: route('GET /b') },
      ['will-fail A'],
    ],
    [
      'two routes that change places',
      { ...API, A: route('GET /a'), B: route('GET /b') },
      { ...API, A: route('GET /b'), B: route('GET /a') },
      ['may-fail A', 'may-fail B'],
    ],
    [
      'a route of another API',
      { ...API, A: route('GET /a') },
      {
        Other: API.Api,
        A2: resource('ApiGatewayV2::Route', { ApiId: ref('Other'), RouteKey: 'GET /a' }),
      },
      [],
    ],
    [
      'a route of an API that is replaced',
      { ...API, A: route('GET /a') },
      { Api: resource('ApiGatewayV2::Api', { ProtocolType: 'WEBSOCKET' }), A: route('GET /a') },
      ['downtime Api'],
    ],
    [
      'a fixed name under a new id',
      { A: resource('SQS::Queue', { QueueName: 'q' }) },
      { B: resource('SQS::Queue', { QueueName: 'q' }) },
      ['data-loss A', 'will-fail B'],
    ],
    [
      'a fixed name that changes',
      { A: resource('IAM::Role', { RoleName: 'a' }) },
      { A: resource('IAM::Role', { RoleName: 'b' }) },
      [],
    ],
    [
      'a replacement that keeps its fixed name',
      { A: resource('IAM::Role', { RoleName: 'a' }) },
      { A: resource('IAM::Role', { RoleName: 'a', Path: '/x/' }) },
      ['will-fail A'],
    ],
    [
      'a replacement that has none',
      { A: resource('IAM::Role') },
      { A: resource('IAM::Role', { Path: '/x/' }) },
      [],
    ],
    [
      'another starting position',
      { Fn: FUNCTION, M: mapping('LATEST') },
      { Fn: FUNCTION, M: mapping('TRIM_HORIZON') },
      ['will-fail M', 'events-repeated M'],
    ],
    [
      'a subscription under a new id',
      { A: resource('SNS::Subscription', { TopicArn: 't', Protocol: 'sqs', Endpoint: 'q' }) },
      { B: resource('SNS::Subscription', { TopicArn: 't', Protocol: 'sqs', Endpoint: 'q' }) },
      ['downtime B'],
    ],
    [
      'an alias under a new id',
      { Fn: FUNCTION, A: resource('Lambda::Alias', { FunctionName: ref('Fn'), Name: 'live' }) },
      { Fn: FUNCTION, B: resource('Lambda::Alias', { FunctionName: ref('Fn'), Name: 'live' }) },
      ['will-fail B'],
    ],
    [
      'a named budget with other subscribers',
      {
        B: resource('Budgets::Budget', {
          Budget: { BudgetName: 'b' },
          NotificationsWithSubscribers: [1],
        }),
      },
      {
        B: resource('Budgets::Budget', {
          Budget: { BudgetName: 'b' },
          NotificationsWithSubscribers: [2],
        }),
      },
      ['will-fail B'],
    ],
    [
      'a budget without a name',
      { B: resource('Budgets::Budget', { Budget: {}, NotificationsWithSubscribers: [1] }) },
      { B: resource('Budgets::Budget', { Budget: {}, NotificationsWithSubscribers: [2] }) },
      [],
    ],
    [
      'a type that changes',
      { A: resource('SNS::Topic') },
      { A: resource('Events::EventBus') },
      ['will-fail A'],
    ],
    [
      'a fixed name that a rollback leaves behind',
      {},
      { A: bucket('b', RETAINED) },
      ['may-fail A'],
    ],
    [
      'one that it does not',
      {},
      { A: bucket('b', { DeletionPolicy: 'RetainExceptOnCreate' }) },
      [],
    ],
  ])('%s', (_, before, after, expected) => {
    expect(found(before, after).filter((text) => !text.startsWith('permission'))).toEqual(
      expect.arrayContaining(expected),
    );
    expect(found(before, after).filter((text) => text.includes('fail'))).toEqual(
      expected.filter((text) => text.includes('fail')),
    );
  });

  test('a retained resource still holds its name when it is added again', () => {
    const [withBucket, without] = [stack({ A: bucket('b', RETAINED) }), stack({})];
    const removal = compareStacks(withBucket, without);

    const kinds = (leftovers: typeof removal.leftovers): string[] =>
      compareStacks(without, withBucket, leftovers).findings.map(({ kind }) => kind);

    expect(removal.findings.map(({ kind }) => kind)).toEqual(['left-behind']);
    expect(kinds(removal.leftovers)).toContain('will-fail');
    expect(kinds([])).not.toContain('will-fail');
  });

  test('replacing a resource also replaces those that refer to it in a create-only property', () => {
    const policy = resource('S3::BucketPolicy', { Bucket: ref('A') });
    const { counts } = compared({ A: bucket('a'), P: policy }, { A: bucket('b'), P: policy });

    expect(counts).toEqual({ create: 0, update: 0, replace: 2, delete: 0 });
  });
});

describe('data', () => {
  test.each<[string, Resources, Resources, string[]]>([
    ['a table that goes', { T: table('id') }, {}, ['data-loss T']],
    ['a retained table that goes', { T: table('id', RETAINED) }, {}, ['left-behind T']],
    ['a table of another key', { T: table('id') }, { T: table('other') }, ['data-loss T']],
    [
      'a retained table of another key',
      { T: table('id', RETAINED) },
      { T: table('other', RETAINED) },
      ['data-replaced T'],
    ],
    [
      'one that is retained only from now on',
      { T: table('id') },
      { T: table('other', RETAINED) },
      ['data-loss T'],
    ],
    [
      'deletion protection',
      { T: table('id', {}, { DeletionProtectionEnabled: true }) },
      {},
      ['left-behind T'],
    ],
    ['a bucket that may have objects', { A: bucket() }, {}, ['left-behind A']],
    [
      'a bucket that something empties',
      {
        A: bucket(),
        E: { Type: 'Custom::S3AutoDeleteObjects', Properties: { BucketName: ref('A') } },
      },
      {},
      ['data-loss A'],
    ],
    [
      'a key that a table is encrypted with',
      { K: resource('KMS::Key'), T: table('id', RETAINED, { Key: arn('K') }) },
      {},
      ['data-loss K', 'left-behind T'],
    ],
    [
      'a key that only a topic has',
      { K: resource('KMS::Key'), T: resource('SNS::Topic', { Key: arn('K') }) },
      {},
      [],
    ],
    ['a table that changes in place', { T: table('id') }, { T: table('id', {}, { Tags: [] }) }, []],
  ])('%s', (_, before, after, expected) => {
    expect(found(before, after)).toEqual(expected);
  });
});

describe('updates that AWS refuses or does not apply', () => {
  const group = (GroupName?: string): Resources => ({
    S: resource('Scheduler::Schedule', { GroupName }),
  });
  const indexes = (...list: object[]): Resources => ({
    T: table('id', {}, { GlobalSecondaryIndexes: list }),
  });
  const versioned = (memory: number, version: string): Resources => ({
    Fn: resource('Lambda::Function', { MemorySize: memory }),
    [version]: resource('Lambda::Version', { FunctionName: ref('Fn') }),
    Live: resource('Lambda::Alias', { FunctionName: ref('Fn'), FunctionVersion: arn(version) }),
  });
  const durable = (ExecutionTimeout = 60, others: object = {}): Resources => ({
    F: resource('Lambda::Function', { ...others, DurableConfig: { ExecutionTimeout } }),
  });
  const named = { F: resource('Lambda::Function', { FunctionName: 'f' }) };

  test.each<[string, Resources, Resources, string[]]>([
    ['another schedule group', group(), group('g'), ['will-fail S']],
    ['two new indexes', indexes(), indexes(index('a'), index('b')), ['will-fail T']],
    ['an index of another key', indexes(index('a')), indexes(index('a', 'x')), ['will-fail T']],
    ['one index', indexes(index('a')), indexes(index('a'), index('b')), []],
    [
      'a throttle that is taken back',
      { ...API, A: route('GET /a'), S: stage('GET /a') },
      { ...API, A: route('GET /a'), S: stage() },
      ['not-applied S'],
    ],
    ['a throttle that is added', { ...API, S: stage() }, { ...API, S: stage('GET /a') }, []],
    [
      'a function without a new version',
      versioned(1, 'V1'),
      versioned(2, 'V1'),
      ['not-applied Fn'],
    ],
    ['a function with one', versioned(1, 'V1'), versioned(2, 'V2'), []],
    ['a version of the same function', versioned(1, 'V1'), versioned(1, 'V2'), ['will-fail V2']],
    ['a function that becomes durable', { F: FUNCTION }, durable(), []],
    ['a named one', named, durable(60, { FunctionName: 'f' }), ['will-fail F']],
    ['another limit of a durable function', durable(60), durable(90), []],
    ['a durable function that becomes an ordinary one', durable(), { F: FUNCTION }, ['may-fail F']],
    ['a durable function that is removed', { ...API, ...durable() }, API, ['may-fail F']],
  ])('%s', (_, before, after, expected) => {
    expect(found(before, after)).toEqual(expected);
  });

  test('tells whether the route of a lost throttle still exists', () => {
    const before = { ...API, A: route('GET /a'), S: stage('GET /a') };
    const what = (after: Resources): string | undefined =>
      compared(before, after).findings.find(({ kind }) => kind === 'not-applied')?.what;

    expect(what({ ...before, S: stage() })).toMatch('never removes a key');
    expect(what({ ...API, S: stage() })).toMatch('Unable to find Route');
  });
});

describe('what becomes unreachable', () => {
  const integration = (target: string, DependsOn?: string): Resources[string] =>
    resource('ApiGatewayV2::Integration', { IntegrationUri: ref(target) }, { DependsOn });
  const fns = { A: FUNCTION, B: FUNCTION };
  const permission = resource('Lambda::Permission', {
    FunctionName: ref('B'),
    Principal: 'p',
    Action: 'a',
  });

  test('an integration that does not wait for the permission on its new target', () => {
    const before = { ...fns, I: integration('A') };

    expect(found(before, { ...fns, I: integration('B'), P: permission })).toContain('downtime I');
    expect(found(before, { ...fns, I: integration('B', 'P'), P: permission })).not.toContain(
      'downtime I',
    );
  });
});

describe('events of a stream', () => {
  const other = (position: string): Resources => ({
    Fn: FUNCTION,
    New: resource('Lambda::EventSourceMapping', {
      EventSourceArn: 'stream',
      FunctionName: 'other',
      StartingPosition: position,
    }),
  });

  test.each([
    ['LATEST', 'events-lost New'],
    ['TRIM_HORIZON', 'events-repeated New'],
  ])('a new mapping that starts at %s', (position, expected) => {
    expect(found({ Fn: FUNCTION, M: mapping('LATEST') }, other(position))).toContain(expected);
    expect(found({ Fn: FUNCTION }, other(position))).toEqual([]);
  });
});

describe('permissions and triggers', () => {
  const role = (...actions: string[]): Resources => ({
    T: table('id'),
    R: resource(
      'IAM::Role',
      {
        Policies: [
          {
            PolicyDocument: {
              Statement: [{ Effect: 'Allow', Action: actions, Resource: arn('T') }],
            },
          },
        ],
      },
      { Metadata: { 'aws:cdk:path': 'Shop/Orders/List/Role/Resource' } },
    ),
  });

  test('which principal may do what on which resource', () => {
    const { findings } = compared(role('a:Old', 'a:Same'), role('a:Same', 'a:New', 'a:Newer'));

    expect(findings).toEqual([
      {
        kind: 'permission-added',
        resource: 'Shop/Orders/List',
        what: 'may now a:New, a:Newer on T',
      },
      {
        kind: 'permission-removed',
        resource: 'Shop/Orders/List',
        what: 'may no longer a:Old on T',
      },
    ]);
  });

  test('which function an event runs', () => {
    const schedule = (fn: string): Resources => ({
      A: FUNCTION,
      B: FUNCTION,
      S: resource('Scheduler::Schedule', {
        ScheduleExpression: 'rate(1 hour)',
        Target: { Arn: arn(fn) },
      }),
    });
    const { findings } = compared(schedule('A'), schedule('B'));

    expect(findings.map(({ kind, what }) => [kind, what])).toEqual([
      ['trigger-moved', 'now runs on rate(1 hour) UTC, which ran A before'],
    ]);
    expect(found({}, schedule('A'))).toEqual(['trigger-added A']);
    expect(found(schedule('A'), { A: FUNCTION })).toContain('trigger-removed A');
  });

  test('an event of a bucket, through an alias', () => {
    const notified = (prefix: string): Resources => ({
      Fn: FUNCTION,
      Live: resource('Lambda::Alias', { FunctionName: ref('Fn'), Name: 'live' }),
      U: resource('S3::Bucket', {
        NotificationConfiguration: {
          LambdaConfigurations: [
            {
              Event: 's3:ObjectCreated:*',
              Function: ref('Live'),
              Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: prefix }] } },
            },
          ],
        },
      }),
    });

    expect(compared(notified('a/'), notified('b/')).findings.map(({ what }) => what)).toEqual([
      'now runs on s3:ObjectCreated:* (prefix b/) of U',
      'no longer runs on s3:ObjectCreated:* (prefix a/) of U',
    ]);
  });
});
