/** What is asked of an account. */
export interface AccountReader {
  /** The number of the account that the credentials are of. */
  identity(): Promise<{ readonly account: string; readonly arn: string }>;
  region(): Promise<string>;
  /** The value of a parameter; `undefined` where there is none. */
  parameter(name: string): Promise<string | undefined>;
  /** How many executions the account may have at once in the region. */
  concurrencyLimit(): Promise<number>;
  /** Whether the tag is active for cost allocation; `undefined` where billing has not seen it. */
  costTagActive(key: string): Promise<boolean | undefined>;
}
