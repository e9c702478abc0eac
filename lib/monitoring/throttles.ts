import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { ALARM_DEFAULTS } from '../core/defaults';
import { AlarmThreshold } from './alarm-threshold';
import { appAlarm } from './private/app-alarm';
import { Alarms } from './alarms';
import type { IServerlessApp } from '../core/contract';

/**
 * The alarm on invocations that Lambda throttled. Its metric counts the whole account and region: a throttled event writes no log
 * line, and an alarm can use only ten metrics, so the functions of one app cannot be selected. The usual cause is the account's
 * limit, which all functions share.
 */
export function addThrottles(app: IServerlessApp): void {
  Alarms.of(app).add('Throttles', {
    threshold: AlarmThreshold.count(ALARM_DEFAULTS.throttles),
    make: (settings) =>
      appAlarm(Alarms.of(app).scope, 'Throttles', settings, {
        metric: new cloudwatch.Metric({
          namespace: 'AWS/Lambda',
          metricName: 'Throttles',
          statistic: cloudwatch.Stats.SUM,
          period: ALARM_DEFAULTS.period,
        }),
        threshold: settings.threshold,
        description:
          `${app.node.path}: Lambda throttled events, because the concurrency of the account or of a function was used up. ` +
          'The metric counts all functions of the account and region, so another app may be the cause; they share the limit. HTTP callers saw an ' +
          'error; other events are retried. Start with: aws lambda get-account-settings --region ' +
          Stack.of(app).region,
      }),
  });
}
