import {
  Annotations as CdkAnnotations,
  App,
  Duration,
  Lazy,
  Size,
  Stack,
  TimeZone,
} from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  AppFunction,
  AppFunctionOptions,
  AppStage,
  ColdStart,
  InvocationType,
  ProvisionedConcurrencyOptions,
  ProvisionedConcurrencySchedule,
  ServerlessApp,
  Sharding,
  Trigger,
} from 'cdk-serverless-app';
import { shardsOf, templatesOf } from '../support/shards';
import { statementsOf } from '../support/policies';
import {
  all,
  Annotations,
  cdkApp,
  HANDLERS,
  ids,
  Match,
  only,
  quickApp,
  bundlingCdkApp,
  resources,
  serverlessApp,
  tempFolder,
  warnings,
} from '../support/synth';
import { findCycle } from '../support/template-graph';

const ALIAS = 'AWS::Lambda::Alias';
const VERSION = 'AWS::Lambda::Version';
const TARGET = 'AWS::ApplicationAutoScaling::ScalableTarget';
const POLICY = 'AWS::ApplicationAutoScaling::ScalingPolicy';
const ALARM = 'AWS::CloudWatch::Alarm';

const WORK_DAY = {
  schedule: ScheduleExpression.cron({
    minute: '0',
    hour: '8',
    weekDay: 'MON-FRI',
    timeZone: TimeZone.EUROPE_WARSAW,
  }),
  min: 10,
};
const EVENING = {
  schedule: ScheduleExpression.cron({
    minute: '0',
    hour: '18',
    timeZone: TimeZone.EUROPE_WARSAW,
  }),
  min: 1,
};

/** Every mode, by name. */
const MODES: Readonly<Record<string, ColdStart>> = {
  'on demand': ColdStart.onDemand(),
  fixed: ColdStart.provisioned({ min: 2 }),
  utilization: ColdStart.provisioned({ min: 2, max: 20 }),
  schedules: ColdStart.provisioned({ min: 2, schedules: [WORK_DAY, EVENING] }),
  'schedules and utilization': ColdStart.provisioned({
    min: 2,
    max: 20,
    schedules: [{ ...WORK_DAY, max: 50 }, EVENING],
  }),
};

function withFunction(options: AppFunctionOptions): { fn: AppFunction; stack: Stack } {
  const { app, stack } = quickApp();
  return { fn: app.addFunction('Ok', { entry: 'ok.ts', ...options }), stack };
}

function provisioned(options: ProvisionedConcurrencyOptions): () => void {
  return () => withFunction({ coldStart: ColdStart.provisioned(options) });
}

function infos(stack: Stack): string[] {
  return Annotations.fromStack(stack)
    .findInfo('*', Match.anyValue())
    .map(({ entry }) => entry.data as string)
    .filter((text) => !text.includes('no notification target'));
}

describe('without a cold-start option', () => {
  test('a function has neither version nor alias, and triggers run the function itself', () => {
    const { app, stack } = quickApp();

    const fn = app.onRequest('GET /', 'ok.ts');

    expect(fn.alias).toBeUndefined();
    expect(fn.target).toBe(fn.function);
    expect([...ids(stack, VERSION), ...ids(stack, ALIAS), ...ids(stack, ALARM)]).toEqual([]);
  });

  test('`ColdStart.onDemand()` is equivalent, also against the app’s default', () => {
    const { app, stack } = quickApp({
      functionDefaults: { coldStart: ColdStart.provisioned({ min: 1 }) },
    });

    app.onRequest('GET /', 'ok.ts', { coldStart: ColdStart.onDemand() });
    app.onRequest('GET /warm', 'other.ts');

    expect(ids(stack, ALIAS)).toEqual([expect.stringMatching(/^AppOtherLive/)]);
  });
});

