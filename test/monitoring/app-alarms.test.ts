import { CfnParameter, Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  AlarmOptions,
  AlarmThreshold,
  AppStage,
  ColdStart,
  Rollout,
  ServerlessApp,
  ServerlessAppProps,
  Sharding,
  Trigger,
} from 'cdk-serverless-app';
import { ALARM_KINDS, APP_ALARMS } from '../../lib/monitoring/private/alarm-names';
import {
  all,
  Annotations,
  fs,
  ids,
  Match,
  only,
  path,
  quickApp,
  resources,
  serverlessApp,
} from '../support/synth';
import { AppContext } from '../../lib/core/app-context';

const ALARM = 'AWS::CloudWatch::Alarm';
const TOLD: ServerlessAppProps = { notify: ['ops@example.com'] };

interface Made {
  readonly app: ServerlessApp;
  readonly stack: Stack;
}

/** An app with an API, a stream, and a queue for failures. */
function made(props: ServerlessAppProps = {}): Made {
  const { app, stack } = quickApp({ ...TOLD, ...props });
  app.onRequest('GET /', 'ok.ts', { id: 'GetOrder' });
  app.onTableChange(app.addTable('Orders', { partitionKey: 'id' }), 'other.ts', {
    id: 'ProjectOrder',
  });
  return { app, stack };
}

function change(alarms: Record<string, AlarmOptions>): Made {
  return made({ alarms });
}

/** The names by which the model knows the alarms. */
function names({ app, stack }: Made): string[] {
  ids(stack); // synthesizes
  return AppContext.of(app).model.monitoring.alarms.map(({ id }) => id);
}

/** The properties of an alarm by its name. */
function alarm({ app, stack }: Made, name: string): Record<string, unknown> {
  const resource = app.tryGetAlarm(name)?.node.defaultChild as cloudwatch.CfnAlarm;
  const { Ref: id } = stack.resolve(resource.ref) as { Ref: string };
  return resources(stack, ALARM)[id]?.Properties ?? {};
}

function infos(stack: Stack): string[] {
  return Annotations.fromStack(stack)
    .findInfo('*', Match.anyValue())
    .map(({ entry }) => entry.data as string);
}

describe('an app with a notification target', () => {
  test('has these alarms', () => {
    expect(names(made())).toEqual([
      'FailedShare',
      'Throttles',
      'ApiErrors',
      'ApiLatency',
      'FailuresWaiting',
      'ProjectOrderStreamAge',
      'RecursiveLoops',
    ]);
  });

  test('has none for a missing API or queue', () => {
    const { app, stack } = quickApp(TOLD);
    app.addFunction('Ok', {
      entry: 'ok.ts',
      retryAttempts: 0,
      onFailure: { bind: () => ({ destination: 'arn:aws:sqs:::x' }) },
    });

    expect(names({ app, stack })).toEqual(['FailedShare', 'Throttles']);
  });

  test('has the same number with 40 functions', () => {
    const { app, stack } = quickApp(TOLD);
    for (let i = 0; i < 40; i += 1) {
      app.onRequest(`GET /${i}`, 'ok.ts', { id: `Get${i}` });
    }

    expect(ids(stack, ALARM)).toHaveLength(4);
  });

  test('has a template that CloudFormation accepts', () => {
    const { app, stack } = serverlessApp(TOLD);
    app.onRequest('GET /', 'ok.ts');

    expect(ids(stack, ALARM)).toHaveLength(4);
  });

  test('has alarms that are quiet without data', () => {
    for (const { TreatMissingData } of all(made().stack, ALARM)) {
      expect(TreatMissingData).toBe('notBreaching');
    }
  });

  test('has descriptions of what happened, where, and the first command to run', () => {
    for (const { AlarmDescription } of all(made().stack, ALARM)) {
      const text = JSON.stringify(AlarmDescription);
      expect(text).toContain('Test/App');
      expect(text).toMatch(/Start with: (npx serverless-app|aws) /);
      expect(text.length).toBeLessThan(1024);
    }
  });
});

