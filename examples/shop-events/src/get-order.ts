import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { database } from './database';
import { environment } from './environment';
import { json } from './response';

export async function handler({
  pathParameters,
}: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const { Item } = await database.send(
    new GetCommand({
      TableName: environment('ORDERS_TABLE_NAME'),
      Key: { id: pathParameters?.id ?? '' },
    }),
  );
  return Item === undefined ? json(404, { message: 'there is no such order' }) : json(200, Item);
}
