// Defaults that pure rooms (cost, scaling, guard) and the CLI need too. lib/core/defaults.ts, which needs the CDK, takes them from here.

export const DEFAULT_MEMORY_MB = 1024;

/** The changes that one invocation gets at most. */
export const DEFAULT_TABLE_CHANGES_BATCH_SIZE = 100;

/** The share of provisioned environments that scaling keeps busy. */
export const DEFAULT_TARGET_UTILIZATION = 0.7;