describe('everything that runs a function uses the alias', () => {
  function everyTrigger(): { app: ServerlessApp; stack: Stack } {
    const { app, stack } = serverlessApp();
    const table = app.addTable('Orders', { partitionKey: 'id' });
    const bucket = app.addBucket('Uploads');
    const foreign = new s3.Bucket(stack, 'Foreign', { eventBridgeEnabled: true });
    const queue = new sqs.Queue(stack, 'Queue');
    app.addFunction('Ok', {
      entry: 'ok.ts',
      coldStart: ColdStart.provisioned({ min: 1 }),
      triggers: [
        Trigger.http('GET /'),
        Trigger.http('POST /'),
        Trigger.tableChanges(table),
        Trigger.objectCreated(bucket),
        Trigger.objectCreated(foreign),
        Trigger.schedule(ScheduleExpression.rate(Duration.hours(1))),
        {
          bind: (fn) => {
            fn.target.addEventSource(new SqsEventSource(queue));
            return { kind: 'queue', invocation: InvocationType.POLLED, source: queue.node.path };
          },
        },
      ],
    });
    return { app, stack };
  }

  test('integration, notification, rule and schedule, with one permission each', () => {
    const { stack } = everyTrigger();

    const [alias] = ids(stack, ALIAS);
    const ref = { Ref: alias };
    expect(only(stack, 'AWS::ApiGatewayV2::Integration')).toMatchObject({ IntegrationUri: ref });
    expect(all(stack, 'AWS::Lambda::Permission').map(({ FunctionName }) => FunctionName)).toEqual([
      ref, // API
      ref, // bucket
      ref, // EventBridge
    ]);
    expect(
      Object.values(resources(stack, 'AWS::S3::Bucket')).map(
        ({ Properties }) => Properties?.NotificationConfiguration,
      ),
    ).toContainEqual({
      LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: ref }],
    });
    expect(JSON.stringify(all(stack, 'AWS::Events::Rule'))).toContain(`"Arn":{"Ref":"${alias}"}`);
    expect(only(stack, 'AWS::Scheduler::Schedule')).toMatchObject({ Target: { Arn: ref } });
    expect(statementsOf(stack, 'SchedulerRole').flatMap((it) => it.resources)).toContain(
      JSON.stringify(ref),
    );
  });

  test('event source mappings, also those of a user’s own trigger', () => {
    const { stack } = everyTrigger();

    const [alias = ''] = ids(stack, ALIAS);
    const mappings = all(stack, 'AWS::Lambda::EventSourceMapping').map((it) =>
      JSON.stringify(it.FunctionName),
    );
    expect(mappings).toHaveLength(2);
    mappings.forEach((name) => {
      expect(name).toContain(`{"Ref":"${alias}"}`);
      expect(name).toContain(':live');
    });
  });

  test('retries and failure queue of asynchronous events', () => {
    const { stack } = everyTrigger();

    expect(only(stack, 'AWS::Lambda::EventInvokeConfig')).toMatchObject({
      FunctionName: { Ref: expect.stringMatching(/^AppOkFunction/) as string },
      Qualifier: 'live',
    });
    const [config] = Object.values(resources(stack, 'AWS::Lambda::EventInvokeConfig'));
    expect(config?.DependsOn).toEqual(ids(stack, ALIAS));
  });

  test('without a cycle', () => {
    const { stack } = everyTrigger();

    expect(findCycle({ Resources: resources(stack) })).toBeUndefined();
  });
});

