import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmOptions } from '../../lib/monitoring/alarm-options';
import { AlarmThreshold, ThresholdUnit } from '../../lib/monitoring/alarm-threshold';
import { alarmModel } from '../../lib/monitoring/private/alarm-model';
import {
  ALARM_KINDS,
  APP_ALARMS,
  nameOf,
  unknownNames,
} from '../../lib/monitoring/private/alarm-names';
import {
  applyPeriods,
  checkAlarmOptions,
  requireRollbackAlarm,
  requireUnit,
} from '../../lib/monitoring/private/alarm-rules';
import type { AppFunction } from '../../lib/function/app-function';
import type { AppContext } from '../../lib/core/app-context';
import { ALARM_PROPS } from '../../lib/monitoring/alarm-prop-set';
import { checkProps } from '../../lib/props/check-props';
import { PropCheck } from '../../lib/props/prop-check';

const CHECK = new PropCheck('Test/App', 'alarms.X');
const token = (): number => Lazy.number({ produce: () => 1 });

function metric(seconds: number, name = 'M'): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'N',
    metricName: name,
    period: Duration.seconds(seconds),
  });
}

/** The share of one metric in another one. */
function share(seconds: number): cloudwatch.MathExpression {
  return new cloudwatch.MathExpression({
    expression: 'a / b',
    usingMetrics: { a: metric(seconds, 'A'), b: metric(seconds, 'B') },
    period: Duration.seconds(seconds),
  });
}

function alarmOn(of: cloudwatch.IMetric): cloudwatch.Alarm {
  return new cloudwatch.Alarm(new Stack(), 'Alarm', {
    metric: of,
    threshold: 1,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
  });
}

function resourceOf(alarm: cloudwatch.AlarmBase): cloudwatch.CfnAlarm {
  return alarm.node.defaultChild as cloudwatch.CfnAlarm;
}

describe('a threshold', () => {
  test.each<[string, AlarmThreshold, ThresholdUnit, number]>([
    ['a count', AlarmThreshold.count(10), ThresholdUnit.COUNT, 10],
    ['no thing', AlarmThreshold.count(0), ThresholdUnit.COUNT, 0],
    ['a share', AlarmThreshold.percent(5), ThresholdUnit.PERCENT, 5],
    ['no share', AlarmThreshold.percent(0), ThresholdUnit.PERCENT, 0],
    ['nearly all', AlarmThreshold.percent(99.9), ThresholdUnit.PERCENT, 99.9],
    ['a time', AlarmThreshold.duration(Duration.seconds(2)), ThresholdUnit.DURATION, 2000],
    ['a short time', AlarmThreshold.duration(Duration.millis(1)), ThresholdUnit.DURATION, 1],
    ['money', AlarmThreshold.dollarsPerHour(0.01), ThresholdUnit.DOLLARS_PER_HOUR, 0.01],
  ])('may be %s', (_what, threshold, unit, value) => {
    expect(threshold).toEqual({ unit, value });
  });

  test('may be a token, except for a share', () => {
    const [count, money, milliseconds] = [token(), token(), token()];

    expect(AlarmThreshold.count(count).value).toBe(count);
    expect(AlarmThreshold.dollarsPerHour(money).value).toBe(money);
    expect(AlarmThreshold.duration(Duration.millis(milliseconds)).value).toBe(milliseconds);
  });

  test.each<[string, () => AlarmThreshold, string]>([
    [
      'a count below 0',
      () => AlarmThreshold.count(-1),
      'AlarmThreshold.count: `count` must be a whole number not below 0 things, got -1',
    ],
    ['half a thing', () => AlarmThreshold.count(0.5), 'must be a whole number not below 0 things'],
    [
      'a count that is none',
      () => AlarmThreshold.count('1' as unknown as number),
      'AlarmThreshold.count: `count` must be a number, got "1"',
    ],
    [
      'a count that is left out',
      () => AlarmThreshold.count(undefined as unknown as number),
      'AlarmThreshold.count: `count` must be',
    ],
    [
      'a share below 0',
      () => AlarmThreshold.percent(-0.1),
      'AlarmThreshold.percent: `percent` must be a number from 0 to below 100, known at synthesis, got -0.1: write 5 for 5 %',
    ],
    ['all', () => AlarmThreshold.percent(100), 'got 100: write 5'],
    ['more than all', () => AlarmThreshold.percent(101), 'got 101: write 5'],
    ['a share that is a token', () => AlarmThreshold.percent(token()), 'got a token: write 5'],
    [
      'no time',
      () => AlarmThreshold.duration(Duration.seconds(0)),
      'AlarmThreshold.duration: `duration` must be above zero, got 0 ms: use a longer duration',
    ],
    [
      'a token of seconds',
      () => AlarmThreshold.duration(Duration.seconds(token())),
      'must be in milliseconds if it is known only at deployment, got a token of seconds: write `Duration.millis(token)`',
    ],
    [
      'a number for a time',
      () => AlarmThreshold.duration(5 as unknown as Duration),
      'AlarmThreshold.duration: `duration` must be a Duration, got 5',
    ],
    [
      'no money',
      () => AlarmThreshold.dollarsPerHour(0),
      'AlarmThreshold.dollarsPerHour: `usd` must be a number above 0, got 0: write 0.5 for 50 cents an hour',
    ],
    ['infinite money', () => AlarmThreshold.dollarsPerHour(Infinity), 'got Infinity: write 0.5'],
    ['money that is no number', () => AlarmThreshold.dollarsPerHour(NaN), 'got NaN: write 0.5'],
  ])('fails for %s', (_what, make, message) => {
    expect(make).toThrow(message);
  });
});

