import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { ALARM_DEFAULTS } from '../core/defaults';
import { ApiMeasure, apiMetric } from '../model/api-metrics';
import type { HttpModel } from '../model/app-model';
import { AlarmThreshold } from './alarm-threshold';
import { appAlarm } from './private/app-alarm';
import { Alarms } from './alarms';
import type { IServerlessApp } from '../core/contract';

/** Alarms about what callers of the API experience: errors and latency. */
export function addApiAlarms(app: IServerlessApp, api: HttpModel): void {
  addApiErrors(app, api);
  addApiLatency(app, api);
}

function addApiErrors(app: IServerlessApp, api: HttpModel): void {
  Alarms.of(app).add('ApiErrors', {
    threshold: AlarmThreshold.percent(ALARM_DEFAULTS.apiErrorPercent),
    make: (settings) =>
      appAlarm(Alarms.of(app).scope, 'ApiErrors', settings, {
        // Computed from both metrics: AWS documents the average of `5xx` as the error share for REST APIs only.
        metric: new cloudwatch.MathExpression({
          expression: '100 * errors / requests',
          label: 'Share of 5xx in percent',
          period: ALARM_DEFAULTS.period,
          usingMetrics: {
            errors: metricOf(api, 'errors', cloudwatch.Stats.SUM),
            requests: metricOf(api, 'requests', cloudwatch.Stats.SAMPLE_COUNT),
          },
        }),
        threshold: settings.threshold,
        description:
          `${app.node.path}: the API answered more than ${settings.threshold} % of its requests with 5xx: the function failed, took too ` +
          'long, or was throttled by Lambda. Callers saw the error, and only they can try again. Start with: ' +
          'npx serverless-app logs --since 15m',
      }),
  });
}

function addApiLatency(app: IServerlessApp, api: HttpModel): void {
  Alarms.of(app).add('ApiLatency', {
    threshold: AlarmThreshold.duration(ALARM_DEFAULTS.apiLatency),
    make: (settings) =>
      appAlarm(Alarms.of(app).scope, 'ApiLatency', settings, {
        metric: metricOf(api, 'latency', cloudwatch.Stats.p(99)),
        threshold: settings.threshold,
        description:
          `${app.node.path}: at least one in a hundred requests to the API took longer than the threshold, in milliseconds. ` +
          'Callers wait: the function is slow, waits for another service, or starts cold. Start with: npx serverless-app advise',
      }),
  });
}

function metricOf(api: HttpModel, measure: ApiMeasure, statistic: string): cloudwatch.Metric {
  const { name: metricName, dimensions: dimensionsMap } = apiMetric(api, measure);
  return new cloudwatch.Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap,
    statistic,
    period: ALARM_DEFAULTS.period,
  });
}
