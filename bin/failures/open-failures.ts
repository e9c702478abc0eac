import type { AppModel } from '../../lib/model/app-model';
import { Failure, FailureBucket, FailureQueue, HIDDEN_SECONDS, QueueMessage } from './failure';
import { parseMessage, parseRecord, recordKeyOf } from './parse';

/** Where an app's failures are. */
export interface FailureStore {
  readonly queue?: FailureQueue;
  readonly bucket?: FailureBucket;
}

export interface OpenFailures {
  /** Newest first. Messages of another app that shares the queue are not among them. */
  readonly failures: readonly Failure[];
  /** How many messages are of other apps. */
  readonly foreign: number;
  /** Whether there are more than were read. */
  readonly more: boolean;
  /** How many others read at this moment. */
  readonly hidden: number;
}

const HEARTBEAT_MS = (HIDDEN_SECONDS / 3) * 1000;
const RECORDS_AT_ONCE = 8;
/** A queue is spread over many machines, and one answer may miss some. */
const EMPTY_ANSWERS = 2;

/**
 * Reads the failures and does the work with them. While it lasts, the messages are hidden from other readers; in the end, also
 * of a failure, those that the work has not removed are visible again.
 */
export async function withFailures<T>(
  { queue, bucket }: FailureStore,
  model: AppModel,
  limit: number,
  work: (open: OpenFailures, store: FailureStore) => Promise<T>,
): Promise<T> {
  const received = new Map<string, QueueMessage>();
  const held = new Set<string>();
  const release = async (): Promise<void> => queue?.release([...received.values()]);
  const keepHidden = (): void => {
    const waiting = [...received.values()].filter(({ id }) => !held.has(id));
    // A message that is visible too early is only seen by others too early.
    void queue?.keepHidden(waiting).catch(() => undefined);
  };
  const interrupted = (): void => {
    void release().finally(() => process.exit(130));
  };
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  const heartbeat = setInterval(keepHidden, HEARTBEAT_MS);
  try {
    const hidden = queue === undefined ? 0 : (await queue.count()).hidden;
    const more = queue !== undefined && (await receiveAll(queue, received, limit));
    const found = [...received.values()].map((message) => ({
      message,
      key: recordKeyOf(message, model),
    }));
    const messages = found
      .filter(({ key }) => key === undefined)
      .map(({ message }) => parseMessage(message, model));
    const records = await readRecords(bucket, found, model, limit);
    const isForeign = (failure: Failure): boolean =>
      failure.function === undefined && model.failureQueue?.made === false;
    const open = {
      failures: [...messages, ...records]
        .filter((failure) => !isForeign(failure))
        .sort((a, b) => b.failedAt.getTime() - a.failedAt.getTime()),
      foreign: messages.filter(isForeign).length,
      more,
      hidden,
    };
    return await work(open, { queue: queue && tracking(queue, received, held), bucket });
  } finally {
    clearInterval(heartbeat);
    process.off('SIGINT', interrupted);
    process.off('SIGTERM', interrupted);
    await release();
  }
}

/** Remembers which messages are removed, and which are hidden for longer by themselves. */
function tracking(
  queue: FailureQueue,
  received: Map<string, QueueMessage>,
  held: Set<string>,
): FailureQueue {
  return {
    ...queue,
    hide: async (message, seconds) => {
      held.add(message.id);
      await queue.hide(message, seconds);
    },
    remove: async (message) => {
      await queue.remove(message);
      received.delete(message.id);
    },
  };
}

async function receiveAll(
  queue: FailureQueue,
  received: Map<string, QueueMessage>,
  limit: number,
): Promise<boolean> {
  let empty = 0;
  while (empty < EMPTY_ANSWERS) {
    if (received.size >= limit) {
      return true;
    }
    const before = received.size;
    for (const message of await queue.receive()) {
      received.set(message.id, message);
    }
    empty = received.size === before ? empty + 1 : 0;
  }
  return false;
}

/** Records that messages tell of, and those whose message is gone: the queue forgets earlier than the bucket. */
async function readRecords(
  bucket: FailureBucket | undefined,
  found: readonly { readonly message: QueueMessage; readonly key?: string }[],
  model: AppModel,
  limit: number,
): Promise<Failure[]> {
  if (bucket === undefined) {
    return [];
  }
  const wanted = new Map<string, { readonly at: Date; readonly message?: QueueMessage }>();
  for (const { key, at } of await bucket.list(limit)) {
    wanted.set(key, { at });
  }
  for (const { key, message } of found) {
    if (key !== undefined) {
      wanted.set(key, { at: message.sentAt, message });
    }
  }
  const entries = [...wanted];
  const failures: Failure[] = [];
  for (let i = 0; i < entries.length; i += RECORDS_AT_ONCE) {
    const some = entries.slice(i, i + RECORDS_AT_ONCE);
    failures.push(
      ...(await Promise.all(
        some.map(async ([key, { at, message }]) =>
          parseRecord(key, at, await bucket.read(key), model, message),
        ),
      )),
    );
  }
  return failures;
}
