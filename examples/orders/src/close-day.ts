import { PutCommand, QueryCommand, QueryCommandOutput } from '@aws-sdk/lib-dynamodb';
import type { ScheduledEvent } from 'aws-lambda';
import { dayBefore } from './calendar';
import { database } from './database';
import { environment } from './environment';
import { Order } from './order';
import { DAYS_VIEW } from './views';

/** Sums up yesterday. */
export async function handler(event: ScheduledEvent): Promise<void> {
  const day = dayBefore(new Date(event.time));
  const orders = await ordersOf(day);
  const summary = {
    view: DAYS_VIEW,
    entry: day,
    orders: orders.length,
    customers: new Set(orders.map((order) => order.customer)).size,
    totalCents: orders.reduce((sum, order) => sum + order.totalCents, 0),
    closedAt: new Date().toISOString(),
  };
  await database.send(
    new PutCommand({ TableName: environment('VIEWS_TABLE_NAME'), Item: summary }),
  );
  console.log({ message: 'day closed', ...summary });
}

async function ordersOf(day: string): Promise<Order[]> {
  const orders: Order[] = [];
  let ExclusiveStartKey: QueryCommandOutput['LastEvaluatedKey'];
  do {
    const page: QueryCommandOutput = await database.send(
      new QueryCommand({
        TableName: environment('ORDERS_TABLE_NAME'),
        IndexName: 'byDay',
        KeyConditionExpression: '#day = :day',
        ExpressionAttributeNames: { '#day': 'day' },
        ExpressionAttributeValues: { ':day': day },
        ExclusiveStartKey,
      }),
    );
    orders.push(...((page.Items ?? []) as Order[]));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return orders;
}
