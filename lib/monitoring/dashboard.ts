import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { ApiMeasure, apiMetric } from '../model/api-metrics';
import { kindOf } from '../kinds/trigger-kinds';
import { ALARM_DEFAULTS, DASHBOARD_DEFAULTS } from '../core/defaults';
import { LogMetrics } from './log-metrics';
import { Watched } from './watched';
import { socketMetric } from './socket-alarms';
import { LazyWidgets } from './private/lazy-widgets';
import { RunRate } from './run-rate';
import { Alarms } from './alarms';
import { AppContext } from '../core/app-context';
import { FunctionContext } from '../core/function-context';
import type { IAppFunction, IServerlessApp } from '../core/contract';

const { SUM, MAXIMUM, SAMPLE_COUNT } = cloudwatch.Stats;

/** The app's dashboard. Its widgets are created once all functions are declared. */
export function makeDashboard(app: IServerlessApp): cloudwatch.Dashboard {
  RunRate.of(app).measure();
  const log = LogMetrics.of(app);
  // Requested here, so that the log filters exist.
  const metrics = {
    invocations: log.invocations({ label: 'Invocations' }),
    failures: log.failures({ label: 'Failed invocations' }),
    timeouts: log.timeouts({ label: 'of these, timeouts' }),
    coldStarts: log.coldStarts({ label: 'Environments started' }),
    startTime: log.coldStartMilliseconds({ label: 'Initialization, p99 (ms)' }),
  };
  const dashboard = new cloudwatch.Dashboard(app, 'Dashboard', {
    defaultInterval: DASHBOARD_DEFAULTS.interval,
  });
  dashboard.addWidgets(new LazyWidgets(() => widgets(app, metrics)));
  AppContext.of(app).model.monitoring.dashboards.push(dashboard.node.path);
  return dashboard;
}

type InvocationMetrics = Readonly<
  Record<'invocations' | 'failures' | 'timeouts' | 'coldStarts' | 'startTime', cloudwatch.IMetric>
>;

function widgets(app: IServerlessApp, metrics: InvocationMetrics): cloudwatch.IWidget[] {
  const { functions, model } = AppContext.of(app);
  const streams = functions.filter((fn) => readsStream(app, fn));
  const durable = functions.filter((fn) =>
    model.functions.some(({ path, durable }) => path === fn.node.path && durable !== undefined),
  );
  return [
    ...overHttp(app, metrics),
    graph('Failures', {
      left: [metrics.failures, metrics.timeouts, ...apiMetrics(app, [['errors', SUM, 'API 5xx']])],
    }),
    ...overSockets(app),
    graph('Dollars an hour', {
      left: [RunRate.of(app).metric({ label: 'Dollars an hour' })],
      leftAnnotations: runRateLimit(app),
    }),
    graph('Cold starts', { left: [metrics.coldStarts], right: [metrics.startTime] }),
    graph('Concurrent executions', {
      left: [
        lambdaMetric('ConcurrentExecutions', { label: 'All functions in the account' }),
        ...ofFunctions(AppContext.of(app).functions, 'ConcurrentExecutions'),
      ],
    }),
    ...(streams.length > 0
      ? [graph('Age of stream records (ms)', { left: ofFunctions(streams, 'IteratorAge') })]
      : []),
    ...(durable.length > 0
      ? [
          graph('Durable executions that failed or timed out', {
            left: [
              ...ofFunctions(durable, 'DurableExecutionFailed', SUM),
              ...ofFunctions(durable, 'DurableExecutionTimedOut', SUM, ' (timed out)'),
            ],
          }),
        ]
      : []),
    ...failuresWaiting(app),
  ];
}

function overHttp(app: IServerlessApp, { invocations }: InvocationMetrics): cloudwatch.IWidget[] {
  const requests = apiMetrics(app, [['requests', SAMPLE_COUNT, 'API requests']]);
  const latency = apiMetrics(app, [
    ['latency', cloudwatch.Stats.p(50), 'p50'],
    ['latency', cloudwatch.Stats.p(99), 'p99'],
  ]);
  return [
    graph('Traffic', { left: [invocations, ...requests] }),
    latency.length > 0
      ? graph('API latency (ms)', { left: latency })
      : graph('Duration (ms)', {
          left: ofFunctions(AppContext.of(app).functions, 'Duration', cloudwatch.Stats.p(99)),
        }),
  ];
}

