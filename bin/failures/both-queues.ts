import type { FailureQueue, QueueMessage, QueueState } from './failure';

/** Combines the failure queue and the FIFO failure queue into one. Each message is changed in the queue that it was received from. */
export function bothQueues(
  first: FailureQueue | undefined,
  second: FailureQueue | undefined,
): FailureQueue | undefined {
  if (first === undefined || second === undefined) {
    return first ?? second;
  }
  const queues = [first, second];
  const sources = new Map<string, FailureQueue>();
  const sourceOf = (message: QueueMessage): FailureQueue => sources.get(message.id) ?? first;
  const ofEach = async (
    messages: readonly QueueMessage[],
    change: (queue: FailureQueue, some: readonly QueueMessage[]) => Promise<void>,
  ): Promise<void> => {
    for (const queue of queues) {
      const some = messages.filter((message) => sourceOf(message) === queue);
      if (some.length > 0) {
        await change(queue, some);
      }
    }
  };
  const release = (messages: readonly QueueMessage[]): Promise<void> =>
    ofEach(messages, (queue, some) => queue.release(some));
  return {
    name: queues.map(({ name }) => name).join(' and '),
    receive: async () => {
      const received: QueueMessage[] = [];
      try {
        for (const queue of queues) {
          const messages = await queue.receive();
          messages.forEach(({ id }) => sources.set(id, queue));
          received.push(...messages);
        }
      } catch (error) {
        // The caller does not learn of these messages, so it cannot release them.
        await release(received).catch(() => undefined);
        throw error;
      }
      return received;
    },
    state: async () => combine(await namedState(first), await namedState(second)),
    blocked: async () => ((await first.blocked?.()) ?? 0) + ((await second.blocked?.()) ?? 0),
    hide: (message, seconds) => sourceOf(message).hide(message, seconds),
    keepHidden: (messages) => ofEach(messages, (queue, some) => queue.keepHidden(some)),
    release,
    remove: (message) => sourceOf(message).remove(message),
  };
}

/** The state of a queue, with the queue's name in its redrive policy. */
async function namedState(queue: FailureQueue): Promise<QueueState> {
  const state = await queue.state();
  const { deadLetterQueue } = state;
  return deadLetterQueue === undefined
    ? state
    : { ...state, deadLetterQueue: { ...deadLetterQueue, of: queue.name } };
}

function combine(a: QueueState, b: QueueState): QueueState {
  return {
    visible: a.visible + b.visible,
    hidden: a.hidden + b.hidden,
    deadLetterQueue: a.deadLetterQueue ?? b.deadLetterQueue,
  };
}
