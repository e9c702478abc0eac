import { Amounts } from '../kinds/trigger-kind';
import { LevelModel, UsageModel } from '../model/app-model';

/** The default usage at each level. The docs of `FunctionUsage` and `AppUsage` state the same. */
export const TABLE_GIGABYTES: Amounts = { low: 1, moderate: 10, high: 100 };
export const BUCKET_GIGABYTES: Amounts = { low: 1, moderate: 10, high: 100 };

export const FUNCTION_USAGE = {
  readsPerEvent: 1,
  writesPerEvent: 1,
  itemBytes: 1024,
  responseBytes: 4096,
  logBytes: 1024,
  operationsPerEvent: 5,
} satisfies UsageModel;

/** The size of an entry in S3's access log. https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html */
export const BUCKET_LOG_BYTES = 600;

/** An execution of a workflow whose definition is unknown, and how long an express one takes. */
export const WORKFLOW_USAGE = { transitions: 5, durationMs: 1000 };
/** AWS bills an express workflow for memory in chunks of 64 MB; small definitions and payloads need one. */
export const EXPRESS_MEMORY_GB = 64 / 1024;

/** Requests a month for the files of a site. */
export const SITE_REQUESTS: Amounts = { low: 100_000, moderate: 1_000_000, high: 10_000_000 };
/** The mean size of a response with a file, compressed. */
export const SITE_RESPONSE_BYTES = 30 * 1024;
/** The share of the requests for files that CloudFront answers from the bucket. */
export const SITE_MISSES = 0.1;

/** The share of invocations that start an execution environment. */
export const COLD_SHARE = 0.01;

/** Requests a month to each of the app's keys. */
export const KEY_REQUESTS: Amounts = { low: 1000, moderate: 10_000, high: 100_000 };

const STEP = 10;

/** The amounts at all three levels, derived from those that the user gave. */
export function amountsOf(given: LevelModel | undefined, otherwise: Amounts): Amounts {
  const { low, high } = given ?? {};
  const between = high === undefined ? (low ?? NaN) * STEP : Math.max(low ?? 0, high / STEP);
  const moderate = given?.moderate ?? between;
  return Number.isNaN(moderate)
    ? otherwise
    : { low: low ?? moderate / STEP, moderate, high: high ?? moderate * STEP };
}
