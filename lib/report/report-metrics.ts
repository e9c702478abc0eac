/** What an app really did, as the command line reads it from CloudWatch. */
export interface ReportMetrics {
  /** The first and the last moment that is looked at, as ISO 8601. */
  readonly from: string;
  readonly to: string;
  /** Dollars within that time, and what a month costs at this rate. Absent where nothing says it. */
  readonly dollars?: number;
  readonly monthlyDollars?: number;
  readonly functions: readonly FunctionMetrics[];
}

/** Of one function within that time. What is absent has no data. */
export interface FunctionMetrics {
  readonly id: string;
  readonly invocations: number;
  readonly errors: number;
  readonly throttles: number;
  readonly coldStarts?: number;
  readonly p50Milliseconds?: number;
  readonly p99Milliseconds?: number;
  readonly peakMemoryMb?: number;
  readonly dollars?: number;
}
