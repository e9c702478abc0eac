import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmSettings } from './alarms';
import { aliasDimensions, WatchedAlias } from './spillover-alarm';

/** The new version that an alias shifts to. */
export interface WatchedVersion extends WatchedAlias {
  /** The version's number. */
  readonly version: string;
  /** The log group of the function. */
  readonly logGroupName: string;
}

/** The alarm on errors of the new version. Without the dimension of the version, errors of the old one would roll back, too. */
export function newVersionFails(
  scope: Construct,
  id: string,
  watched: WatchedVersion,
  settings: AlarmSettings,
): cloudwatch.Alarm {
  return alarm(scope, id, watched, {
    metricName: 'Errors',
    statistic: cloudwatch.Stats.SUM,
    settings,
    what: 'failed more often than `maxErrors` of its `rollout` allows',
  });
}

/** The alarm on the latency of the new version. */
export function newVersionIsSlow(
  scope: Construct,
  id: string,
  watched: WatchedVersion,
  settings: AlarmSettings,
): cloudwatch.Alarm {
  return alarm(scope, id, watched, {
    metricName: 'Duration',
    statistic: cloudwatch.Stats.p(99),
    settings,
    what: 'was slower than `maxLatency` of its `rollout` allows',
  });
}

interface RolloutAlarmProps {
  readonly metricName: string;
  readonly statistic: string;
  readonly settings: AlarmSettings;
  readonly what: string;
}

function alarm(
  scope: Construct,
  id: string,
  watched: WatchedVersion,
  { metricName, statistic, settings: { threshold, alarmName }, what }: RolloutAlarmProps,
): cloudwatch.Alarm {
  const { path, version, logGroupName } = watched;
  return new cloudwatch.Alarm(scope, id, {
    alarmName,
    metric: new cloudwatch.Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: { ...aliasDimensions(watched), ExecutedVersion: version },
      statistic,
      period: Duration.minutes(1),
    }),
    threshold,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING, // no request, no data
    alarmDescription:
      `${path}: the newest version ${what}. During a rollout, CodeDeploy shifts back to the previous version, and the deployment of the ` +
      'stack fails; at any other time, the alarm is about the version that serves all requests. Start with: ' +
      `aws logs tail ${logGroupName} --since 15m --filter-pattern ERROR`,
  });
}