describe('whether there are alarms', () => {
  test.each([
    [AppStage.PRODUCTION, undefined, TOLD.notify, 7],
    [AppStage.PRODUCTION, undefined, undefined, 0],
    [AppStage.PRODUCTION, true, undefined, 7],
    [AppStage.PRODUCTION, false, TOLD.notify, 0],
    [AppStage.DEVELOPMENT, undefined, TOLD.notify, 0],
    [AppStage.DEVELOPMENT, true, TOLD.notify, 7],
  ])('in %s, `alarmsEnabled: %s`, `notify: %s`: %i', (stage, alarmsEnabled, notify, count) => {
    const { stack } = made({ stage, alarmsEnabled, notify });

    expect(ids(stack, ALARM)).toHaveLength(count);
  });

  test.each([
    [AppStage.PRODUCTION, undefined, undefined, 1],
    [AppStage.PRODUCTION, undefined, TOLD.notify, 0],
    [AppStage.PRODUCTION, true, undefined, 0],
    [AppStage.PRODUCTION, false, undefined, 0],
    [AppStage.DEVELOPMENT, undefined, undefined, 0],
  ])(
    'in %s, `alarmsEnabled: %s`, `notify: %s`, a missing notification target is reported: %i',
    (stage, alarmsEnabled, notify, count) => {
      const { stack } = made({ stage, alarmsEnabled, notify });

      expect(infos(stack).filter((text) => text.includes('no notification target'))).toHaveLength(
        count,
      );
    },
  );

  test('a single alarm can be enabled in development', () => {
    const { app, stack } = made({
      stage: AppStage.DEVELOPMENT,
      alarms: { FailuresWaiting: { enabled: true } },
    });

    expect(names({ app, stack })).toEqual(['FailuresWaiting']);
  });

  test.each([
    'FailedShare',
    'Throttles',
    'RecursiveLoops',
    'ApiErrors',
    'ApiLatency',
    'FailuresWaiting',
    'ProjectOrderStreamAge',
    'StreamAge',
  ])('%s is disabled by its name', (name) => {
    const left = names(change({ [name]: { enabled: false } }));

    expect(left).toHaveLength(6);
    expect(left.filter((other) => other.endsWith(name))).toEqual([]);
  });

  test('one is kept although its kind is disabled', () => {
    const kept = names(
      change({ StreamAge: { enabled: false }, ProjectOrderStreamAge: { enabled: true } }),
    );

    expect(kept).toContain('ProjectOrderStreamAge');
  });
});

