import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import {
  AppFunction,
  AppFunctionOptions,
  AppStage,
  ColdStart,
  Rollout,
  RolloutOptions,
  ServerlessApp,
  Sharding,
  Trigger,
} from 'cdk-serverless-app';
import { actionsOf, statementsOf } from '../support/policies';
import { shardsOf, templatesOf } from '../support/shards';
import {
  all,
  cdkApp,
  HANDLERS,
  ids,
  only,
  quickApp,
  resources,
  serverlessApp,
} from '../support/synth';
import { findCycle } from '../support/template-graph';

const ALIAS = 'AWS::Lambda::Alias';
const GROUP = 'AWS::CodeDeploy::DeploymentGroup';
const CONFIG = 'AWS::CodeDeploy::DeploymentConfig';
const APPLICATION = 'AWS::CodeDeploy::Application';
const ALARM = 'AWS::CloudWatch::Alarm';

const CANARY: RolloutOptions = { percent: 10, interval: Duration.minutes(5) };

function withFunction(options: AppFunctionOptions): { fn: AppFunction; stack: Stack } {
  const { app, stack } = quickApp();
  return { fn: app.addFunction('Ok', { entry: 'ok.ts', ...options }), stack };
}

function updatePolicy(stack: Stack): unknown {
  const [alias] = Object.values(resources(stack, ALIAS)) as Array<{ UpdatePolicy?: unknown }>;
  return alias?.UpdatePolicy;
}

describe('all at once', () => {
  test.each<[string, Rollout | undefined]>([
    ['by default', undefined],
    ['as asked', Rollout.allAtOnce()],
  ])('%s, a function has no alias and no CodeDeploy', (_, rollout) => {
    const { fn, stack } = withFunction({ rollout });

    expect(fn.target).toBe(fn.function);
    expect([...ids(stack, ALIAS), ...ids(stack, GROUP), ...ids(stack, ALARM)]).toEqual([]);
  });

  test('with provisioned concurrency the alias moves at once', () => {
    const { stack } = withFunction({ coldStart: ColdStart.provisioned({ min: 1 }) });

    expect(updatePolicy(stack)).toBeUndefined();
  });

  test('in development, whatever was requested', () => {
    const { app, stack } = quickApp({ stage: AppStage.DEVELOPMENT });

    const fn = app.onRequest('GET /', 'ok.ts', { rollout: Rollout.canary(CANARY) });

    expect(fn.alias).toBeUndefined();
    expect([...ids(stack, GROUP), ...ids(stack, APPLICATION), ...ids(stack, ALARM)]).toEqual([]);
  });
});

