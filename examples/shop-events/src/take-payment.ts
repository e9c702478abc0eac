import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { database } from './database';
import { environment } from './environment';
import { putEvent } from './events';
import type { Order } from './order';

/** What the bank of this demonstration refuses: the poison message. */
const LIMIT = 1_000_000;

/** Takes payments in order. After one that fails, the later ones of the batch wait, since they may be of the same customer. */
export async function handler({ Records: records }: SQSEvent): Promise<SQSBatchResponse> {
  for (const [i, { body }] of records.entries()) {
    try {
      await takePayment(JSON.parse(body) as Order);
    } catch (error) {
      console.error({ message: 'payment not taken', body, error });
      return {
        batchItemFailures: records.slice(i).map(({ messageId }) => ({ itemIdentifier: messageId })),
      };
    }
  }
  return { batchItemFailures: [] };
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
