/**
 * What the account that the app is deployed to may do in its region, where AWS has raised it or not yet given all: a new
 * account begins with less. Synthesis asks no account, so what differs from the defaults is said here; `simulateLoad`
 * and the guards calculate with it. The Service Quotas console shows the values.
 */
export interface ScalingOptions {
  /**
   * Concurrent executions of all functions in the account and region, not below 1. What the app's functions reserve has to leave
   * 100 of them unreserved, else AWS refuses the deployment, and so does synthesis. Functions of other apps in the account
   * count too, and are not seen.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
   * @default 1000
   */
  readonly concurrencyLimit?: number;

  /**
   * Requests a second of all APIs in the account and region, not below 1.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
   * @default - 10,000; 2,500 in the newer regions
   */
  readonly apiRateLimit?: number;

  /**
   * Requests at once of all APIs in the account and region, not below 1. AWS sets it by the rate.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
   * @default - 5,000; 1,250 in the newer regions
   */
  readonly apiBurstLimit?: number;
}
