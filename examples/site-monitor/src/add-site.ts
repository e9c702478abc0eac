import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { database } from './database';
import { environment } from './environment';
import { json } from './response';
import { Site } from './site';

/** `POST /sites` with `{ "url": "https://example.com/" }`; adding a site twice changes nothing but its date. */
export async function handler(
  event: APIGatewayProxyEventV2,
): Promise<APIGatewayProxyStructuredResultV2> {
  const text = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  const url = urlIn(text.toString('utf8'));
  if (url === undefined) {
    return json(400, { message: 'send { "url": "https://…" }' });
  }
  const site: Site = { url, addedAt: new Date().toISOString() };
  await database.send(new PutCommand({ TableName: environment('SITES_TABLE_NAME'), Item: site }));
  console.log({ message: 'site added', url });
  return json(201, site);
}

function urlIn(text: string): string | undefined {
  try {
    const { url } = JSON.parse(text) as { url?: unknown };
    const parsed = new URL(typeof url === 'string' ? url : '');
    return /^https?:$/.test(parsed.protocol) ? parsed.href : undefined;
  } catch {
    return undefined;
  }
}
