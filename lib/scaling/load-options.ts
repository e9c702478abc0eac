/** What stands between a load and its answer. What is left out is as AWS begins with; `Load.of` takes it from a function. */
export interface LoadOptions {
  /**
   * How long the load lasts, in seconds: a whole number, 1 to 86,400.
   *
   * @default 60
   */
  readonly seconds?: number;

  /**
   * Whether what is throttled waits, as asynchronous events and changes of a table do, instead of being refused, as over HTTP. What
   * waits meets no limit of API Gateway.
   *
   * @default false
   */
  readonly waits?: boolean;

  /**
   * Requests a second and at once that the app's throttle, or the route's, lets through; both, or neither.
   *
   * @default - no throttle but the account's
   */
  readonly rateLimit?: number;

  /**
   * See `rateLimit`.
   *
   * @default - no throttle but the account's
   */
  readonly burstLimit?: number;

  /**
   * Requests a second that API Gateway lets through for the account.
   *
   * @default 10000
   */
  readonly apiRateLimit?: number;

  /**
   * Requests at once that API Gateway lets through for the account.
   *
   * @default 5000
   */
  readonly apiBurstLimit?: number;

  /**
   * Concurrent executions of the account.
   *
   * @default 1000
   */
  readonly concurrencyLimit?: number;

  /**
   * Concurrent executions that other functions reserve or use.
   *
   * @default 0
   */
  readonly concurrencyElsewhere?: number;

  /**
   * Concurrent executions that the function reserves; 0 is switched off.
   *
   * @default - none: it shares those of the account
   */
  readonly reservedConcurrency?: number;

  /**
   * Concurrent executions that the function's triggers allow together, as a queue's `maxConcurrency` does.
   *
   * @default - no bound of the triggers
   */
  readonly maxConcurrency?: number;

  /**
   * Environments of the function that are ready before the load comes: those that are provisioned, and those that a load before it left
   * warm.
   *
   * @default 0
   */
  readonly readyEnvironments?: number;

  /**
   * Read units that a request takes of a table: one for 4 KB read consistently, half of it else.
   *
   * @default 0
   */
  readonly readUnits?: number;

  /**
   * Write units that a request takes of a table: one for each KB written.
   *
   * @default 0
   */
  readonly writeUnits?: number;

  /**
   * Read units a second that the table takes at most.
   *
   * @default 40000
   */
  readonly maxReadUnits?: number;

  /**
   * Write units a second that the table takes at most.
   *
   * @default 40000
   */
  readonly maxWriteUnits?: number;

  /**
   * Read units a second that the table is ready for: its warm throughput, or twice its highest load so far.
   *
   * @default - what a new table on demand is ready for: 12,000
   */
  readonly warmReadUnits?: number;

  /**
   * Write units a second that the table is ready for.
   *
   * @default - what a new table on demand is ready for: 4,000
   */
  readonly warmWriteUnits?: number;
}