describe('a gradual rollout', () => {
  test.each<[string, Rollout, Rollout]>([
    ['canary', Rollout.canary(CANARY), Rollout.canary({ ...CANARY, percent: 7 })],
    ['linear', Rollout.linear(CANARY), Rollout.linear({ ...CANARY, percent: 20 })],
  ])('%s: the template is valid, with and without provisioned concurrency', (_, one, other) => {
    const { app, stack } = serverlessApp();
    app.onRequest('GET /', 'ok.ts', { rollout: one });
    app.onRequest('GET /warm', 'other.ts', {
      rollout: other,
      coldStart: ColdStart.provisioned({ min: 1, max: 3 }),
    });

    expect(ids(stack, GROUP)).toHaveLength(2);
    expect(findCycle({ Resources: resources(stack) })).toBeUndefined();
  });

  test('moves the alias through CodeDeploy, whose deployment group is created before the alias', () => {
    const { fn, stack } = withFunction({ rollout: Rollout.canary(CANARY) });

    expect(updatePolicy(stack)).toEqual({
      CodeDeployLambdaAliasUpdate: {
        ApplicationName: { Ref: ids(stack, APPLICATION).join() },
        DeploymentGroupName: { Ref: ids(stack, GROUP).join() },
      },
    });
    const [alias] = Object.values(resources(stack, ALIAS));
    expect(alias?.DependsOn).toEqual(expect.arrayContaining(ids(stack, 'AWS::IAM::Policy')));
    expect(fn.target).toBe(fn.alias);
    expect(fn.deploymentGroup?.ref).toBeDefined();
  });

  test('rolls back on failure, on an alarm, and when it is stopped', () => {
    const { stack } = withFunction({ rollout: Rollout.canary(CANARY) });

    expect(only(stack, GROUP)).toMatchObject({
      DeploymentStyle: {
        DeploymentOption: 'WITH_TRAFFIC_CONTROL',
        DeploymentType: 'BLUE_GREEN',
      },
      AutoRollbackConfiguration: {
        Enabled: true,
        Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
      },
      AlarmConfiguration: { Enabled: true, Alarms: [{ Name: { Ref: ids(stack, ALARM).join() } }] },
    });
  });

  test.each<[Rollout, string]>([
    [Rollout.canary(CANARY), 'CodeDeployDefault.LambdaCanary10Percent5Minutes'],
    [
      Rollout.canary({ percent: 10, interval: Duration.hours(0.5) }),
      'CodeDeployDefault.LambdaCanary10Percent30Minutes',
    ],
    [
      Rollout.linear({ percent: 10, interval: Duration.minutes(1) }),
      'CodeDeployDefault.LambdaLinear10PercentEvery1Minute',
    ],
  ])('uses a predefined configuration of AWS if one matches', (rollout, name) => {
    const { stack } = withFunction({ rollout });

    expect(only(stack, GROUP)).toMatchObject({ DeploymentConfigName: name });
    expect(ids(stack, CONFIG)).toEqual([]);
  });

  test('otherwise has one configuration for all functions with the same rollout', () => {
    const { app, stack } = quickApp({
      functionDefaults: {
        rollout: Rollout.linear({ percent: 25, interval: Duration.minutes(3) }),
      },
    });
    app.addFunction('A', { entry: 'ok.ts' });
    app.addFunction('B', { entry: 'ok.ts' });
    app.addFunction('C', {
      entry: 'ok.ts',
      rollout: Rollout.canary({ percent: 25, interval: Duration.minutes(3) }),
    });

    expect(all(stack, CONFIG).map(({ TrafficRoutingConfig }) => TrafficRoutingConfig)).toEqual([
      { Type: 'TimeBasedLinear', TimeBasedLinear: { LinearPercentage: 25, LinearInterval: 3 } },
      { Type: 'TimeBasedCanary', TimeBasedCanary: { CanaryPercentage: 25, CanaryInterval: 3 } },
    ]);
    expect(ids(stack, CONFIG)).toEqual([
      expect.stringMatching(/^AppRolloutCanary25Percent3Minutes/),
      expect.stringMatching(/^AppRolloutLinear25Percent3Minutes/),
    ]);
  });

  test('numbers may be tokens', () => {
    const token = (value: number): number => Lazy.number({ produce: () => value });
    const interval = Duration.minutes(token(9));
    const { stack } = withFunction({
      rollout: Rollout.linear({ percent: token(30), interval, maxErrors: token(4) }),
    });

    expect(only(stack, CONFIG)).toMatchObject({
      TrafficRoutingConfig: { TimeBasedLinear: { LinearPercentage: 30, LinearInterval: 9 } },
    });
    expect(only(stack, ALARM)).toMatchObject({ Threshold: 4 });
  });

  test('an app has one CodeDeploy application and one role, which may move only the app’s aliases', () => {
    const { app, stack } = quickApp({ functionDefaults: { rollout: Rollout.canary(CANARY) } });
    app.addFunction('A', { entry: 'ok.ts' });
    app.addFunction('B', { entry: 'ok.ts' });

    expect(ids(stack, APPLICATION)).toHaveLength(1);
    expect(only(stack, APPLICATION)).toEqual({ ComputePlatform: 'Lambda' });
    expect(ids(stack, 'AWS::IAM::Role').filter((id) => id.includes('CodeDeploy'))).toHaveLength(1);
    expect(actionsOf(stack, 'CodeDeployRole')).toEqual([
      'cloudwatch:DescribeAlarms',
      'lambda:GetAlias',
      'lambda:GetProvisionedConcurrencyConfig',
      'lambda:UpdateAlias',
    ]);
    const moved = statementsOf(stack, 'CodeDeployRole')
      .filter(({ actions }) => actions.includes('lambda:UpdateAlias'))
      .map(({ resources: [fn, alias, ...more] }) => [fn, alias, more.length]);
    expect(moved).toEqual(
      ['A', 'B'].map((id) => [
        expect.stringMatching(new RegExp(`:function:.*App${id}Function[^:]*$`)) as unknown,
        expect.stringMatching(new RegExp(`:function:.*App${id}Function.*:live"`)) as unknown,
        0,
      ]),
    );
    expect(JSON.stringify(resources(stack, 'AWS::IAM::Role'))).not.toContain('ManagedPolicyArns');
  });
});

