import type {
  FailureBucket,
  FailureQueue,
  FunctionRunner,
  QueueMessage,
  QueueState,
} from '../../../bin/failures/failure';

/** A queue in memory that hides the messages that were received, as SQS does, and logs what is done to it. */
export class FakeQueue implements FailureQueue {
  readonly name = 'failures';
  deadLetterQueue?: QueueState['deadLetterQueue'];
  private readonly messages = new Map<string, QueueMessage>();
  private readonly hidden = new Set<string>();

  constructor(
    messages: readonly QueueMessage[],
    private readonly log: string[] = [],
  ) {
    messages.forEach((message) => this.messages.set(message.id, message));
  }

  get visible(): string[] {
    return [...this.messages.keys()].filter((id) => !this.hidden.has(id));
  }

  has(id: string): boolean {
    return this.messages.has(id);
  }

  /** Visibility timeouts expire. */
  showAll(): void {
    this.hidden.clear();
  }

  receive = (): Promise<QueueMessage[]> => {
    const some = this.visible.slice(0, 10);
    some.forEach((id) => this.hidden.add(id));
    return Promise.resolve(some.flatMap((id) => this.messages.get(id) ?? []));
  };

  state = (): Promise<QueueState> =>
    Promise.resolve({
      visible: this.visible.length,
      hidden: this.hidden.size,
      deadLetterQueue: this.deadLetterQueue,
    });

  hide = ({ id }: QueueMessage, seconds: number): Promise<void> => {
    this.log.push(`hide ${id} ${seconds}`);
    return Promise.resolve();
  };

  keepHidden = (): Promise<void> => Promise.resolve();

  release = (messages: readonly QueueMessage[]): Promise<void> => {
    messages.forEach(({ id }) => this.hidden.delete(id));
    return Promise.resolve();
  };

  remove = ({ id }: QueueMessage): Promise<void> => {
    this.log.push(`remove message ${id}`);
    this.messages.delete(id);
    this.hidden.delete(id);
    return Promise.resolve();
  };
}

export class FakeBucket implements FailureBucket {
  readonly claims = new Set<string>();

  constructor(
    readonly objects: Map<string, string>,
    private readonly log: string[] = [],
  ) {}

  list = (limit: number): Promise<{ key: string; at: Date }[]> =>
    Promise.resolve(
      [...this.objects.keys()].slice(0, limit).map((key) => ({ key, at: new Date(0) })),
    );

  read = (key: string): Promise<string | undefined> => Promise.resolve(this.objects.get(key));

  remove = (key: string): Promise<void> => {
    this.log.push(`remove record ${key}`);
    this.objects.delete(key);
    return Promise.resolve();
  };

  claim = (key: string): Promise<boolean> => {
    const isFree = !this.claims.has(key);
    this.claims.add(key);
    return Promise.resolve(isFree);
  };

  releaseClaim = (key: string): Promise<void> => {
    this.claims.delete(key);
    return Promise.resolve();
  };
}

/** A function with a fixed response. */
export function fakeRunner(
  log: string[],
  answer: { error?: string; response: string } | Error = { response: 'null' },
): FunctionRunner {
  return {
    invoke: (arn, event) => {
      log.push(`invoke ${arn} ${event}`);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  };
}
