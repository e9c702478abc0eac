/** A message of the failure queue, hidden from other readers until it is released or deleted. */
export interface QueueMessage {
  readonly id: string;
  readonly receipt: string;
  readonly body: string;
  readonly sentAt: Date;
  /** The attributes that the sender set, as text; empty for binary ones. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Those of the attributes that are not of the type `String`. */
  readonly typed?: Readonly<Record<string, TypedAttribute>>;
  /** The principal that sent it, as reported by SQS: `<role id>:<session name>` of a role. Senders cannot forge it. */
  readonly senderId?: string;
  /** The ARN of the queue that SQS moved it from, if it is a dead letter. */
  readonly deadLetterOf?: string;
  /** The attributes of a message in a FIFO queue that its handler receives: its group, its sequence number, its deduplication id. */
  readonly fifo?: Readonly<Record<string, string>>;
}

/** An attribute of a message, as its handler receives it. */
export interface TypedAttribute {
  /** `Number`, `Binary`, or one of these or `String` with a label of the sender's, such as `Number.float`. */
  readonly dataType: string;
  readonly stringValue?: string;
  /** In base64. */
  readonly binaryValue?: string;
}

/** The way the event reaches the function. */
export type FailureKind =
  'asynchronous' | 'message' | 'stream' | 'schedule' | 'rule' | 'notification' | 'unknown';

/** An event that a function could not process. */
export interface Failure {
  /** The message's id, or the last part of the record's key, which stays the same when the message expires. */
  readonly id: string;
  readonly kind: FailureKind;
  readonly failedAt: Date;
  /** The function’s id in the app; absent if the failure belongs to something else. */
  readonly function?: string;
  /** The ARN that the message or record gives. */
  readonly functionArn?: string;
  readonly trigger?: string;
  readonly error?: string;
  /** Why Lambda or EventBridge gave up: retries exhausted, event too old. */
  readonly condition?: string;
  readonly attempts?: number;
  /** The original event as JSON, byte for byte. Absent if it was not kept completely. */
  readonly event?: string;
  /** The reason why it cannot be retried. */
  readonly obstacle?: string;
  /** Whether it does not belong to this app, even if it claims to. It is listed, but never run. */
  readonly foreign?: boolean;
  /** The key of its record in the failure bucket. */
  readonly recordKey?: string;
  /** Whether the record has been deleted, which means that the failure is resolved. */
  readonly recordGone?: boolean;
  /** The stored record, if its event could not be read. */
  readonly recordText?: string;
  /** SQS may deliver a notification twice, so a record may have several messages. */
  readonly messages: readonly QueueMessage[];
}

/** The content of a message or a record, before its origin is checked. */
export type ParsedFailure = Omit<Failure, 'id' | 'failedAt' | 'messages'>;

export interface FailureQueue {
  readonly name: string;
  /** Receives some messages and hides them for `HIDDEN_SECONDS`; returns none if the queue seems empty. */
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
  /** The queue to which SQS moves messages that were received too often, if any. `of` names the failure queue if there are several. */
  readonly deadLetterQueue?: {
    readonly arn: string;
    readonly maxReceiveCount: number;
    readonly of?: string;
  };
}

export interface FailureBucket {
  list(limit: number): Promise<readonly { readonly key: string; readonly at: Date }[]>;
  /** `undefined` if the object does not exist. */
  read(key: string): Promise<string | undefined>;
  remove(key: string): Promise<void>;
  /** Takes the exclusive right to work on a record for some seconds; `false` if another command holds it. */
  claim(key: string, seconds: number): Promise<boolean>;
  releaseClaim(key: string): Promise<void>;
}

export interface FunctionRunner {
  /** Runs a function and waits for its result. `error` is the function's own. */
  invoke(arn: string, event: string, timeoutSeconds: number): Promise<FunctionAnswer>;
}

/** The result of an invocation. */
export interface FunctionAnswer {
  readonly error?: string;
  readonly response: string;
  /** The last 4 KB of its log. */
  readonly log?: string;
}

/** A received message is hidden for this long. If the command is killed, the message reappears then. */
export const HIDDEN_SECONDS = 300;

/** Where Lambda puts the records of a stream: `aws/lambda/<mapping>/<shard>/<yyyy>/<mm>/<dd>/<time>-<uuid>`. */
export const RECORD_PREFIX = 'aws/lambda/';

/** The prefix where `retry` marks the records that it works on, outside the keys that Lambda writes and the rule announces. */
export const CLAIM_PREFIX = 'serverless-app/claims/';