describe('the alarms of a rollout', () => {
  test('more than `maxErrors` errors in a minute of the new version alone', () => {
    const { fn, stack } = withFunction({ rollout: Rollout.canary({ ...CANARY, maxErrors: 3 }) });

    expect(only(stack, ALARM)).toMatchObject({
      MetricName: 'Errors',
      Statistic: 'Sum',
      Period: 60,
      Threshold: 3,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      Dimensions: [
        {
          Name: 'ExecutedVersion',
          Value: { 'Fn::GetAtt': [ids(stack, 'AWS::Lambda::Version').join(), 'Version'] },
        },
        { Name: 'FunctionName' },
        { Name: 'Resource' },
      ],
    });
    expect(fn.rolloutAlarms).toHaveLength(1);
  });

  test.each<[string, AppFunctionOptions, Partial<RolloutOptions>, number]>([
    ['half of the default timeout', {}, {}, 5000],
    ['half of a given timeout', { timeout: Duration.seconds(8) }, {}, 4000],
    ['as given', {}, { maxLatency: Duration.seconds(1) }, 1000],
  ])('latency of the new version behind HTTP: %s', (_, options, rollout, milliseconds) => {
    const { app, stack } = quickApp();

    app.onRequest('GET /', 'ok.ts', {
      ...options,
      rollout: Rollout.canary({ ...CANARY, ...rollout }),
    });

    const slow = all(stack, ALARM).find(({ MetricName }) => MetricName === 'Duration');
    expect(slow).toMatchObject({ ExtendedStatistic: 'p99', Threshold: milliseconds });
    expect(JSON.stringify(only(stack, GROUP).AlarmConfiguration)).toContain('NewVersionIsSlow');
  });

  test('a route that is added later adds that alarm once', () => {
    const { fn, stack } = withFunction({ rollout: Rollout.canary(CANARY) });

    fn.addTrigger(Trigger.http('GET /'));
    fn.addTrigger(Trigger.http('POST /'));

    expect(ids(stack, ALARM)).toHaveLength(2);
    expect(fn.rolloutAlarms).toHaveLength(2);
  });

  test.each<[string, (stack: Stack) => cloudwatch.IAlarm, string[]]>([
    [
      'a composite alarm',
      (stack) =>
        new cloudwatch.CompositeAlarm(stack, 'Own', {
          alarmRule: cloudwatch.AlarmRule.fromBoolean(true),
        }),
      ['"*"'],
    ],
    ['an imported alarm', (stack) => cloudwatch.Alarm.fromAlarmName(stack, 'Own', 'x'), ['"*"']],
    [
      'an alarm on a metric',
      (stack) =>
        new cloudwatch.Alarm(stack, 'Own', {
          metric: new cloudwatch.Metric({ namespace: 'n', metricName: 'm' }),
          threshold: 1,
          evaluationPeriods: 1,
        }),
      [],
    ],
  ])('CodeDeploy may describe %s', (_, make, more) => {
    const { app, stack } = quickApp();

    app.onRequest('GET /', 'ok.ts', {
      rollout: Rollout.canary({ ...CANARY, alarms: [make(stack)] }),
    });

    const described = statementsOf(stack, 'CodeDeployRole')
      .filter(({ actions }) => actions.includes('cloudwatch:DescribeAlarms'))
      .flatMap((statement) => statement.resources);
    expect(described).toEqual([expect.stringContaining(':alarm:*'), ...more]);
  });

  test('the alias waits for its deployment group and for the policy of CodeDeploy’s role', () => {
    const { stack } = withFunction({ rollout: Rollout.canary(CANARY) });
    const [alias] = Object.values(resources(stack, 'AWS::Lambda::Alias'));

    expect(alias?.DependsOn).toEqual(
      expect.arrayContaining([
        expect.stringContaining('DeploymentGroup'),
        expect.stringContaining('CodeDeployRoleDefaultPolicy'),
      ]),
    );
  });

  test('alarms of the user count in addition, or alone', () => {
    const { app, stack } = quickApp();
    const own = cloudwatch.Alarm.fromAlarmName(stack, 'Own', 'orders-lost');

    app.onRequest('GET /', 'ok.ts', {
      rollout: Rollout.canary({ ...CANARY, alarms: [own], watch: false }),
    });

    expect(ids(stack, ALARM)).toEqual([]);
    expect(only(stack, GROUP)).toMatchObject({
      AlarmConfiguration: { Alarms: [{ Name: 'orders-lost' }] },
    });
  });

  test('the alarms say what happened, what it means, and the first command to run', () => {
    const { stack } = withFunction({ rollout: Rollout.canary(CANARY) });

    const text = JSON.stringify(only(stack, ALARM).AlarmDescription);
    expect(text).toContain('Test/App/Ok: the newest version failed');
    expect(text).toContain('CodeDeploy shifts back to the previous version');
    expect(text).toContain('aws logs tail ');
  });
});

