import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { SNSEvent } from 'aws-lambda';
import { database } from './database';
import { environment } from './environment';
import type { Order } from './order';

/** Writes the receipt of a paid order. */
export async function handler({ Records: records }: SNSEvent): Promise<void> {
  for (const { Sns: message } of records) {
    const { id, customer, total } = JSON.parse(message.Message) as Order;
    if (!Number.isInteger(total)) {
      throw new Error(`the order ${id} has no total`);
    }
    const receipt = `${customer} paid ${(total / 100).toFixed(2)}`;
    await database.send(
      new UpdateCommand({
        TableName: environment('ORDERS_TABLE_NAME'),
        Key: { id },
        UpdateExpression: 'SET receiptText = :receipt',
        ExpressionAttributeValues: { ':receipt': receipt },
      }),
    );
  }
}
