// Defaults that pure rooms (cost, scaling, guard) and the CLI need too. lib/core/defaults.ts, which needs the CDK, imports
// them.

export const DEFAULT_MEMORY_MB = 1024;

/** The maximum number of changes in one invocation. */
export const DEFAULT_TABLE_CHANGES_BATCH_SIZE = 100;

/** The batches of one shard that Lambda processes at the same time. */
export const DEFAULT_PARALLELIZATION = 1;

/** How many minutes a WebSocket connection lasts. Only the estimate uses it. */
export const DEFAULT_CONNECTION_MINUTES = 10;

/** The days for which Lambda keeps the history of an execution of a durable function. */
export const DURABLE_RETENTION_DAYS = 14;

/** The target share of busy provisioned environments. */
export const DEFAULT_TARGET_UTILIZATION = 0.7;
