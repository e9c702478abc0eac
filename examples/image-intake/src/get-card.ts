import { GetObjectCommand, NoSuchKey } from '@aws-sdk/client-s3';
import type {
  APIGatewayProxyEventV2WithJWTAuthorizer,
  APIGatewayProxyStructuredResultV2,
} from 'aws-lambda';
import { environment } from './environment';
import { cardKey } from './image';
import { json } from './response';
import { storage } from './storage';

/** `GET /images/{id}/card` */
export async function handler(
  event: APIGatewayProxyEventV2WithJWTAuthorizer,
): Promise<APIGatewayProxyStructuredResultV2> {
  const id = event.pathParameters?.id ?? '';
  const { sub } = event.requestContext.authorizer.jwt.claims;
  console.log({ message: 'card asked for', id, reader: sub });
  try {
    const { Body } = await storage.send(
      new GetObjectCommand({ Bucket: environment('CARDS_BUCKET_NAME'), Key: cardKey(id) }),
    );
    const card = JSON.parse((await Body?.transformToString()) ?? 'null') as unknown;
    return json(200, card);
  } catch (error) {
    if (error instanceof NoSuchKey) {
      return json(404, { message: `there is no card ${id}` });
    }
    throw error;
  }
}
