import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { S3Event } from 'aws-lambda';
import { CsvRow, parseCsv } from './csv';
import { InvalidOrder, parseOrder } from './order';
import { saveOrder } from './save-order';

const s3 = new S3Client();
const AT_ONCE = 20;

/** Imports `uploads/*.csv`. Importing a file twice changes nothing, since an event may arrive twice. */
export async function handler(event: S3Event): Promise<void> {
  for (const { s3: source } of event.Records) {
    const key = decodeURIComponent(source.object.key.replaceAll('+', ' '));
    await importFile(source.bucket.name, key);
  }
}

async function importFile(bucket: string, key: string): Promise<void> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const rows = parseCsv((await Body?.transformToString()) ?? '');
  const rejected: string[] = [];
  for (let start = 0; start < rows.length; start += AT_ONCE) {
    const results = await Promise.all(rows.slice(start, start + AT_ONCE).map(importRow));
    rejected.push(...results.filter((result) => result !== undefined));
  }
  console.log({ message: 'file imported', key, rows: rows.length, rejected: rejected.length });
  if (rejected.length > 0) {
    // Valid rows are saved; the file's event goes to the failure queue, so that somebody corrects the rest.
    throw new InvalidOrder(
      `${key}: ${rejected.length} of ${rows.length} rows: ${rejected.join('; ')}`,
    );
  }
}

/** What is wrong with the row, if anything. */
async function importRow({ line, fields }: CsvRow): Promise<string | undefined> {
  try {
    if (fields.id === undefined || fields.id === '') {
      throw new InvalidOrder('`id` must be given in a file, so that a second import finds it');
    }
    await saveOrder(parseOrder(fields));
    return undefined;
  } catch (error) {
    if (error instanceof InvalidOrder) {
      return `line ${line}: ${error.message}`;
    }
    throw error;
  }
}