describe('the alarm', () => {
  test('FailuresWaiting is raised by one message in the queue', () => {
    expect(alarm(made(), 'FailuresWaiting')).toMatchObject({
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [
        {
          Name: 'QueueName',
          Value: { 'Fn::GetAtt': [expect.stringMatching(/^AppFailureQueue/), 'QueueName'] },
        },
      ],
      Statistic: 'Maximum',
      Period: 300,
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 1,
    });
  });

  test('FailuresWaiting watches a queue of the user', () => {
    const bare = new Stack();
    const failureQueue = sqs.Queue.fromQueueArn(
      bare,
      'Own',
      'arn:aws:sqs:eu-west-1:111111111111:own',
    );

    const own = made({ failureQueue });

    expect(alarm(own, 'FailuresWaiting').Dimensions).toEqual([{ Name: 'QueueName', Value: 'own' }]);
  });

  test('FailuresWaiting exists if only the queue is read', () => {
    const { app, stack } = quickApp(TOLD);
    app.onRequest('GET /', 'ok.ts');

    expect(app.failureQueue).toBeDefined();
    expect(names({ app, stack })).toContain('FailuresWaiting');
  });

  test('FailedShare is raised at 5 % in 2 of 3 periods, from the app’s log', () => {
    expect(alarm(made(), 'FailedShare')).toMatchObject({
      Namespace: expect.stringContaining('ServerlessApp/') as string,
      MetricName: 'Failed',
      Statistic: 'Average',
      Period: 300,
      Threshold: 0.05,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
    });
  });

  test('Throttles counts those of the whole account and region, and its description says so', () => {
    const throttles = alarm(made(), 'Throttles');

    expect(throttles).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'Throttles',
      Statistic: 'Sum',
      Threshold: 0,
      DatapointsToAlarm: 2,
    });
    expect(throttles.Dimensions).toBeUndefined();
    expect(JSON.stringify(throttles.AlarmDescription)).toContain(
      'all functions of the account and region',
    );
  });

  test('RecursiveLoops is raised by one dropped event of the account and region, and its description says so', () => {
    const loops = alarm(made(), 'RecursiveLoops');

    expect(loops).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'RecursiveInvocationsDropped',
      Threshold: 0,
      EvaluationPeriods: 1,
      AlarmDescription: expect.stringContaining('account and region') as unknown,
    });
    expect(loops).not.toHaveProperty('Dimensions');
  });

  test('ApiErrors is raised at 5 % of the requests', () => {
    const { Metrics: metrics, Threshold: threshold } = alarm(made(), 'ApiErrors') as {
      Metrics: {
        Expression?: string;
        MetricStat?: { Metric: { MetricName: string }; Stat: string; Period: number };
      }[];
      Threshold: number;
    };

    expect(threshold).toBe(5);
    expect(metrics.map(({ Expression }) => Expression)).toContain('100 * errors / requests');
    expect(
      metrics.flatMap(({ MetricStat }) =>
        MetricStat === undefined
          ? []
          : [[MetricStat.Metric.MetricName, MetricStat.Stat, MetricStat.Period]],
      ),
    ).toEqual([
      ['5xx', 'Sum', 300],
      ['Count', 'SampleCount', 300],
    ]);
  });

  test('ApiLatency is raised at a p99 above 5 s', () => {
    expect(alarm(made(), 'ApiLatency')).toMatchObject({
      Namespace: 'AWS/ApiGateway',
      MetricName: 'Latency',
      ExtendedStatistic: 'p99',
      Threshold: 5000,
      Dimensions: [{ Name: 'ApiId' }],
    });
  });

  test('both API alarms watch an API of the user', () => {
    const bare = new Stack();
    const api = apigateway.HttpApi.fromHttpApiAttributes(bare, 'Own', { httpApiId: 'own' });

    const own = made({ http: { api } });

    expect(alarm(own, 'ApiLatency').Dimensions).toEqual([{ Name: 'ApiId', Value: 'own' }]);
  });

  test('StreamAge is raised by changes that come 15 minutes late, for each function', () => {
    expect(alarm(made(), 'ProjectOrderStreamAge')).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'IteratorAge',
      Dimensions: [
        { Name: 'FunctionName', Value: { Ref: expect.stringMatching(/^AppProjectOrderFunction/) } },
      ],
      Statistic: 'Maximum',
      Threshold: 900_000,
    });
  });

  test('StreamAge exists once for a function with two tables, and not for a trigger that is off', () => {
    const { app, stack } = quickApp(TOLD);
    const fn = app.onTableChange(app.addTable('A', { partitionKey: 'id' }), 'ok.ts', { id: 'One' });
    fn.addTrigger(Trigger.tableChanges(app.addTable('B', { partitionKey: 'id' })));
    app.onTableChange(app.addTable('C', { partitionKey: 'id' }), 'ok.ts', {
      id: 'Off',
      enabled: false,
    });

    expect(names({ app, stack }).filter((name) => name.endsWith('StreamAge'))).toEqual([
      'OneStreamAge',
    ]);
  });

  test('ProvisionedConcurrencySpillover notifies, and is changed by name', () => {
    const { app, stack } = quickApp({
      ...TOLD,
      alarms: { OkProvisionedConcurrencySpillover: { threshold: AlarmThreshold.count(10) } },
    });
    app.addFunction('Ok', { entry: 'ok.ts', coldStart: ColdStart.provisioned({ min: 1 }) });

    expect(alarm({ app, stack }, 'OkProvisionedConcurrencySpillover')).toMatchObject({
      Threshold: 10,
      AlarmActions: [expect.anything()],
    });
  });

  test('the alarm of a rollout exists without a notification target, and notifies nobody, since one error raises it', () => {
    const { app, stack } = quickApp(TOLD);
    const rollout = Rollout.canary({ percent: 10, interval: Duration.minutes(5) });
    app.addFunction('Ok', { entry: 'ok.ts', rollout });

    expect(alarm({ app, stack }, 'OkNewVersionFails').AlarmActions).toBeUndefined();
    expect(names({ app, stack })).toContain('OkNewVersionFails');
  });

  test('the alarm of a rollout notifies if requested, and is counted once', () => {
    const { app, stack } = quickApp(TOLD);
    const rollout = Rollout.canary({ percent: 10, interval: Duration.minutes(5) });
    const fn = app.addFunction('Ok', { entry: 'ok.ts', rollout });

    fn.rolloutAlarms.forEach((rollback) => {
      app.addAlarm(rollback);
    });

    expect(alarm({ app, stack }, 'OkNewVersionFails').AlarmActions).toHaveLength(1);
    expect(names({ app, stack }).filter((name) => name.includes('NewVersion'))).toHaveLength(1);
  });
});

