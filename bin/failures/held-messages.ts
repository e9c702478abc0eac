import type { FailureQueue, QueueMessage } from './failure';

/** The messages that this command has received, and must release if it does not remove them. */
export class HeldMessages {
  /** The queue for the command's work: it keeps track of the messages that the work receives and removes. */
  readonly queue: FailureQueue;
  private readonly received = new Map<string, QueueMessage>();
  /** Hidden for as long as their function may run. */
  private readonly running = new Set<string>();
  private interrupted = false;

  constructor(private readonly source: FailureQueue) {
    this.queue = {
      ...source,
      hide: async (message, seconds) => {
        this.running.add(message.id);
        await source.hide(message, seconds);
      },
      keepHidden: async (messages) => {
        messages.forEach(({ id }) => this.running.delete(id));
        await source.keepHidden(messages);
      },
      remove: async (message) => {
        await source.remove(message);
        this.received.delete(message.id);
      },
    };
  }

  get messages(): readonly QueueMessage[] {
    return [...this.received.values()];
  }

  /** @returns how many messages are new */
  async receive(): Promise<number> {
    const before = this.received.size;
    for (const message of await this.source.receive()) {
      this.received.set(message.id, message);
    }
    return this.received.size - before;
  }

  /** If this fails, other readers see the messages a little too early. */
  async keepAllHidden(): Promise<void> {
    await this.source.keepHidden(this.waiting).catch(() => undefined);
  }

  endedBy(interruption: boolean): void {
    this.interrupted = interruption;
  }

  /** After an interruption a function may still run. Its message reappears by itself when the function has ended. */
  async releaseAll(): Promise<void> {
    await this.source.release(this.interrupted ? this.waiting : this.messages);
  }

  private get waiting(): readonly QueueMessage[] {
    return this.messages.filter(({ id }) => !this.running.has(id));
  }
}
