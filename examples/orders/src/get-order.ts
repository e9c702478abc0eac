import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { database } from './database';
import { environment } from './environment';
import { json } from './response';

/** `GET /orders/{id}` */
export async function handler(
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  const id = event.pathParameters?.id;
  const { Item: order } = await database.send(
    new GetCommand({ TableName: environment('ORDERS_TABLE_NAME'), Key: { id } }),
  );
  return order === undefined
    ? json(404, { message: `there is no order ${id ?? ''}` })
    : json(200, order);
}