describe('changes', () => {
  test.each([
    ['FailuresWaiting', AlarmThreshold.count(10), 10],
    ['FailedShare', AlarmThreshold.percent(1.5), 0.015],
    ['FailedShare', AlarmThreshold.percent(0), 0],
    ['Throttles', AlarmThreshold.count(100), 100],
    ['ApiErrors', AlarmThreshold.percent(1), 1],
    ['ApiLatency', AlarmThreshold.duration(Duration.millis(800)), 800],
    ['StreamAge', AlarmThreshold.duration(Duration.hours(1)), 3_600_000],
    ['ProjectOrderStreamAge', AlarmThreshold.duration(Duration.hours(2)), 7_200_000],
  ])('the threshold of %s', (name, threshold, value) => {
    const changed = change({ [name]: { threshold } });

    expect(alarm(changed, name === 'StreamAge' ? 'ProjectOrderStreamAge' : name).Threshold).toBe(
      value,
    );
  });

  test('for one function override those for its kind', () => {
    const changed = change({
      StreamAge: { threshold: AlarmThreshold.duration(Duration.hours(1)), evaluationPeriods: 5 },
      ProjectOrderStreamAge: { threshold: AlarmThreshold.duration(Duration.hours(2)) },
    });

    expect(alarm(changed, 'ProjectOrderStreamAge')).toMatchObject({
      Threshold: 7_200_000,
      EvaluationPeriods: 5,
    });
  });

  test('to a threshold known only at deployment are passed on', () => {
    const { app, stack } = made({
      alarms: { Throttles: { threshold: AlarmThreshold.count(Lazy.number({ produce: () => 7 })) } },
    });

    expect(alarm({ app, stack }, 'Throttles').Threshold).toBe(7);
  });

  test('to the periods set all of them by default', () => {
    expect(alarm(change({ ApiErrors: { evaluationPeriods: 288 } }), 'ApiErrors')).toMatchObject({
      EvaluationPeriods: 288,
    });
    expect(
      alarm(change({ ApiErrors: { evaluationPeriods: 4 } }), 'ApiErrors').DatapointsToAlarm,
    ).toBeUndefined();
    expect(alarm(change({ ApiErrors: { datapointsToAlarm: 3 } }), 'ApiErrors')).toMatchObject({
      EvaluationPeriods: 3,
      DatapointsToAlarm: 3,
    });
    expect(
      alarm(change({ ApiErrors: { evaluationPeriods: 6, datapointsToAlarm: 1 } }), 'ApiErrors'),
    ).toMatchObject({ EvaluationPeriods: 6, DatapointsToAlarm: 1 });
  });

  test('are accepted for an alarm that another app may have', () => {
    const { app, stack } = quickApp({
      ...TOLD,
      alarms: {
        ApiErrors: { enabled: false },
        OkProvisionedConcurrencySpillover: { enabled: false },
      },
    });
    app.addFunction('Ok', { entry: 'ok.ts' });

    expect(ids(stack, ALARM)).toHaveLength(3);
  });

  test('can reach any other property of the alarm itself', () => {
    const { app, stack } = made();

    (app.tryGetAlarm('ApiLatency')?.node.defaultChild as cloudwatch.CfnAlarm).threshold = 1;

    expect(alarm({ app, stack }, 'ApiLatency').Threshold).toBe(1);
    expect(app.tryGetAlarm('Nothing')).toBeUndefined();
  });
});

