/** A message of the failure queue, hidden from others until it is released or removed. */
export interface QueueMessage {
  readonly id: string;
  readonly receipt: string;
  readonly body: string;
  readonly sentAt: Date;
  /** Those that the sender set. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** How a function was to get the event. */
export type FailureKind = 'asynchronous' | 'stream' | 'schedule' | 'rule' | 'unknown';

/** An event that a function could not process. */
export interface Failure {
  /** The message's; of a record in the failure bucket the last part of its key, which it keeps without a message. */
  readonly id: string;
  readonly kind: FailureKind;
  readonly failedAt: Date;
  /** The function's id in the app; absent where it is not one of the app's. */
  readonly function?: string;
  /** With its alias or version. */
  readonly functionArn?: string;
  /** What ran the function. */
  readonly trigger?: string;
  readonly error?: string;
  /** Why it was given up: retries exhausted, too old. */
  readonly condition?: string;
  readonly attempts?: number;
  /** The original event, as the function got it: JSON. Absent where it is not known whole. */
  readonly event?: string;
  /** Why it cannot be tried again. */
  readonly obstacle?: string;
  /** Its record in the failure bucket. */
  readonly recordKey?: string;
  /** Whether the record is there. Without it the failure has been dealt with. */
  readonly recordGone?: boolean;
  readonly message?: QueueMessage;
}

export interface FailureQueue {
  /** Some messages, hidden from then on for `HIDDEN_SECONDS`; none where the queue seems empty. */
  receive(): Promise<readonly QueueMessage[]>;
  count(): Promise<{ readonly visible: number; readonly hidden: number }>;
  hide(message: QueueMessage, seconds: number): Promise<void>;
  /** Hides messages that wait for their turn for `HIDDEN_SECONDS` more. */
  keepHidden(messages: readonly QueueMessage[]): Promise<void>;
  release(messages: readonly QueueMessage[]): Promise<void>;
  remove(message: QueueMessage): Promise<void>;
}

export interface FailureBucket {
  list(limit: number): Promise<readonly { readonly key: string; readonly at: Date }[]>;
  /** `undefined` where the object is gone. */
  read(key: string): Promise<string | undefined>;
  remove(key: string): Promise<void>;
}

export interface FunctionRunner {
  /** Runs a function and waits for it. `error` is the function's own. */
  invoke(
    arn: string,
    event: string,
    timeoutSeconds: number,
  ): Promise<{ readonly error?: string; readonly response: string }>;
}

/** For so long a message is hidden that is being looked at: if the command is killed, it comes back then. */
export const HIDDEN_SECONDS = 300;

/** Where Lambda puts records of a stream: `aws/lambda/<mapping>/<shard>/<yyyy>/<mm>/<dd>/<time>-<uuid>`. */
export const RECORD_PREFIX = 'aws/lambda/';