describe('the options of an alarm', () => {
  const check = (options: AlarmOptions) => (): void => {
    checkProps(options, ALARM_PROPS, CHECK);
    checkAlarmOptions(options, CHECK);
  };

  test.each<[AlarmOptions]>([
    [{}],
    [{ threshold: AlarmThreshold.count(1) }],
    [{ evaluationPeriods: 1, datapointsToAlarm: 1 }],
    [{ evaluationPeriods: Lazy.number({ produce: () => 0 }) }],
  ])('may be %j', (options) => {
    expect(check(options)).not.toThrow();
  });

  test.each<[string, AlarmOptions, string]>([
    [
      'a number alone as threshold',
      { threshold: 5 as unknown as AlarmThreshold },
      'Test/App: `alarms.X.threshold` must be an AlarmThreshold, which has a unit, got 5: write, for example, `AlarmThreshold.percent(5)`',
    ],
    [
      'what only looks like one',
      { threshold: { unit: ThresholdUnit.COUNT, value: 5 } },
      'must be an AlarmThreshold',
    ],
    [
      'no period',
      { evaluationPeriods: 0 },
      '`alarms.X.evaluationPeriods` must be a whole number not below 1 periods, got 0',
    ],
    [
      'no data point',
      { datapointsToAlarm: 0 },
      '`alarms.X.datapointsToAlarm` must be a whole number not below 1 periods, got 0',
    ],
  ])('fail for %s', (_what, options, message) => {
    expect(check(options)).toThrow(message);
  });

  test.each<[AlarmThreshold, ThresholdUnit, string]>([
    [
      AlarmThreshold.count(1),
      ThresholdUnit.PERCENT,
      'must be in percent, got count: write, for example, `AlarmThreshold.percent(5)`',
    ],
    [
      AlarmThreshold.percent(1),
      ThresholdUnit.COUNT,
      'got percent: write, for example, `AlarmThreshold.count(10)`',
    ],
    [
      AlarmThreshold.percent(1),
      ThresholdUnit.DURATION,
      'got percent: write, for example, `AlarmThreshold.duration(Duration.minutes(30))`',
    ],
    [
      AlarmThreshold.count(1),
      ThresholdUnit.DOLLARS_PER_HOUR,
      'got count: write, for example, `AlarmThreshold.dollarsPerHour(2)`',
    ],
  ])('fail for %j instead of %s', (threshold, unit, message) => {
    const require = (as: ThresholdUnit) => (): void => {
      requireUnit(threshold, as, CHECK);
    };

    expect(require(unit)).toThrow(message);
    expect(require(threshold.unit)).not.toThrow();
  });

  test('may not omit the alarm that triggers a rollback', () => {
    const require = (enabled?: boolean) => (): void => {
      requireRollbackAlarm({ enabled }, CHECK);
    };

    expect(require()).not.toThrow();
    expect(require(true)).not.toThrow();
    expect(require(false)).toThrow(
      '`alarms.X.enabled` must not be false for a rollback alarm, got false: write `watch: false`',
    );
  });
});

