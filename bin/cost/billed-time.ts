import type { AppModel, FunctionFacts } from '../../lib/model/app-model';
import { LARGEST_MEMORY_MB } from '../../lib/cost/run-rate';
import { keyOf, pointsOf, total } from '../metrics/app-metrics';
import type { DataPoint, MetricData } from '../metrics/metric-reader';
import type { Span } from './span';

/** Milliseconds that Lambda bills. */
export interface BilledTime {
  /** By the id of the function. */
  readonly functions: ReadonlyMap<string, number>;
  /** Of hours in which no function of that memory has a duration, so that nobody knows whose they are. */
  readonly others: readonly UnknownTime[];
}

interface UnknownTime {
  readonly ms: number;
  readonly memoryMb: number;
  /** The dearest of those that it may be. */
  readonly architecture: string;
}

const HOUR_MS = 3_600_000;

/**
 * In each hour what the reports of Lambda say that it bills, cold starts and all, where the app has metrics of them; they count functions
 * of a size of memory together, so each has its share by its duration. Where there are none the duration, which lacks the cold starts.
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
      // The metric may be younger than its first hour.
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

/** Whether the app measures what Lambda bills. */
export function measuresBilled(model: AppModel): boolean {
  return bucketsOf(model).length > 0;
}

interface Bucket {
  readonly memoryMb: number;
  readonly members: readonly FunctionFacts[];
}

/** The functions that each metric counts: those up to its memory, above the next smaller one; the last has no end. */
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

function dearestOf(members: readonly FunctionFacts[]): string {
  return members.find(({ architecture }) => architecture !== 'arm64')?.architecture ?? 'arm64';
}

function durations(data: MetricData, id: string, from: Date, to: Date): readonly DataPoint[] {
  return pointsOf(data, keyOf('durationMs', id), from, to);
}
