import type { AppModel } from '../../lib/model/app-model';
import { asUserError } from '../aws-error';
import { Failure, FunctionRunner, HIDDEN_SECONDS } from './failure';
import type { FailureStore } from './open-failures';
import { functionOf } from './parse';

export interface RetryOutcome {
  readonly failure: Failure;
  readonly outcome: 'succeeded' | 'failed' | 'skipped';
  /** Why it failed or was skipped. */
  readonly reason?: string;
}

/** A queue hides a message for 12 hours at most. */
const MAX_HIDDEN_SECONDS = 43_200;
const LONGEST_TIMEOUT_SECONDS = 900;

/** Runs the function on the event again, and removes the failure only when it succeeded. */
export async function retry(
  failure: Failure,
  model: AppModel,
  store: FailureStore,
  runner: FunctionRunner,
): Promise<RetryOutcome> {
  if (failure.recordGone === true) {
    await remove(failure, store);
    return { failure, outcome: 'skipped', reason: `${failure.obstacle ?? ''}; its message too` };
  }
  const { obstacle, event, functionArn } = failure;
  if (obstacle !== undefined || event === undefined || functionArn === undefined) {
    return { failure, outcome: 'skipped', reason: obstacle ?? 'its event is not known' };
  }
  const reason = await run(failure, event, functionArn, model, store, runner);
  if (reason !== undefined) {
    return { failure, outcome: 'failed', reason };
  }
  await remove(failure, store);
  return { failure, outcome: 'succeeded' };
}

/** Why the function did not succeed, if so. */
async function run(
  { kind, message }: Failure,
  event: string,
  functionArn: string,
  model: AppModel,
  { queue }: FailureStore,
  runner: FunctionRunner,
): Promise<string | undefined> {
  const seconds = timeoutOf(functionArn, model);
  try {
    if (message !== undefined) {
      // For as long as the function may run, and the answer may take.
      await queue?.hide(message, Math.min(MAX_HIDDEN_SECONDS, seconds + HIDDEN_SECONDS));
    }
    const { error, response } = await runner.invoke(functionArn, event, seconds);
    return error ?? (kind === 'stream' ? failedItems(response) : undefined);
  } catch (error) {
    if (concernsThisOne(error)) {
      return error.message;
    }
    throw error;
  }
}

/** AWS refused this event or function, and may take the next: the function is gone, say, or the event too large. */
function concernsThisOne(error: unknown): error is Error {
  return error instanceof Error && '$fault' in error && asUserError(error) === undefined;
}

/**
 * The record first: if this is killed in between, what is left is a message that tells of a record which is gone, and that is
 * known to be done.
 */
export async function remove(
  { recordKey, recordGone = false, message }: Failure,
  { queue, bucket }: FailureStore,
): Promise<void> {
  if (recordKey !== undefined && !recordGone) {
    await bucket?.remove(recordKey);
  }
  if (message !== undefined) {
    await queue?.remove(message);
  }
}

function timeoutOf(arn: string, model: AppModel): number {
  const timeout: unknown = functionOf(arn, model)?.timeoutSeconds;
  return typeof timeout === 'number' ? timeout : LONGEST_TIMEOUT_SECONDS;
}

/** A handler of a stream may say which records of the batch failed. */
function failedItems(response: string): string | undefined {
  const { batchItemFailures: failed = [] } = (parse(response) ?? {}) as {
    readonly batchItemFailures?: readonly unknown[];
  };
  return failed.length === 0
    ? undefined
    : `the function said that ${failed.length} of the records failed`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
