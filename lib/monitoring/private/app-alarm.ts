import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { ALARM_DEFAULTS } from '../../core/defaults';
import type { AlarmSettings } from '../alarms';

export interface AppAlarmDefinition {
  readonly metric: cloudwatch.IMetric;
  /** In the metric's unit. */
  readonly threshold: number;
  readonly description: string;
  /** Whether the alarm is about a condition, not about a frequency. */
  readonly atOnce?: boolean;
}

/** Creates an alarm with the app's defaults: it fires above its threshold, and ignores missing data. */
export function appAlarm(
  scope: Construct,
  id: string,
  { alarmName }: AlarmSettings,
  { metric, threshold, description, atOnce }: AppAlarmDefinition,
): cloudwatch.Alarm {
  const { evaluationPeriods, datapointsToAlarm } = ALARM_DEFAULTS;
  return new cloudwatch.Alarm(scope, id, {
    alarmName,
    metric,
    threshold,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    ...(atOnce === true ? { evaluationPeriods: 1 } : { evaluationPeriods, datapointsToAlarm }),
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    alarmDescription: description,
  });
}
