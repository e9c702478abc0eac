import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { database } from './database';
import { environment } from './environment';
import { json } from './response';
import { customerView } from './views';

const PAGE_SIZE = 100;

/** `GET /orders?customer=ada`, from the view that `project-order.ts` keeps. */
export async function handler(
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  const customer = event.queryStringParameters?.customer;
  if (customer === undefined || customer === '') {
    return json(400, { message: 'say whose orders: /orders?customer=…' });
  }
  const { Items: orders = [] } = await database.send(
    new QueryCommand({
      TableName: environment('VIEWS_TABLE_NAME'),
      KeyConditionExpression: '#view = :view',
      ExpressionAttributeNames: { '#view': 'view' },
      ExpressionAttributeValues: { ':view': customerView(customer) },
      Limit: PAGE_SIZE,
    }),
  );
  return json(200, { customer, orders });
}
