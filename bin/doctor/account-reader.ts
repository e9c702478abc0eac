/** What `doctor` reads from an account. */
export interface AccountReader {
  /** The account and principal of the credentials. */
  identity(): Promise<{ readonly account: string; readonly arn: string }>;
  region(): Promise<string>;
  /** The value of an SSM parameter; `undefined` if it does not exist. */
  parameter(name: string): Promise<string | undefined>;
  /** The account's concurrency limit in the region. */
  concurrencyLimit(): Promise<number>;
  /** Whether the cost allocation tag is active; `undefined` if billing does not know it yet. */
  costTagActive(key: string): Promise<boolean | undefined>;
  /** The keys of the routes with settings in an API's default stage; `undefined` if the API or the stage does not exist. */
  routesWithSettings(apiId: string): Promise<readonly string[] | undefined>;
  /** The role with which API Gateway writes logs in the region; `undefined` if none is set. */
  logRole(): Promise<string | undefined>;
}
