/** A row of the table of sites. */
export interface Site {
  readonly url: string;
  readonly addedAt: string;
  /** The share of checks that went well, in percent; absent until it is worked out. */
  readonly uptime?: number;
}

/** A row of the table of checks. */
export interface Check {
  readonly url: string;
  readonly at: string;
  readonly up: boolean;
  /** The status, or why there is none. */
  readonly result: string;
  readonly durationMs: number;
  /** Seconds since 1970; DynamoDB removes the row after it. */
  readonly expiresAt: number;
}
