/** A message of the failure queue, hidden from other readers until it is released or deleted. */
export interface QueueMessage {
  readonly id: string;
  readonly receipt: string;
  readonly body: string;
  readonly sentAt: Date;
  /** The attributes that the sender set. */
  readonly attributes: Readonly<Record<string, string>>;
  /** The principal that sent it, as SQS says: `<role id>:<session name>` of a role. Nobody can forge it. */
  readonly senderId?: string;
  /** The ARN of the queue that SQS moved it from, if it is a dead letter. */
  readonly deadLetterOf?: string;
  /** The attributes of a message in a FIFO queue that its handler receives: its group, its sequence number, its deduplication id. */
  readonly fifo?: Readonly<Record<string, string>>;
}

/** How the event was to reach the function. */
export type FailureKind = 'asynchronous' | 'message' | 'stream' | 'schedule' | 'rule' | 'unknown';

/** An event that a function could not process. */
export interface Failure {
  /** The message's id, or the last part of the record's key, which stays the same when the message expires. */
  readonly id: string;
  readonly kind: FailureKind;
  readonly failedAt: Date;
  /** The function's id in the app; absent where the failure is not the app's. */
  readonly function?: string;
  /** As the message or record says. */
  readonly functionArn?: string;
  readonly trigger?: string;
  readonly error?: string;
  /** Why Lambda or EventBridge gave up: retries exhausted, event too old. */
  readonly condition?: string;
  readonly attempts?: number;
  /** The original event as JSON, byte for byte. Absent where it was not kept whole. */
  readonly event?: string;
  /** Why it cannot be retried. */
  readonly obstacle?: string;
  /** Whether it belongs to something other than this app, or says so falsely. It is listed, and never run. */
  readonly foreign?: boolean;
  /** The key of its record in the failure bucket. */
  readonly recordKey?: string;
  /** Whether the record has been deleted, which means that the failure was dealt with. */
  readonly recordGone?: boolean;
  /** The record as it was kept, where its event could not be read. */
  readonly recordText?: string;
  /** SQS may deliver a notice twice, so a record may have several messages. */
  readonly messages: readonly QueueMessage[];
}

/** What a message or a record says, before it is known where it came from. */
export type ParsedFailure = Omit<Failure, 'id' | 'failedAt' | 'messages'>;

export interface FailureQueue {
  readonly name: string;
  /** Receives some messages and hides them for `HIDDEN_SECONDS`; none where the queue seems empty. */
  receive(): Promise<readonly QueueMessage[]>;
  state(): Promise<QueueState>;
  /** How many messages of a FIFO queue wait behind received messages of their groups. Missing for a standard queue. */
  blocked?(): Promise<number>;
  hide(message: QueueMessage, seconds: number): Promise<void>;
  /** Hides messages that wait for their turn for `HIDDEN_SECONDS` more. */
  keepHidden(messages: readonly QueueMessage[]): Promise<void>;
  release(messages: readonly QueueMessage[]): Promise<void>;
  remove(message: QueueMessage): Promise<void>;
}

export interface QueueState {
  readonly visible: number;
  readonly hidden: number;
  /** Where SQS moves a message that was received too often, if it does. `of` names the queue if there are several. */
  readonly deadLetterQueue?: {
    readonly arn: string;
    readonly maxReceiveCount: number;
    readonly of?: string;
  };
}

export interface FailureBucket {
  list(limit: number): Promise<readonly { readonly key: string; readonly at: Date }[]>;
  /** `undefined` where the object does not exist. */
  read(key: string): Promise<string | undefined>;
  remove(key: string): Promise<void>;
  /** Takes the sole right to work on a record for some seconds; `false` where another command has it. */
  claim(key: string, seconds: number): Promise<boolean>;
  releaseClaim(key: string): Promise<void>;
}

export interface FunctionRunner {
  /** Runs a function and waits for its result. `error` is the function's own. */
  invoke(
    arn: string,
    event: string,
    timeoutSeconds: number,
  ): Promise<{ readonly error?: string; readonly response: string }>;
}

/** A message that is being read is hidden for this long; where the command is killed, it reappears then. */
export const HIDDEN_SECONDS = 300;

/** Where Lambda puts the records of a stream: `aws/lambda/<mapping>/<shard>/<yyyy>/<mm>/<dd>/<time>-<uuid>`. */
export const RECORD_PREFIX = 'aws/lambda/';

/** Where `retry` writes that it works on a record: outside of what Lambda writes and the rule announces. */
export const CLAIM_PREFIX = 'serverless-app/claims/';
