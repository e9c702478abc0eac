/** A limit that a load reached. */
export interface LimitMet {
  /** What is limited, and whose limit it is. */
  readonly name: string;

  /** Its size, in `unit`. */
  readonly limit: number;

  /** For example `requests a second`. */
  readonly unit: string;

  /** Where AWS, or the app, says so. */
  readonly source: string;

  /** When it was first reached, in seconds after the load started. */
  readonly atSeconds: number;

  /** The share of all requests that it throttled, 0 to 1. */
  readonly throttledShare: number;

  /** What a caller notices. */
  readonly callerSees: string;

  /** What raises it. */
  readonly remedy: string;
}

/** What happens when a load comes at once and stays; see `Load.simulate`. Shares are from 0 to 1. */
export interface LoadForecast {
  /** Requests that are worked on at the same time if none is throttled: their rate times their duration (Little's law). */
  readonly concurrency: number;

  /**
   * Environments that this takes. More than `concurrency` where a request takes less than 100 ms, since an environment serves
   * no more than 10 a second.
   */
  readonly environments: number;

  /** Environments that Lambda starts in the first minute. */
  readonly environmentsStartedInFirstMinute: number;

  /** The throttled share of what comes in the first second. */
  readonly throttledShareOfFirstSecond: number;

  /** The throttled share of what comes in the first minute, or in all the time where that is less. */
  readonly throttledShareOfFirstMinute: number;

  /** The throttled share of what comes in the last second. */
  readonly throttledShareOfLastSecond: number;

  /** The throttled share of all. What waits counts as throttled while it waits, so it is 0 in the end where all was served in time. */
  readonly throttledShare: number;

  /**
   * When all that comes is served from then on, or, of what waits, when nothing waits any more; in seconds after the load came. Absent where that
   * does not happen: over HTTP while the load lasts, of what waits within 6 hours after it.
   */
  readonly servedAfterSeconds?: number;

  /**
   * All limits that were met, in the order in which they were. The one with the largest share is what to raise, unless the first one is meant to
   * bound the load.
   */
  readonly limits: LimitMet[];

  /** What a caller sees, by the first limit. */
  readonly callerSees: string;
}
