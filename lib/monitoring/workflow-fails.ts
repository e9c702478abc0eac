import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { ALARM_DEFAULTS } from '../core/defaults';
import { AlarmThreshold } from './alarm-threshold';
import { Alarms } from './alarms';
import { appAlarm } from './private/app-alarm';

/** The alarm on executions of a workflow that failed, took too long, or were throttled. AWS keeps no failed execution in a queue. */
export function addWorkflowFails(workflow: Construct, machine: IStateMachine): void {
  Alarms.of(workflow).add('WorkflowFails', {
    fn: workflow,
    threshold: AlarmThreshold.count(ALARM_DEFAULTS.failedExecutions),
    make: (settings) => {
      const options = { period: ALARM_DEFAULTS.period, statistic: cloudwatch.Stats.SUM };
      return appAlarm(workflow, 'WorkflowFailsAlarm', settings, {
        metric: new cloudwatch.MathExpression({
          // If one metric has no data, the whole sum would have none either.
          expression: 'FILL(failed, 0) + FILL(timedOut, 0) + FILL(throttled, 0)',
          label: 'executions that failed',
          period: ALARM_DEFAULTS.period,
          usingMetrics: {
            failed: machine.metricFailed(options),
            timedOut: machine.metricTimedOut(options),
            throttled: machine.metricThrottled(options),
          },
        }),
        threshold: settings.threshold,
        description:
          `${workflow.node.path}: executions of the workflow failed or timed out, or their steps were throttled. They are not in the failure queue, and AWS ` +
          `does not run them again. Start with: aws stepfunctions list-executions --status-filter FAILED, and redrive those that may run again`,
        atOnce: true,
      });
    },
  });
}
