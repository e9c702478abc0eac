import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent, StreamRecord } from 'aws-lambda';
import { environment } from './environment';
import { cardKey, Image } from './image';
import { storage } from './storage';

/** Writes a card, a small JSON object for a web page, for each image of the catalog. */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  for (const { dynamodb: change, eventID } of event.Records) {
    try {
      await writeCard(imageOf(change?.NewImage));
    } catch (error) {
      console.error({ message: 'card not written', eventID, error });
      // An older card must not replace a newer one, so everything from this change on is repeated.
      return { batchItemFailures: [{ itemIdentifier: change?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}

async function writeCard(image: Image | undefined): Promise<void> {
  if (image?.width === undefined || image.height === undefined) {
    return;
  }
  const { id, key, format, width, height } = image;
  const shape = width === height ? 'square' : width > height ? 'landscape' : 'portrait';
  const title = key.slice(key.lastIndexOf('/') + 1);
  await storage.send(
    new PutObjectCommand({
      Bucket: environment('CARDS_BUCKET_NAME'),
      Key: cardKey(id),
      ContentType: 'application/json',
      Body: JSON.stringify({ id, title, format, width, height, shape }),
    }),
  );
  console.log({ message: 'card written', id, key });
}

function imageOf(image: StreamRecord['NewImage']): Image | undefined {
  // The event's own type differs from the SDK's only in how it declares binary values.
  return image && (unmarshall(image as Record<string, AttributeValue>) as Image);
}
