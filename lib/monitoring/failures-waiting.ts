import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { ALARM_DEFAULTS } from '../core/defaults';
import { AlarmThreshold } from './alarm-threshold';
import { appAlarm } from './private/app-alarm';
import { Alarms } from './alarms';
import type { IServerlessApp } from '../core/contract';

/** The alarm that fires while the failure queue holds events. */
export function addFailuresWaiting(
  app: IServerlessApp,
  queue: sqs.IQueue,
  name: 'FailuresWaiting' | 'FifoFailuresWaiting' = 'FailuresWaiting',
): void {
  Alarms.of(app).add(name, {
    threshold: AlarmThreshold.count(ALARM_DEFAULTS.failuresWaiting),
    make: (settings) =>
      appAlarm(Alarms.of(app).scope, name, settings, {
        metric: queue.metricApproximateNumberOfMessagesVisible({
          statistic: cloudwatch.Stats.MAXIMUM,
          period: ALARM_DEFAULTS.period,
        }),
        threshold: settings.threshold,
        atOnce: true,
        description:
          `${app.node.path}: events that failed after all retries wait in the failure queue. Nothing is ` +
          'lost: they stay there for up to 14 days, and can be retried once the cause is fixed. The alarm ends when the queue is ' +
          'empty. Start with: npx serverless-app failures list',
      }),
  });
}
