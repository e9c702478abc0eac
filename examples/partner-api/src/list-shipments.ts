import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { database } from './database';
import { environment } from './environment';
import { json } from './response';

const PAGE = 100;

/** `GET /shipments?carrier=rail`. API Gateway answers 400 where the carrier is missing. */
export async function handler(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const { Items = [] } = await database.send(
    new ScanCommand({
      TableName: environment('SHIPMENTS_TABLE_NAME'),
      FilterExpression: 'carrier = :carrier',
      ExpressionAttributeValues: { ':carrier': event.queryStringParameters?.carrier },
      Limit: PAGE,
    }),
  );
  return json(200, { shipments: Items });
}
