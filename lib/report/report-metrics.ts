/** Figures of an app that the command line reads from CloudWatch. */
export interface ReportMetrics {
  /** The start and the end of the period, as ISO 8601. */
  readonly from: string;
  readonly to: string;
  /** Dollars in the period, and projected to a month. Absent if they are unknown. */
  readonly dollars?: number;
  readonly monthlyDollars?: number;
  readonly functions: readonly FunctionMetrics[];
}

/** The figures of one function in the period. A figure without data is absent. */
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
