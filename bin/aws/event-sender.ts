import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { marshall } from '@aws-sdk/util-dynamodb';
import { randomUUID } from 'node:crypto';
import type { EventSender } from '../invoke/event-sender';
import { AwsOptions, clientSettings, naming } from './clients';

export function eventSender(options: AwsOptions): EventSender {
  const settings = clientSettings(options);
  return {
    upload: async (Bucket, Key, Body) => {
      // An emulator does not resolve host names that begin with the bucket's name.
      const forcePathStyle = (process.env.AWS_ENDPOINT_URL ?? '') !== '';
      const client = naming(new S3Client({ ...settings, forcePathStyle }), 's3');
      await client.send(new PutObjectCommand({ Bucket, Key, Body }));
    },
    put: async (TableName, item) => {
      const client = naming(new DynamoDBClient(settings), 'dynamodb');
      await client.send(new PutItemCommand({ TableName, Item: marshall(item) }));
    },
    send: async (QueueUrl, MessageBody, group) => {
      // The queue URLs of an emulator may contain a different host name.
      const useQueueUrlAsEndpoint = (process.env.AWS_ENDPOINT_URL ?? '') === '';
      const client = naming(new SQSClient({ ...settings, useQueueUrlAsEndpoint }), 'sqs');
      const fifo = { MessageGroupId: group, MessageDeduplicationId: randomUUID() };
      await client.send(
        new SendMessageCommand({ QueueUrl, MessageBody, ...(group === undefined ? {} : fifo) }),
      );
    },
  };
}
