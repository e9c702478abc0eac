/**
 * The quotas of the account and region if they differ from the defaults: AWS has raised them, or a new account starts lower.
 * Synthesis queries no account; the guards and `Load.simulate` use these values. The Service Quotas console shows them.
 */
export interface ScalingOptions {
  /**
   * The concurrent executions of all functions in the account and region, at least 1. The reservations of the app's functions
   * must leave 100 unreserved; otherwise AWS rejects the deployment, and synthesis reports it. Functions of other apps in the
   * account count too, but are unknown here.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
   * @default 1000
   */
  readonly concurrencyLimit?: number;

  /**
   * The requests a second to all APIs in the account and region, at least 1.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
   * @default - 10,000; 2,500 in the newer regions
   */
  readonly apiRateLimit?: number;

  /**
   * The burst of requests to all APIs in the account and region, at least 1. AWS derives it from the rate.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
   * @default - 5,000; 1,250 in the newer regions
   */
  readonly apiBurstLimit?: number;
}