describe('the version', () => {
  type Change = (made: { app: ServerlessApp; fn: AppFunction; stack: Stack }) => void;

  const unchanged: Change = () => undefined;

  function versionOf(
    options: AppFunctionOptions & { readonly root?: string } = {},
    change: Change = unchanged,
  ): string {
    const { root = HANDLERS, ...rest } = options;
    const stack = new Stack(bundlingCdkApp(), 'Test');
    const app = new ServerlessApp(stack, 'App', { root });
    const fn = app.addFunction('Ok', {
      entry: 'ok.ts',
      coldStart: ColdStart.provisioned({ min: 1 }),
      ...rest,
    });
    change({ app, fn, stack });
    return ids(stack, VERSION).join();
  }

  function layer(stack: Stack, content: string): lambda.LayerVersion {
    const folder = tempFolder({ 'file.txt': content });
    return new lambda.LayerVersion(stack, 'Layer', { code: lambda.Code.fromAsset(folder) });
  }

  test('is the same if nothing changes', () => {
    expect(versionOf()).toBe(versionOf());
  });

  test.each<[string, AppFunctionOptions, Change]>([
    ['an environment variable', { environment: { LEVEL: 'debug' } }, unchanged],
    [
      'an access given later',
      {},
      ({ app, fn }) => void fn.reads(app.addTable('T', { partitionKey: 'id' })),
    ],
    ['an environment variable set later', {}, ({ fn }) => fn.function.addEnvironment('A2', 'b')],
    ['memory', { memorySize: 2048 }, unchanged],
    ['timeout', { timeout: Duration.seconds(7) }, unchanged],
    ['runtime', { runtime: lambda.Runtime.NODEJS_22_X }, unchanged],
    ['architecture', { architecture: lambda.Architecture.X86_64 }, unchanged],
    ['ephemeral storage', { ephemeralStorageSize: Size.mebibytes(1024) }, unchanged],
    ['description', { description: 'another' }, unchanged],
    ['tracing', { tracing: lambda.Tracing.ACTIVE }, unchanged],
    [
      'a layer',
      {},
      ({ fn, stack }) => {
        fn.function.addLayers(layer(stack, 'one'));
      },
    ],
    [
      'a trigger that brings another timeout',
      {},
      ({ fn }) => {
        fn.addTrigger(Trigger.http('GET /'));
      },
    ],
  ])('is a new one with %s', (_, options, change) => {
    expect(versionOf(options, change)).not.toBe(versionOf());
  });

  test('is a new one if the handler’s code changes', () => {
    const root = tempFolder({ 'ok.ts': 'export const handler = () => 1;' });
    const other = tempFolder({ 'ok.ts': 'export const handler = () => 2;' });

    expect(versionOf({ root: other })).not.toBe(versionOf({ root }));
  });

  test('is a new one if the content of a layer changes', () => {
    const of = (content: string): string =>
      versionOf({}, ({ fn, stack }) => {
        fn.function.addLayers(layer(stack, content));
      });

    expect(of('two')).not.toBe(of('one'));
  });

  test.each<[string, AppFunctionOptions]>([
    ['reserved concurrency', { reservedConcurrentExecutions: 5 }],
    ['another cold start', { coldStart: ColdStart.provisioned({ min: 5, max: 9 }) }],
  ])('is the same with %s, since Lambda would publish no new one', (_, options) => {
    expect(versionOf(options)).toBe(versionOf());
  });

  test('is the version of the alias', () => {
    const { stack } = withFunction({ coldStart: ColdStart.provisioned({ min: 1 }) });

    expect(only(stack, ALIAS)).toMatchObject({
      Name: 'live',
      FunctionVersion: { 'Fn::GetAtt': [ids(stack, VERSION).join(), 'Version'] },
    });
  });
});