function overSockets(app: IServerlessApp): cloudwatch.IWidget[] {
  const { webSocket } = AppContext.of(app).model;
  if (webSocket === undefined) {
    return [];
  }
  return [
    graph('WebSocket', {
      left: [
        socketMetric(webSocket, 'ConnectCount', { label: 'New connections' }),
        socketMetric(webSocket, 'MessageCount', { label: 'Messages to and from clients' }),
      ],
      right: [
        socketMetric(webSocket, 'ClientError', { label: 'Errors of clients' }),
        socketMetric(webSocket, 'IntegrationError', { label: 'Errors of functions' }),
        socketMetric(webSocket, 'ExecutionError', { label: 'Functions not called' }),
      ],
    }),
  ];
}

function failuresWaiting(app: IServerlessApp): cloudwatch.IWidget[] {
  const { failureQueue: queue } = Watched.of(app);
  if (queue === undefined) {
    return [];
  }
  const waiting = queue.metricApproximateNumberOfMessagesVisible({
    label: 'Failures waiting',
    statistic: MAXIMUM,
  });
  return [graph('Failures waiting', { left: [waiting] })];
}

/** A horizontal line at the alarm's threshold. */
function runRateLimit(app: IServerlessApp): cloudwatch.HorizontalAnnotation[] {
  const alarm = Alarms.of(app).all.get('RunRate');
  if (alarm === undefined) {
    return [];
  }
  const { threshold: value = 0 } = alarm.node.defaultChild as cloudwatch.CfnAlarm;
  return [{ value, label: 'Alarm', color: cloudwatch.Color.RED }];
}

/**
 * One line per function for a small app. For a large one, the busiest functions of the account: the dashboard must not grow with
 * the app, and a CloudWatch query cannot select the functions of one app.
 */
function ofFunctions(
  functions: readonly IAppFunction[],
  metricName: string,
  statistic: string = MAXIMUM,
  suffix = '',
): cloudwatch.IMetric[] {
  const { functionsShown } = DASHBOARD_DEFAULTS;
  if (functions.length <= functionsShown) {
    return functions.map((fn) =>
      lambdaMetric(metricName, {
        label: `${fn.node.id}${suffix}`,
        statistic,
        dimensionsMap: { FunctionName: FunctionContext.of(fn).deterministicName },
      }),
    );
  }
  const expression =
    `SELECT MAX(${metricName}) FROM SCHEMA("AWS/Lambda", FunctionName) ` +
    `GROUP BY FunctionName ORDER BY MAX() DESC LIMIT ${functionsShown}`;
  return [new cloudwatch.MathExpression({ expression, label: `Busiest in the account${suffix}:` })];
}

function lambdaMetric(metricName: string, options: cloudwatch.MetricOptions): cloudwatch.Metric {
  return new cloudwatch.Metric({
    namespace: 'AWS/Lambda',
    metricName,
    statistic: MAXIMUM,
    ...options,
  });
}

function apiMetrics(
  app: IServerlessApp,
  wanted: ReadonlyArray<readonly [measure: ApiMeasure, statistic: string, label: string]>,
): cloudwatch.Metric[] {
  const { http } = AppContext.of(app).model;
  if (http === undefined) {
    return [];
  }
  return wanted.map(([measure, statistic, label]) => {
    const { name: metricName, dimensions: dimensionsMap } = apiMetric(http, measure);
    return new cloudwatch.Metric({
      namespace: 'AWS/ApiGateway',
      metricName,
      statistic,
      label,
      dimensionsMap,
    });
  });
}

function graph(title: string, props: cloudwatch.GraphWidgetProps): cloudwatch.IWidget {
  return new cloudwatch.GraphWidget({
    title,
    width: 12,
    height: 6,
    period: ALARM_DEFAULTS.period,
    leftYAxis: { min: 0 },
    ...props,
  });
}

function readsStream(app: IServerlessApp, fn: IAppFunction): boolean {
  const facts = AppContext.of(app).model.functions.find(({ path }) => path === fn.node.path);
  return facts?.triggers.some((trigger) => kindOf(trigger).stream !== undefined) === true;
}