describe('periods', () => {
  /** What becomes of three periods, of which two data points raise the alarm. */
  function applied(
    options: AlarmOptions,
    { of = metric(300), own = false }: { of?: cloudwatch.IMetric; own?: boolean } = {},
  ): (number | undefined)[] {
    const alarm = alarmOn(of);
    applyPeriods(alarm, options, own, CHECK);
    const { evaluationPeriods, datapointsToAlarm } = resourceOf(alarm);
    return [evaluationPeriods, datapointsToAlarm];
  }

  test.each<[AlarmOptions, (number | undefined)[]]>([
    [{}, [3, 2]],
    [{ threshold: AlarmThreshold.count(1) }, [3, 2]],
    [{ evaluationPeriods: 5 }, [5, undefined]],
    [{ evaluationPeriods: 5, datapointsToAlarm: 5 }, [5, 5]],
    [{ datapointsToAlarm: 1 }, [3, 1]],
    [{ datapointsToAlarm: 3 }, [3, 3]],
  ])('of %j become %j', (options, expected) => {
    expect(applied(options)).toEqual(expected);
  });

  test('that are tokens are not compared', () => {
    const options = { evaluationPeriods: token(), datapointsToAlarm: 99 };

    expect(applied(options)).toEqual([options.evaluationPeriods, 99]);
  });

  test.each<[AlarmOptions, string]>([
    [
      { datapointsToAlarm: 4 },
      '`alarms.X.datapointsToAlarm` must be a whole number from 1 to 3 periods, got 4',
    ],
    [
      { evaluationPeriods: 5, datapointsToAlarm: 6 },
      '`alarms.X.datapointsToAlarm` must be a whole number from 1 to 5 periods, got 6',
    ],
  ])('fail for %j', (options, message) => {
    expect(() => applied(options)).toThrow(message);
  });

  test.each<[string, cloudwatch.IMetric, number, string]>([
    ['of five minutes', metric(300), 288, '300 s'],
    ['of an hour', metric(3600), 168, '3600 s'],
    ['of a minute, of an expression', share(60), 1440, '60 s'],
    ['of an hour, of an expression', share(3600), 168, '3600 s'],
  ])('of %s cover no more time than CloudWatch allows', (_what, of, most, period) => {
    expect(applied({ evaluationPeriods: most }, { of })).toEqual([most, undefined]);
    expect(() => applied({ evaluationPeriods: most + 1 }, { of })).toThrow(
      `\`alarms.X.evaluationPeriods\` must be a whole number from 1 to ${most} periods of ${period}, got ${most + 1}: an alarm evaluates at most one day`,
    );
  });

  test('of a length known only at deployment may be any number', () => {
    const alarm = alarmOn(metric(300));
    resourceOf(alarm).period = token();

    applyPeriods(alarm, { evaluationPeriods: 9999 }, false, CHECK);

    expect(resourceOf(alarm).evaluationPeriods).toBe(9999);
  });

  test('of an alarm without a metric of its own may be any number', () => {
    const alarm = alarmOn(share(300));
    resourceOf(alarm).metrics = [{ id: 'e', expression: 'RATE(m1)', metricStat: undefined }];

    applyPeriods(alarm, { evaluationPeriods: 9999 }, false, CHECK);

    expect(resourceOf(alarm).evaluationPeriods).toBe(9999);
  });

  test('that follow from a threshold cannot be changed', () => {
    expect(applied({}, { own: true })).toEqual([3, 2]);
    expect(() => applied({ evaluationPeriods: 5, datapointsToAlarm: 4 }, { own: true })).toThrow(
      '`alarms.X.evaluationPeriods` must be left out for an alarm whose threshold determines its periods, got 5: give a threshold',
    );
    expect(() => applied({ datapointsToAlarm: 4 }, { own: true })).toThrow(
      '`alarms.X.datapointsToAlarm` must be left out for an alarm whose threshold determines its periods, got 4',
    );
  });
});

