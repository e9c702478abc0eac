import { Tokenization } from 'aws-cdk-lib';
import * as scaling from 'aws-cdk-lib/aws-applicationautoscaling';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { dependOn } from '../../core/depend-on';
import { formatPlural } from '../../model/format-number';
import { aliasDimensions, WatchedAlias } from '../../monitoring/spillover-alarm';
import { COLD_START_DEFAULTS } from '../../core/defaults';
import { ProvisionedConcurrencyOptions } from '../cold-start';
import { scheduleName } from './cold-start-rules';

/**
 * Keeps environments ready for the version of an alias.
 *
 * The alias always contains `min`, and its description says how the number scales. So every change of mode changes the alias, and
 * CloudFormation sets the number again. The scaling target contains its own bounds, and is deleted together with its resource.
 */
export function provisionConcurrency(
  scope: Construct,
  alias: lambda.CfnAlias,
  watched: WatchedAlias,
  options: ProvisionedConcurrencyOptions,
): void {
  const { min, max, schedules = [] } = options;
  alias.provisionedConcurrencyConfig = { provisionedConcurrentExecutions: min };
  alias.description = describeMode(options);
  if (max === undefined && schedules.length === 0) {
    return;
  }
  const target = new scaling.CfnScalableTarget(scope, 'ProvisionedConcurrency', {
    serviceNamespace: 'lambda',
    scalableDimension: 'lambda:function:ProvisionedConcurrency',
    resourceId: `function:${watched.functionName}:${watched.aliasName}`,
    minCapacity: min,
    maxCapacity: max ?? min,
    scheduledActions: schedules.map((schedule) => ({
      scheduledActionName: scheduleName(schedule),
      schedule: schedule.schedule.expressionString,
      timezone: schedule.schedule.timeZone?.timezoneName,
      startTime: schedule.start,
      endTime: schedule.end,
      scalableTargetAction: {
        minCapacity: schedule.min,
        maxCapacity: schedule.max ?? max ?? schedule.min,
      },
    })),
  });
  dependOn(target, alias);
  if (max !== undefined) {
    followUtilization(scope, target, watched, options);
  }
}

/**
 * Target tracking. Lambda reports utilization only while there are requests. The alarm that scales in would otherwise never have
 * data, and the number would stay where the last burst left it, so missing data counts as zero utilization. The statistic is the maximum,
 * because the average of a minute hides a burst that finds no environment ready.
 */
function followUtilization(
  scope: Construct,
  target: scaling.CfnScalableTarget,
  watched: WatchedAlias,
  { targetUtilization = COLD_START_DEFAULTS.targetUtilization }: ProvisionedConcurrencyOptions,
): void {
  const dimensions = Object.entries(aliasDimensions(watched));
  new scaling.CfnScalingPolicy(scope, 'Utilization', {
    policyName: 'Utilization', // unique within this target
    policyType: 'TargetTrackingScaling',
    scalingTargetId: target.ref,
    targetTrackingScalingPolicyConfiguration: {
      targetValue: targetUtilization,
      customizedMetricSpecification: {
        metrics: [
          {
            id: 'utilization',
            metricStat: {
              metric: {
                namespace: 'AWS/Lambda',
                metricName: 'ProvisionedConcurrencyUtilization',
                dimensions: dimensions.map(([name, value]) => ({ name, value })),
              },
              stat: 'Maximum',
            },
            returnData: false,
          },
          {
            id: 'utilizationOrNone',
            expression: 'FILL(utilization, 0)',
            label: 'Share of provisioned environments that are busy',
            returnData: true,
          },
        ],
      },
    },
  });
}

function describeMode({
  min,
  max,
  targetUtilization = COLD_START_DEFAULTS.targetUtilization,
  schedules = [],
}: ProvisionedConcurrencyOptions): string {
  const show = (value: number): string => Tokenization.stringifyNumber(value);
  const parts = [
    `Keeps ${show(min)} ready`,
    ...(max === undefined
      ? []
      : [`up to ${show(max)} at a utilization of ${show(targetUtilization)}`]),
    ...(schedules.length === 0 ? [] : [`changed by ${formatPlural(schedules.length, 'schedule')}`]),
  ];
  return parts.join(', ');
}