describe('provisioned concurrency', () => {
  test.each(Object.entries(MODES))('the template of the mode “%s” is valid', (_, coldStart) => {
    const { app, stack } = serverlessApp();

    app.addFunction('Ok', { entry: 'ok.ts', coldStart });

    expect(ids(stack, ALIAS)).toHaveLength(coldStart.kind === 'onDemand' ? 0 : 1);
  });

  test('a fixed number is set on the alias, and nothing scales it', () => {
    const { stack } = withFunction({ coldStart: MODES.fixed });

    expect(only(stack, ALIAS)).toMatchObject({
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 },
    });
    expect([...ids(stack, TARGET), ...ids(stack, POLICY)]).toEqual([]);
  });

  test('from `min` to `max` scaling follows the utilization, 0.7 by default, and no traffic counts as zero', () => {
    const { stack } = withFunction({ coldStart: MODES.utilization });

    expect(only(stack, TARGET)).toMatchObject({
      ServiceNamespace: 'lambda',
      ScalableDimension: 'lambda:function:ProvisionedConcurrency',
      ResourceId: {
        'Fn::Join': [
          '',
          ['function:', { Ref: expect.stringMatching(/^AppOkFunction/) as string }, ':live'],
        ],
      },
      MinCapacity: 2,
      MaxCapacity: 20,
    });
    expect(only(stack, POLICY)).toMatchObject({
      PolicyType: 'TargetTrackingScaling',
      ScalingTargetId: { Ref: ids(stack, TARGET).join() },
      TargetTrackingScalingPolicyConfiguration: {
        TargetValue: 0.7,
        CustomizedMetricSpecification: {
          Metrics: [
            {
              Id: 'utilization',
              ReturnData: false,
              MetricStat: {
                Stat: 'Maximum',
                Metric: { MetricName: 'ProvisionedConcurrencyUtilization' },
              },
            },
            { Expression: 'FILL(utilization, 0)', ReturnData: true },
          ],
        },
      },
    });
    expect(only(stack, POLICY)).not.toMatchObject({
      TargetTrackingScalingPolicyConfiguration: { DisableScaleIn: true },
    });
  });

  test('the target depends on the alias', () => {
    const { stack } = withFunction({ coldStart: MODES.utilization });

    const [target] = Object.values(resources(stack, TARGET));
    expect(target?.DependsOn).toEqual(ids(stack, ALIAS));
  });

  test('schedules alone set exactly their number, in their time zone', () => {
    const { stack } = withFunction({ coldStart: MODES.schedules });

    expect(only(stack, TARGET)).toMatchObject({
      MinCapacity: 2,
      MaxCapacity: 2,
      ScheduledActions: [
        {
          Schedule: 'cron(0 8 ? * MON-FRI *)',
          Timezone: 'Europe/Warsaw',
          ScalableTargetAction: { MinCapacity: 10, MaxCapacity: 10 },
        },
        {
          Schedule: 'cron(0 18 * * ? *)',
          ScalableTargetAction: { MinCapacity: 1, MaxCapacity: 1 },
        },
      ],
    });
    expect(ids(stack, POLICY)).toEqual([]);
  });

  test('with schedules and utilization, schedules change the bounds, and scaling follows the utilization between them', () => {
    const { stack } = withFunction({ coldStart: MODES['schedules and utilization'] });

    const { ScheduledActions } = only(stack, TARGET) as {
      ScheduledActions: Array<{ ScalableTargetAction: unknown }>;
    };
    expect(ScheduledActions.map((action) => action.ScalableTargetAction)).toEqual([
      { MinCapacity: 10, MaxCapacity: 50 },
      { MinCapacity: 1, MaxCapacity: 20 },
    ]);
    expect(ids(stack, POLICY)).toHaveLength(1);
  });

  describe('a change of mode', () => {
    const names = Object.keys(MODES);
    const changes = names.flatMap((from) =>
      names.filter((to) => to !== from).map((to) => [from, to] as const),
    );
    const state = (
      mode: string,
    ): { alias?: Record<string, unknown>; target?: Record<string, unknown>; stack: Stack } => {
      const { stack } = withFunction({ coldStart: MODES[mode] });
      return { alias: all(stack, ALIAS)[0], target: all(stack, TARGET)[0], stack };
    };

    test.each(changes)(
      'from “%s” to “%s” changes the alias, and leaves no old number behind',
      (from, to) => {
        const [before, after] = [state(from), state(to)];

        // The alias is made, removed or changed, so CloudFormation sends its number anew; it always states one.
        expect(after.alias).not.toEqual(before.alias);
        if (after.alias !== undefined) {
          expect(after.alias).toMatchObject({
            ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 2 },
          });
        }
        // What scales is removed with its resource, or changed, and states its bounds; it is never replaced by a namesake.
        expect(after.target).not.toEqual(before.target ?? 'none');
        if (before.target !== undefined && after.target !== undefined) {
          expect(ids(after.stack, TARGET)).toEqual(ids(before.stack, TARGET));
          expect(after.target).toHaveProperty('MinCapacity', 2);
          expect(after.target).toHaveProperty('MaxCapacity');
        }
      },
    );
  });

  test('numbers may be tokens', () => {
    const token = (value: number): number => Lazy.number({ produce: () => value });
    const { stack } = withFunction({
      coldStart: ColdStart.provisioned({
        min: token(3),
        max: token(4),
        targetUtilization: token(0.5),
        schedules: [{ ...WORK_DAY, min: token(4) }],
      }),
    });

    expect(only(stack, ALIAS)).toMatchObject({
      Description: 'Keeps 3 ready, up to 4 at a utilization of 0.5, changed by 1 schedule',
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 3 },
    });
    expect(only(stack, TARGET)).toMatchObject({ MinCapacity: 3, MaxCapacity: 4 });
    expect(infos(stack).join()).toMatch(/costs \$8\.76 a month for each 1 GB/);
  });

  test.each<[string, ProvisionedConcurrencyOptions]>([
    ['`min` of 1', { min: 1 }],
    ['`max` that is `min`', { min: 2, max: 2 }],
    ['utilization 0.1', { min: 1, max: 2, targetUtilization: 0.1 }],
    ['utilization 0.9', { min: 1, max: 2, targetUtilization: 0.9 }],
    ['a schedule of 1', { min: 1, schedules: [{ ...WORK_DAY, min: 1 }] }],
    ['200 schedules', { min: 1, schedules: manySchedules(200) }],
    ['no schedules', { min: 1, schedules: [] }],
  ])('accepts %s', (_, options) => {
    expect(provisioned(options)).not.toThrow();
  });

  test.each<[string, ProvisionedConcurrencyOptions, string | RegExp]>([
    [
      '`min` of 0',
      { min: 0 },
      'Test/App: `functions.Ok.coldStart.min` must be a whole number, at least 1: with 0 AWS deletes the configuration, and the next ' +
        'deployment fails, got 0: use 1 or more; for none, use `ColdStart.onDemand()`',
    ],
    ['`min` of 1.5', { min: 1.5 }, /coldStart\.min` must be a whole number.*got 1\.5/],
    ['`max` of 0', { min: 1, max: 0 }, /coldStart\.max` must be a whole number/],
    ['`max` below `min`', { min: 3, max: 2 }, /coldStart\.max` must not be below `min`, 3, got 2/],
    [
      'utilization 0.09',
      { min: 1, max: 2, targetUtilization: 0.09 },
      /coldStart\.targetUtilization` must be a number from 0\.1 to 0\.9, got 0\.09/,
    ],
    [
      'utilization 0.91',
      { min: 1, max: 2, targetUtilization: 0.91 },
      /coldStart\.targetUtilization` must be a number from 0\.1 to 0\.9, got 0\.91/,
    ],
    [
      'utilization that is no number',
      { min: 1, max: 2, targetUtilization: Number.NaN },
      /targetUtilization` must be a number from/,
    ],
    [
      'utilization without `max`',
      { min: 1, targetUtilization: 0.5 },
      /coldStart\.targetUtilization` must not be combined without `max`/,
    ],
    [
      'a schedule of 0',
      { min: 1, schedules: [WORK_DAY, { ...EVENING, min: 0 }] },
      /coldStart\.schedules\[1\]\.min` must be a whole number, at least 1: with 0 AWS deletes/,
    ],
    [
      'a schedule above `max`',
      { min: 1, max: 9, schedules: [WORK_DAY] },
      /coldStart\.schedules\[0\]\.max` must not be below `min`, 10, got 9/,
    ],
    [
      'a cron that Application Auto Scaling refuses',
      {
        min: 1,
        schedules: [{ min: 1, schedule: ScheduleExpression.expression('cron(0 25 * * ? *)') }],
      },
      /coldStart\.schedules\[0\]\.schedule` must have hours from 0 to 23/,
    ],
    [
      'a cron of five fields',
      {
        min: 1,
        schedules: [{ min: 1, schedule: ScheduleExpression.expression('cron(0 8 * * *)') }],
      },
      /schedules\[0\]\.schedule` must have 6 fields/,
    ],
    [
      'a time zone that is none',
      {
        min: 1,
        schedules: [
          {
            min: 1,
            schedule: ScheduleExpression.cron({ hour: '8', timeZone: TimeZone.of('Mars') }),
          },
        ],
      },
      /schedules\[0\]\.schedule\.timeZone` must be a name of the IANA/,
    ],
    [
      'one time twice',
      { min: 1, schedules: [WORK_DAY, { ...WORK_DAY, min: 3 }] },
      /schedules\[1\]\.schedule` must not be the time of another schedule/,
    ],
    [
      'an end before the start',
      { min: 1, schedules: [{ ...WORK_DAY, start: new Date(2), end: new Date(1) }] },
      /schedules\[0\]\.end` must be after `start`/,
    ],
    [
      '201 schedules',
      { min: 1, schedules: manySchedules(201) },
      /schedules\.length` must be a whole number from 0 to 200 schedules, got 201/,
    ],
  ])('fails with %s', (_, options, message) => {
    expect(provisioned(options)).toThrow(message);
  });

  test('fails on a version instead of the alias, where it would remain and cost money', () => {
    expect(() =>
      withFunction({ currentVersionOptions: { provisionedConcurrentExecutions: 2 } }),
    ).toThrow(
      /functions\.Ok\.currentVersionOptions\.provisionedConcurrentExecutions` must be left out.*got 2: give `coldStart/,
    );
  });

  test('fails with tenant isolation', () => {
    expect(() =>
      withFunction({
        coldStart: MODES.fixed,
        tenancyConfig: lambda.TenancyConfig.PER_TENANT,
      }),
    ).toThrow(/functions\.Ok\.tenancyConfig` must not be combined with `ColdStart\.provisioned`/);
  });

  test('fails for a value that is no ColdStart', () => {
    expect(() => withFunction({ coldStart: 'provisioned' as unknown as ColdStart })).toThrow(
      'functions.Ok.coldStart` must be a ColdStart, got "provisioned"',
    );
  });
});

