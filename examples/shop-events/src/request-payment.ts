import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { AppEvent } from 'cdk-serverless-app/events';
import type { RequestPaymentReceives } from '../serverless-app-env';
import { environment } from './environment';
import type { ShopEvents } from './events';

// The queue’s policy requires TLS, which the URL of a queue in the emulator would bypass.
const queues = new SQSClient({ useQueueUrlAsEndpoint: false });

/** Asks for the payment of an order, after the earlier ones of its customer. */
export async function handler({
  detail: order,
}: AppEvent<ShopEvents, RequestPaymentReceives>): Promise<void> {
  await queues.send(
    new SendMessageCommand({
      QueueUrl: environment('PAYMENTS_QUEUE_URL'),
      MessageBody: JSON.stringify(order),
      MessageGroupId: order.customer,
      MessageDeduplicationId: order.id,
    }),
  );
}
