import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { EventBridgeEvent } from 'aws-lambda';
import { environment } from './environment';
import type { Order } from './order';

// The queue’s policy requires TLS, which the URL of a queue in the emulator would bypass.
const queues = new SQSClient({ useQueueUrlAsEndpoint: false });

/** Asks for the payment of an order, after the earlier ones of its customer. */
export async function handler({
  detail: order,
}: EventBridgeEvent<'OrderPlaced', Order>): Promise<void> {
  await queues.send(
    new SendMessageCommand({
      QueueUrl: environment('PAYMENTS_QUEUE_URL'),
      MessageBody: JSON.stringify(order),
      MessageGroupId: order.customer,
      MessageDeduplicationId: order.id,
    }),
  );
}
