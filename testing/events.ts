import { createHash } from 'node:crypto';
import { encodeKey } from '../lib/kinds/object-kind';
import { kindOf } from '../lib/kinds/trigger-kinds';
import { userPoolKindOf } from '../lib/kinds/user-pool-kind';
import type {
  BusEvent,
  ObjectEvent,
  QueueEvent,
  StreamEvent,
  TableChangeEvent,
  TopicEvent,
  UserPoolEvent,
  WebSocketEvent,
} from './event-types';
import { tableValues } from './table-values';

/** The typical event of a trigger, as its kind defines it. A test changes only the parts that matter to it. */
export function sampleOf(
  kind: string,
  source: string,
  details: Readonly<Record<string, unknown>> = {},
): unknown {
  const trigger = { kind, source, details, invocation: '' };
  return kindOf(trigger).sampleEvent(trigger);
}

/** An item before and after a change. */
export interface TableChange {
  /** Absent: the item is new. */
  readonly before?: Readonly<Record<string, unknown>>;
  /** Absent: the item is deleted. */
  readonly after?: Readonly<Record<string, unknown>>;
}

export interface TableChangeOptions {
  /**
   * The names of the key’s attributes.
   * @default ['id']
   */
  readonly key?: readonly string[];
}

/** A batch of table changes, as `onTableChange` delivers it. Items are plain values: `{ id: '1', total: 5 }`. */
export function tableChangeEvent(
  table: string,
  changes: readonly TableChange[],
  { key = ['id'] }: TableChangeOptions = {},
): TableChangeEvent {
  const [typical] = (sampleOf('tableChanges', table) as TableChangeEvent).Records;
  return {
    Records: changes.map(({ before, after }, i) => {
      const item = after ?? before;
      if (item === undefined || typical === undefined) {
        throw new Error(`\`changes[${i}]\` must have \`before\`, \`after\` or both`);
      }
      const missing = key.filter((name) => item[name] === undefined);
      if (missing.length > 0) {
        throw new Error(
          `\`changes[${i}]\` must have the key, got no ${missing.join(' and no ')}: name the key’s attributes in \`key\``,
        );
      }
      const [oldImage, newImage] = [before, after].map((it) => it && tableValues(it));
      return {
        ...typical,
        eventID: `${typical.eventID}-${i}`,
        eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
        dynamodb: {
          ApproximateCreationDateTime: typical.dynamodb.ApproximateCreationDateTime,
          Keys: tableValues(Object.fromEntries(key.map((name) => [name, item[name]]))),
          ...(newImage === undefined ? {} : { NewImage: newImage }),
          ...(oldImage === undefined ? {} : { OldImage: oldImage }),
          SequenceNumber: String(i + 1),
          SizeBytes: Buffer.byteLength(JSON.stringify([oldImage, newImage])),
          StreamViewType: typical.dynamodb.StreamViewType,
        },
      };
    }),
  };
}

export interface ObjectEventOptions {
  /** @default 'ObjectCreated:Put' */
  readonly eventName?: string;
  /**
   * In bytes.
   * @default 0
   */
  readonly size?: number;
}

/** An S3 notification about one object, as `onObjectCreated` delivers it. The key is encoded as S3 encodes it. */
export function objectEvent(
  bucket: string,
  key: string,
  { eventName = 'ObjectCreated:Put', size = 0 }: ObjectEventOptions = {},
): ObjectEvent {
  const event = sampleOf('objectCreated', bucket) as ObjectEvent;
  return {
    Records: event.Records.map((record) => ({
      ...record,
      eventName,
      s3: { ...record.s3, object: { ...record.s3.object, key: encodeKey(key), size } },
    })),
  };
}

/** The detail of the events that S3 sends to EventBridge. */
export interface ObjectDetail {
  version: string;
  bucket: { name: string };
  object: { key: string; size: number };
}

/** An EventBridge event about one object in S3, as `onObjectCreated` delivers it for a bucket that `addBucket` did not create. */
export function objectBusEvent(
  bucket: string,
  key: string,
  { detailType = 'Object Created', size = 0 }: { detailType?: string; size?: number } = {},
): BusEvent<string, ObjectDetail> {
  const event = sampleOf('objectCreated', bucket, { by: 'eventBridge' }) as BusEvent<
    string,
    ObjectDetail
  >;
  const object = { ...event.detail.object, key, size };
  return { ...event, 'detail-type': detailType, detail: { ...event.detail, object } };
}

/** A schedule's event, as `onSchedule` delivers it. */
export function scheduleEvent({ time }: { time?: Date } = {}): BusEvent<string, string> {
  const event = sampleOf('schedule', '') as BusEvent<string, string>;
  return time === undefined ? event : { ...event, time: withoutMilliseconds(time) };
}

export interface QueueEventOptions {
  /**
   * Whether the queue is FIFO.
   * @default false
   */
  readonly fifo?: boolean;
  /**
   * The group of the messages of a FIFO queue.
   * @default 'sample'
   */
  readonly group?: string;
  /**
   * How often the messages were received.
   * @default 1
   */
  readonly receiveCount?: number;
}

