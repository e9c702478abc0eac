import { AppUsage } from './usage';

/** How the estimate of an app's cost is shown at synthesis. */
export interface EstimateOptions {
  /**
   * Whether the estimate is printed to stderr. It is written into the cloud assembly either way. The environment variable
   * `SERVERLESS_APP_ESTIMATE`, `on` or `off`, says the same for all apps that do not say it themselves.
   *
   * @default - printed where stderr is a terminal; elsewhere, as under the CDK's CLI, one line of information of the CDK
   */
  readonly print?: boolean;

  /**
   * Whether to take off what AWS gives every account for nothing each month, as if this app had it all.
   *
   * @default false
   */
  readonly freeTier?: boolean;
}

/** What an estimate is made for, other than what the app says. */
export interface EstimateQuestion {
  /**
   * Whether to take off what AWS gives every account for nothing each month, as if this app had it all.
   *
   * @default - what the app's `estimate` says
   */
  readonly freeTier?: boolean;

  /**
   * What you expect of the app; part by part it goes before the app's own `usage`, but not before that of a function.
   *
   * @default - what the app's `usage` says
   */
  readonly usage?: AppUsage;
}
