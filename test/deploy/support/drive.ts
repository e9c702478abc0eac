import { Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DeleteObjectCommand,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateScheduleCommand,
  GetScheduleCommand,
  SchedulerClient,
} from '@aws-sdk/client-scheduler';
import { randomUUID } from 'node:crypto';
import * as http from 'node:http';
import * as https from 'node:https';
import * as aws4 from 'aws4';
import { DeployedStack } from './deployed-stack';
import type { StackResource } from './deployed-stack';
import { eventually, Patience } from './eventually';
import { REAL_ACCOUNT, Target } from './target';

/** Lambda waits one minute, then two, before it tries an asynchronous event again; the emulator one second, then two. */
export const ASYNC_TIMEOUT_MS = REAL_ACCOUNT ? 360_000 : 30_000;

/** AWS checks schedules every minute, the emulator every second. */
export const SCHEDULE_PATIENCE: Patience = { timeoutMs: REAL_ACCOUNT ? 240_000 : 30_000 };

export interface HttpAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface HttpRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Signs the request with the target's credentials. */
  readonly sign?: boolean;
}

/** The host of an API or a function URL at the target. An emulator knows it by the beginning of its name. */
export function hostAt(endpoint: URL | undefined, hostname: string): string {
  if (endpoint === undefined) {
    return hostname;
  }
  const known = /^[^.]+(\.lambda-url\.[^.]+)?/.exec(hostname) ?? [];
  return `${known[0] ?? ''}${known[1] === undefined ? '.execute-api' : ''}.localhost:${endpoint.port}`;
}

/** Sends a request to a deployed API or a function URL. */
export async function request(
  target: Target,
  url: string,
  { method = 'GET', headers = {}, body, sign = false }: HttpRequest = {},
): Promise<HttpAnswer> {
  const { hostname, pathname, search } = new URL(url);
  const path = pathname + search;
  const endpoint = target.endpoint === undefined ? undefined : new URL(target.endpoint);
  const host = hostAt(endpoint, hostname);
  const unsigned = { host, method, path, headers: { ...headers, host }, body };
  const signed = sign ? await signRequest(target, unsigned) : unsigned;
  const destination =
    endpoint === undefined ? { hostname } : { hostname: endpoint.hostname, port: endpoint.port };
  const send = endpoint?.protocol === 'http:' ? http.request : https.request;
  return new Promise((resolve, reject) => {
    const outgoing = send({ ...destination, method, path, headers: signed.headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text });
      });
    });
    outgoing.on('error', reject).end(body);
  });
}

async function signRequest(target: Target, unsigned: aws4.Request): Promise<aws4.Request> {
  const { config } = new LambdaClient(target.clientOptions);
  const [region, credentials] = await Promise.all([config.region(), config.credentials()]);
  const service = unsigned.host?.includes('.lambda-url.') === true ? 'lambda' : 'execute-api';
  return aws4.sign({ ...unsigned, service, region }, credentials);
}

export async function upload(
  target: Target,
  Bucket: string,
  Key: string,
  Body: string | Buffer,
): Promise<void> {
  await new S3Client(target.clientOptions).send(new PutObjectCommand({ Bucket, Key, Body }));
}

/** CloudFormation does not delete a bucket that has objects. */
export async function emptyBucket(target: Target, Bucket: string): Promise<void> {
  const client = new S3Client(target.clientOptions);
  for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket })) {
    await Promise.all(
      Contents.map(({ Key }) => client.send(new DeleteObjectCommand({ Bucket, Key }))),
    );
  }
}

/** Empties the buckets of a stack, so that it can be deleted. */
export async function emptyBuckets(
  target: Target,
  resources: readonly StackResource[],
): Promise<void> {
  for (const { type, physicalId } of resources) {
    if (type === 'AWS::S3::Bucket') {
      await emptyBucket(target, physicalId);
    }
  }
}

