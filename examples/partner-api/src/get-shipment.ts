import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { database } from './database';
import { environment } from './environment';
import { json } from './response';

/** `GET /shipments/{id}`. */
export async function handler(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const { Item } = await database.send(
    new GetCommand({
      TableName: environment('SHIPMENTS_TABLE_NAME'),
      Key: { id: event.pathParameters?.id },
    }),
  );
  return Item === undefined ? json(404, { message: 'no such shipment' }) : json(200, Item);
}
