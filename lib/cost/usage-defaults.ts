import { LevelFacts, UsageFacts } from '../model/app-model';
import { LevelName } from './app-estimate';

/** What is expected of each level where the user says nothing. The docs of `FunctionUsage` and `AppUsage` say the same. */
export type Amounts = Readonly<Record<LevelName, number>>;

/** Events a month of a trigger whose events come from outside of the app. */
export const EVENTS: Readonly<Record<string, Amounts>> = {
  http: { low: 100_000, moderate: 1_000_000, high: 10_000_000 },
  tableChanges: { low: 10_000, moderate: 100_000, high: 1_000_000 },
  objectCreated: { low: 1000, moderate: 10_000, high: 100_000 },
};
export const OTHER_EVENTS: Amounts = { low: 10_000, moderate: 100_000, high: 1_000_000 };

/** Milliseconds that an invocation is billed for. */
export const DURATION_MS: Readonly<Record<string, number>> = {
  http: 100,
  tableChanges: 200,
  objectCreated: 1000,
  schedule: 10_000,
};
export const OTHER_DURATION_MS = 200;

export const TABLE_GIGABYTES: Amounts = { low: 1, moderate: 10, high: 100 };
export const BUCKET_GIGABYTES: Amounts = { low: 1, moderate: 10, high: 100 };

export const FUNCTION_USAGE = {
  readsPerEvent: 1,
  writesPerEvent: 1,
  itemBytes: 1024,
  responseBytes: 4096,
  logBytes: 1024,
} satisfies UsageFacts;

/** Of a request, in the app's own format of the access log. */
export const ACCESS_LOG_BYTES = 600;

/** Of a request to a bucket, in S3's own format. https://docs.aws.amazon.com/AmazonS3/latest/userguide/LogFormat.html */
export const BUCKET_LOG_BYTES = 600;

/** The share of asynchronous events and table changes that ends in the failure queue. */
export const FAILED_SHARE = 0.001;

/** The share of invocations that starts an execution environment. */
export const COLD_SHARE = 0.01;

/** Requests a month to each key of the app. */
export const KEY_REQUESTS: Amounts = { low: 1000, moderate: 10_000, high: 100_000 };

/** How much of what is logged is left when it is kept, compressed. https://aws.amazon.com/cloudwatch/pricing/ */
export const KEPT_LOG_SHARE = 0.15;

/** How long logs and failures count as kept where that is not known or without end. */
export const UNKNOWN_RETENTION_DAYS = 365;

const STEP = 10;

/** Of all three levels, what the user gave, and what follows from it. */
export function amountsOf(given: LevelFacts | undefined, otherwise: Amounts): Amounts {
  const { low, high } = given ?? {};
  const between = high === undefined ? (low ?? NaN) * STEP : Math.max(low ?? 0, high / STEP);
  const moderate = given?.moderate ?? between;
  return Number.isNaN(moderate)
    ? otherwise
    : { low: low ?? moderate / STEP, moderate, high: high ?? moderate * STEP };
}
