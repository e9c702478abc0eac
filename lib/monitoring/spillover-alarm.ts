import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmSettings } from './alarms';

/** An alias as CloudWatch identifies it, by names that are known before the alias exists. */
export interface WatchedAlias {
  /** The construct path of the function, for messages. */
  readonly path: string;
  readonly functionName: string;
  readonly aliasName: string;
}

/** The dimensions of an alias’ metrics. */
export function aliasDimensions({ functionName, aliasName }: WatchedAlias): Record<string, string> {
  return { FunctionName: functionName, Resource: `${functionName}:${aliasName}` };
}

/** The alarm on requests that found all provisioned environments busy, and started cold. */
export function spilloverAlarm(
  scope: Construct,
  id: string,
  watched: WatchedAlias,
  { threshold, alarmName }: AlarmSettings,
): cloudwatch.Alarm {
  const { path, functionName, aliasName } = watched;
  return new cloudwatch.Alarm(scope, id, {
    alarmName,
    metric: new cloudwatch.Metric({
      namespace: 'AWS/Lambda',
      metricName: 'ProvisionedConcurrencySpilloverInvocations',
      dimensionsMap: aliasDimensions(watched),
      statistic: cloudwatch.Stats.SUM,
      period: Duration.minutes(5),
    }),
    threshold,
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: 1,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING, // the metric exists only while requests spill over
    alarmDescription:
      `${path}: requests came while all provisioned environments were busy, so they started cold. Nothing was lost; some callers ` +
      'waited. If this happens again, raise `min` or `max` of its `coldStart`, or lower `targetUtilization`. Start with: ' +
      `aws lambda get-provisioned-concurrency-config --function-name ${functionName} --qualifier ${aliasName}`,
  });
}
