import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { database } from './database';
import { environment } from './environment';
import { json } from './response';

const PAGE_SIZE = 100;

/** `GET /images` */
export async function handler(): Promise<APIGatewayProxyStructuredResultV2> {
  const { Items: images = [] } = await database.send(
    new ScanCommand({ TableName: environment('CATALOG_TABLE_NAME'), Limit: PAGE_SIZE }),
  );
  return json(200, { images });
}
