import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { FailureBucket, RECORD_PREFIX } from '../failures/failure';
import { AwsOptions, clientSettings, naming } from './clients';

export function failureBucket(options: AwsOptions, Bucket: string): FailureBucket {
  const endpoint = process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL ?? '';
  const settings = {
    ...clientSettings(options),
    // Of an emulator the bucket is no part of the host's name.
    forcePathStyle: endpoint !== '',
  };
  const client = naming(new S3Client(settings), 's3');
  return {
    list: async (limit) => {
      const found: { key: string; at: Date }[] = [];
      const pages = paginateListObjectsV2({ client }, { Bucket, Prefix: RECORD_PREFIX });
      for await (const { Contents = [] } of pages) {
        for (const { Key, LastModified = new Date(0) } of Contents) {
          if (Key !== undefined && found.length < limit) {
            found.push({ key: Key, at: LastModified });
          }
        }
        if (found.length >= limit) {
          break;
        }
      }
      return found;
    },
    read: async (Key) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
        return await Body?.transformToString();
      } catch (error) {
        if (error instanceof NoSuchKey) {
          return undefined;
        }
        throw error;
      }
    },
    remove: async (Key) => {
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
    },
  };
}
