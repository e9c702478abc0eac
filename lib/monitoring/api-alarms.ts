import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { ALARM_DEFAULTS } from '../core/defaults';
import { AlarmThreshold } from './alarm-threshold';
import { appAlarm } from './private/app-alarm';
import { Alarms } from './alarms';
import type { IServerlessApp } from '../core/contract';

/** Alarms about what callers of the API experience: errors and latency. */
export function addApiAlarms(app: IServerlessApp, api: apigateway.IHttpApi): void {
  addApiErrors(app, api);
  addApiLatency(app, api);
}

function addApiErrors(app: IServerlessApp, api: apigateway.IHttpApi): void {
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
            errors: apiMetric(api, '5xx', cloudwatch.Stats.SUM),
            requests: apiMetric(api, 'Count', cloudwatch.Stats.SAMPLE_COUNT),
          },
        }),
        threshold: settings.threshold,
        description:
          `${app.node.path}: the API answered more than ${settings.threshold} % of its requests with 5xx: the function failed, took too ` +
          'long, or was throttled by Lambda. Callers saw the error, and only they can try again. See first: ' +
          'npx serverless-app logs --since 15m',
      }),
  });
}

function addApiLatency(app: IServerlessApp, api: apigateway.IHttpApi): void {
  Alarms.of(app).add('ApiLatency', {
    threshold: AlarmThreshold.duration(ALARM_DEFAULTS.apiLatency),
    make: (settings) =>
      appAlarm(Alarms.of(app).scope, 'ApiLatency', settings, {
        metric: apiMetric(api, 'Latency', cloudwatch.Stats.p(99)),
        threshold: settings.threshold,
        description:
          `${app.node.path}: at least one of a hundred requests to the API took longer than the threshold, in milliseconds. ` +
          'Callers wait: the function is slow, waits for another service, or starts cold. See first: npx serverless-app advise',
      }),
  });
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html */
function apiMetric(
  api: apigateway.IHttpApi,
  metricName: string,
  statistic: string,
): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: { ApiId: api.apiId },
    statistic,
    period: ALARM_DEFAULTS.period,
  });
}
