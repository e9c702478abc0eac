import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { database } from './database';
import { environment } from './environment';
import { putEvent } from './events';
import { parseOrder } from './order';
import { json } from './response';

/** Saves an order, and puts an event on the shop’s bus. */
export async function handler({
  body = '',
}: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const order = parseOrder(randomUUID(), body);
  if (typeof order === 'string') {
    return json(400, { message: order });
  }
  await database.send(
    new PutCommand({
      TableName: environment('ORDERS_TABLE_NAME'),
      Item: { ...order, status: 'placed' },
    }),
  );
  await putEvent('OrderPlaced', order);
  return json(201, { id: order.id });
}
