/** How the emulator of `serverless-app dev` retries the records of a table or a stream. */
export const BATCH_REPEATS_LOCALLY =
  'repeat a failed batch as a whole until its records are too old; AWS retries it as configured, splits it, and keeps it in the failure bucket';
