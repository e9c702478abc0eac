import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { ALARM_DEFAULTS } from '../core/defaults';
import { AlarmThreshold } from './alarm-threshold';
import { appAlarm } from './private/app-alarm';
import { Alarms } from './alarms';
import type { IServerlessApp } from '../core/contract';

/** Something is in the failure queue. */
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
          `${app.node.path}: events that a function could not process wait in the failure queue, after all their retries. Nothing is ` +
          'lost: they wait there up to 14 days, and can be sent again when the reason is gone. The alarm ends when the queue is ' +
          'empty. See first: npx serverless-app failures list',
      }),
  });
}
