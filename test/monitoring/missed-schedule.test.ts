import { Duration, Lazy, Stack, TimeZone } from 'aws-cdk-lib';
import { ScheduleExpression, TimeWindow } from 'aws-cdk-lib/aws-scheduler';
import {
  AlarmOptions,
  AlarmThreshold,
  AppStage,
  ScheduleFunctionOptions,
  ServerlessApp,
  ServerlessAppProps,
  Sharding,
  Trigger,
} from 'cdk-serverless-app';
import { all, Annotations, ids, Match, quickApp } from '../support/synth';

const ALARM = 'AWS::CloudWatch::Alarm';
const TOLD: ServerlessAppProps = { notify: ['ops@example.com'] };
const DAILY = ScheduleExpression.cron({ hour: '12', minute: '0' });
const cron = (expression: string): ScheduleExpression =>
  ScheduleExpression.expression(`cron(${expression})`);

interface MissedScheduleAlarm {
  readonly Metrics: {
    readonly Expression?: string;
    readonly MetricStat?: {
      readonly Metric: { readonly MetricName: string; readonly Dimensions: unknown };
      readonly Period: number;
    };
  }[];
  readonly EvaluationPeriods: number;
  readonly [key: string]: unknown;
}

function appWith(
  schedule: ScheduleExpression,
  options: ScheduleFunctionOptions = {},
  props: ServerlessAppProps = {},
): { app: ServerlessApp; stack: Stack } {
  const made = quickApp({ ...TOLD, ...props });
  made.app.onSchedule(schedule, 'ok.ts', options);
  return made;
}

function missedSchedulesIn(stack: Stack): MissedScheduleAlarm[] {
  return all(stack, ALARM).filter(({ Metrics }) =>
    JSON.stringify(Metrics ?? '').includes('runs - failures'),
  ) as unknown as MissedScheduleAlarm[];
}

function missedSchedule(...args: Parameters<typeof appWith>): MissedScheduleAlarm | undefined {
  return missedSchedulesIn(appWith(...args).stack)[0];
}

/** Period and their number. */
function periods(...args: Parameters<typeof appWith>): [number, number] | undefined {
  const alarm = missedSchedule(...args);
  const stat = alarm?.Metrics.find(({ MetricStat }) => MetricStat !== undefined)?.MetricStat;
  return alarm && [stat?.Period ?? 0, alarm.EvaluationPeriods];
}

function infos(stack: Stack): string[] {
  return Annotations.fromStack(stack)
    .findInfo('*', Match.anyValue())
    .map(({ entry }) => entry.data as string)
    .filter((text) => text.includes('no alarm fires if the schedule does not run'));
}

describe('a schedule', () => {
  test('raises the alarm if no run succeeded: the metric is the runs minus the failed ones', () => {
    const alarm = missedSchedule(DAILY);

    expect(alarm).toMatchObject({
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
    });
    const metrics = alarm?.Metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []);
    expect(metrics?.map(({ MetricName }) => MetricName)).toEqual(['Invocations', 'Errors']);
    for (const metric of metrics ?? []) {
      expect(metric.Dimensions).toEqual([
        { Name: 'FunctionName', Value: { Ref: expect.stringMatching(/^AppOkFunction/) as string } },
      ]);
    }
  });

  test('that is new and has not run raises no alarm: missing data is not a change of state', () => {
    expect(missedSchedule(DAILY)).toMatchObject({
      TreatMissingData: 'missing',
      AlarmActions: [expect.anything()],
      InsufficientDataActions: [expect.anything()],
    });
  });

  test('the description explains both states, and the first command to run', () => {
    const text = JSON.stringify(missedSchedule(DAILY)?.AlarmDescription);

    expect(text).toContain('Test/App/Ok: in 24.2 hours no run of the schedule succeeded');
    expect(text).toContain('In state ALARM, all runs failed');
    expect(text).toContain('in state INSUFFICIENT_DATA, it did not run');
    expect(text).toContain('npx serverless-app logs Ok --since 25h');
  });
});

describe('the window', () => {
  // Of three attempts of a minute, 3 minutes between them, and 6 for lateness: 12 minutes.
  test.each<[string, ScheduleExpression, [number, number] | undefined]>([
    ['every minute: 13 minutes', cron('* * * * ? *'), [300, 4]],
    ['every hour: 72 minutes', ScheduleExpression.rate(Duration.hours(1)), [300, 16]],
    ['every 23 hours: a day and no more', ScheduleExpression.rate(Duration.hours(23)), [300, 280]],
    ['every day: 24 h 12 min, by the hour', DAILY, [3600, 26]],
    ['on weekdays: three days', cron('0 2 ? * MON-FRI *'), [3600, 74]],
    ['twice a week', cron('0 2 ? * MON,THU *'), [3600, 98]],
    ['every six days', ScheduleExpression.rate(Duration.days(6)), [3600, 146]],
    [
      '166 hours and 48 minutes, the longest',
      ScheduleExpression.rate(Duration.minutes(166 * 60 + 48)),
      [3600, 168],
    ],
    ['a minute more', ScheduleExpression.rate(Duration.minutes(166 * 60 + 49)), undefined],
  ])('%s', (_what, schedule, expected) => {
    expect(periods(schedule)).toEqual(expected);
    if (expected !== undefined) {
      const [period, count] = expected;
      expect(period * count).toBeLessThanOrEqual(period < 3600 ? 86_400 : 604_800);
    }
  });

  test('is longer when the clocks change', () => {
    const schedule = ScheduleExpression.cron({
      hour: '2',
      minute: '0',
      timeZone: TimeZone.EUROPE_WARSAW,
    });

    expect(periods(schedule)).toEqual([3600, 49]);
  });

  test('includes the flexible time window of the schedule and the timeout of the function', () => {
    expect(periods(DAILY, { timeWindow: TimeWindow.flexible(Duration.hours(3)) })).toEqual([
      3600, 29,
    ]);
    expect(periods(DAILY, { timeout: Duration.minutes(15) })).toEqual([3600, 26]);
    expect(
      periods(ScheduleExpression.rate(Duration.hours(1)), { timeout: Duration.minutes(15) }),
    ).toEqual([300, 24]);
  });

  test('of several schedules follows the most frequent one', () => {
    const { app, stack } = appWith(cron('0 2 1 * ? *'));
    app.functions[0]?.addTrigger(Trigger.schedule(DAILY));

    expect(missedSchedulesIn(stack).map(({ EvaluationPeriods }) => EvaluationPeriods)).toEqual([
      26,
    ]);
  });

  test('is the one that the user gives', () => {
    const alarms = { OkMissedSchedule: { threshold: AlarmThreshold.duration(Duration.hours(30)) } };

    expect(periods(DAILY, {}, { alarms })).toEqual([3600, 31]);
  });
});

