/** The limits between a load and its response. Defaults are those of a new AWS account; `Load.of` reads them from a function. */
export interface LoadOptions {
  /**
   * How long the load lasts, in seconds: a whole number, 1 to 86,400.
   *
   * @default 60
   */
  readonly seconds?: number;

  /**
   * Whether throttled events wait, like asynchronous events, table changes and messages, instead of being rejected, like HTTP requests.
   * Events that wait do not pass API Gateway.
   *
   * @default false
   */
  readonly waits?: boolean;

  /**
   * The rate in requests a second that the app's or the route's throttle allows. Requires `burstLimit`.
   *
   * @default - no throttle but the account's
   */
  readonly rateLimit?: number;

  /**
   * The burst that the throttle allows. Requires `rateLimit`.
   *
   * @default - no throttle but the account's
   */
  readonly burstLimit?: number;

  /**
   * Whether each request is a new WebSocket connection, of which an account may open 500 a second.
   *
   * @default false
   */
  readonly opensConnections?: boolean;

  /**
   * The account's API Gateway quota in requests a second.
   *
   * @default 10000
   */
  readonly apiRateLimit?: number;

  /**
   * The account's API Gateway quota for bursts.
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
   * Concurrent executions reserved or used by other functions.
   *
   * @default 0
   */
  readonly concurrencyElsewhere?: number;

  /**
   * The function's reserved concurrency; 0 disables it.
   *
   * @default - none: it shares those of the account
   */
  readonly reservedConcurrency?: number;

  /**
   * Concurrent executions that the function's triggers allow together, as a queue's `maxConcurrency` does.
   *
   * @default - no limit from the triggers
   */
  readonly maxConcurrency?: number;

  /**
   * Environments that are ready before the load starts: provisioned ones, and those still warm from earlier load.
   *
   * @default 0
   */
  readonly readyEnvironments?: number;

  /**
   * Read units of a table that a request uses: one for each 4 KB read consistently, half of that otherwise.
   *
   * @default 0
   */
  readonly readUnits?: number;

  /**
   * Write units of a table that a request uses: one for each KB written.
   *
   * @default 0
   */
  readonly writeUnits?: number;

  /**
   * The table's maximum read units a second.
   *
   * @default 40000
   */
  readonly maxReadUnits?: number;

  /**
   * The table's maximum write units a second.
   *
   * @default 40000
   */
  readonly maxWriteUnits?: number;

  /**
   * Read units a second the table can serve at once: its warm throughput, or twice its highest load so far.
   *
   * @default - what a new on-demand table supports: 12,000
   */
  readonly warmReadUnits?: number;

  /**
   * Write units a second the table can serve at once.
   *
   * @default - what a new on-demand table supports: 4,000
   */
  readonly warmWriteUnits?: number;
}
