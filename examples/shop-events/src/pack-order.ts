import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { database } from './database';
import { environment } from './environment';
import type { Order } from './order';

/** The first step of the fulfilment: marks the order as packed, and says how many parcels it takes. */
export async function handler(order: Order): Promise<{ parcels: number }> {
  const parcels = Math.max(1, Math.ceil(order.total / 100_000));
  await database.send(
    new UpdateCommand({
      TableName: environment('ORDERS_TABLE_NAME'),
      Key: { id: order.id },
      UpdateExpression: 'SET parcels = :parcels',
      ExpressionAttributeValues: { ':parcels': parcels },
    }),
  );
  return { parcels };
}
