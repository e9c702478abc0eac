import type { AppModel } from '../../lib/model/app-model';
import { Interrupted, unlessAborted } from '../interruption';
import type { Io } from '../io';
import { count } from '../text/count';
import { UserError } from '../user-error';
import {
  CLAIM_PREFIX,
  Failure,
  FailureBucket,
  FailureQueue,
  HIDDEN_SECONDS,
  QueueMessage,
  QueueState,
} from './failure';
import { HeldMessages } from './held-messages';
import { noticeOf } from './notice';
import { parseMessage } from './parse-message';
import { parseRecord, recordKeyOf } from './parse-record';

/** The places that keep an app’s failures. */
export interface FailureStore {
  readonly queue?: FailureQueue;
  readonly bucket?: FailureBucket;
}

export interface OpenFailures {
  /** Newest first. */
  readonly failures: readonly Failure[];
  /** Whether there are more failures than were read. */
  readonly more: boolean;
  /** The number of messages that other readers hold at this moment. */
  readonly hidden: number;
}

interface Reading {
  readonly io: Pick<Io, 'interruptible'>;
  readonly limit: number;
}

const HEARTBEAT_MS = (HIDDEN_SECONDS / 3) * 1000;
const RECORDS_AT_ONCE = 8;
/** A queue is spread over many machines, and one answer may miss some of its messages. */
const EMPTY_ANSWERS = 2;

/**
 * Reads the failures and runs work on them. Meanwhile the messages are hidden from other readers. At the end, also after an error
 * or a signal, messages that were not removed become visible again, except those whose function is still running.
 */
export async function withFailures<T>(
  store: FailureStore,
  model: AppModel,
  { io, limit }: Reading,
  work: (open: OpenFailures, store: FailureStore, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { queue, bucket } = store;
  return io.interruptible(async (signal) => {
    const held = queue === undefined ? undefined : new HeldMessages(queue);
    const heartbeat = setInterval(() => void held?.keepAllHidden(), HEARTBEAT_MS).unref();
    try {
      const state = queue && (await unlessAborted(signal, queue.state()));
      if (queue !== undefined && state?.deadLetterQueue !== undefined) {
        throw movesMessages(queue.name, state.deadLetterQueue);
      }
      const all = held === undefined || !(await receiveAll(held, limit, signal));
      const blocked = (await unlessAborted(signal, queue?.blocked?.() ?? Promise.resolve(0))) > 0;
      const messages = await withoutClaimNotices(held, model);
      const reading = readRecords(bucket, messages, model, limit);
      const records = await unlessAborted(signal, reading);
      const others = messages.filter((message) => recordKeyOf(message, model) === undefined);
      const found = [...others.map((message) => parseMessage(message, model)), ...records.failures];
      const open = {
        failures: found.sort((a, b) => b.failedAt.getTime() - a.failedAt.getTime()),
        more: !all || blocked || records.more,
        hidden: state?.hidden ?? 0,
      };
      return await unlessAborted(signal, work(open, { queue: held?.queue, bucket }, signal));
    } catch (error) {
      held?.endedBy(error instanceof Interrupted);
      throw error;
    } finally {
      clearInterval(heartbeat);
      await held?.releaseAll();
    }
  });
}

/** To read a queue is to receive from it: with a `maxReceiveCount` of 3, listing it three times would move the failures away. */
function movesMessages(
  name: string,
  { arn, maxReceiveCount, of = name }: NonNullable<QueueState['deadLetterQueue']>,
): UserError {
  return new UserError(
    `the failure queue ${of} moves a message to ${arn} once it has been received ${count(maxReceiveCount, 'time')}, and reading the queue receives its messages`,
    'remove the redrive policy of the failure queue, which is itself where failures end',
  );
}

async function receiveAll(
  held: HeldMessages,
  limit: number,
  signal: AbortSignal,
): Promise<boolean> {
  let empty = 0;
  while (empty < EMPTY_ANSWERS) {
    signal.throwIfAborted();
    if (held.messages.length >= limit) {
      return true;
    }
    // A signal does not interrupt this: every message that SQS delivers must be known, so that it can be released.
    empty = (await held.receive()) === 0 ? empty + 1 : 0;
  }
  return false;
}

/** In an app that was deployed before claims existed, the rule sends notifications for claims too. */
async function withoutClaimNotices(
  held: HeldMessages | undefined,
  { failureBucket }: AppModel,
): Promise<readonly QueueMessage[]> {
  const isClaim = (message: QueueMessage): boolean => {
    const notice = noticeOf(message);
    return notice?.bucket === failureBucket?.name && notice?.key.startsWith(CLAIM_PREFIX) === true;
  };
  for (const message of held?.messages.filter(isClaim) ?? []) {
    await held?.queue.remove(message).catch(() => undefined);
  }
  return held?.messages.filter((message) => !isClaim(message)) ?? [];
}

interface Records {
  readonly failures: readonly Failure[];
  readonly more: boolean;
}

/** The records that messages announce, and those whose message has expired: the bucket keeps them longer than the queue. */
async function readRecords(
  bucket: FailureBucket | undefined,
  messages: readonly QueueMessage[],
  model: AppModel,
  limit: number,
): Promise<Records> {
  if (bucket === undefined) {
    return { failures: [], more: false };
  }
  const listed = await bucket.list(limit + 1);
  const wanted = new Map<string, { readonly at: Date; readonly messages: QueueMessage[] }>(
    listed.slice(0, limit).map(({ key, at }) => [key, { at, messages: [] }]),
  );
  for (const message of messages) {
    const key = recordKeyOf(message, model);
    if (key !== undefined) {
      const known = wanted.get(key)?.messages ?? [];
      wanted.set(key, { at: message.sentAt, messages: [...known, message] });
    }
  }
  const entries = [...wanted];
  const failures: Failure[] = [];
  for (let i = 0; i < entries.length; i += RECORDS_AT_ONCE) {
    const some = entries.slice(i, i + RECORDS_AT_ONCE);
    const read = some.map(async ([key, { at, messages: announced }]) =>
      parseRecord(key, at, await bucket.read(key), model, announced),
    );
    failures.push(...(await Promise.all(read)));
  }
  return { failures, more: listed.length > limit };
}
