import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Invocation } from '../command-spec';
import { openRunning } from '../dev/open-running';
import { groupOf, queueUrl, resourceNamed } from '../invoke/choose-resource';
import { readEvent, requireJson } from '../invoke/read-event';
import type { Io } from '../io';
import { parseJsonObject } from '../json/unknown';
import { text } from '../open-app';
import { UserError } from '../user-error';

/** `dev upload <bucket> <file>`. */
export async function devUpload(
  { args: [name = '', file = ''], options }: Invocation,
  io: Io,
): Promise<number> {
  const { app, cloud } = await openRunning(options);
  const bucket = resourceNamed(app.model.buckets, name, 'bucket');
  const key = text(options.key) ?? path.basename(file);
  if (fs.statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    const problem = fs.existsSync(file) ? `${file} is not a file` : `there is no file ${file}`;
    throw new UserError(problem, 'name the file to upload');
  }
  await (await cloud.sender()).upload(bucket, key, fs.readFileSync(file));
  io.say(`uploaded ${file} to ${name} as ${key}`);
  return 0;
}

/** `dev put <table> <json>`. */
export async function devPut(
  { args: [name = '', json = ''], options }: Invocation,
  io: Io,
): Promise<number> {
  const { app, cloud } = await openRunning(options);
  const table = resourceNamed(app.model.tables, name, 'table');
  const item = parseJsonObject(givenJson(json));
  if (item === undefined) {
    throw new UserError('an item must be a JSON object', 'write, for example, `{"id": "1"}`');
  }
  await (await cloud.sender()).put(table, item);
  io.say(`put an item into ${name}`);
  return 0;
}

/** `dev send <queue> <json>`. */
export async function devSend(
  { args: [name = '', json = ''], options }: Invocation,
  io: Io,
): Promise<number> {
  const { app, cloud } = await openRunning(options);
  const url = queueUrl(app.stack, name);
  await (await cloud.sender()).send(url, givenJson(json), groupOf(url));
  io.say(`sent a message to ${name}`);
  return 0;
}

/** JSON on the command line, or `-` for standard input. */
function givenJson(json: string): string {
  return json === '-' ? readEvent('-') : requireJson(json, 'the argument');
}
