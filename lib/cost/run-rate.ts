import { FREE_STORAGE_MB, lambdaPrices } from './lambda-prices';
import { PriceList, unitPrice } from './price-list';

const MB_A_GB = 1024;
const SECONDS_AN_HOUR = 3600;
/** The lowest that environments may be scaled by; what counts where it is known only at deployment. */
const LOWEST_UTILIZATION = 0.1;
/** The most memory that a function may have: what counts where it is known only at deployment. */
export const LARGEST_MEMORY_MB = 10_240;

/** What of a function its price follows from; the model's `FunctionModel` is one. */
export interface BilledFunction {
  /** Not a number where it is known only at deployment. */
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

/** Functions whose billed milliseconds are counted together, at the price of the dearest of them. */
export interface MemoryBucket {
  /** The most memory of them. */
  readonly memoryMb: number;
  readonly dollarsPerMillisecond: number;
}

/** So many environments, each of which costs while nothing happens. */
export interface StandingCost {
  /** Not a number where it is known only at deployment. */
  readonly units: unknown;
  readonly dollarsPerHour: number;
}

/**
 * Divides functions by their memory, ascending, into as many buckets as there may be. Where there are more sizes, neighbours are counted
 * together, and at the dearer price: first those whose prices differ least, so that as little as possible is counted too much, and
 * never anything too little.
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

/** What functions cost while nothing happens: environments that are kept ready, and the snapshot of a version. */
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
 * Dollars for a billed millisecond of a function, at the first and dearest tier: as if on demand, also of environments that are
 * kept ready, whose work costs less. What that is too much pays for those that scaling adds beyond the least number, which cost also while they
 * are idle; where they are so few hours at work that it would not, their full price counts.
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

/** The two neighbours, by the index of the first, of which the cheaper loses least by counting as the dearer. */
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

/** The greatest of the numbers that are known, and each that is not. */
function mostOf(units: readonly unknown[]): unknown[] {
  const numbers = units.filter((unit): unit is number => known(unit) !== undefined);
  const rest = units.filter((unit) => unit !== undefined && known(unit) === undefined);
  return [...(numbers.length > 0 ? [Math.max(...numbers)] : []), ...rest];
}

function known(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
