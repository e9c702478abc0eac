import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  MessageAttributeValue,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { FailureQueue, HIDDEN_SECONDS, QueueMessage, QueueState } from '../failures/failure';
import { parseJsonObject } from '../json/unknown';
import { AwsOptions, clientSettings, naming } from './clients';

const BATCH = 10;

/** The attributes that Lambda passes to the handler for a message in a FIFO queue. */
const FIFO_ATTRIBUTES = ['MessageGroupId', 'MessageDeduplicationId', 'SequenceNumber'] as const;

export async function failureQueue(options: AwsOptions, name: string): Promise<FailureQueue> {
  const client = naming(new SQSClient(clientSettings(options)), 'sqs');
  const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: name }));
  const fifo = name.endsWith('.fifo');
  const state = async (): Promise<QueueState> => stateOf(client, QueueUrl);
  return {
    name,
    ...(fifo ? { blocked: async () => (await state()).visible } : {}),
    receive: async () => {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: BATCH,
          WaitTimeSeconds: 1, // long polling queries all servers that hold the queue
          VisibilityTimeout: HIDDEN_SECONDS,
          MessageSystemAttributeNames: [
            'SentTimestamp',
            'SenderId',
            'DeadLetterQueueSourceArn',
            ...(fifo ? FIFO_ATTRIBUTES : []),
          ],
          MessageAttributeNames: ['All'],
        }),
      );
      return Messages.map(({ MessageId = '', ReceiptHandle = '', Body = '', ...message }) => ({
        id: MessageId,
        receipt: ReceiptHandle,
        body: Body,
        sentAt: dateOf(message.Attributes?.SentTimestamp),
        senderId: message.Attributes?.SenderId,
        deadLetterOf: message.Attributes?.DeadLetterQueueSourceArn,
        ...(fifo ? { fifo: fifoAttributes(message.Attributes) } : {}),
        ...attributesOf(message.MessageAttributes),
      }));
    },
    state,
    hide: async ({ receipt }, seconds) => {
      await client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl,
          ReceiptHandle: receipt,
          VisibilityTimeout: seconds,
        }),
      );
    },
    keepHidden: (messages) => setVisibility(client, QueueUrl, messages, HIDDEN_SECONDS),
    release: (messages) => setVisibility(client, QueueUrl, messages, 0),
    remove: async ({ receipt }) => {
      await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: receipt }));
    },
  };
}

async function stateOf(client: SQSClient, QueueUrl: string | undefined): Promise<QueueState> {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'RedrivePolicy',
      ],
    }),
  );
  return {
    visible: Number(Attributes.ApproximateNumberOfMessages ?? 0),
    hidden: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
    deadLetterQueue: deadLetterQueueOf(Attributes.RedrivePolicy),
  };
}

/** The attributes of a message. Lambda gives the handler their types, and binary ones in base64. */
export function attributesOf(
  given: Readonly<Record<string, MessageAttributeValue>> = {},
): Pick<QueueMessage, 'attributes' | 'typed'> {
  const all = Object.entries(given);
  const typed = all
    .filter(([, { DataType }]) => DataType !== undefined && DataType !== 'String')
    .map(([name, { DataType: dataType = '', StringValue: stringValue, BinaryValue: bytes }]) => {
      const binaryValue = bytes === undefined ? undefined : Buffer.from(bytes).toString('base64');
      return [name, { dataType, stringValue, binaryValue }] as const;
    });
  return {
    attributes: Object.fromEntries(all.map(([name, { StringValue = '' }]) => [name, StringValue])),
    ...(typed.length === 0 ? {} : { typed: Object.fromEntries(typed) }),
  };
}

function fifoAttributes(
  attributes: Readonly<Record<string, string | undefined>> = {},
): Record<string, string> {
  return Object.fromEntries(
    FIFO_ATTRIBUTES.flatMap((name) => {
      const value = attributes[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

function dateOf(milliseconds: string | undefined): Date {
  const date = new Date(Number(milliseconds));
  return Number.isNaN(date.getTime()) ? new Date(0) : date;
}

function deadLetterQueueOf(policy = ''): QueueState['deadLetterQueue'] {
  const { deadLetterTargetArn: arn, maxReceiveCount } = parseJsonObject(policy) ?? {};
  return typeof arn === 'string' ? { arn, maxReceiveCount: Number(maxReceiveCount) } : undefined;
}

/** A message that was deleted, or is visible already, fails alone; the others are changed. */
async function setVisibility(
  client: SQSClient,
  QueueUrl: string | undefined,
  messages: readonly QueueMessage[],
  seconds: number,
): Promise<void> {
  for (let i = 0; i < messages.length; i += BATCH) {
    await client.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl,
        Entries: messages.slice(i, i + BATCH).map(({ receipt }, index) => ({
          Id: String(index),
          ReceiptHandle: receipt,
          VisibilityTimeout: seconds,
        })),
      }),
    );
  }
}