describe('there is no such alarm', () => {
  test.each<[string, ScheduleExpression, ScheduleFunctionOptions, ServerlessAppProps]>([
    ['of a single moment', ScheduleExpression.at(new Date('2030-01-01T00:00:00Z')), {}, {}],
    ['of a schedule that ends', DAILY, { end: new Date('2030-01-01T00:00:00Z') }, {}],
    ['of one that names years', cron('0 2 * * ? 2030'), {}, {}],
    ['of one that is switched off', DAILY, { enabled: false }, {}],
    ['in development', DAILY, { enabled: true }, { stage: AppStage.DEVELOPMENT }],
    ['where its kind is left out', DAILY, {}, { alarms: { MissedSchedule: { enabled: false } } }],
    ['where it is left out', DAILY, {}, { alarms: { OkMissedSchedule: { enabled: false } } }],
    ['without a notification target', DAILY, {}, { notify: undefined }],
  ])('%s, without a message', (_what, schedule, options, props) => {
    const { stack } = appWith(schedule, options, props);

    expect(missedSchedulesIn(stack)).toEqual([]);
    expect(infos(stack)).toEqual([]);
  });

  test.each<[string, ScheduleExpression, string]>([
    [
      'every week',
      cron('0 2 ? * SUN *'),
      'it runs up to 7 days apart, and an alarm looks back 7 days at most',
    ],
    ['every month', cron('0 2 L * ? *'), 'it runs up to 31 days apart'],
    [
      'as the deployment says',
      ScheduleExpression.expression(Lazy.string({ produce: () => 'rate(1 day)' })),
      'its schedule is known only at deployment',
    ],
    [
      'in a time zone that the deployment says',
      ScheduleExpression.cron({
        minute: '0',
        hour: '2',
        timeZone: TimeZone.of(Lazy.string({ produce: () => 'Europe/Warsaw' })),
      }),
      'its schedule is known only at deployment',
    ],
  ])('for one that runs %s, with a message', (_what, schedule, text) => {
    const { stack } = appWith(schedule);

    expect(missedSchedulesIn(stack)).toEqual([]);
    expect(infos(stack)).toEqual([expect.stringContaining(text)]);
  });

  test('for a function that other events run too, also later, with a message', () => {
    const { app, stack } = appWith(DAILY);
    app.functions[0]?.addTrigger(Trigger.http('GET /'));

    expect(missedSchedulesIn(stack)).toEqual([]);
    expect(infos(stack)).toEqual([expect.stringContaining('the function has other triggers')]);
  });
});

test('in a shard the alarm is in the stack of its function', () => {
  const { app, stack } = appWith(DAILY, {}, { sharding: Sharding.nestedStacks(1) });

  ids(stack);
  expect(missedSchedulesIn(app.functions[0]?.node.scope as Stack)).toHaveLength(1);
});

describe('fails', () => {
  const synth = (change: AlarmOptions) => () =>
    ids(appWith(DAILY, {}, { alarms: { OkMissedSchedule: change } }).stack);

  test.each<[string, AlarmOptions, string]>([
    [
      'for a window that is no longer than the gap',
      { threshold: AlarmThreshold.duration(Duration.hours(24)) },
      '`alarms.OkMissedSchedule.threshold` must be above 24 hours, and 167 hours at most, got 24 hours: use a duration above',
    ],
    [
      'for a window that no alarm looks back on',
      { threshold: AlarmThreshold.duration(Duration.hours(168)) },
      '`alarms.OkMissedSchedule.threshold` must be above 24 hours, and 167 hours at most, got 168 hours',
    ],
    [
      'for a window that only the deployment knows',
      { threshold: AlarmThreshold.duration(Duration.millis(Lazy.number({ produce: () => 1 }))) },
      'must be known at synthesis, got a token',
    ],
    [
      'for periods of its own',
      { evaluationPeriods: 3 },
      '`alarms.OkMissedSchedule.evaluationPeriods` must be left out for an alarm whose threshold determines its periods, got 3',
    ],
    [
      'for a count',
      { threshold: AlarmThreshold.count(1) },
      '`alarms.OkMissedSchedule.threshold` must be in duration, got count',
    ],
  ])('%s', (_what, change, message) => {
    expect(synth(change)).toThrow(message);
  });
});
