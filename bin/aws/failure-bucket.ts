import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  paginateListObjectsV2,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { CLAIM_PREFIX, FailureBucket, RECORD_PREFIX } from '../failures/failure';
import { asDate, parseJsonObject } from '../json/unknown';
import type { AwsOptions } from './clients';
import { s3Client } from './s3-client';

export function failureBucket(options: AwsOptions, Bucket: string): FailureBucket {
  const client = s3Client(options);
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
    claim: (key, seconds) => claim(client, Bucket, claimKeyOf(key), seconds),
    // A claim that cannot be released expires.
    releaseClaim: async (key) => {
      const command = new DeleteObjectCommand({ Bucket, Key: claimKeyOf(key) });
      await client.send(command).catch(() => undefined);
    },
  };
}

function claimKeyOf(recordKey: string): string {
  return `${CLAIM_PREFIX}${recordKey.slice(RECORD_PREFIX.length)}`;
}

/** A lease: if several writers compete, S3 lets only one create the object, or replace a given version of it. */
async function claim(
  client: S3Client,
  Bucket: string,
  Key: string,
  seconds: number,
): Promise<boolean> {
  const Body = JSON.stringify({ until: new Date(Date.now() + seconds * 1000).toISOString() });
  const write = (condition: { IfNoneMatch: string } | { IfMatch: string }): Promise<boolean> =>
    client.send(new PutObjectCommand({ Bucket, Key, Body, ...condition })).then(
      () => true,
      (error: unknown) => {
        if (isLost(error)) {
          return false;
        }
        throw error;
      },
    );
  if (await write({ IfNoneMatch: '*' })) {
    return true;
  }
  const found = await readClaim(client, Bucket, Key);
  return found === undefined || found.until > new Date() ? false : write({ IfMatch: found.etag });
}

/** Another writer was first, or the object was deleted in the meantime. */
function isLost(error: unknown): boolean {
  return (
    error instanceof Error &&
    /^(PreconditionFailed|ConditionalRequestConflict|NoSuchKey)$/.test(error.name)
  );
}

/** A claim in an unknown format counts as expired, because `retry` did not write it. */
async function readClaim(
  client: S3Client,
  Bucket: string,
  Key: string,
): Promise<{ readonly until: Date; readonly etag: string } | undefined> {
  try {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
    const { until } = parseJsonObject((await Body?.transformToString()) ?? '') ?? {};
    return ETag === undefined ? undefined : { until: asDate(until) ?? new Date(0), etag: ETag };
  } catch (error) {
    if (error instanceof NoSuchKey) {
      return undefined;
    }
    throw error;
  }
}