describe('an alarm of the user', () => {
  function own(stack: Stack): cloudwatch.Alarm {
    return new cloudwatch.Alarm(stack, 'Orders', {
      metric: new cloudwatch.MathExpression({
        expression: 'a + b',
        usingMetrics: {
          a: new cloudwatch.Metric({
            namespace: 'Shop',
            metricName: 'A',
            period: Duration.seconds(10),
          }),
          b: new cloudwatch.Metric({
            namespace: 'Shop',
            metricName: 'B',
            period: Duration.seconds(10),
          }),
        },
        period: Duration.seconds(10),
      }),
      threshold: 1,
      evaluationPeriods: 1,
    });
  }

  test('notifies the app’s targets, and its metrics are counted', () => {
    const { app, stack } = made();
    const mine = own(stack);

    app.addAlarm(mine);

    expect(AppContext.of(app).model.monitoring.alarms).toContainEqual(
      expect.objectContaining({
        id: 'Orders',
        path: 'Test/Orders',
        metrics: 2,
        highResolution: true,
      }),
    );
    expect(all(stack, ALARM).at(-1)?.AlarmActions).toHaveLength(1);
  });

  test('may be composed of others', () => {
    const { app, stack } = made();
    const mine = new cloudwatch.CompositeAlarm(stack, 'Both', { alarmRule: own(stack) });

    app.addAlarm(mine);

    expect(only(stack, 'AWS::CloudWatch::CompositeAlarm').AlarmActions).toHaveLength(1);
    expect(AppContext.of(app).model.monitoring.alarms).toContainEqual(
      expect.objectContaining({ id: 'Both', metrics: 0 }),
    );
  });
});

describe('the model of an alarm', () => {
  test.each([
    ['FailuresWaiting', 1],
    ['FailedShare', 1],
    ['Throttles', 1],
    ['RecursiveLoops', 1],
    ['ApiErrors', 2],
    ['ApiLatency', 1],
    ['ProjectOrderStreamAge', 1],
  ])('has %s with %i metrics', (name, metrics) => {
    const { app } = made();

    expect(AppContext.of(app).model.monitoring.alarms.find(({ id }) => id === name)?.metrics).toBe(
      metrics,
    );
    expect(
      AppContext.of(app).model.monitoring.alarms.some(
        ({ highResolution }) => highResolution === true,
      ),
    ).toBe(false);
  });
});

describe('the table in docs/alarms.md', () => {
  const page = fs.readFileSync(path.join(__dirname, '..', '..', 'docs', 'alarms.md'), 'utf8');

  test.each([...names(made())])('has %s, with its metrics', (name) => {
    const kind = ALARM_KINDS.find((end) => name.endsWith(end));
    const { app } = made();
    const facts = AppContext.of(app).model.monitoring.alarms.find(({ id }) => id === name);

    const written = kind === undefined ? name : `<function>${kind}`;
    expect(page).toMatch(new RegExp(`^\\| \`${written}\`.*\\| ${facts?.metrics}\\b[^|]*\\|$`, 'm'));
  });

  test.each([...APP_ALARMS, ...ALARM_KINDS])('has the name %s', (name) => {
    expect(page).toMatch(new RegExp(`\`(<function>)?${name}\``));
  });
});

describe('in a shard', () => {
  test('an alarm of a function is beside it, notifies the app’s topic, and has a deterministic name', () => {
    const { app, stack } = quickApp({ ...TOLD, sharding: Sharding.nestedStacks(1) });
    app.onTableChange(app.addTable('Orders', { partitionKey: 'id' }), 'ok.ts');

    const shard = app.functions[0]?.node.scope as Stack;
    ids(stack);
    const [age] = all(shard, ALARM);
    expect(age).toMatchObject({
      MetricName: 'IteratorAge',
      AlarmActions: [{ Ref: expect.stringMatching(/Topic/) }],
    });
    const known = AppContext.of(app).model.monitoring.alarms.find(
      ({ id }) => id === 'OkStreamAge',
    )?.name;
    const [, [beginning]] = (stack.resolve(known) as { 'Fn::Join': [string, [string]] })[
      'Fn::Join'
    ];
    expect(beginning).toMatch(/^Test-App-Shard0-Ok-StreamAge-/);
    expect(JSON.stringify(stack.resolve(known))).toContain('"Ref":"AWS::StackId"');
    expect(JSON.stringify(age?.AlarmName)).toContain(beginning);
  });
});