function manySchedules(count: number): ProvisionedConcurrencySchedule[] {
  return Array.from({ length: count }, (_, i) => ({
    schedule: ScheduleExpression.cron({
      minute: String(i % 60),
      hour: String(Math.floor(i / 60)),
    }),
    min: 1,
  }));
}

describe('the spillover alarm', () => {
  const WITH_ALARM = ColdStart.provisioned({ min: 2, spilloverAlarm: true });

  test('is raised by any spilled request in five minutes, and missing data is fine', () => {
    const { fn, stack } = withFunction({ coldStart: WITH_ALARM });

    expect(only(stack, ALARM)).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'ProvisionedConcurrencySpilloverInvocations',
      Statistic: 'Sum',
      Period: 300,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
    });
    const [name, resource] = (only(stack, ALARM).Dimensions ?? []) as Array<{ Value: unknown }>;
    expect(name?.Value).toEqual({ Ref: expect.stringMatching(/^AppOkFunction/) as string });
    expect(JSON.stringify(resource?.Value)).toContain(':live');
    expect(fn.spilloverAlarm).toBeDefined();
  });

  test('says what happened, what it means, and the first command to run', () => {
    const { stack } = withFunction({ coldStart: WITH_ALARM });

    const text = JSON.stringify(only(stack, ALARM).AlarmDescription);
    expect(text).toMatch(/^.*Test\/App\/Ok: requests came while/);
    expect(text).toContain('raise `min` or `max`');
    expect(text).toContain('aws lambda get-provisioned-concurrency-config --function-name ');
  });

  test.each([
    [AppStage.PRODUCTION, undefined, 0],
    [AppStage.PRODUCTION, true, 1],
    [AppStage.PRODUCTION, false, 0],
    [AppStage.DEVELOPMENT, undefined, 0],
    [AppStage.DEVELOPMENT, true, 1],
  ])(
    'in %s, without a notification target, with `spilloverAlarm: %s` there are %i',
    (stage, spilloverAlarm, count) => {
      const { app, stack } = quickApp({ stage });
      const coldStart = ColdStart.provisioned({ min: 1, force: true, spilloverAlarm });

      app.addFunction('Ok', { entry: 'ok.ts', coldStart });

      expect(ids(stack, ALARM)).toHaveLength(count);
    },
  );
});

