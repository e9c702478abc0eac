import { Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { PropCheck, unquoted } from '../../props/prop-check';
import { AlarmOptions } from '../alarm-options';
import { AlarmThreshold, ThresholdUnit } from '../alarm-threshold';
import { statsOf } from './alarm-model';

/**
 * The longest evaluation window with periods below an hour:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 */
export const LOOK_BACK_SECONDS = 86_400;
/** The same with periods of an hour or more. */
export const LONG_LOOK_BACK_SECONDS = 604_800;

const HOUR = 3600;

const HOW_TO_WRITE: Readonly<Record<ThresholdUnit, string>> = {
  [ThresholdUnit.COUNT]: 'AlarmThreshold.count(10)',
  [ThresholdUnit.PERCENT]: 'AlarmThreshold.percent(5)',
  [ThresholdUnit.DURATION]: 'AlarmThreshold.duration(Duration.minutes(30))',
  [ThresholdUnit.DOLLARS_PER_HOUR]: 'AlarmThreshold.dollarsPerHour(2)',
};

/** Checks the options of an alarm as far as possible before it exists. */
export function checkAlarmOptions(options: AlarmOptions, check: PropCheck): void {
  const given: unknown = options.threshold;
  // The compiler checks this too, but not in JavaScript, and a plain number has no unit.
  if (given !== undefined && !(given instanceof AlarmThreshold)) {
    throw check.error(
      'threshold',
      'must be an AlarmThreshold, which has a unit',
      given,
      `write, for example, \`${HOW_TO_WRITE[ThresholdUnit.PERCENT]}\``,
    );
  }
}

/** Rejects a threshold in the wrong unit. */
export function requireUnit(
  threshold: AlarmThreshold,
  unit: ThresholdUnit,
  check: PropCheck,
): void {
  if (threshold.unit !== unit) {
    throw check.error(
      'threshold',
      `must be in ${unit}`,
      unquoted(threshold.unit),
      `write, for example, \`${HOW_TO_WRITE[unit]}\``,
    );
  }
}

/** Rejects disabling a rollback alarm here: `rollout` configures it. */
export function requireRollbackAlarm({ enabled }: AlarmOptions, check: PropCheck): void {
  if (enabled === false) {
    throw check.error(
      'enabled',
      'must not be false for a rollback alarm',
      enabled,
      'write `watch: false` in the `rollout` of the function, with your own `alarms`',
    );
  }
}

/** Applies the user's periods to an existing alarm. */
export function applyPeriods(
  alarm: cloudwatch.Alarm,
  { evaluationPeriods, datapointsToAlarm }: AlarmOptions,
  ownPeriods: boolean,
  check: PropCheck,
): void {
  if (evaluationPeriods === undefined && datapointsToAlarm === undefined) {
    return;
  }
  if (ownPeriods) {
    throw check.error(
      evaluationPeriods === undefined ? 'datapointsToAlarm' : 'evaluationPeriods',
      'must be left out for an alarm whose threshold determines its periods',
      evaluationPeriods ?? datapointsToAlarm,
      `give a threshold: \`${HOW_TO_WRITE[ThresholdUnit.DURATION]}\``,
    );
  }
  const resource = alarm.node.defaultChild as cloudwatch.CfnAlarm;
  const periods = evaluationPeriods ?? resource.evaluationPeriods;
  checkLookBack(evaluationPeriods, resource.period ?? statsOf(resource)[0]?.period, check);
  check.integer('datapointsToAlarm', datapointsToAlarm, {
    min: 1,
    max: Token.isUnresolved(periods) ? undefined : periods,
    unit: 'periods',
  });
  resource.evaluationPeriods = periods;
  resource.datapointsToAlarm = datapointsToAlarm;
}

function checkLookBack(
  periods: number | undefined,
  period: number | undefined,
  check: PropCheck,
): void {
  if (period === undefined || Token.isUnresolved(period)) {
    return;
  }
  const most = period < HOUR ? LOOK_BACK_SECONDS : LONG_LOOK_BACK_SECONDS;
  check.integer('evaluationPeriods', periods, {
    min: 1,
    max: Math.floor(most / period),
    unit: `periods of ${period} s`,
    remedy:
      'an alarm evaluates at most one day, or seven with periods of an hour: use fewer periods',
  });
}