describe('fails', () => {
  const synth =
    (alarms: Record<string, AlarmOptions>): (() => unknown) =>
    () =>
      ids(change(alarms).stack);

  test.each<[string, Record<string, AlarmOptions>, string]>([
    [
      'for an unknown name',
      { ApiLatancy: {} },
      '`alarms` must name alarms of the app, got "ApiLatancy": did you mean `ApiLatency`?',
    ],
    [
      'for an unknown function',
      { ProjectOderStreamAge: {} },
      'did you mean `ProjectOrderStreamAge`?',
    ],
    [
      'for a share where a time belongs',
      { ApiLatency: { threshold: AlarmThreshold.percent(5) } },
      '`alarms.ApiLatency.threshold` must be in duration, got percent: write, for example, `AlarmThreshold.duration(',
    ],
    [
      'for a number where money belongs',
      { StreamAge: { threshold: AlarmThreshold.dollarsPerHour(1) } },
      '`alarms.StreamAge.threshold` must be in duration, got dollarsPerHour',
    ],
    [
      'for a time where a share belongs',
      { ProjectOrderStreamAge: { threshold: AlarmThreshold.count(1) } },
      '`alarms.ProjectOrderStreamAge.threshold` must be in duration, got count',
    ],
    [
      'for a bare number',
      { ApiErrors: { threshold: 5 as unknown as AlarmThreshold } },
      '`alarms.ApiErrors.threshold` must be an AlarmThreshold, which has a unit, got 5',
    ],
    [
      'for no periods',
      { ApiErrors: { evaluationPeriods: 0 } },
      '`alarms.ApiErrors.evaluationPeriods` must be a whole number not below 1',
    ],
    [
      'for more than a day',
      { ApiErrors: { evaluationPeriods: 289 } },
      '`alarms.ApiErrors.evaluationPeriods` must be a whole number from 1 to 288 periods of 300 s, got 289',
    ],
    [
      'for more periods to alarm than there are',
      { ApiErrors: { datapointsToAlarm: 4 } },
      '`alarms.ApiErrors.datapointsToAlarm` must be a whole number from 1 to 3 periods, got 4',
    ],
    [
      'for half a period',
      { ApiErrors: { datapointsToAlarm: 1.5 } },
      '`alarms.ApiErrors.datapointsToAlarm` must be a whole number',
    ],
  ])('%s', (_what, alarms, message) => {
    expect(synth(alarms)).toThrow(message);
  });

  test('for a rollout without its rollback', () => {
    const { app } = quickApp({ alarms: { NewVersionFails: { enabled: false } } });
    const rollout = Rollout.canary({ percent: 10, interval: Duration.minutes(5) });

    expect(() => app.addFunction('Ok', { entry: 'ok.ts', rollout })).toThrow(
      '`alarms.OkNewVersionFails.enabled` must not be false for a rollback alarm, got false: write `watch: false`',
    );
  });

  test.each<[string, () => unknown, string]>([
    [
      'half a failure',
      () => AlarmThreshold.count(0.5),
      'AlarmThreshold.count: `count` must be a whole number not below 0 things, got 0.5',
    ],
    [
      'less than none',
      () => AlarmThreshold.count(-1),
      '`count` must be a whole number not below 0',
    ],
    [
      'all',
      () => AlarmThreshold.percent(100),
      'AlarmThreshold.percent: `percent` must be a number from 0 to below 100, known at synthesis, got 100',
    ],
    ['less than no share', () => AlarmThreshold.percent(-1), '`percent` must be a number from 0'],
    ['no number', () => AlarmThreshold.percent(NaN), '`percent` must be a number from 0'],
    [
      'a share of the deployment',
      () =>
        AlarmThreshold.percent(
          new CfnParameter(new Stack(), 'P', { type: 'Number' }).valueAsNumber,
        ),
      'known at synthesis, got a token',
    ],
    [
      'no time',
      () => AlarmThreshold.duration(Duration.seconds(0)),
      'AlarmThreshold.duration: `duration` must be above zero',
    ],
    [
      'a bare number of seconds',
      () => AlarmThreshold.duration(5 as unknown as Duration),
      '`duration` must be a Duration, got 5',
    ],
    [
      'no money',
      () => AlarmThreshold.dollarsPerHour(0),
      'AlarmThreshold.dollarsPerHour: `usd` must be a number above 0, got 0',
    ],
    [
      'endless money',
      () => AlarmThreshold.dollarsPerHour(Infinity),
      '`usd` must be a number above 0',
    ],
  ])('for a threshold of %s', (_what, threshold, message) => {
    expect(threshold).toThrow(message);
  });

  test('for a function with the id of a part of the app', () => {
    const { app } = quickApp();

    expect(() => app.addFunction('AppAlarms', { entry: 'ok.ts' })).toThrow(
      'must have an id that the app does not reserve',
    );
  });
});
