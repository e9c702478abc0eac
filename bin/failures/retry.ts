import type { AppModel } from '../../lib/model/app-model';
import { asUserError } from '../aws-error';
import { Interrupted, unlessAborted } from '../interruption';
import { asObject, parseJson } from '../json/unknown';
import { count } from '../text/count';
import { Failure, FailureKind, FailureBucket, FunctionRunner, HIDDEN_SECONDS } from './failure';
import { arnToRun, functionOf } from './function-arn';
import type { FailureStore } from './open-failures';
import { waitSecondsOf } from './wait-seconds';

export interface RetryOutcome {
  readonly failure: Failure;
  readonly outcome: 'succeeded' | 'failed' | 'skipped';
  /** Why it failed or was skipped. */
  readonly reason?: string;
}

export interface RetryContext {
  readonly model: AppModel;
  readonly store: FailureStore;
  readonly runner: FunctionRunner;
  readonly signal: AbortSignal;
}

/** SQS hides a message for 12 hours at most. */
const MAX_HIDDEN_SECONDS = 43_200;
const CLAIMED = 'another command is retrying it';

/** The function that `retry` would run, or the reason why it would not. */
export function planOf(
  { obstacle, foreign, event, functionArn }: Failure,
  model: AppModel,
): { readonly arn: string; readonly event: string; readonly seconds: number } | string {
  const fn = functionArn === undefined ? undefined : functionOf(functionArn, model);
  if (obstacle !== undefined || foreign === true) {
    return obstacle ?? 'it does not belong to this app';
  }
  if (fn === undefined || event === undefined) {
    return 'its event is not known';
  }
  return { arn: arnToRun(fn, model), event, seconds: waitSecondsOf(fn) };
}

/** Runs the function on the event again, and removes the failure only if it succeeds. */
export async function retry(failure: Failure, context: RetryContext): Promise<RetryOutcome> {
  const { model, store } = context;
  if (failure.recordGone === true && failure.foreign !== true) {
    return removeGone(failure, store);
  }
  const plan = planOf(failure, model);
  if (typeof plan === 'string') {
    return { failure, outcome: 'skipped', reason: plan };
  }
  const { recordKey } = failure;
  if (recordKey === undefined || store.bucket === undefined) {
    return runOnce(failure, plan, context);
  }
  return withClaim(failure, recordKey, plan.seconds, store, store.bucket, () =>
    runOnce(failure, plan, context),
  );
}

async function removeGone(failure: Failure, store: FailureStore): Promise<RetryOutcome> {
  await remove(failure, store);
  return {
    failure,
    outcome: 'skipped',
    reason: `${failure.obstacle ?? 'its record is gone'}; removed its message`,
  };
}

/** Two commands can list the same record; only the one that claims it runs it. */
async function withClaim(
  failure: Failure,
  key: string,
  seconds: number,
  store: FailureStore,
  bucket: FailureBucket,
  work: () => Promise<RetryOutcome>,
): Promise<RetryOutcome> {
  if (!(await bucket.claim(key, seconds + HIDDEN_SECONDS))) {
    return { failure, outcome: 'skipped', reason: CLAIMED };
  }
  // Another command may have retried it between our list and our claim.
  if ((await bucket.read(key)) === undefined) {
    await bucket.releaseClaim(key);
    return removeGone({ ...failure, recordGone: true }, store);
  }
  try {
    const outcome = await work();
    await bucket.releaseClaim(key);
    return outcome;
  } catch (error) {
    // After an interruption the function may still run, so the claim stays until it expires.
    if (!(error instanceof Interrupted)) {
      await bucket.releaseClaim(key);
    }
    throw error;
  }
}

/** Events whose function may report failed items of a batch. */
const BATCHES: readonly FailureKind[] = ['message', 'stream'];

async function runOnce(
  failure: Failure,
  plan: { readonly arn: string; readonly event: string; readonly seconds: number },
  { store, runner, signal }: RetryContext,
): Promise<RetryOutcome> {
  const { kind, messages } = failure;
  const { arn, event, seconds } = plan;
  let reason: string | undefined;
  signal.throwIfAborted();
  try {
    for (const message of messages) {
      await store.queue?.hide(message, Math.min(MAX_HIDDEN_SECONDS, seconds + HIDDEN_SECONDS));
    }
    const { error, response } = await unlessAborted(signal, runner.invoke(arn, event, seconds));
    reason = error ?? (BATCHES.includes(kind) ? failedItems(response) : undefined);
  } catch (error) {
    if (!concernsThisOne(error)) {
      throw error;
    }
    reason = error.message;
  }
  if (reason !== undefined) {
    await store.queue?.keepHidden(messages);
    return { failure, outcome: 'failed', reason };
  }
  await remove(failure, store);
  return { failure, outcome: 'succeeded' };
}

/** Removes the messages of records that another command has retried in the meantime without holding these messages. */
export async function removeRetriedElsewhere(
  outcomes: readonly RetryOutcome[],
  store: FailureStore,
): Promise<void> {
  for (const { failure, reason } of outcomes) {
    const { recordKey, messages } = failure;
    const isOver =
      reason === CLAIMED &&
      messages.length > 0 &&
      recordKey !== undefined &&
      (await store.bucket?.read(recordKey)) === undefined;
    if (isOver) {
      await remove({ ...failure, recordGone: true }, store);
    }
  }
}

/** AWS refused this event or function and may accept the next: the function was deleted, or the event is too large. */
function concernsThisOne(error: unknown): error is Error {
  return error instanceof Error && '$fault' in error && asUserError(error) === undefined;
}

/** The record goes first: if the command is killed in between, the message remains without its record, which marks it as resolved. */
export async function remove(
  { recordKey, recordGone = false, messages }: Failure,
  { queue, bucket }: FailureStore,
): Promise<void> {
  if (recordKey !== undefined && !recordGone) {
    await bucket?.remove(recordKey);
  }
  for (const message of messages) {
    await queue?.remove(message);
  }
}

/** The handler of a stream may report the failed records of a batch. Lambda treats a malformed report as a failed batch. */
function failedItems(response: string): string | undefined {
  const failed = asObject(parseJson(response))?.batchItemFailures ?? [];
  if (!Array.isArray(failed)) {
    return 'the function returned a `batchItemFailures` that is not a list';
  }
  return failed.length === 0
    ? undefined
    : `the function reported ${count(failed.length, 'failed record')}`;
}
