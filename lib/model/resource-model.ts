export interface ResourceModel {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  /** Whether the app created it; otherwise the user provided it. */
  readonly made: boolean;
}

/** The user's state machine, and what starts it. */
export interface LogGroupModel extends ResourceModel {
  /** Missing if it is unknown, as for an imported log group; 0 if logs never expire. */
  readonly retentionDays?: number;
}

/** The expected amount at each usage level; missing ones are derived from the others. */
export interface LevelModel {
  readonly low?: number;
  readonly moderate?: number;
  readonly high?: number;
}

/** The expected usage of a function, as far as its cost depends on it. */
export interface UsageModel {
  /** For each trigger. */
  readonly monthlyEvents?: LevelModel;
  readonly durationMs?: number;
  /** The items or objects in each table and bucket that the function may read or write. */
  readonly readsPerEvent?: number;
  readonly writesPerEvent?: number;
  readonly itemBytes?: number;
  readonly responseBytes?: number;
  readonly logBytes?: number;
  /** Only for a durable function. */
  readonly operationsPerEvent?: number;
}
