import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { AlarmThreshold, AppFunctionProps, Trigger } from 'cdk-serverless-app';
import { AppContext } from '../../lib/core/app-context';
import { all, HANDLERS, ids, only, quickApp, resources } from '../support/synth';

const FUNCTION = 'AWS::Lambda::Function';
const PLACED = { source: ['shop'], detailType: ['Placed'] };
const FIVE_MINUTES = { executionTimeout: Duration.minutes(5) };
const A_DAY = { executionTimeout: Duration.days(1) };

describe('a durable function', () => {
  test('has its limits in the template', () => {
    const { app, stack } = quickApp();

    app.addFunction('F', {
      entry: 'ok.ts',
      durableConfig: { executionTimeout: Duration.days(366), retentionPeriod: Duration.days(90) },
    });

    expect(only(stack, FUNCTION)).toMatchObject({
      DurableConfig: { ExecutionTimeout: 31_622_400, RetentionPeriodInDays: 90 },
    });
  });

  test('may keep its state', () => {
    const { app, stack } = quickApp();

    app.addFunction('F', { entry: 'ok.ts', durableConfig: A_DAY });

    expect(JSON.stringify(only(stack, 'AWS::IAM::Role').ManagedPolicyArns)).toContain(
      'AWSLambdaBasicDurableExecutionRolePolicy',
    );
  });

  test('is invoked through its alias, since Lambda requires a qualified ARN', () => {
    const { app, stack } = quickApp();

    const fn = app.onRequest('GET /', 'ok.ts', { durableConfig: FIVE_MINUTES });

    const alias = { Ref: ids(stack, 'AWS::Lambda::Alias')[0] };
    expect(fn.alias).toBeDefined();
    expect(only(stack, 'AWS::Lambda::Permission').FunctionName).toEqual(alias);
    expect(JSON.stringify(only(stack, 'AWS::ApiGatewayV2::Integration'))).toContain(
      JSON.stringify(alias),
    );
  });

  test.each(['with an event', 'without a trigger'])(
    'keeps failed executions in the failure queue, its dead-letter queue, since Lambda has no destinations for them: %s',
    (how) => {
      const { app, stack } = quickApp();

      app.addFunction('F', {
        entry: 'ok.ts',
        durableConfig: A_DAY,
        triggers: how === 'with an event' ? [Trigger.events(PLACED)] : [],
      });

      const queue = { 'Fn::GetAtt': [ids(stack, 'AWS::SQS::Queue')[0], 'Arn'] };
      expect(only(stack, FUNCTION).DeadLetterConfig).toEqual({ TargetArn: queue });
      expect(all(stack, 'AWS::Lambda::EventInvokeConfig')).toEqual([]);
      expect(JSON.stringify(only(stack, 'AWS::IAM::Role').Policies)).toContain('sqs:SendMessage');
    },
  );

  test('keeps its versions, with which executions go on after a deployment', () => {
    const { app, stack } = quickApp();
    app.addFunction('F', { entry: 'ok.ts', durableConfig: A_DAY });
    app.addFunction('G', {
      entry: 'ok.ts',
      durableConfig: A_DAY,
      currentVersionOptions: { removalPolicy: RemovalPolicy.DESTROY },
    });

    expect(
      Object.entries(resources(stack, 'AWS::Lambda::Version')).map(([id, { DeletionPolicy }]) => [
        id.startsWith('AppF'),
        DeletionPolicy,
      ]),
    ).toEqual([
      [true, 'Retain'],
      [false, 'Delete'],
    ]);
  });

  test('with only a route has no dead-letter queue', () => {
    const { app, stack } = quickApp();

    app.onRequest('GET /', 'ok.ts', { durableConfig: FIVE_MINUTES });

    expect(only(stack, FUNCTION)).not.toHaveProperty('DeadLetterConfig');
  });

  test('may have an age of its events', () => {
    const { app, stack } = quickApp();

    app.onEvent(PLACED, 'ok.ts', { durableConfig: A_DAY, maxEventAge: Duration.hours(1) });

    const config = only(stack, 'AWS::Lambda::EventInvokeConfig');
    expect(config).toMatchObject({ MaximumEventAgeInSeconds: 3600 });
    expect(config).not.toHaveProperty('DestinationConfig');
    expect(config).not.toHaveProperty('MaximumRetryAttempts');
  });

  test('takes no part in the app’s retries and destinations', () => {
    const { app, stack } = quickApp({ functionDefaults: { retryAttempts: 1 } });

    app.onEvent(PLACED, 'ok.ts', { durableConfig: A_DAY });

    expect(all(stack, 'AWS::Lambda::EventInvokeConfig')).toEqual([]);
  });

  test('has an alarm on failed executions, which can be changed by name', () => {
    const { app, stack } = quickApp({
      notify: ['ops@example.com'],
      alarms: { FollowDurableExecutionFails: { threshold: AlarmThreshold.count(2) } },
    });
    app.onRequest('GET /', 'ok.ts', { id: 'Follow', durableConfig: FIVE_MINUTES });
    app.onRequest('GET /other', 'ok.ts', { id: 'Other' });

    const alarms = all(stack, 'AWS::CloudWatch::Alarm').filter((alarm) =>
      JSON.stringify(alarm).includes('DurableExecution'),
    );
    expect(alarms).toHaveLength(1);
    expect(alarms[0]).toMatchObject({ Threshold: 2, EvaluationPeriods: 1 });
    expect(JSON.stringify(alarms[0]?.Metrics)).toMatch(
      /FunctionName.*DurableExecutionFailed.*FunctionName.*DurableExecutionTimedOut/,
    );
    expect(app.tryGetAlarm('FollowDurableExecutionFails')?.node.path).toBe(
      'Test/App/Follow/DurableExecutionFailsAlarm',
    );
    expect(
      AppContext.of(app).model.monitoring.alarms.find(
        ({ id }) => id === 'FollowDurableExecutionFails',
      )?.metrics,
    ).toBe(2);
  });

  test('has its failed executions on the dashboard', () => {
    const { app, stack } = quickApp({ dashboard: true });
    app.onRequest('GET /', 'ok.ts', { id: 'Follow', durableConfig: FIVE_MINUTES });
    app.onRequest('GET /other', 'ok.ts', { id: 'Other' });

    const body = JSON.stringify(only(stack, 'AWS::CloudWatch::Dashboard').DashboardBody);
    expect(body).toContain('Durable executions that failed or timed out');
    expect(body.match(/DurableExecutionFailed/g)).toHaveLength(1);
    expect(body.match(/Follow \(timed out\)/g)).toHaveLength(1);
  });

  test('is in the model', () => {
    const { app } = quickApp();
    app.onEvent(PLACED, 'ok.ts', { durableConfig: A_DAY });

    expect(AppContext.of(app).model.functions[0]?.durable).toEqual({
      executionTimeoutSeconds: 86_400,
      retentionDays: 14,
    });
  });

  test('gives its queue time for six executions', () => {
    const { app, stack } = quickApp();
    const jobs = app.addQueue('Jobs');

    app.onMessage(jobs, 'ok.ts', { durableConfig: FIVE_MINUTES });

    expect(
      all(stack, 'AWS::SQS::Queue').map(({ VisibilityTimeout: seconds }) => seconds),
    ).toContain(1800);
  });

  test('is reported if its caller does not wait for a whole execution', () => {
    const { app } = quickApp();
    app.onRequest('GET /', 'ok.ts', { durableConfig: FIVE_MINUTES });

    expect(app.findings().map(({ message }) => message)).toContainEqual(
      expect.stringContaining(
        '`functions.Ok.durableConfig.executionTimeout` must not exceed the time its caller waits',
      ),
    );
  });
});