describe('the estimate of an alarm', () => {
  test.each<[string, cloudwatch.IMetric, object]>([
    ['of one metric', metric(60), { metrics: 1 }],
    ['of one metric with short periods', metric(30), { metrics: 1, highResolution: true }],
    ['of two metrics, without what is computed of them', share(300), { metrics: 2 }],
    ['of two metrics with short periods', share(10), { metrics: 2, highResolution: true }],
  ])('%s', (_what, of, expected) => {
    const alarm = alarmOn(of);

    expect(alarmModel('A', alarm, 'name')).toEqual({
      id: 'A',
      path: 'Default/Alarm',
      name: 'name',
      ...expected,
    });
  });

  test('uses its own name if no other is known', () => {
    const alarm = alarmOn(metric(60));

    expect(alarmModel('A', alarm).name).toBe(alarm.alarmName);
  });

  test('counts no metrics for a composite alarm', () => {
    const one = alarmOn(metric(60));
    const composite = new cloudwatch.CompositeAlarm(Stack.of(one), 'Any', { alarmRule: one });

    expect(alarmModel('Any', composite, 'any')).toEqual({
      id: 'Any',
      path: 'Default/Any',
      name: 'any',
      metrics: 0,
    });
  });

  test('counts the metrics of an expression of the user', () => {
    const alarm = alarmOn(share(60));
    const metricStat = { metric: { namespace: 'N', metricName: 'M' }, period: 10, stat: 'Sum' };
    resourceOf(alarm).metrics = [
      { id: 'a', metricStat },
      { id: 'b', metricStat },
      { id: 'e', expression: 'a / b', metricStat: undefined },
    ];

    expect(alarmModel('A', alarm, 'a')).toMatchObject({ metrics: 2, highResolution: true });
  });

  test('assumes one metric of standard resolution if period or metrics are known only at deployment', () => {
    const alarm = alarmOn(metric(60));
    resourceOf(alarm).period = token();
    resourceOf(alarm).metrics = Lazy.any({ produce: () => [] });

    expect(alarmModel('A', alarm, 'a')).toMatchObject({ metrics: 1 });
    expect(alarmModel('A', alarm, 'a')).not.toHaveProperty('highResolution');
  });
});

describe('the name of an alarm', () => {
  const fn = { node: { id: 'Resize' } } as AppFunction;
  const app = {
    functions: [fn],
    check: new PropCheck('Test/App', ''),
  } as unknown as AppContext;

  test('is that of its kind, or of its function and kind', () => {
    expect(nameOf('RunRate', undefined)).toBe('RunRate');
    expect(nameOf('MissedSchedule', fn)).toBe('ResizeMissedSchedule');
  });

  test('is known for the app, for each kind, and for each function', () => {
    const known = [...APP_ALARMS, ...ALARM_KINDS, ...ALARM_KINDS.map((kind) => `Resize${kind}`)];

    expect(known).toHaveLength(23);
    expect(unknownNames(known, app)).toEqual([]);
    expect(unknownNames([], app)).toEqual([]);
  });

  test('that is unknown is reported with the nearest one', () => {
    expect(unknownNames(['RunRate', 'ResizeMissedSchedul', 'ResizeRunRate'], app)).toEqual([
      'Test/App: `alarms` must name alarms of the app, got "ResizeMissedSchedul": did you mean `ResizeMissedSchedule`? docs/alarms.md lists all names',
      expect.stringContaining('got "ResizeRunRate"'),
    ]);
  });
});