/** A batch of messages, as `onMessage` delivers it. A body that is not a string is written as JSON. */
export function queueEvent(
  queue: string,
  bodies: readonly unknown[],
  { fifo = false, group, receiveCount = 1 }: QueueEventOptions = {},
): QueueEvent {
  const [typical] = (sampleOf('queueMessages', queue, { fifo }) as QueueEvent).Records;
  return {
    Records: bodies.flatMap((each, i) => {
      const body = text(each);
      return typical === undefined
        ? []
        : [
            {
              ...typical,
              messageId: `${typical.messageId}-${i}`,
              receiptHandle: `${typical.receiptHandle}-${i}`,
              body,
              md5OfBody: createHash('md5').update(body).digest('hex'),
              attributes: {
                ...typical.attributes,
                ApproximateReceiveCount: String(receiveCount),
                ...(fifo ? { SequenceNumber: String(i + 1) } : {}),
                ...(fifo && group !== undefined ? { MessageGroupId: group } : {}),
              },
            },
          ];
    }),
  };
}

export interface TopicEventOptions {
  readonly subject?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A message from a topic, as `onNotification` delivers it. A message that is not a string is written as JSON. */
export function topicEvent(
  topic: string,
  message: unknown,
  { subject, attributes = {} }: TopicEventOptions = {},
): TopicEvent {
  const event = sampleOf('topicMessages', topic) as TopicEvent;
  const all = Object.entries(attributes).map(([name, Value]) => [name, { Type: 'String', Value }]);
  return {
    Records: event.Records.map((record) => ({
      ...record,
      Sns: {
        ...record.Sns,
        Message: text(message),
        ...(subject === undefined ? {} : { Subject: subject }),
        MessageAttributes: Object.fromEntries(all) as Record<
          string,
          { Type: string; Value: string }
        >,
      },
    })),
  };
}

/** An EventBridge event, as `onEvent` delivers it. */
export function busEvent<Type extends string, Detail>(
  source: string,
  detailType: Type,
  detail: Detail,
): BusEvent<Type, Detail> {
  const event = sampleOf('busEvents', '') as BusEvent;
  return { ...event, source, 'detail-type': detailType, detail };
}

export interface StreamEventOptions {
  /** @default 'sample' */
  readonly partitionKey?: string;
}

/** A batch of records from a Kinesis stream, as `onRecord` delivers it. Data that is neither a string nor bytes is written as JSON. */
export function streamEvent(
  stream: string,
  data: readonly unknown[],
  { partitionKey }: StreamEventOptions = {},
): StreamEvent {
  const [typical] = (sampleOf('streamRecords', stream) as StreamEvent).Records;
  return {
    Records: data.flatMap((each, i) => {
      const bytes = Buffer.from(each instanceof Uint8Array ? each : text(each));
      const sequenceNumber = String(i + 1);
      return typical === undefined
        ? []
        : [
            {
              ...typical,
              eventID: typical.eventID.replace(/\d+$/, sequenceNumber),
              kinesis: {
                ...typical.kinesis,
                partitionKey: partitionKey ?? typical.kinesis.partitionKey,
                sequenceNumber,
                data: bytes.toString('base64'),
              },
            },
          ];
    }),
  };
}

export interface UserPoolEventOptions {
  readonly userName?: string;
  /** Added to the `request` of the typical event. */
  readonly request?: Readonly<Record<string, unknown>>;
  /** For example `PreSignUp_AdminCreateUser`, where the operation has several. */
  readonly triggerSource?: string;
}

/** An operation of a Cognito user pool, by its name in CloudFormation: `preSignUp`, `customMessage`. */
export function userPoolEvent(
  operation: string,
  { userName, request = {}, triggerSource }: UserPoolEventOptions = {},
): UserPoolEvent {
  const { kind } = userPoolKindOf(operation);
  const event = sampleOf(kind, '', { operation }) as UserPoolEvent;
  if (event.triggerSource === '') {
    throw new Error(
      `\`operation\` must be an operation of a user pool, got \`${operation}\`: write, for example, \`preSignUp\``,
    );
  }
  return {
    ...event,
    userName: userName ?? event.userName,
    triggerSource: triggerSource ?? event.triggerSource,
    request: { ...event.request, ...request },
  };
}

export interface WebSocketEventOptions {
  readonly connectionId?: string;
  /** A body that is not a string is written as JSON. */
  readonly body?: unknown;
  /** Only for `$connect`. */
  readonly query?: Readonly<Record<string, string>>;
}

/** An event for a route of a WebSocket API: `$connect`, `$disconnect`, `$default`, or a name that messages carry. */
export function webSocketEvent(
  route: string,
  { connectionId, body, query }: WebSocketEventOptions = {},
): WebSocketEvent {
  const event = sampleOf('webSocket', route) as WebSocketEvent;
  const { requestContext } = event;
  return {
    ...event,
    requestContext: {
      ...requestContext,
      connectionId: connectionId ?? requestContext.connectionId,
    },
    ...(query === undefined ? {} : { queryStringParameters: { ...query } }),
    ...(body === undefined ? {} : { body: text(body) }),
  };
}

/** A string as it is, anything else as JSON. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function withoutMilliseconds(time: Date): string {
  return `${time.toISOString().slice(0, -'.000Z'.length)}Z`;
}
