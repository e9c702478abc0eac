import { Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { ALARM_DEFAULTS } from '../core/defaults';
import { AlarmThreshold } from './alarm-threshold';
import { appAlarm } from './private/app-alarm';
import { Alarms } from './alarms';
import type { IServerlessApp } from '../core/contract';

/**
 * Lambda turned events away for want of concurrency. The metric is that of the account and region: a throttled event writes no log
 * line, and an alarm takes 10 metrics at most, so there is none for exactly the functions of an app. What throttles them is
 * mostly the account's limit, which all share.
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
          `${app.node.path}: Lambda turned events away, since as many environments ran as the account or a function may have. ` +
          'It counts all functions of the account and region, so another app may be the cause; the limit is shared. Callers over HTTP saw an ' +
          'error; what came otherwise is tried again. See first: aws lambda get-account-settings --region ' +
          Stack.of(app).region,
      }),
  });
}
