import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { IAppFunction } from '../core/contract';
import { ALARM_DEFAULTS } from '../core/defaults';
import { FunctionContext } from '../core/function-context';
import { AlarmThreshold } from './alarm-threshold';
import { Alarms } from './alarms';
import { appAlarm } from './private/app-alarm';

/** The alarm about what callers of a function's URL experience. */
export function addUrlErrors(fn: IAppFunction): void {
  const metric = (metricName: string): cloudwatch.Metric =>
    new cloudwatch.Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: { FunctionName: FunctionContext.of(fn).deterministicName },
      statistic: cloudwatch.Stats.SUM,
      period: ALARM_DEFAULTS.period,
    });
  Alarms.of(fn).add('UrlErrors', {
    fn,
    threshold: AlarmThreshold.percent(ALARM_DEFAULTS.apiErrorPercent),
    make: (settings) =>
      appAlarm(fn, 'UrlErrorsAlarm', settings, {
        metric: new cloudwatch.MathExpression({
          expression: '100 * errors / requests',
          label: 'Share of 5xx in percent',
          period: ALARM_DEFAULTS.period,
          usingMetrics: { errors: metric('Url5xxCount'), requests: metric('UrlRequestCount') },
        }),
        threshold: settings.threshold,
        description:
          `${fn.node.path}: the function’s URL answered more than ${settings.threshold} % of its requests with 5xx: the function failed, or ` +
          'took longer than its timeout. Callers saw the error, and only they can try again. Start with: ' +
          `npx serverless-app logs ${fn.node.id} --since 15m`,
      }),
  });
}
