import type { Duration, Size } from 'aws-cdk-lib';

/** How much an app is used. The cost is estimated at each of the three levels. */
export enum UsageLevel {
  /** A quiet month, or the first months. */
  LOW = 'low',

  /** The expected month. */
  MODERATE = 'moderate',

  /** The busiest month, or the worst case. */
  HIGH = 'high',
}

/**
 * An amount at each usage level. Give the ones that you know: a missing level is a tenth of the level above it, or ten times the
 * level below it.
 */
export interface UsageAmounts {
  /**
   * In a quiet month.
   *
   * @default - a tenth of `moderate`
   */
  readonly low?: number;

  /**
   * In the expected month.
   *
   * @default - a tenth of `high` or, without that, ten times `low`
   */
  readonly moderate?: number;

  /**
   * In the busiest month.
   *
   * @default - ten times `moderate`
   */
  readonly high?: number;
}

/** The expected usage of a function. Only the cost estimate uses it; it does not change the deployment. */
export interface FunctionUsage {
  /**
   * The events per month of each of the function's triggers: requests, changed items, created objects. Not for schedules, whose
   * events are calculated from the expression. Numbers, at least 0.
   *
   * @default - events that the app's functions cause are counted; from outside, 100,000, 1 million and 10 million requests for
   * each route, 10,000, 100,000 and 1 million table changes, and 1,000, 10,000 and 100,000 objects
   */
  readonly monthlyEvents?: UsageAmounts;

  /**
   * The average billed duration of an invocation, including cold starts.
   *
   * @default - 100 ms for a request, 200 ms for table changes, 1 s for an object, 10 s for a schedule, 200 ms for other events
   */
  readonly duration?: Duration;

  /**
   * How many items or objects an event reads, in each table and bucket that the function may read. At least 0.
   *
   * @default 1
   */
  readonly readsPerEvent?: number;

  /**
   * How many items or objects an event writes, to each table and bucket that the function may write to. At least 0.
   *
   * @default 1
   */
  readonly writesPerEvent?: number;

  /**
   * The size of a table item.
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
   * How much an invocation writes to the log, including Lambda's own lines.
   *
   * @default Size.kibibytes(1)
   */
  readonly logSize?: Size;

  /**
   * How many durable operations an event causes in a durable function: its start, steps, waits, callbacks and retries. At least 0.
   *
   * @default 5
   */
  readonly operationsPerEvent?: number;
}

/** The expected usage of an app, and of functions without a `usage` of their own. */
export interface AppUsage extends FunctionUsage {
  /**
   * The gigabytes in each table of the app. Numbers, at least 0.
   *
   * @default - 1, 10 and 100
   */
  readonly tableGigabytes?: UsageAmounts;

  /**
   * The gigabytes in each bucket of the app. Numbers, at least 0.
   *
   * @default - 1, 10 and 100
   */
  readonly bucketGigabytes?: UsageAmounts;
}
