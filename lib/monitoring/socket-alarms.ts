import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { IServerlessApp } from '../core/contract';
import { ALARM_DEFAULTS } from '../core/defaults';
import type { WebSocketModel } from '../model/app-model';
import { AlarmThreshold } from './alarm-threshold';
import { Alarms } from './alarms';
import { appAlarm } from './private/app-alarm';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html */
export type SocketMeasure =
  'ConnectCount' | 'MessageCount' | 'ClientError' | 'IntegrationError' | 'ExecutionError';

/** The alarm about what clients of the WebSocket API experience. */
export function addSocketAlarms(app: IServerlessApp, api: WebSocketModel): void {
  const usingMetrics = {
    integration: socketMetric(api, 'IntegrationError'),
    execution: socketMetric(api, 'ExecutionError'),
    connects: socketMetric(api, 'ConnectCount'),
    messages: socketMetric(api, 'MessageCount'),
  };
  Alarms.of(app).add('WebSocketErrors', {
    threshold: AlarmThreshold.percent(ALARM_DEFAULTS.apiErrorPercent),
    make: (settings) =>
      appAlarm(Alarms.of(app).scope, 'WebSocketErrors', settings, {
        metric: new cloudwatch.MathExpression({
          // A metric without data in a period must not hide the others.
          expression:
            '100 * (FILL(integration, 0) + FILL(execution, 0)) / (FILL(connects, 0) + FILL(messages, 0))',
          label: 'Share of errors in percent',
          period: ALARM_DEFAULTS.period,
          usingMetrics,
        }),
        threshold: settings.threshold,
        description:
          `${app.node.path}: more than ${settings.threshold} % of the connections and messages of the WebSocket API failed: the function ` +
          'returned an error, took longer than 29 seconds, or was throttled by Lambda. Clients were not connected, or their messages had ' +
          'no effect, and only they can try again. Start with: npx serverless-app logs --since 15m',
      }),
  });
}

/** A metric of a WebSocket API: the number in a period. */
export function socketMetric(
  { name }: Pick<WebSocketModel, 'name'>,
  metricName: SocketMeasure,
  options: cloudwatch.MetricOptions = {},
): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: { ApiId: name },
    statistic: cloudwatch.Stats.SUM,
    period: ALARM_DEFAULTS.period,
    ...options,
  });
}