describe('in development', () => {
  test('provisioned concurrency is left out, and synthesis reports that in one line', () => {
    const { app, stack } = quickApp({ stage: AppStage.DEVELOPMENT });

    const fn = app.addFunction('Ok', { entry: 'ok.ts', coldStart: MODES.utilization });

    expect(fn.alias).toBeUndefined();
    expect([...ids(stack, ALIAS), ...ids(stack, VERSION), ...ids(stack, TARGET)]).toEqual([]);
    expect(infos(stack)).toEqual([
      'Test/App/Ok: `coldStart` is left out in a development stage, because it would cost money around the clock; `force: true` keeps it ' +
        '[ack: cdk-serverless-app:development-cold-start]',
    ]);
  });

  test('`force` keeps it', () => {
    const { app, stack } = quickApp({ stage: AppStage.DEVELOPMENT });
    const coldStart = ColdStart.provisioned({ min: 2, force: true });

    app.addFunction('Ok', { entry: 'ok.ts', coldStart });

    expect(ids(stack, ALIAS)).toHaveLength(1);
  });

  test('mistakes are still errors', () => {
    const { app } = quickApp({ stage: AppStage.DEVELOPMENT });

    expect(() =>
      app.addFunction('Ok', { entry: 'ok.ts', coldStart: ColdStart.provisioned({ min: 0 }) }),
    ).toThrow('coldStart.min');
  });
});

