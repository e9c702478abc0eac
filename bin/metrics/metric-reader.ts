/** A query for one metric. */
export interface MetricQuery {
  /** Identifies the query in the result. */
  readonly key: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** `Sum`, `Average`, `Maximum`, `p99`. */
  readonly statistic: string;
  readonly periodSeconds: number;
}

export interface DataPoint {
  readonly at: Date;
  readonly value: number;
}

/** By query key, in chronological order; no entry if there is no data. */
export type MetricData = ReadonlyMap<string, readonly DataPoint[]>;

export interface AlarmState {
  readonly name: string;
  /** `OK`, `ALARM` or `INSUFFICIENT_DATA`. */
  readonly state: string;
  readonly since?: Date;
  readonly threshold?: number;
}

export interface MetricReader {
  read(queries: readonly MetricQuery[], from: Date, to: Date): Promise<MetricData>;
  alarms(names: readonly string[]): Promise<readonly AlarmState[]>;
  /** How often the alarm was raised since that time. */
  raised(alarm: string, since: Date): Promise<number>;
}
