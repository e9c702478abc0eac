import { GetObjectCommand } from '@aws-sdk/client-s3';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { S3Event } from 'aws-lambda';
import { database } from './database';
import { environment } from './environment';
import { Image, imageId } from './image';
import { readImageHeader } from './image-header';
import { storage } from './storage';

/** A JPEG's camera data, up to 64 KB a segment, stands before its size. */
const ENOUGH_BYTES = 512 * 1024;

/** Writes what an image's header says into the catalog. */
export async function handler(event: S3Event): Promise<void> {
  for (const { s3: source } of event.Records) {
    const key = decodeURIComponent(source.object.key.replaceAll('+', ' '));
    const start = await firstBytes(source.bucket.name, key, source.object.size);
    const header = readImageHeader(start);
    const image: Image = {
      id: imageId(key),
      key,
      bytes: source.object.size,
      readAt: new Date().toISOString(),
      ...header,
    };
    await database.send(
      new PutCommand({ TableName: environment('CATALOG_TABLE_NAME'), Item: image }),
    );
    // Not an error: a retry would not turn it into an image.
    const message = header === undefined ? 'not an image' : 'image read';
    console.log({ message, ...image });
  }
}

async function firstBytes(Bucket: string, Key: string, size: number): Promise<Buffer> {
  if (size === 0) {
    return Buffer.alloc(0); // S3 refuses any range of an empty object
  }
  const Range = `bytes=0-${Math.min(size, ENOUGH_BYTES) - 1}`;
  const { Body } = await storage.send(new GetObjectCommand({ Bucket, Key, Range }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
}
