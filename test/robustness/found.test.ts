import { Duration, Fn, Token } from 'aws-cdk-lib';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as fc from 'fast-check';
import {
  AlarmThreshold,
  Budget,
  ColdStart,
  Load,
  Rollout,
  ServerlessApp,
  Sharding,
  Trigger,
} from 'cdk-serverless-app';
import { all, quickApp, resources, templateOf } from '../support/synth';

/** What random apps found (`npm run test:fuzz`), each with its own name: refused before, but in words of others, or not at all. */
const any = (value: unknown): never => value as never;
const token = Token.asNumber(Fn.importValue('Number'));
const layer = (app: ServerlessApp, id: string): lambda.ILayerVersion =>
  lambda.LayerVersion.fromLayerVersionArn(app, id, 'arn:aws:lambda:eu-west-1:1:layer:l:1');
const alarm = (app: ServerlessApp, id: string): cloudwatch.IAlarm =>
  cloudwatch.Alarm.fromAlarmArn(app, id, 'arn:aws:cloudwatch:eu-west-1:1:alarm:a');

test.each<[string, (app: ServerlessApp) => unknown, string]>([
  [
    'options that are null',
    (app) => app.onRequest('GET /', 'ok.ts', any(null)),
    '`options` must be an object',
  ],
  [
    'an entry whose name no file can have',
    (app) => app.onRequest('GET /', 'a'.repeat(5000), { id: 'Long' }),
    '`functions.Long.entry` must',
  ],
  [
    'a route that is no text',
    (app) => app.onRequest(any(5), 'ok.ts'),
    '`functions.Ok.route` must be text',
  ],
  [
    'a schedule that is null',
    (app) => app.onSchedule(any(null), 'ok.ts'),
    'must be a ScheduleExpression',
  ],
  [
    'a trigger that is null',
    (app) => {
      app.addFunction('F', { entry: 'ok.ts' }).addTrigger(any(null));
    },
    '`functions.F.triggers` must be a trigger',
  ],
  ...[new Date(NaN), [], () => 1].map(
    (bound): [string, (app: ServerlessApp) => unknown, string] => [
      `a bound of a table that is ${typeof bound === 'function' ? 'a function' : Array.isArray(bound) ? 'a list' : 'a date'}`,
      (app) =>
        app.addTable('T', {
          partitionKey: 'a',
          billing: dynamodb.Billing.onDemand({ maxWriteRequestUnits: any(bound) }),
        }),
      '`tables.T.billing.maxWriteRequestUnits` must be a whole number',
    ],
  ),
  [
    'a handler whose name is too long',
    (app) => app.addFunction('F', { entry: 'ok.ts', handler: 'a'.repeat(123) }),
    '`functions.F.handler` must have at most 122 characters, got 123',
  ],
  [
    'props of a table that are missing',
    (app) => app.addTable('T', any(undefined)),
    '`tables.T` must be an object',
  ],
  [
    'a partition key that is too long',
    (app) => app.addTable('T', { partitionKey: 'a'.repeat(256) }),
    'must be text of 1 to 255 characters',
  ],
  [
    'an encryption that is a function',
    (app) => app.addTable('T', { partitionKey: 'a', encryption: any(() => 1) }),
    'must be a TableEncryptionV2',
  ],
  [
    'an id that is half a character',
    (app) => app.addBucket('\ud800'),
    '`buckets` must have an id that is a string',
  ],
  [
    'a function with an id that rollouts take',
    (app) => app.addFunction('CodeDeploy', { entry: 'ok.ts' }),
    'must have an id that the app does not reserve',
  ],
  [
    'a log level that is null',
    (app) => app.addFunction('F', { entry: 'ok.ts', applicationLogLevelV2: any(null) }),
    '`functions.F.applicationLogLevelV2` must be text',
  ],
  [
    'provisioned concurrency without a number',
    (app) => app.addFunction('F', { entry: 'ok.ts', coldStart: ColdStart.provisioned(any({})) }),
    '`functions.F.coldStart.min` must be a whole number',
  ],
  [
    'a rollout without a share',
    (app) =>
      app.addFunction('F', {
        entry: 'ok.ts',
        rollout: Rollout.canary(any({ interval: Duration.minutes(5) })),
      }),
    '`functions.F.rollout.percent` must be a whole number',
  ],
  [
    'a rollout whose interval is a Token of seconds',
    (app) =>
      app.addFunction('F', {
        entry: 'ok.ts',
        rollout: Rollout.canary({ percent: 10, interval: Duration.seconds(token) }),
      }),
    '`functions.F.rollout.interval` must be in minutes',
  ],
  [
    'a rollout that takes half of a timeout that is a Token',
    (app) =>
      app.onRequest('GET /', 'ok.ts', {
        timeout: Duration.seconds(token),
        rollout: Rollout.canary({ percent: 10, interval: Duration.minutes(5) }),
      }),
    '`functions.Ok.rollout.maxLatency` must be given',
  ],
  [
    'an alarm of a rollout twice',
    (app) =>
      app.addFunction('F', {
        entry: 'ok.ts',
        rollout: Rollout.canary({
          percent: 10,
          interval: Duration.minutes(5),
          alarms: [alarm(app, 'A'), alarm(app, 'B')],
        }),
      }),
    '`functions.F.rollout.alarms[1]` must differ',
  ],
  [
    'a layer twice',
    (app) => app.addFunction('F', { entry: 'ok.ts', layers: [layer(app, 'A'), layer(app, 'B')] }),
    '`functions.F.layers[1]` must differ',
  ],
  [
    'a filter twice',
    (app) =>
      app.addFunction('F', {
        entry: 'ok.ts',
        triggers: [
          Trigger.tableChanges(app.addTable('T', { partitionKey: 'a' }), {
            filters: ['1', '1'].map((id) => lambda.FilterCriteria.filter({ eventID: [id] })),
          }),
        ],
      }),
    '`functions.F.filters[1]` must differ',
  ],
  [
    'a name of a function twice',
    (app) => {
      ['A', 'B'].forEach((id) => app.addFunction(id, { entry: 'ok.ts', functionName: 'same' }));
    },
    '`functions.B.functionName` must be unique',
  ],
  [
    'a rate that only compares like a number',
    (app) => app.onRequest('GET /', 'ok.ts', { throttle: { rateLimit: any(null) } }),
    '`functions.Ok.throttle.rateLimit` must be a number from 0',
  ],
  ['a load that is text', () => Load.simulate(any('5'), 5), '`rps` must be a known number'],
  [
    'what the CDK refuses, by its prop',
    (app) => app.addFunction('F', { entry: 'ok.ts', functionName: 'a b' }),
    '`functions.F` must be valid for the CDK, got the CDK’s error',
  ],
  [
    'two authorizers of one name',
    (app) => {
      ['/a', '/b'].forEach((path) => {
        const authorizer = new HttpJwtAuthorizer('Jwt', 'https://a.com', { jwtAudience: ['a'] });
        app.onRequest(`GET ${path}`, 'ok.ts', { id: `F${path.slice(1)}`, authorizer });
      });
    },
    '`functions.Fb.authorizer` must be valid for the CDK, got the CDK’s error “There is already a Construct with name',
  ],
  [
    'an index key of a kind that is none',
    (app) =>
      app.addTable('T', {
        partitionKey: 'a',
        globalSecondaryIndexes: [{ indexName: 'one', partitionKey: { name: 'b', type: any(5) } }],
      }),
    '`tables.T.globalSecondaryIndexes[0].partitionKey.type` must be one of B, N, S, got 5: use `AttributeType`',
  ],
  [
    'an index key that is no key',
    (app) =>
      app.addTable('T', {
        partitionKey: 'a',
        localSecondaryIndexes: [{ indexName: 'one', sortKey: any('b') }],
      }),
    '`tables.T.localSecondaryIndexes[0].sortKey` must be an object with options, got "b"',
  ],
  [
    'a name of an attribute that templates take for a reference',
    (app) => app.addTable('T', { partitionKey: '${a}' }),
    '`tables.T.partitionKey` must be text of 1 to 255 characters, without `${`, got "${a}"',
  ],
  [
    'a name of an index that DynamoDB does not take',
    (app) =>
      app.addTable('T', {
        partitionKey: 'a',
        globalSecondaryIndexes: [{ indexName: 'a b', partitionKey: any({ name: 'b', type: 'S' }) }],
      }),
    '`tables.T.globalSecondaryIndexes[0].indexName` must be text of 3 to 255 characters',
  ],
  [
    'usage that is null',
    (app) => app.addFunction('F', { entry: 'ok.ts', usage: any(null) }),
    '`functions.F.usage` must be an object with options, got null',
  ],
  [
    'events of a month that are null',
    (app) => app.addFunction('F', { entry: 'ok.ts', usage: { monthlyEvents: any(null) } }),
    '`functions.F.usage.monthlyEvents` must be amounts by usage level, got null',
  ],
  [
    'a size of usage that is null',
    (app) => app.addFunction('F', { entry: 'ok.ts', usage: { itemSize: any(null) } }),
    '`functions.F.usage.itemSize` must be a Size, got null',
  ],
  [
    'a duration of usage that is null',
    (app) => app.addFunction('F', { entry: 'ok.ts', usage: { duration: any(null) } }),
    '`functions.F.usage.duration` must be a Duration, got null',
  ],
  [
    'usage that an estimate is asked for, null',
    (app) => app.estimate({ usage: any(null) }),
    '`estimate.usage` must be an object',
  ],
  [
    'a question for an estimate that is null',
    (app) => app.estimate(any(null)),
    '`estimate` must be an object with options, got null',
  ],
  [
    'a threshold of nothing',
    () => AlarmThreshold.count(any(undefined)),
    '`count` must be a number, got undefined',
  ],
  [
    'a percentage that only compares like a number',
    () => AlarmThreshold.percent(any(null)),
    '`percent` must be a number from 0 to below 100',
  ],
  [
    'a threshold that is a Token of seconds',
    () => AlarmThreshold.duration(Duration.seconds(token)),
    '`duration` must be in milliseconds if it is known only at deployment',
  ],
  [
    'options of a budget that are null',
    () => Budget.monthly(200, any(null)),
    '`monthly` must be an object with options, got null',
  ],
  [
    'addresses of a budget that are no list',
    () => Budget.monthly(200, { notify: any(5) }),
    '`monthly.notify` must be a list, got 5',
  ],
])('%s', (_, use, message) => {
  expect(() => use(quickApp().app)).toThrow(message);
});

