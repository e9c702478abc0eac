import { FREE_STORAGE_MB, lambdaPrices } from './lambda-prices';
import { PriceList, unitPrice } from './price-list';

const MB_A_GB = 1024;
const SECONDS_AN_HOUR = 3600;
/** The lowest allowed target utilization, used if the actual one is known only at deployment. */
const LOWEST_UTILIZATION = 0.1;
/** The maximum memory of a function, used if the actual one is known only at deployment. */
export const LARGEST_MEMORY_MB = 10_240;

/** The properties that determine a function's price; the model's `FunctionModel` is one. */
export interface BilledFunction {
  /** NaN if it is known only at deployment. */
  readonly memoryMb: unknown;
  readonly architecture: string;
  readonly runtime: string;
  readonly ephemeralStorageMb?: unknown;
  readonly coldStart: {
    readonly kind: string;
    readonly min?: unknown;
    readonly max?: unknown;
    readonly targetUtilization?: unknown;
    readonly schedules?: ReadonlyArray<{ readonly min: unknown }>;
  };
}

/** Functions whose billed milliseconds are counted together, at the highest price among them. */
export interface MemoryBucket {
  /** The largest memory size of these functions. */
  readonly memoryMb: number;
  readonly dollarsPerMillisecond: number;
}

/** A number of environments with a standing cost. */
export interface StandingCost {
  /** NaN if it is known only at deployment. */
  readonly units: unknown;
  readonly dollarsPerHour: number;
}

/**
 * Groups functions by memory size, ascending, into at most `count` buckets. If there are more sizes, neighbours are combined at
 * the higher price, those with the smallest price difference first, so that the sum is overestimated as little as possible and
 * never too low.
 */
export function memoryBuckets(
  functions: readonly BilledFunction[],
  prices: PriceList,
  most: number,
): MemoryBucket[] {
  const dearest = new Map<number, number>();
  for (const fn of functions) {
    const memoryMb = known(fn.memoryMb) ?? LARGEST_MEMORY_MB;
    const price = dollarsPerMillisecond(fn, prices);
    dearest.set(memoryMb, Math.max(price, dearest.get(memoryMb) ?? 0));
  }
  const buckets = [...dearest]
    .map(([memoryMb, price]) => ({ memoryMb, dollarsPerMillisecond: price }))
    .sort((a, b) => a.memoryMb - b.memoryMb);
  while (buckets.length > most) {
    const at = closestPair(buckets);
    buckets.splice(at, 2, merged(buckets[at] as MemoryBucket, buckets[at + 1] as MemoryBucket));
  }
  return buckets;
}

/** The standing cost of functions: provisioned environments, and the snapshot of a version. */
export function standingCosts(
  functions: readonly BilledFunction[],
  prices: PriceList,
): StandingCost[] {
  return functions.flatMap((fn): StandingCost[] => {
    const gigabytes = (known(fn.memoryMb) ?? LARGEST_MEMORY_MB) / MB_A_GB;
    const { kind, min, schedules = [] } = fn.coldStart;
    if (kind === 'provisioned') {
      const price = unitPrice(lambdaPrices(prices, fn.architecture).provisioned);
      const dollarsPerHour = gigabytes * price * SECONDS_AN_HOUR;
      return mostOf([min, ...schedules.map((schedule) => schedule.min)]).map((units) => ({
        units,
        dollarsPerHour,
      }));
    }
    if (kind === 'snapStart' && !fn.runtime.startsWith('java')) {
      const price = unitPrice(prices.prices['lambda.snapStartCache']);
      return [{ units: 1, dollarsPerHour: gigabytes * price * SECONDS_AN_HOUR }];
    }
    return [];
  });
}

/**
 * Dollars per billed millisecond of a function, in the first and highest tier. Provisioned environments count at the on-demand
 * price, although their work costs less: the excess pays for the environments that scaling adds above the minimum, which also
 * cost money while idle. If these work too few hours for that, their full price counts.
 */
export function dollarsPerMillisecond(fn: BilledFunction, prices: PriceList): number {
  const gigabytes = (known(fn.memoryMb) ?? LARGEST_MEMORY_MB) / MB_A_GB;
  const { duration, provisioned, provisionedDuration } = lambdaPrices(prices, fn.architecture);
  const { kind, max, targetUtilization } = fn.coldStart;
  const scales = kind === 'provisioned' && max !== undefined;
  const busy = known(targetUtilization) ?? LOWEST_UTILIZATION;
  const scaled = scales ? unitPrice(provisionedDuration) + unitPrice(provisioned) / busy : 0;
  const storageMb = known(fn.ephemeralStorageMb ?? 0) ?? LARGEST_MEMORY_MB;
  const storage = Math.max(0, storageMb - FREE_STORAGE_MB) / MB_A_GB;
  const dollarsPerSecond =
    gigabytes * Math.max(unitPrice(duration), scaled) +
    storage * unitPrice(prices.prices['lambda.ephemeralStorage']);
  return dollarsPerSecond / 1000;
}

/** The two neighbours, by the index of the first, with the smallest loss if the cheaper one counts as the more expensive. */
function closestPair(buckets: readonly MemoryBucket[]): number {
  const ratios = buckets.slice(1).map((bucket, i) => {
    const first = buckets[i]?.dollarsPerMillisecond ?? 0;
    const second = bucket.dollarsPerMillisecond;
    return Math.max(first, second) / Math.min(first, second);
  });
  return ratios.indexOf(Math.min(...ratios));
}

function merged(first: MemoryBucket, second: MemoryBucket): MemoryBucket {
  return {
    memoryMb: second.memoryMb,
    dollarsPerMillisecond: Math.max(first.dollarsPerMillisecond, second.dollarsPerMillisecond),
  };
}

/** The largest of the known numbers, and each unknown one. */
function mostOf(units: readonly unknown[]): unknown[] {
  const numbers = units.filter((unit): unit is number => known(unit) !== undefined);
  const rest = units.filter((unit) => unit !== undefined && known(unit) === undefined);
  return [...(numbers.length > 0 ? [Math.max(...numbers)] : []), ...rest];
}

function known(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
