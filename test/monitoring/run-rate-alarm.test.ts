import { CfnParameter, Lazy, Size, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import {
  AlarmThreshold,
  AppStage,
  Budget,
  ColdStart,
  ServerlessApp,
  ServerlessAppProps,
  Sharding,
} from 'cdk-serverless-app';
import { completeModel } from '../../lib/synthesis/app-info';
import { evaluate } from '../support/metric-math';
import {
  all,
  HANDLERS,
  ids,
  quickApp,
  quickCdkApp,
  serverlessApp,
  warnings,
} from '../support/synth';

const TOLD: ServerlessAppProps = { notify: ['ops@example.com'] };
const BUDGET: ServerlessAppProps = { ...TOLD, budget: Budget.monthly(730) };

interface Query {
  readonly Id: string;
  readonly Expression?: string;
  readonly MetricStat?: {
    readonly Stat: string;
    readonly Period: number;
    readonly Metric: { readonly MetricName: string; readonly Namespace: string };
  };
}

interface RunRateAlarm {
  readonly Metrics: readonly Query[];
  readonly [property: string]: unknown;
}

function findAlarm(stack: Stack): RunRateAlarm | undefined {
  const alarms = all(stack, 'AWS::CloudWatch::Alarm');
  return alarms.find(({ AlarmDescription: text }) => String(text).includes('an hour')) as
    RunRateAlarm | undefined;
}

function alarmOf(stack: Stack): RunRateAlarm {
  const alarm = findAlarm(stack);
  if (alarm === undefined) {
    throw new Error('there is no run-rate alarm');
  }
  return alarm;
}

function expressionOf(stack: Stack): string {
  return alarmOf(stack).Metrics.find(({ Expression }) => Expression !== undefined)
    ?.Expression as string;
}

describe('the alarm exists', () => {
  test('in production if a budget limits the cost', () => {
    const { app, stack } = serverlessApp(BUDGET);
    app.onRequest('GET /', 'ok.ts');

    expect(alarmOf(stack)).toMatchObject({
      ComparisonOperator: 'GreaterThanThreshold',
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
      TreatMissingData: 'notBreaching',
      AlarmActions: [{ Ref: expect.stringMatching(/Topic/) as string }],
    });
  });

  test('above ten times the hourly share of the budget', () => {
    const { app, stack } = quickApp(BUDGET);
    app.onRequest('GET /', 'ok.ts');

    expect(alarmOf(stack).Threshold).toBeCloseTo(10, 9);
  });

  test('with a threshold of its own, also without a budget', () => {
    const { app, stack } = quickApp({
      ...TOLD,
      alarms: { RunRate: { threshold: AlarmThreshold.dollarsPerHour(2.5) } },
    });
    app.onRequest('GET /', 'ok.ts');

    expect(alarmOf(stack).Threshold).toBe(2.5);
    expect(all(stack, 'AWS::Budgets::Budget')).toEqual([]);
  });

  test('with a threshold that is known only at deployment', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const { valueAsNumber } = new CfnParameter(stack, 'Most', { type: 'Number' });
    const app = new ServerlessApp(stack, 'App', {
      root: HANDLERS,
      ...TOLD,
      alarms: { RunRate: { threshold: AlarmThreshold.dollarsPerHour(valueAsNumber) } },
    });
    app.onRequest('GET /', 'ok.ts');

    expect(alarmOf(stack).Threshold).toEqual({ Ref: 'Most' });
  });

  test.each<[string, ServerlessAppProps]>([
    ['without a budget and a threshold', TOLD],
    ['in development', { ...BUDGET, stage: AppStage.DEVELOPMENT }],
    ['where it is switched off', { ...BUDGET, alarms: { RunRate: { enabled: false } } }],
    [
      'of a budget that is known only at deployment',
      { ...TOLD, budget: Budget.monthly(Lazy.number({ produce: () => 5 })) },
    ],
  ])('but not %s', (_, props) => {
    const { app, stack } = quickApp(props);
    app.onRequest('GET /', 'ok.ts');

    expect(findAlarm(stack)).toBeUndefined();
  });

  test('in development if it is requested', () => {
    const { app, stack } = quickApp({
      ...BUDGET,
      stage: AppStage.DEVELOPMENT,
      alarms: { RunRate: { enabled: true } },
    });
    app.onRequest('GET /', 'ok.ts');

    expect(alarmOf(stack).Threshold).toBeCloseTo(10, 9);
  });
});