test.each<[string, object, string]>([
  [
    'origins that are no list',
    { http: { cors: { allowOrigins: '' } } },
    '`http.cors.allowOrigins` must be a list, got ""',
  ],
  [
    'a method that is none',
    { http: { cors: { allowMethods: ['FETCH'] } } },
    '`http.cors.allowMethods[0]` must be one of *, DELETE',
  ],
  ['a budget that is null', { budget: null }, '`budget` must be a Budget, got null'],
  ['a budget that is 0', { budget: 0 }, '`budget` must be a Budget, got 0'],
  ['a topic that is an ARN', { notifyTopic: 'arn' }, '`notifyTopic` must be a topic, got "arn"'],
  [
    'addresses that are a Token',
    { notify: Token.asList(Fn.importValue('Mails')) },
    '`notify` must be a list of known length, got a token of a list',
  ],
  ['alarms that are a list', { alarms: [] }, '`alarms` must be an object with a value for each'],
  [
    'an alarm that is null',
    { alarms: { RunRate: null } },
    '`alarms.RunRate` must be an object with options, got null',
  ],
  [
    'an alarm that is switched by text',
    { alarms: { RunRate: { enabled: 'no' } } },
    '`alarms.RunRate.enabled` must be true or false, got "no"',
  ],
  ['usage that is a number', { usage: 5 }, '`usage` must be an object with options, got 5'],
  ['an estimate that is text', { estimate: 'on' }, '`estimate` must be an object with options'],
  ['a report that is text', { report: 'yes' }, '`report` must be true or false, got "yes"'],
  [
    'access logs that are null',
    { serverAccessLogsBucket: null },
    '`serverAccessLogsBucket` must be a bucket, got null',
  ],
])('props: %s', (_, props, message) => {
  expect(() => quickApp(any(props))).toThrow(message);
});

