import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { IAppFunction } from '../core/contract';
import { ALARM_DEFAULTS } from '../core/defaults';
import { FunctionContext } from '../core/function-context';
import { AlarmThreshold } from './alarm-threshold';
import { Alarms } from './alarms';
import { appAlarm } from './private/app-alarm';

/**
 * The alarm on executions of a durable function that failed or timed out. The metric `Errors` does not show them: it counts
 * invocations, and one execution has many. Executions that somebody stops raise no alarm.
 * https://docs.aws.amazon.com/lambda/latest/dg/durable-monitoring.html
 */
export function addDurableExecutionFails(fn: IAppFunction): void {
  const functionName = FunctionContext.of(fn).deterministicName;
  const metric = (metricName: string): cloudwatch.Metric =>
    new cloudwatch.Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: { FunctionName: functionName },
      statistic: cloudwatch.Stats.SUM,
      period: ALARM_DEFAULTS.period,
    });
  Alarms.of(fn).add('DurableExecutionFails', {
    fn,
    threshold: AlarmThreshold.count(ALARM_DEFAULTS.failedExecutions),
    make: (settings) =>
      appAlarm(fn, 'DurableExecutionFailsAlarm', settings, {
        metric: new cloudwatch.MathExpression({
          // If one metric has no data, the sum would have none either.
          expression: 'FILL(failed, 0) + FILL(timedOut, 0)',
          label: 'executions that failed',
          period: ALARM_DEFAULTS.period,
          usingMetrics: {
            failed: metric('DurableExecutionFailed'),
            timedOut: metric('DurableExecutionTimedOut'),
          },
        }),
        threshold: settings.threshold,
        description:
          `${fn.node.path}: executions of the durable function failed or timed out, and Lambda does not run them again. The failure queue has ` +
          'the events of those that nobody waited for; callers and event sources that waited got the error. Start with: ' +
          `aws lambda list-durable-executions-by-function --function-name ${functionName} --statuses FAILED TIMED_OUT`,
        atOnce: true,
      }),
  });
}