describe('the alarm', () => {
  test.each([1, 10, 100, 300])(
    'and its metrics are as many resources for %i functions as for one',
    (count) => {
      const { app, stack } = quickApp({
        ...BUDGET,
        sharding: Sharding.nestedStacks(20),
        dashboard: true,
      });
      for (let i = 0; i < count; i += 1) {
        app.addFunction(`Fn${i}`, {
          code: lambda.Code.fromInline('exports.handler = () => {}'),
          handler: 'index.handler',
          runtime: lambda.Runtime.NODEJS_24_X,
          memorySize: i % 2 === 0 ? 512 : 1024,
        });
      }

      const sizes = Math.min(count, 2);
      expect(ids(stack, 'AWS::Logs::MetricFilter')).toHaveLength(4 + sizes);
      expect(alarmOf(stack).Metrics).toHaveLength(2 + sizes);
      expect(ids(stack, 'AWS::CloudWatch::Dashboard')).toHaveLength(1);
      const [dashboard] = all(stack, 'AWS::CloudWatch::Dashboard');
      expect(JSON.stringify(dashboard).length).toBeLessThan(12_000);
    },
  );

  test('has ten metrics at most', () => {
    const { app, stack } = quickApp(BUDGET);
    for (let i = 0; i < 30; i += 1) {
      app.onRequest(`GET /${i}`, 'ok.ts', { id: `Fn${i}`, memorySize: 128 + 300 * i });
    }

    const metrics = alarmOf(stack).Metrics.filter(({ MetricStat }) => MetricStat !== undefined);
    expect(metrics).toHaveLength(10);
    expect(expressionOf(stack).length).toBeLessThan(1024);
  });

  test('calculates the same as the price list', () => {
    const { app, stack } = quickApp(BUDGET);
    app.onRequest('GET /', 'ok.ts', { memorySize: 512 });
    app.onRequest('GET /other', 'other.ts', { architecture: lambda.Architecture.X86_64 });
    app.onRequest('GET /warm', 'third.ts', { coldStart: ColdStart.provisioned({ min: 3 }) });

    const values = { b512: 4_000_000, b1024: 2_000_000, invocations: 90_000, requests: 50_000 };

    const inFiveMinutes =
      (4000 * 0.0000133334) / 2 + 2000 * 0.0000166667 + 90_000 * 0.0000002 + 50_000 * 0.000001;
    const standing = 3 * 0.0000033333 * 3600;
    expect(evaluate(expressionOf(stack), values, 300)).toBeCloseTo(
      inFiveMinutes * 12 + standing,
      6,
    );
    expect(evaluate(expressionOf(stack), values, 3600)).toBeCloseTo(inFiveMinutes + standing, 6);
  });

  test('counts temporary storage that is known only at deployment with its maximum', () => {
    const expression = (size: (stack: Stack) => number): string => {
      const { app, stack } = quickApp(BUDGET);
      app.onRequest('GET /', 'ok.ts', { ephemeralStorageSize: Size.mebibytes(size(stack)) });
      return expressionOf(stack);
    };
    const parameter = (stack: Stack): number =>
      new CfnParameter(stack, 'Mb', { type: 'Number' }).valueAsNumber;

    expect(expression(parameter)).toBe(expression(() => 10_240));
    expect(expression(() => Lazy.number({ produce: () => 2048 }))).toBe(expression(() => 2048));
  });

  test('shows the standing cost if nothing happens', () => {
    const { app, stack } = quickApp(BUDGET);
    app.onRequest('GET /', 'ok.ts', { coldStart: ColdStart.provisioned({ min: 2 }) });

    const nothing = { b1024: undefined, invocations: undefined, requests: undefined };
    const perHour = evaluate(expressionOf(stack), nothing, 300) ?? 0;
    expect(perHour * 730).toBeCloseTo(2 * 8.76, 2);
  });

  test('uses the metrics of the log filters', () => {
    const { app, stack } = quickApp(BUDGET);
    app.onRequest('GET /', 'ok.ts', { memorySize: 512 });
    app.addFunction('Other', { entry: 'other.ts' });

    const made = all(stack, 'AWS::Logs::MetricFilter').map(
      ({ MetricTransformations: made }) =>
        (made as Record<string, string>[])[0]?.MetricName as string,
    );
    const wanted = alarmOf(stack).Metrics.flatMap(({ MetricStat }) =>
      MetricStat?.Metric.Namespace === 'ServerlessApp/Test/App'
        ? [[MetricStat.Metric.MetricName, MetricStat.Stat, MetricStat.Period]]
        : [],
    );
    expect(wanted).toEqual([
      ['Billed512MB', 'Sum', 300],
      ['Billed1024MB', 'Sum', 300],
      ['Failed', 'SampleCount', 300],
    ]);
    expect(wanted.filter(([name]) => !made.includes(String(name)))).toEqual([]);
  });

  test('omits the API if there is none', () => {
    const { app, stack } = quickApp(BUDGET);
    app.addFunction('Fn', { entry: 'ok.ts' });

    expect(expressionOf(stack)).not.toContain('requests');
  });

  test('passes on a number of environments that is known only at deployment', () => {
    const { app, stack } = quickApp(BUDGET);
    const parameter = new CfnParameter(stack, 'Min', { type: 'Number' });
    const coldStart = ColdStart.provisioned({ min: parameter.valueAsNumber });
    app.addFunction('Fn', { entry: 'ok.ts', coldStart });

    expect(expressionOf(stack)).toEqual({
      'Fn::Join': ['', [expect.stringMatching(/\+0\.01199988\*$/), { Ref: 'Min' }]],
    });
  });

  test('has a description with what happened, what it means, and what to do first', () => {
    const { app, stack } = quickApp(BUDGET);
    app.onRequest('GET /', 'ok.ts');

    const text = String(alarmOf(stack).AlarmDescription);
    expect(text).toContain('Test/App: for ten minutes the app has cost more than $10.00 an hour');
    expect(text).toContain('Start with: npx serverless-app cost');
    expect(text.length).toBeLessThanOrEqual(1024);
  });

  test('is in the model with all metrics that are billed for it', () => {
    const { app } = quickApp(BUDGET);
    app.onRequest('GET /', 'ok.ts', { memorySize: 512 });
    app.onRequest('GET /other', 'other.ts');

    const { monitoring } = completeModel(app);

    expect(monitoring.alarms.find(({ id }) => id === 'RunRate')).toMatchObject({ metrics: 4 });
    expect(monitoring.customMetrics).toEqual(
      expect.arrayContaining([
        'ServerlessApp/Test/App/Failed',
        'ServerlessApp/Test/App/Billed512MB',
        'ServerlessApp/Test/App/Billed1024MB',
      ]),
    );
    expect(monitoring.budgetDollars).toBe(730);
    expect(monitoring.runRate?.metrics.map(({ id }) => id)).toEqual([
      'b512',
      'b1024',
      'invocations',
      'requests',
    ]);
  });
});