test('a number given as a Token is not shown, since it differs in the next run', () => {
  const alarms = { MissedSchedule: { enabled: true, evaluationPeriods: token } };
  const { app, stack } = quickApp({ alarms });
  const rate = ScheduleExpression.rate(Duration.hours(1));
  app.onSchedule(rate, 'ok.ts');
  expect(() => templateOf(stack)).toThrow(/must be left out (of|for) .+, got a token: /s);
});

test('a function in a network may have the longest possible id', () => {
  const { app, stack } = quickApp();
  const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['a'],
    privateSubnetIds: ['subnet-1'],
  });
  const code = lambda.Code.fromInline('exports.handler = 1');
  const props = { code, handler: 'index.handler', runtime: lambda.Runtime.NODEJS_24_X, vpc };
  app.addFunction('x'.repeat(240), props);
  app.addFunction('Short', props);

  const groups = all(stack, 'AWS::EC2::SecurityGroup').map(
    ({ GroupDescription }) => GroupDescription,
  );
  expect(groups.map((text) => String(text).length).sort((a, b) => b - a)).toEqual([
    255,
    expect.any(Number),
  ]);
  expect(groups).toContainEqual(expect.stringMatching(/Lambda Function TestAppShort\w+$/));
});

test.each<[unknown]>([[Fn.importValue('Alarm')], [undefined], [{}]])(
  'an alarm of the user that is no alarm: %p',
  (value) => {
    const { app } = quickApp();
    expect(() => {
      app.addAlarm(any(value));
    }).toThrow(/`addAlarm` must be an alarm, got .+: give, for example, `metric.createAlarm/);
  },
);

test('a handler may have the longest name that Lambda accepts', () => {
  const { app } = quickApp();
  const [code, runtime] = [
    lambda.Code.fromInline('exports.handler = 1'),
    lambda.Runtime.NODEJS_24_X,
  ];

  app.addFunction('F', {
    entry: 'ok.ts',
    handler: 'a'.repeat(122),
    bundling: { externalModules: ['*'] },
  });
  app.addFunction('G', { code, runtime, handler: `i.${'a'.repeat(126)}` });
  const tooLong = `i.${'a'.repeat(127)}`;

  expect(() => app.addFunction('H', { code, runtime, handler: tooLong })).toThrow(
    '`functions.H.handler` must have at most 128 characters, got 129',
  );
  expect(app.functions.map(({ node }) => node.id)).toEqual(expect.arrayContaining(['F', 'G']));
});

test('a hook of a rollout may have a role of another stack than its shard', () => {
  const { app, stack } = quickApp({ sharding: Sharding.nestedStacks(1) });
  const role = new iam.Role(stack, 'Role', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
  });
  const inline = {
    code: lambda.Code.fromInline('exports.handler = 1'),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_24_X,
  };
  const beforeTraffic = app.addFunction('Hook', { ...inline, role });

  app.addFunction('F', {
    ...inline,
    rollout: Rollout.canary({ percent: 10, interval: Duration.minutes(5), beforeTraffic }),
  });

  const policy = JSON.stringify(resources(stack, 'AWS::IAM::Policy'));
  expect(policy).toContain('codedeploy:PutLifecycleEventHookExecutionStatus');
  expect(policy).not.toContain('NestedStackShard'); // which waits for the policy
});

test('an API with a disabled endpoint has no address, and is created nevertheless', () => {
  const { app, stack } = quickApp({ http: { apiOptions: { disableExecuteApiEndpoint: true } } });

  app.onRequest('GET /', 'ok.ts');

  expect(templateOf(stack).Resources).toBeDefined();
  expect(() => app.url).toThrow('`http.apiOptions.disableExecuteApiEndpoint` must be left out');
});

test('any value in place of text causes an error of this library', () => {
  fc.assert(
    fc.property(
      fc.anything({ withNullPrototype: true }).filter((it) => typeof it !== 'string'),
      (value) => {
        expect(() => quickApp({ root: any(value ?? null) })).toThrow(
          /`root` must be text .+, got .+: give a string/s,
        );
      },
    ),
    { numRuns: 50, seed: 1 },
  );
});
