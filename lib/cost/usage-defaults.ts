import { Amounts } from '../kinds/trigger-kind';
import { LevelModel, UsageModel } from '../model/app-model';

/** What to expect at each level where the user says nothing. The docs of `FunctionUsage` and `AppUsage` say the same. */
export const TABLE_GIGABYTES: Amounts = { low: 1, moderate: 10, high: 100 };
export const BUCKET_GIGABYTES: Amounts = { low: 1, moderate: 10, high: 100 };

export const FUNCTION_USAGE = {
  readsPerEvent: 1,
  writesPerEvent: 1,
  itemBytes: 1024,
  responseBytes: 4096,
  logBytes: 1024,
} satisfies UsageModel;

/** Of a request to a bucket, in S3's own format. https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html */
export const BUCKET_LOG_BYTES = 600;

/** The share of invocations that starts an execution environment. */
export const COLD_SHARE = 0.01;

/** Requests a month to each key of the app. */
export const KEY_REQUESTS: Amounts = { low: 1000, moderate: 10_000, high: 100_000 };

const STEP = 10;

/** Of all three levels, what the user gave, and what follows from it. */
export function amountsOf(given: LevelModel | undefined, otherwise: Amounts): Amounts {
  const { low, high } = given ?? {};
  const between = high === undefined ? (low ?? NaN) * STEP : Math.max(low ?? 0, high / STEP);
  const moderate = given?.moderate ?? between;
  return Number.isNaN(moderate)
    ? otherwise
    : { low: low ?? moderate / STEP, moderate, high: high ?? moderate * STEP };
}
