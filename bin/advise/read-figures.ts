import type { AppModel, FunctionModel } from '../../lib/model/app-model';
import type { Span } from '../cost/span';
import { HOUR_SECONDS, isName, keyOf, pointsOf, total } from '../metrics/app-metrics';
import type { DataPoint, MetricData, MetricQuery } from '../metrics/metric-reader';
import { FunctionFigures, HOURS_A_DAY, MemoryFigures } from './figures';

const DAY_SECONDS = 86_400;
const HOUR_MS = HOUR_SECONDS * 1000;

/** The metrics that advice needs in addition to those for the cost. */
export function figureQueries(model: AppModel): MetricQuery[] {
  return model.functions
    .filter(({ name }) => isName(name))
    .flatMap((fn) => {
      const dimensions = { FunctionName: fn.name };
      const resource = { ...dimensions, Resource: `${fn.name}:${fn.alias ?? ''}` };
      const of = (
        what: string,
        name: string,
        statistic: string,
        periodSeconds: number,
        on: Record<string, string> = dimensions,
      ): MetricQuery => ({
        key: keyOf(what, fn.id),
        namespace: 'AWS/Lambda',
        name,
        dimensions: on,
        statistic,
        periodSeconds,
      });
      const utilization = 'ProvisionedConcurrencyUtilization';
      return [
        of('p99Ms', 'Duration', 'p99', DAY_SECONDS),
        of('concurrent', 'ConcurrentExecutions', 'Maximum', HOUR_SECONDS),
        ...(fn.coldStart.kind === 'provisioned'
          ? [
              of('utilizationAverage', utilization, 'Average', HOUR_SECONDS, resource),
              of('utilizationMost', utilization, 'Maximum', HOUR_SECONDS, resource),
            ]
          : []),
      ];
    });
}

/** @param data the results of `costQueries` and `figureQueries` */
export function figuresOf(
  fn: FunctionModel,
  data: MetricData,
  span: Span,
  memory: ReadonlyMap<string, MemoryFigures>,
): FunctionFigures {
  const points = (what: string): readonly DataPoint[] =>
    pointsOf(data, keyOf(what, fn.id), span.from, span.to);
  const most = (what: string): number | undefined => {
    const values = points(what).map(({ value }) => value);
    return values.length === 0 ? undefined : Math.max(...values);
  };
  const average = points('utilizationAverage');
  const mostUtilized = most('utilizationMost');
  const hours = Math.max(1, Math.ceil((span.to.getTime() - span.from.getTime()) / HOUR_MS));
  return {
    fn,
    days: (span.to.getTime() - span.from.getTime()) / HOUR_MS / HOURS_A_DAY,
    invocations: total(points('invocations')),
    throttles: total(points('throttles')),
    hourlyMs: byHour(points('durationMs'), span.from, hours),
    // A day's percentile covers the whole day, even if the period begins during that day.
    p99Ms: mostOf(data.get(keyOf('p99Ms', fn.id))),
    mostConcurrent: most('concurrent'),
    utilization:
      mostUtilized === undefined
        ? undefined
        : { average: total(average) / Math.max(1, average.length), most: mostUtilized },
    spillover: total(points('spillover')),
    memory: memory.get(fn.id),
  };
}

function byHour(points: readonly DataPoint[], from: Date, hours: number): number[] {
  const values = Array.from({ length: hours }, () => 0);
  for (const { at, value } of points) {
    const hour = Math.floor((at.getTime() - from.getTime()) / HOUR_MS);
    values[hour] = (values[hour] ?? 0) + value;
  }
  return values;
}

function mostOf(points: readonly DataPoint[] | undefined): number | undefined {
  return points === undefined || points.length === 0
    ? undefined
    : Math.max(...points.map(({ value }) => value));
}