describe('an execution of 15 minutes', () => {
  test.each<[string, AppFunctionProps['triggers']]>([
    ['an event', [Trigger.events(PLACED)]],
    ['a schedule', [Trigger.schedule(ScheduleExpression.rate(Duration.days(1)))]],
  ])('may be exceeded with %s, which nobody waits for', (_name, triggers) => {
    const { app } = quickApp();

    expect(() =>
      app.addFunction('F', { entry: 'ok.ts', triggers, durableConfig: A_DAY }),
    ).not.toThrow();
  });

  test.each(['route', 'queue', 'table', 'socket'])('fails to be exceeded with a %s', (source) => {
    const add = (seconds: number) => (): unknown => {
      const { app } = quickApp();
      const options = { durableConfig: { executionTimeout: Duration.seconds(seconds) } };
      switch (source) {
        case 'route':
          return app.onRequest('GET /', 'ok.ts', options);
        case 'queue':
          return app.onMessage(app.addQueue('Jobs'), 'ok.ts', options);
        case 'table':
          return app.onTableChange(app.addTable('T', { partitionKey: 'id' }), 'ok.ts', options);
        default:
          return app.onSocket('$default', 'ok.ts', options);
      }
    };

    expect(add(900)).not.toThrow();
    expect(add(901)).toThrow(
      /`functions\.Ok\.durableConfig\.executionTimeout` must be at most 15 minutes for a trigger of the kind `\w+`, which waits for the whole execution, got 15 minutes 1 second: lower it, or let another function receive the event/,
    );
  });
});