describe('hooks', () => {
  function withHook(): { app: ServerlessApp; stack: Stack; hook: AppFunction } {
    const { app, stack } = serverlessApp();
    const hook = app.addFunction('Try', { entry: 'other.ts' });
    app.addFunction('Ok', {
      entry: 'ok.ts',
      rollout: Rollout.canary({ ...CANARY, beforeTraffic: hook, afterTraffic: hook }),
    });
    return { app, stack, hook };
  }

  test('are run by CodeDeploy before and after the traffic shift', () => {
    const { stack } = withHook();

    const hook = { Ref: expect.stringMatching(/^AppTryFunction/) as string };
    expect(updatePolicy(stack)).toMatchObject({
      CodeDeployLambdaAliasUpdate: { BeforeAllowTrafficHook: hook, AfterAllowTrafficHook: hook },
    });
    const invoke = statementsOf(stack, 'CodeDeployRole').filter(({ actions }) =>
      actions.includes('lambda:InvokeFunction'),
    );
    expect(invoke.flatMap((it) => it.resources)).toEqual([
      expect.stringMatching(/AppTryFunction\w+"\}\]\]\}$/),
    ]);
  });

  test('receive the version, may run it, and may report to CodeDeploy', () => {
    const { stack } = withHook();

    const functions = resources(stack, 'AWS::Lambda::Function');
    const [, hook] = Object.entries(functions).find(([id]) => id.startsWith('AppTry')) ?? [];
    expect(hook?.Properties).toMatchObject({
      Environment: {
        Variables: { NEW_VERSION: { Ref: ids(stack, 'AWS::Lambda::Version').join() } },
      },
    });
    expect(actionsOf(stack, 'AppTryRole')).toEqual(
      expect.arrayContaining([
        'codedeploy:PutLifecycleEventHookExecutionStatus',
        'lambda:InvokeFunction',
      ]),
    );
    expect(
      statementsOf(stack, 'AppTryRole')
        .filter(({ actions }) => actions.some((action) => action.startsWith('codedeploy:')))
        .flatMap((it) => it.resources),
    ).toEqual([expect.stringMatching(/:deploymentgroup:.*AppCodeDeploy.*AppOkDeploymentGroup/)]);
    expect(findCycle({ Resources: resources(stack) })).toBeUndefined();
  });

  test('fails with one hook for two functions, since it could receive only one version', () => {
    const { app, hook } = withHook();

    expect(() =>
      app.addFunction('More', {
        entry: 'ok.ts',
        rollout: Rollout.canary({ ...CANARY, beforeTraffic: hook }),
      }),
    ).toThrow(/must give `NEW_VERSION` the value/);
  });

  test('fails with a hook of another app', () => {
    const { app, stack } = quickApp();
    const other = new ServerlessApp(stack, 'Other', { root: HANDLERS });
    const beforeTraffic = other.addFunction('Try', { entry: 'ok.ts' });

    expect(() =>
      app.addFunction('Ok', {
        entry: 'ok.ts',
        rollout: Rollout.canary({ ...CANARY, beforeTraffic }),
      }),
    ).toThrow(/functions\.Ok\.rollout\.beforeTraffic` must be another function of the same app/);
  });
});

describe('options that CodeDeploy would refuse', () => {
  const alarm = (count: number): cloudwatch.IAlarm[] => {
    const { stack } = quickApp();
    return Array.from({ length: count }, (_, i) =>
      cloudwatch.Alarm.fromAlarmName(stack, `Alarm${i}`, `alarm-${i}`),
    );
  };

  test.each<[string, Rollout]>([
    ['1 %', Rollout.canary({ ...CANARY, percent: 1 })],
    ['99 %', Rollout.canary({ ...CANARY, percent: 99 })],
    ['1 minute', Rollout.canary({ percent: 10, interval: Duration.seconds(60) })],
    ['2880 minutes', Rollout.canary({ percent: 10, interval: Duration.minutes(2880) })],
    ['steps of 320 minutes', Rollout.linear({ percent: 10, interval: Duration.minutes(320) })],
    ['8 alarms beside the app’s', Rollout.canary({ ...CANARY, alarms: alarm(8) })],
    ['10 alarms alone', Rollout.canary({ ...CANARY, watch: false, alarms: alarm(10) })],
    ['latency of 1 s', Rollout.canary({ ...CANARY, maxLatency: Duration.seconds(1) })],
    ['no errors', Rollout.canary({ ...CANARY, maxErrors: 0 })],
  ])('accepts %s', (_, rollout) => {
    expect(() => withFunction({ rollout })).not.toThrow();
  });

  test.each<[string, Rollout, string | RegExp]>([
    [
      '0 %',
      Rollout.canary({ ...CANARY, percent: 0 }),
      'Test/App: `functions.Ok.rollout.percent` must be a whole number from 1 to 99 per cent, got 0: use a value in that range; ' +
        'for 100 use `Rollout.allAtOnce()`',
    ],
    ['100 %', Rollout.linear({ ...CANARY, percent: 100 }), /rollout\.percent` must be.*got 100/],
    ['1.5 %', Rollout.canary({ ...CANARY, percent: 1.5 }), /rollout\.percent` must be.*got 1\.5/],
    [
      '59 seconds',
      Rollout.canary({ percent: 10, interval: Duration.seconds(59) }),
      /rollout\.interval` must be whole seconds from 1 minute to 2 days, got 59 seconds/,
    ],
    [
      '90 seconds',
      Rollout.canary({ percent: 10, interval: Duration.seconds(90) }),
      /rollout\.interval` must be whole minutes, got/,
    ],
    [
      '2881 minutes',
      Rollout.canary({ percent: 10, interval: Duration.minutes(2881) }),
      /rollout\.interval` must be whole seconds from 1 minute to 2 days, got 2881 minutes/,
    ],
    [
      'steps of 321 minutes',
      Rollout.linear({ percent: 10, interval: Duration.minutes(321) }),
      /rollout\.interval` must let the last step start within 2880 minutes after the first, got 2889 minutes/,
    ],
    [
      'no alarms at all',
      Rollout.canary({ ...CANARY, watch: false }),
      /rollout\.alarms` must have at least one alarm.*got none: leave out `watch: false`/,
    ],
    [
      '9 alarms beside the app’s',
      Rollout.canary({ ...CANARY, alarms: alarm(9) }),
      /rollout\.alarms\.length` must be a whole number from 0 to 8 alarms, got 9/,
    ],
    [
      '11 alarms alone',
      Rollout.canary({ ...CANARY, watch: false, alarms: alarm(11) }),
      /rollout\.alarms\.length` must be a whole number from 0 to 10 alarms, got 11/,
    ],
    [
      'negative errors',
      Rollout.canary({ ...CANARY, maxErrors: -1 }),
      /rollout\.maxErrors` must be a whole number/,
    ],
    [
      'no latency',
      Rollout.canary({ ...CANARY, maxLatency: Duration.seconds(0) }),
      /rollout\.maxLatency` must be whole seconds from 1 second/,
    ],
    [
      'what is no Rollout',
      'canary' as unknown as Rollout,
      /functions\.Ok\.rollout` must be a Rollout, got "canary"/,
    ],
  ])('fails with %s', (_, rollout, message) => {
    expect(() => withFunction({ rollout })).toThrow(message);
  });
});

describe('in an app with shards', () => {
  function sharded(): { app: ServerlessApp; stack: Stack } {
    const stack = new Stack(cdkApp(), 'Test');
    const app = new ServerlessApp(stack, 'App', {
      root: HANDLERS,
      sharding: Sharding.nestedStacks(2),
    });
    return { app, stack };
  }

  test('application and role exist once, in the app’s own stack, and wait for no shard', () => {
    const { app, stack } = sharded();
    for (const id of ['A', 'B', 'C', 'D']) {
      app.addFunction(id, { entry: 'ok.ts', rollout: Rollout.canary({ ...CANARY, percent: 5 }) });
    }

    const { Test: own, ...shards } = templatesOf(stack);

    expect(Object.keys(shardsOf(stack))).toHaveLength(2);
    expect(findCycle({ Resources: own?.Resources })).toBeUndefined();
    const types = Object.values(own?.Resources ?? {}).map(({ Type }) => Type);
    expect(types.filter((type) => type === APPLICATION)).toHaveLength(1);
    expect(types.filter((type) => type === CONFIG)).toHaveLength(1);
    expect(types).not.toContain(GROUP);
    const inShards = Object.values(shards).flatMap(({ Resources = {} }) =>
      Object.values(Resources).map(({ Type }) => Type),
    );
    expect(inShards.filter((type) => type === GROUP)).toHaveLength(4);
    expect(inShards).not.toContain(APPLICATION);
    expect(
      JSON.stringify(statementsOf(stack, 'CodeDeployRole').map((statement) => statement.resources)),
    ).not.toContain('NestedStack');
  });

  test('a hook in another shard is an error with a remedy', () => {
    const { app } = sharded();
    const hooks = Array.from({ length: 8 }, (_, i) => `H${i}`).map((id) =>
      app.addFunction(id, { entry: 'ok.ts' }),
    );
    const made = hooks.map((beforeTraffic, i) => {
      try {
        app.addFunction(`F${i}`, {
          entry: 'ok.ts',
          rollout: Rollout.canary({ ...CANARY, beforeTraffic }),
        });
        return Stack.of(beforeTraffic) === Stack.of(app.functions.at(-1) as AppFunction);
      } catch (error) {
        return String(error);
      }
    });

    expect(made).toContain(true);
    expect(made).toContainEqual(
      expect.stringMatching(/rollout\.beforeTraffic` must be in the same shard.*another id/),
    );
    expect(made).not.toContain(false);
  });
});
