import { DeleteObjectsCommand, paginateListObjectsV2, PutObjectCommand } from '@aws-sdk/client-s3';
import { readFile } from 'node:fs/promises';
import type { RemoteFile, SiteBucket } from '../site/site-store';
import type { AwsOptions } from './clients';
import { s3Client } from './s3-client';

/** The maximum number of objects that one call may delete. */
const MOST_DELETED = 1000;

export function siteBucket(options: AwsOptions, Bucket: string): SiteBucket {
  const client = s3Client(options);
  return {
    list: async () => {
      const found: RemoteFile[] = [];
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket })) {
        for (const { Key, ETag } of Contents) {
          if (Key !== undefined) {
            found.push({ key: Key, md5: ETag?.replaceAll('"', '') });
          }
        }
      }
      return found;
    },
    put: async ({ key, file, contentType, cacheControl }) => {
      await client.send(
        new PutObjectCommand({
          Bucket,
          Key: key,
          Body: await readFile(file),
          ContentType: contentType,
          CacheControl: cacheControl,
        }),
      );
    },
    remove: async (keys) => {
      for (let i = 0; i < keys.length; i += MOST_DELETED) {
        const Objects = keys.slice(i, i + MOST_DELETED).map((Key) => ({ Key }));
        const { Errors: [error] = [] } = await client.send(
          new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
        );
        if (error !== undefined) {
          throw Object.assign(new Error(`${error.Key ?? ''}: ${error.Message ?? ''}`), {
            name: error.Code ?? 'Error',
            action: 's3:DeleteObject',
          });
        }
      }
    },
  };
}
