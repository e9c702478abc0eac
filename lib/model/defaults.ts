// Defaults that pure rooms (cost, scaling, guard) and the CLI need too. lib/core/defaults.ts, which needs the CDK, imports
// them.

export const DEFAULT_MEMORY_MB = 1024;

/** The maximum number of changes in one invocation. */
export const DEFAULT_TABLE_CHANGES_BATCH_SIZE = 100;

/** The target share of busy provisioned environments. */
export const DEFAULT_TARGET_UTILIZATION = 0.7;