test.each([
  [
    'executionTimeout',
    { executionTimeout: Duration.days(367) },
    /must be whole seconds from 1 second to 366 days, got 367 days/,
  ],
  [
    'executionTimeout',
    { executionTimeout: Duration.millis(500) },
    /must be whole seconds from 1 second/,
  ],
  [
    'retentionPeriod',
    { ...A_DAY, retentionPeriod: Duration.hours(36) },
    /must be whole days, got 1\.5 days: write, for example, `Duration\.days\(14\)`/,
  ],
  ['retentionPeriod', { ...A_DAY, retentionPeriod: Duration.days(91) }, /must be whole seconds/],
])('fails for a wrong %s of `durableConfig`', (prop, durableConfig, message) => {
  const make = (): unknown => quickApp().app.addFunction('F', { entry: 'ok.ts', durableConfig });

  expect(make).toThrow(message);
  expect(make).toThrow(`functions.F.durableConfig.${prop}`);
});

const durableOn = (runtime: lambda.Runtime): unknown =>
  quickApp().app.addFunction('F', {
    code: lambda.Code.fromAsset(HANDLERS),
    handler: 'index.handler',
    runtime,
    durableConfig: A_DAY,
  });

test.each([
  lambda.Runtime.NODEJS_22_X,
  lambda.Runtime.NODEJS_24_X,
  lambda.Runtime.PYTHON_3_13,
  lambda.Runtime.JAVA_17,
  lambda.Runtime.DOTNET_8,
  new lambda.Runtime('nodejs30.x', lambda.RuntimeFamily.NODEJS),
  lambda.Runtime.PROVIDED_AL2023,
])('$name has durable functions, as far as is known', (runtime) => {
  expect(() => durableOn(runtime)).not.toThrow();
});

test.each([
  lambda.Runtime.NODEJS_20_X,
  lambda.Runtime.PYTHON_3_12,
  lambda.Runtime.JAVA_11,
  new lambda.Runtime('dotnet6', lambda.RuntimeFamily.DOTNET_CORE),
])('fails for $name, which has no durable functions', (runtime) => {
  expect(() => durableOn(runtime)).toThrow(
    `\`functions.F.runtime\` must support durable functions: Node.js 22, Python 3.13, Java 17 or .NET 8, or later, got "${runtime.name}"`,
  );
});

test.each([
  ['retryAttempts', { retryAttempts: 1 }],
  ['onSuccess', { onSuccess: 'a bus' }],
] as const)('fails for `%s` of a durable function', (prop, given) => {
  const { app, stack } = quickApp();
  const options =
    'onSuccess' in given
      ? { onSuccess: new destinations.EventBridgeDestination(new EventBus(stack, 'Bus')) }
      : given;

  expect(() => app.onEvent(PLACED, 'ok.ts', { durableConfig: A_DAY, ...options })).toThrow(
    `\`functions.Ok.${prop}\` must be left out for a durable function, whose executions Lambda neither retries nor sends to a destination`,
  );
});
