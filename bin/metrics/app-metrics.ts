import { apiMetric } from '../../lib/model/api-metrics';
import type { AppModel, FunctionModel } from '../../lib/model/app-model';
import type { DataPoint, MetricData, MetricQuery } from './metric-reader';

export const HOUR_SECONDS = 3600;

/** The hourly sums that are read for an app. A metric's key is `<what>:<id>`. */
export type Counted =
  | 'invocations'
  | 'durationMs'
  | 'billedMs'
  | 'errors'
  | 'throttles'
  | 'provisionedInvocations'
  | 'spillover'
  | 'requests'
  | 'socketMessages'
  | 'reads'
  | 'writes'
  | 'logBytes'
  | 'messages';

export function keyOf(what: string, id: string): string {
  return `${what}:${id}`;
}

/** The metrics that the cost of an app is calculated from. */
export function costQueries(model: AppModel): MetricQuery[] {
  const { functions, http, webSocket, tables, logGroup, failureQueue, monitoring } = model;
  return [
    ...functions.flatMap(functionQueries),
    ...(monitoring.runRate?.metrics ?? []).flatMap(({ upToMb, namespace, name }) =>
      upToMb === undefined ? [] : [sum('billedMs', String(upToMb), namespace, name, {})],
    ),
    ...named(http).map((api) => {
      const { name, dimensions } = apiMetric(api, 'requests');
      return sum('requests', api.id, 'AWS/ApiGateway', name, dimensions);
    }),
    ...named(webSocket).map(({ id, name }) =>
      sum('socketMessages', id, 'AWS/ApiGateway', 'MessageCount', { ApiId: name }),
    ),
    ...tables
      .filter((table) => table.billing === 'onDemand' && isName(table.name))
      .flatMap(({ id, name }) => [
        sum('reads', id, 'AWS/DynamoDB', 'ConsumedReadCapacityUnits', { TableName: name }),
        sum('writes', id, 'AWS/DynamoDB', 'ConsumedWriteCapacityUnits', { TableName: name }),
      ]),
    ...named(logGroup).map(({ id, name }) =>
      sum('logBytes', id, 'AWS/Logs', 'IncomingBytes', { LogGroupName: name }),
    ),
    ...named(failureQueue).flatMap(({ id, name }) =>
      ['NumberOfMessagesSent', 'NumberOfMessagesReceived', 'NumberOfMessagesDeleted'].map(
        (metric) => ({
          ...sum('messages', id, 'AWS/SQS', metric, { QueueName: name }),
          key: keyOf(`messages.${metric}`, id),
        }),
      ),
    ),
  ];
}

function functionQueries(fn: FunctionModel): MetricQuery[] {
  if (!isName(fn.name)) {
    return [];
  }
  const dimensions = { FunctionName: fn.name };
  const of = (what: Counted, name: string): MetricQuery =>
    sum(what, fn.id, 'AWS/Lambda', name, dimensions);
  const onAlias = { ...dimensions, Resource: `${fn.name}:${fn.alias ?? ''}` };
  return [
    of('invocations', 'Invocations'),
    of('durationMs', 'Duration'),
    of('errors', 'Errors'),
    of('throttles', 'Throttles'),
    ...(fn.coldStart.kind === 'provisioned'
      ? [
          sum(
            'provisionedInvocations',
            fn.id,
            'AWS/Lambda',
            'ProvisionedConcurrencyInvocations',
            onAlias,
          ),
          sum(
            'spillover',
            fn.id,
            'AWS/Lambda',
            'ProvisionedConcurrencySpilloverInvocations',
            onAlias,
          ),
        ]
      : []),
  ];
}

function sum(
  what: Counted,
  id: string,
  namespace: string,
  name: string,
  dimensions: Readonly<Record<string, string>>,
): MetricQuery {
  return {
    key: keyOf(what, id),
    namespace,
    name,
    dimensions,
    statistic: 'Sum',
    periodSeconds: HOUR_SECONDS,
  };
}

/** Empty if the name is unknown. */
function named<T extends { readonly id: string; readonly name: string }>(
  resource: T | undefined,
): T[] {
  return resource !== undefined && isName(resource.name) ? [resource] : [];
}

/** Whether a name is known, which it is once its expression has been resolved. */
export function isName(name: unknown): name is string {
  return typeof name === 'string' && name !== '';
}

/** The points of a metric within a period. */
export function pointsOf(
  data: MetricData,
  key: string,
  from = new Date(0),
  to = new Date(8.64e15),
): readonly DataPoint[] {
  const points = data.get(key) ?? [];
  return points.slice(firstAt(points, from), firstAt(points, to));
}

/** The first point that is not before a time. A binary search, since each hour of a month is looked up for each function. */
function firstAt(points: readonly DataPoint[], time: Date): number {
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.at.getTime() ?? 0) < time.getTime()) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

export function total(points: readonly DataPoint[]): number {
  return points.reduce((all, { value }) => all + value, 0);
}
