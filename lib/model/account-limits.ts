/** What an account may do in a region. Values may be Tokens. */
export interface AccountLimits {
  readonly concurrency: number;
  readonly apiRate: number;
  readonly apiBurst: number;
}