describe('the information about the standing cost', () => {
  test.each<[string, AppFunctionOptions, string]>([
    [
      'a fixed number',
      { coldStart: MODES.fixed, memorySize: 1536 },
      'Test/App/Ok: keeps 2 × 1.5 GB ready: $26.28 a month (730 h, arm64, us-east-1, 2026-11-23), whatever the traffic; it saves money ' +
        'only if they are busy more than 60 % of the time [ack: cdk-serverless-app:standing-cost]',
    ],
    [
      'utilization',
      { coldStart: MODES.utilization, architecture: lambda.Architecture.X86_64 },
      'keeps 2 to 20 × 1 GB ready: $21.90 to $219.00 a month (730 h, x86_64',
    ],
    [
      'schedules and utilization',
      { coldStart: MODES['schedules and utilization'] },
      'keeps 1 to 50 × 1 GB ready: $8.76 to $438.00 a month',
    ],
  ])('of %s', (_, options, line) => {
    const { stack } = withFunction(options);

    expect(infos(stack)).toEqual([expect.stringContaining(line)]);
  });

  test('can be acknowledged', () => {
    const { fn, stack } = withFunction({ coldStart: MODES.fixed });

    CdkAnnotations.of(fn.app).acknowledgeInfo('cdk-serverless-app:standing-cost');

    expect(infos(stack)).toEqual([]);
  });

  test('is one for all functions of one cost, and absent without a cost', () => {
    const { app, stack } = quickApp();
    app.addFunction('Ok', { entry: 'ok.ts' });
    app.addFunction('A', { entry: 'ok.ts', coldStart: MODES.fixed });
    app.addFunction('B', { entry: 'ok.ts', coldStart: MODES.fixed });

    expect(infos(stack)).toEqual([expect.stringContaining('(the same holds for `functions.B`)')]);
  });
});