/** The name in a schedule's physical id, which is `<group>|<name>` on AWS. */
export function scheduleName(physicalId: string): string {
  return physicalId.slice(physicalId.lastIndexOf('|') + 1);
}

/**
 * Makes EventBridge Scheduler run a deployed schedule now, by a copy with the same target, role, input and failure queue that
 * is due once, in a second, and then deletes itself.
 */
export async function fireSchedule(
  target: Target,
  stack: DeployedStack,
  functionId: string,
): Promise<void> {
  const client = new SchedulerClient(target.clientOptions);
  const Name = scheduleName(stack.resource('AWS::Scheduler::Schedule', `${functionId}Schedule`));
  const { Target: scheduleTarget, GroupName } = await client.send(new GetScheduleCommand({ Name }));
  const soon = new Date(Date.now() + 1_000).toISOString().slice(0, 'yyyy-mm-ddThh:mm:ss'.length);
  await client.send(
    new CreateScheduleCommand({
      Name: `once-${randomUUID()}`,
      GroupName,
      Target: scheduleTarget,
      ScheduleExpression: `at(${soon})`,
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'DELETE',
    }),
  );
}

/**
 * Sends a function the event of its schedule as EventBridge Scheduler does: asynchronously. The emulator's own scheduler
 * runs the function, but without retries and the failure queue.
 */
export async function handOverAsScheduler(
  target: Target,
  stack: DeployedStack,
  functionId: string,
): Promise<void> {
  const Name = scheduleName(stack.resource('AWS::Scheduler::Schedule', `${functionId}Schedule`));
  const { Target: scheduleTarget } = await new SchedulerClient(target.clientOptions).send(
    new GetScheduleCommand({ Name }),
  );
  await new LambdaClient(target.clientOptions).send(
    new InvokeCommand({
      FunctionName: scheduleTarget?.Arn,
      InvocationType: 'Event',
      Payload: scheduleTarget?.Input,
    }),
  );
}

/** Invokes a function and returns its result. Throws if the function throws. */
export async function invoke(target: Target, name: string, event: unknown): Promise<unknown> {
  const { Payload, FunctionError } = await new LambdaClient(target.clientOptions).send(
    new InvokeCommand({ FunctionName: name, Payload: JSON.stringify(event) }),
  );
  const text = Buffer.from(Payload ?? []).toString('utf8');
  if (FunctionError !== undefined) {
    throw new Error(`${name}: ${text}`);
  }
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

/** What Lambda sends to a queue after the last retry of an asynchronous event. */
export interface FailedEvent {
  readonly requestContext: { readonly functionArn: string; readonly condition: string };
  readonly requestPayload: unknown;
  readonly responsePayload?: { readonly errorMessage?: string };
}

/** Waits until Lambda has put an event of the function into the failure queue. Other messages are left there. */
export async function failedEvent(
  target: Target,
  queueUrl: string,
  functionName: string,
  waitBefore: Patience = {},
): Promise<FailedEvent> {
  return failureMessage<FailedEvent>(
    target,
    queueUrl,
    `an event of ${functionName}`,
    ({ requestContext }) => requestContext?.functionArn.includes(`:${functionName}`) === true,
    waitBefore,
  );
}

/** Waits until a message of some kind is in the failure queue. Other messages are left there. */
export async function failureMessage<T>(
  target: Target,
  queueUrl: string,
  what: string,
  isIt: (message: Partial<T>) => boolean,
  waitBefore: Patience = {},
): Promise<T> {
  return eventually(
    `${what} is in the failure queue`,
    async () => {
      const messages = await receive(target, queueUrl);
      return messages.map(({ Body = '{}' }) => JSON.parse(Body) as T).find(isIt);
    },
    { timeoutMs: ASYNC_TIMEOUT_MS + (waitBefore.timeoutMs ?? 0) },
  );
}

async function receive(target: Target, QueueUrl: string): Promise<Message[]> {
  const { Messages = [] } = await new SQSClient(target.clientOptions).send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 600 }),
  );
  return Messages;
}
