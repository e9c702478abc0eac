import * as fs from 'node:fs';
import * as path from 'node:path';
import { lastPart } from '../../lib/model/format-value';
import type { ResourceModel } from '../../lib/model/app-model';
import type { Invocation } from '../command-spec';
import type { DeployedStack } from '../deployed-stack';
import { openRunning } from '../dev/open-running';
import { readEvent, requireJson } from '../invoke/read-event';
import type { Io } from '../io';
import { parseJsonObject } from '../json/unknown';
import { nearest } from '../nearest';
import { text } from '../open-app';
import { UserError } from '../user-error';

const HASH = /[0-9A-F]{8}$/;

/** `dev upload <bucket> <file>`. */
export async function devUpload(
  { args: [name = '', file = ''], options }: Invocation,
  io: Io,
): Promise<number> {
  const { app, cloud } = await openRunning(options);
  const bucket = named(app.model.buckets, name, 'bucket');
  const key = text(options.key) ?? path.basename(file);
  if (!fs.existsSync(file)) {
    throw new UserError(`there is no file ${file}`, 'name the file to upload');
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
  const table = named(app.model.tables, name, 'table');
  const item = parseJsonObject(givenJson(json));
  if (item === undefined) {
    throw new UserError('an item must be a JSON object', 'write for example `{"id": "1"}`');
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
  const group = url.endsWith('.fifo') ? 'serverless-app' : undefined;
  await (await cloud.sender()).send(url, givenJson(json), group);
  io.say(`sent a message to ${name}`);
  return 0;
}

/** JSON on the command line, or `-` for standard input. */
function givenJson(json: string): string {
  return json === '-' ? readEvent('-') : requireJson(json, 'the argument');
}

function named(resources: readonly ResourceModel[], name: string, what: string): string {
  const idOf = ({ id, path: of }: ResourceModel): string => (id === '' ? lastPart(of) : id);
  const found = resources.find((each) => idOf(each) === name);
  if (found === undefined) {
    throw new UserError(`there is no ${what} \`${name}\``, nearest(name, resources.map(idOf)));
  }
  return found.name;
}

/** Queues are not in the model. The logical id ends with the construct’s id and a hash. */
function queueUrl({ resources }: DeployedStack, name: string): string {
  const queues = Object.entries(resources).filter(([, { type }]) => type === 'AWS::SQS::Queue');
  const found = queues.filter(([logicalId]) => logicalId.replace(HASH, '').endsWith(name));
  const [only, ...others] = found;
  const ids = found.length > 1 ? found : queues;
  const known = ids.map(([logicalId]) => logicalId.replace(HASH, ''));
  if (only === undefined) {
    throw new UserError(`there is no queue \`${name}\``, nearest(name, known));
  }
  if (others.length > 0) {
    throw new UserError(
      `there are ${found.length} queues \`${name}\``,
      `write one of ${known.join(', ')}`,
    );
  }
  return only[1].id;
}