describe('SnapStart', () => {
  const python: AppFunctionOptions = {
    runtime: lambda.Runtime.PYTHON_3_13,
    coldStart: ColdStart.snapStart(),
  };

  function withCode(options: AppFunctionOptions): Stack {
    const { app, stack } = quickApp();
    app.addFunction('Ok', {
      code: lambda.Code.fromInline('x'),
      handler: 'index.handler',
      ...options,
    });
    return stack;
  }

  test('applies to the published version, which the alias runs', () => {
    const { app, stack } = serverlessApp();
    app.addFunction('Ok', {
      code: lambda.Code.fromAsset(tempFolder({ 'index.py': 'def handler(e, c): pass' })),
      handler: 'index.handler',
      ...python,
    });

    expect(only(stack, 'AWS::Lambda::Function')).toMatchObject({
      SnapStart: { ApplyOn: 'PublishedVersions' },
    });
    expect(ids(stack, ALIAS)).toHaveLength(1);
    expect([...ids(stack, TARGET), ...ids(stack, ALARM)]).toEqual([]);
    expect(warnings(stack)).toEqual([]);
  });

  test('states the cost of a version’s snapshot; managed Java pays nothing', () => {
    expect(infos(withCode({ ...python, memorySize: 2048 }))).toEqual([
      expect.stringContaining('keeps a snapshot of 2 GB for each published version: $7.91 a month'),
    ]);
    expect(
      infos(
        withCode({
          ...python,
          runtime: new lambda.Runtime('java21', lambda.RuntimeFamily.JAVA, {
            supportsInlineCode: true,
          }),
        }),
      ),
    ).toEqual([]);
  });

  test.each(['java11', 'java25', 'python3.12', 'python3.14', 'dotnet8', 'dotnet10'])(
    'accepts %s',
    (name) => {
      const runtime = new lambda.Runtime(name, lambda.RuntimeFamily.OTHER, {
        supportsInlineCode: true,
      });

      expect(() => withCode({ ...python, runtime })).not.toThrow();
    },
  );

  test.each([
    'java8.al2',
    'python3.11',
    'python3.9',
    'dotnet6',
    'ruby3.4',
    'provided.al2023',
    'nodejs24.x',
  ])('fails for %s, with the alternatives', (name) => {
    const runtime = new lambda.Runtime(name, lambda.RuntimeFamily.OTHER, {
      supportsInlineCode: true,
    });

    expect(() => withCode({ ...python, runtime })).toThrow(
      /functions\.Ok\.coldStart` must not be `ColdStart\.snapStart\(\)` for this runtime.*`ColdStart\.provisioned.*container image/,
    );
  });

  test('fails for Node.js as a zip file, and recommends a smaller bundle first', () => {
    expect(() => withFunction({ coldStart: ColdStart.snapStart() })).toThrow(
      /got "nodejs24\.x": make the bundle smaller \(see `bundling`\), use `ColdStart\.provisioned/,
    );
  });

  test('accepts a container image of any runtime', () => {
    const { app, stack } = quickApp();
    const folder = tempFolder({ Dockerfile: 'FROM scratch' });
    app.addFunction('Ok', {
      code: lambda.Code.fromAssetImage(folder),
      runtime: lambda.Runtime.FROM_IMAGE,
      handler: lambda.Handler.FROM_IMAGE,
      coldStart: ColdStart.snapStart(),
    });

    expect(only(stack, 'AWS::Lambda::Function')).toHaveProperty('SnapStart');
  });

  test.each([512])('accepts %i MB of /tmp', (size) => {
    expect(() => withCode({ ...python, ephemeralStorageSize: Size.mebibytes(size) })).not.toThrow();
  });

  test('fails with more than 512 MB of /tmp', () => {
    expect(() => withCode({ ...python, ephemeralStorageSize: Size.mebibytes(513) })).toThrow(
      /functions\.Ok\.ephemeralStorageSize` must be.*512 MB with `ColdStart\.snapStart\(\)`, got 513/,
    );
  });

  test('fails with a file system', () => {
    const filesystem = {} as lambda.FileSystem;

    expect(() => withCode({ ...python, filesystem })).toThrow(
      /functions\.Ok\.filesystem` must not be combined with `ColdStart\.snapStart\(\)`.*read from S3/,
    );
  });

  test('fails with tenant isolation', () => {
    const tenancyConfig = lambda.TenancyConfig.PER_TENANT;

    expect(() => withCode({ ...python, tenancyConfig })).toThrow(
      /tenancyConfig` must not be combined with `ColdStart\.snapStart`/,
    );
  });

  test.each([
    ['eu-west-1', undefined],
    ['us-gov-west-1', 'must not be `ColdStart.snapStart()` in a region without SnapStart'],
    ['ap-east-2', 'got a stack in ap-east-2'],
  ])('in %s: %s', (region, message) => {
    const { app } = quickApp({}, { env: { region, account: '111122223333' } });
    const add = (): unknown =>
      app.addFunction('Ok', {
        code: lambda.Code.fromInline('def handler(event, context): pass'),
        handler: 'index.handler',
        runtime: lambda.Runtime.PYTHON_3_13,
        coldStart: ColdStart.snapStart(),
      });

    if (message === undefined) {
      expect(add).not.toThrow();
    } else {
      expect(add).toThrow(message);
    }
  });

  test('fails as the CDK’s own prop, which does nothing for `$LATEST`', () => {
    expect(() => withFunction({ snapStart: lambda.SnapStartConf.ON_PUBLISHED_VERSIONS })).toThrow(
      /functions\.Ok\.snapStart` must be left out.*give `coldStart: ColdStart\.snapStart\(\)`/,
    );
  });
});

describe('in an app with shards', () => {
  test('the alias is with its function, others refer to it by deterministic names, and there is no cycle', () => {
    // GIVEN two functions that name each other's alias, in two shards
    const cdk: App = cdkApp();
    const stack = new Stack(cdk, 'Test');
    const app = new ServerlessApp(stack, 'App', {
      root: HANDLERS,
      sharding: Sharding.nestedStacks(2),
      functionDefaults: { coldStart: ColdStart.provisioned({ min: 1, max: 3 }) },
    });
    const bucket = app.addBucket('Uploads');
    const functions = ['A', 'B', 'C', 'D'].map((id) =>
      app.addFunction(id, {
        entry: 'ok.ts',
        triggers: [Trigger.objectCreated(bucket, { prefix: `${id}/` }), Trigger.http(`GET /${id}`)],
      }),
    );
    functions.forEach((fn, i) => {
      functions[(i + 1) % functions.length]?.target.grantInvoke(fn);
      fn.function.addEnvironment(
        'NEXT',
        functions[(i + 1) % functions.length]?.target.functionArn ?? '',
      );
    });

    // WHEN
    const templates = templatesOf(stack);

    // THEN
    expect(Object.keys(shardsOf(stack))).toHaveLength(2);
    expect(findCycle({ Resources: templates.Test?.Resources })).toBeUndefined();
    const shards = Object.entries(templates).filter(([id]) => id !== 'Test');
    shards.forEach(([, { Resources = {} }]) => {
      const aliases = Object.values(Resources).filter(({ Type }) => Type === ALIAS);
      const lambdas = Object.values(Resources).filter(
        ({ Type }) => Type === 'AWS::Lambda::Function',
      );
      expect(aliases).toHaveLength(lambdas.length);
      // No parameter of a shard comes from another one.
      expect(JSON.stringify(Resources)).not.toMatch(/referenceto\w*Shard\dNestedStack/);
    });
    expect(JSON.stringify(shards)).toMatch(/:live"/);
  });
});
