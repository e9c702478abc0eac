import type { AppModel, FunctionModel } from '../../lib/model/app-model';
import { LARGEST_MEMORY_MB } from '../../lib/cost/run-rate';
import { keyOf, pointsOf, total } from '../metrics/app-metrics';
import type { DataPoint, MetricData } from '../metrics/metric-reader';
import type { Span } from './span';

/** The billed duration, in milliseconds. */
export interface BilledTime {
  /** By function id. */
  readonly functions: ReadonlyMap<string, number>;
  /** Billed duration in hours in which no function of that memory size reported a duration, so it cannot be assigned to a function. */
  readonly others: readonly UnknownTime[];
}

interface UnknownTime {
  readonly ms: number;
  readonly memoryMb: number;
  /** The most expensive architecture of the functions that it may belong to. */
  readonly architecture: string;
}

const HOUR_MS = 3_600_000;

/**
 * Hour by hour, the billed duration from Lambda’s reports, which includes cold starts, if the app has metrics for them. A metric
 * covers all functions of a memory size, so it is divided among them by their durations. Without such metrics, it is the plain duration,
 * without cold starts.
 */
export function billedTime(model: AppModel, data: MetricData, span: Span): BilledTime {
  const functions = new Map(
    model.functions.map(({ id }) => [id, total(durations(data, id, span.from, span.to))]),
  );
  const others: UnknownTime[] = [];
  for (const { memoryMb, members } of bucketsOf(model)) {
    const all = data.get(keyOf('billedMs', String(memoryMb))) ?? [];
    for (const point of pointsOf(data, keyOf('billedMs', String(memoryMb)), span.from, span.to)) {
      const until = new Date(point.at.getTime() + HOUR_MS);
      const shares = members.map(({ id }) => total(durations(data, id, point.at, until)));
      const measured = shares.reduce((sum, ms) => sum + ms, 0);
      // The metric may have begun within its first hour.
      const billed = point === all[0] ? Math.max(point.value, measured) : point.value;
      if (measured === 0) {
        others.push({ ms: billed, memoryMb, architecture: dearestOf(members) });
      }
      members.forEach(({ id }, i) => {
        const share = shares[i] ?? 0;
        const more = measured === 0 ? 0 : share * (billed / measured - 1);
        functions.set(id, (functions.get(id) ?? 0) + more);
      });
    }
  }
  return { functions, others };
}

/** Whether the app measures the billed duration. */
export function measuresBilled(model: AppModel): boolean {
  return bucketsOf(model).length > 0;
}

interface Bucket {
  readonly memoryMb: number;
  readonly members: readonly FunctionModel[];
}

/**
 * The functions that each metric covers: those with at most its memory size, and more than that of the next smaller metric. The last metric
 * has no maximum.
 */
function bucketsOf({ functions, monitoring }: AppModel): Bucket[] {
  const sizes = (monitoring.runRate?.metrics ?? [])
    .flatMap(({ upToMb }) => upToMb ?? [])
    .sort((a, b) => a - b);
  const reporting = functions.filter(({ reports }) => reports !== 'none');
  return sizes.map((memoryMb, i) => ({
    memoryMb,
    members: reporting.filter((fn) => {
      const memory: unknown = fn.memoryMb;
      const size = typeof memory === 'number' ? memory : LARGEST_MEMORY_MB;
      return sizes.findIndex((limit, at) => size <= limit || at === sizes.length - 1) === i;
    }),
  }));
}

function dearestOf(members: readonly FunctionModel[]): string {
  return members.find(({ architecture }) => architecture !== 'arm64')?.architecture ?? 'arm64';
}

function durations(data: MetricData, id: string, from: Date, to: Date): readonly DataPoint[] {
  return pointsOf(data, keyOf('durationMs', id), from, to);
}
