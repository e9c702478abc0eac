import { Duration, Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { AlarmThreshold, ServerlessApp, ServerlessAppProps } from 'cdk-serverless-app';
import { only, quickApp } from '../support/synth';

function withSockets(props: ServerlessAppProps = {}): { app: ServerlessApp; stack: Stack } {
  const { app, stack } = quickApp({ notify: ['ops@example.com'], ...props });
  app.onSocket('$connect', 'ok.ts');
  return { app, stack };
}

const metricsOf = (app: ServerlessApp): string => {
  const alarm = app.tryGetAlarm('WebSocketErrors')?.node.defaultChild as cloudwatch.CfnAlarm;
  return JSON.stringify(Stack.of(app).resolve(alarm.metrics));
};

test('a WebSocket API has an alarm on the share of errors', () => {
  const { app } = withSockets();

  expect(metricsOf(app)).toMatch(/IntegrationError.*ExecutionError.*ConnectCount.*MessageCount/);
  expect(app.tryGetAlarm('ApiErrors')).toBeUndefined();
});

test('its threshold can be another one, and it can be left out', () => {
  const threshold = AlarmThreshold.percent(20);
  const changed = withSockets({ alarms: { WebSocketErrors: { threshold } } });
  const without = withSockets({ alarms: { WebSocketErrors: { enabled: false } } });
  const alarm = changed.app.tryGetAlarm('WebSocketErrors')?.node
    .defaultChild as cloudwatch.CfnAlarm;

  expect(alarm.threshold).toBe(20);
  expect(without.app.tryGetAlarm('WebSocketErrors')).toBeUndefined();
});

test('a development app has none', () => {
  expect(withSockets({ notify: undefined }).app.tryGetAlarm('WebSocketErrors')).toBeUndefined();
});

test('the dashboard shows connections, messages and errors', () => {
  const { stack } = withSockets();

  expect(JSON.stringify(only(stack, 'AWS::CloudWatch::Dashboard'))).toMatch(
    /WebSocket.*New connections.*Messages to and from clients.*Errors of functions/,
  );
});

test('messages are part of what the app costs an hour', () => {
  const { app } = withSockets();
  const { expression, usingMetrics } = app.metricRunRate({ period: Duration.minutes(5) });

  expect(expression).toContain('messages');
  expect((usingMetrics['messages'] as cloudwatch.Metric).metricName).toBe('MessageCount');
});
