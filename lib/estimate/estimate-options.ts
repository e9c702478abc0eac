import { AppUsage } from './usage';

/** How synthesis reports the cost estimate. */
export interface EstimateOptions {
  /**
   * Whether to print the estimate to stderr. It is written to the cloud assembly in any case. The environment variable
   * `SERVERLESS_APP_ESTIMATE` (`on` or `off`) sets this for all apps without a setting of their own.
   *
   * @default - printed if stderr is a terminal; otherwise, as under the CDK's CLI, one line as an info annotation of the CDK
   */
  readonly print?: boolean;

  /**
   * Whether to subtract AWS's monthly free tier, as if this app alone used it.
   *
   * @default false
   */
  readonly freeTier?: boolean;
}

/** Options of a single estimate, which override those of the app. */
export interface EstimateQuestion {
  /**
   * Whether to subtract AWS's monthly free tier, as if this app alone used it.
   *
   * @default - the app's `estimate` option
   */
  readonly freeTier?: boolean;

  /**
   * The expected usage. It overrides the app's `usage` part by part, but not the `usage` of a function.
   *
   * @default - the app's `usage`
   */
  readonly usage?: AppUsage;
}
