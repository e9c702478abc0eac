import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { database } from './database';
import { environment } from './environment';
import { putEvent } from './events';
import type { Order } from './order';

/** What the bank of this demonstration refuses: the poison message. */
const LIMIT = 1_000_000;

/** Takes payments in the order of each customer. After one that fails, the customer's later ones in the batch fail too. */
export async function handler({ Records: records }: SQSEvent): Promise<SQSBatchResponse> {
  const failedCustomers = new Set<string | undefined>();
  const failed: string[] = [];
  for (const { attributes, body, messageId } of records) {
    const customer = attributes.MessageGroupId;
    try {
      if (failedCustomers.has(customer)) {
        failed.push(messageId);
      } else {
        await takePayment(JSON.parse(body) as Order);
      }
    } catch (error) {
      console.error({ message: 'payment not taken', body, error });
      failedCustomers.add(customer);
      failed.push(messageId);
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

async function takePayment(order: Order): Promise<void> {
  if (order.total > LIMIT) {
    throw new Error(`the bank refuses ${order.total} cents of ${order.customer}`);
  }
  await database.send(
    new UpdateCommand({
      TableName: environment('ORDERS_TABLE_NAME'),
      Key: { id: order.id },
      UpdateExpression: 'SET #status = :paid',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':paid': 'paid' },
    }),
  );
  await putEvent('OrderPaid', order);
}
