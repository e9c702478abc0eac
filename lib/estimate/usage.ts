import type { Duration, Size } from 'aws-cdk-lib';

/** How much an app is used. A cost is estimated at each of the three. */
export enum UsageLevel {
  /** A quiet month, or the first ones. */
  LOW = 'low',

  /** The month that is expected. */
  MODERATE = 'moderate',

  /** The best month, or the worst. */
  HIGH = 'high',
}

/**
 * An amount at each usage level. Give the ones that you know: of those left out, each is a tenth of the level above it, or ten
 * times the level below it.
 */
export interface UsageAmounts {
  /**
   * In a quiet month.
   *
   * @default - a tenth of `moderate`
   */
  readonly low?: number;

  /**
   * In the month that is expected.
   *
   * @default - a tenth of `high` or, without that, ten times `low`
   */
  readonly moderate?: number;

  /**
   * In the best month.
   *
   * @default - ten times `moderate`
   */
  readonly high?: number;
}

/** What you expect of a function; the estimate of its cost follows from it. Nothing is deployed differently for it. */
export interface FunctionUsage {
  /**
   * Events a month of each of the function's triggers: requests, changed items, created objects. Not of a schedule, which is
   * counted from its expression. Numbers not below 0.
   *
   * @default - what the functions of the app write is counted; of what comes from outside 100,000, 1 and 10 million requests for each
   * route, 10,000, 100,000 and 1 million changes, 1,000, 10,000 and 100,000 objects
   */
  readonly monthlyEvents?: UsageAmounts;

  /**
   * What an invocation is billed for on average, with what cold starts add.
   *
   * @default - 100 ms on a request, 200 ms on table changes, 1 s on an object, 10 s on a schedule, 200 ms on anything else
   */
  readonly duration?: Duration;

  /**
   * How many items or objects an event reads, of each table and bucket that the function may read. Not below 0.
   *
   * @default 1
   */
  readonly readsPerEvent?: number;

  /**
   * How many items or objects an event writes, to each table and bucket that the function may write to. Not below 0.
   *
   * @default 1
   */
  readonly writesPerEvent?: number;

  /**
   * The size of an item of a table.
   *
   * @default Size.kibibytes(1)
   */
  readonly itemSize?: Size;

  /**
   * The size of a response to a request, which is transferred to the internet.
   *
   * @default Size.kibibytes(4)
   */
  readonly responseSize?: Size;

  /**
   * What an invocation writes to the log, with the lines of Lambda itself.
   *
   * @default Size.kibibytes(1)
   */
  readonly logSize?: Size;
}

/** What you expect of an app; of its functions, where they do not say it themselves. */
export interface AppUsage extends FunctionUsage {
  /**
   * Gigabytes that each table of the app holds. Numbers not below 0.
   *
   * @default - 1, 10 and 100
   */
  readonly tableGigabytes?: UsageAmounts;

  /**
   * Gigabytes that each bucket of the app holds. Numbers not below 0.
   *
   * @default - 1, 10 and 100
   */
  readonly bucketGigabytes?: UsageAmounts;
}
