import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { ALARM_DEFAULTS } from '../core/defaults';
import { AlarmThreshold } from './alarm-threshold';
import { appAlarm } from './private/app-alarm';
import { FunctionContext } from '../core/function-context';
import { Alarms } from './alarms';
import type { IAppFunction } from '../core/contract';

/**
 * The alarm on a function that falls behind its stream: a table's stream or a Kinesis stream. One per function, because the metric
 * does not distinguish its streams.
 */
export function addStreamAge(fn: IAppFunction): void {
  const id = 'StreamAgeAlarm';
  if (fn.node.tryFindChild(id) !== undefined) {
    return;
  }
  Alarms.of(fn).add('StreamAge', {
    fn,
    threshold: AlarmThreshold.duration(ALARM_DEFAULTS.streamAge),
    make: (settings) =>
      appAlarm(fn, id, settings, {
        metric: new cloudwatch.Metric({
          namespace: 'AWS/Lambda',
          metricName: 'IteratorAge',
          dimensionsMap: { FunctionName: FunctionContext.of(fn).deterministicName },
          statistic: cloudwatch.Stats.MAXIMUM,
          period: ALARM_DEFAULTS.period,
        }),
        threshold: settings.threshold,
        description:
          `${fn.node.path}: records of the stream reach the function later than the threshold, in milliseconds. The function is too slow, fails ` +
          'repeatedly on one record, or is throttled by Lambda, and everything that depends on them is out of date. A table’s stream discards records ' +
          `after 24 hours, and so does Kinesis by default. Start with: npx serverless-app logs ${fn.node.id} --since 15m`,
      }),
  });
}
