/** A limit that a load reached. */
export interface LimitMet {
  /** The subject of the limit: `Lambda’s quota of …` or the app's own setting. */
  readonly name: string;

  /** The value, in `unit`. */
  readonly limit: number;

  /** For example `requests a second`. */
  readonly unit: string;

  /** The source: AWS's documentation, or the app. */
  readonly source: string;

  /** When it was first reached, in seconds after the load started. */
  readonly atSeconds: number;

  /** The share of all requests that it throttled, 0 to 1. */
  readonly throttledShare: number;

  /** What a caller notices. */
  readonly callerSees: string;

  /** How to raise it. */
  readonly remedy: string;
}

/** The result of `Load.simulate`. Shares are from 0 to 1. */
export interface LoadForecast {
  /** The number of concurrent requests if none is throttled: rate times duration (Little's law). */
  readonly concurrency: number;

  /**
   * The environments that this needs. More than `concurrency` if a request takes less than 100 ms, because an environment serves
   * at most 10 requests a second.
   */
  readonly environments: number;

  /** Environments that Lambda starts in the first minute. */
  readonly environmentsStartedInFirstMinute: number;

  /** The throttled share in the first second. */
  readonly throttledShareOfFirstSecond: number;

  /** The throttled share in the first minute, or in the whole time if that is shorter. */
  readonly throttledShareOfFirstMinute: number;

  /** The throttled share in the last second. */
  readonly throttledShareOfLastSecond: number;

  /**
   * The throttled share of all requests. Waiting events count as throttled while they wait, so it is 0 at the end if all were
   * served in time.
   */
  readonly throttledShare: number;

  /**
   * When all new requests are served, or, for events that wait, when none is waiting; in seconds after the start. Missing if
   * that does not happen: for HTTP while the load lasts, for waiting events within 6 hours after it.
   */
  readonly servedAfterSeconds?: number;

  /** All limits that were reached, in order. Raise the one with the largest share, unless the first one is meant to limit the load. */
  readonly limits: LimitMet[];

  /** What a caller sees at the first limit. */
  readonly callerSees: string;
}