describe('bad input', () => {
  test('fails if the alarm is requested without a budget or threshold', () => {
    expect(() => quickApp({ ...TOLD, alarms: { RunRate: { enabled: true } } })).toThrow(
      /`alarms\.RunRate\.threshold` must be given if there is no budget.*AlarmThreshold\.dollarsPerHour/,
    );
  });

  test('fails for a threshold in another unit', () => {
    expect(() =>
      quickApp({ ...TOLD, alarms: { RunRate: { threshold: AlarmThreshold.percent(5) } } }),
    ).toThrow(/`alarms\.RunRate\.threshold` must be in dollarsPerHour, got percent/);
  });

  test.each([
    [0.012, true],
    [0.01199, false],
  ])('a threshold of $%d an hour against a standing cost of $0.01199988', (dollars, fine) => {
    const { app, stack } = quickApp({
      ...TOLD,
      alarms: { RunRate: { threshold: AlarmThreshold.dollarsPerHour(dollars) } },
    });
    app.onRequest('GET /', 'ok.ts', { coldStart: ColdStart.provisioned({ min: 1 }) });

    const synth = (): unknown => alarmOf(stack);
    if (fine) {
      expect(synth).not.toThrow();
    } else {
      expect(synth).toThrow(
        /`alarms\.RunRate\.threshold` must be above what the idle app costs an hour/,
      );
    }
  });
});

describe('the run rate as a metric for users', () => {
  test('is the same expression, for alarms of their own', () => {
    const { app, stack } = quickApp(BUDGET);
    app.onRequest('GET /', 'ok.ts');

    new cloudwatch.Alarm(stack, 'Mine', {
      metric: app.metricRunRate(),
      threshold: 1,
      evaluationPeriods: 1,
    });

    const expressions = all(stack, 'AWS::CloudWatch::Alarm').flatMap(({ Metrics: queries = [] }) =>
      (queries as Query[]).flatMap(({ Expression }) =>
        Expression?.includes('PERIOD') === true ? [Expression] : [],
      ),
    );
    expect(expressions).toHaveLength(2);
    expect(new Set(expressions).size).toBe(1);
    expect(warnings(stack).filter((text) => /run-rate|Math/.test(text))).toEqual([]);
  });

  test('is measured even if nothing else needs it', () => {
    const { app, stack } = quickApp();
    app.onRequest('GET /', 'ok.ts');

    app.metricRunRate();

    expect(ids(stack, 'AWS::Logs::MetricFilter')).toHaveLength(3);
  });

  test('causes a warning if a function was added later', () => {
    const { app, stack } = quickApp();
    app.onRequest('GET /', 'ok.ts');
    app.metricRunRate();

    app.onRequest('GET /large', 'other.ts', { memorySize: 2048 });

    expect(warnings(stack).filter((text) => text.includes('run-rate-asked-early'))).toHaveLength(1);
  });
});
