import { lastPart } from '../model/format-value';

/** The part of JSON of unknown form at a path of names and indexes, or undefined. */
export function partOf(value: unknown, ...path: ReadonlyArray<string | number>): unknown {
  return path.reduce<unknown>(
    (at, name) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, name)
        ? (at as Readonly<Record<string | number, unknown>>)[name]
        : undefined,
    value,
  );
}

/** Whether an event is a batch of records of a service: `aws:s3`. */
export function isBatchOf(event: unknown, eventSource: string): boolean {
  return partOf(event, 'Records', 0, 'eventSource') === eventSource;
}

/** Whether the ARN in a batch contains a source's construct id, as names that CloudFormation makes do. */
export function isBatchFrom(event: unknown, path: string): boolean {
  const arn = partOf(event, 'Records', 0, 'eventSourceARN');
  return typeof arn === 'string' && arn.includes(lastPart(path));
}

/** Whether an event comes from a WebSocket API. Its form is otherwise that of a request. */
export function isSocketEvent(event: unknown): boolean {
  return typeof partOf(event, 'requestContext', 'connectionId') === 'string';
}

/** Whether an event comes from a function URL. Its form is otherwise that of a request of format 2.0. */
export function isFunctionUrlEvent(event: unknown): boolean {
  const name = partOf(event, 'requestContext', 'domainName');
  return typeof name === 'string' && name.includes('.lambda-url.');
}

/** The account and region in sample events. */
export const SAMPLE_ACCOUNT = '123456789012';
export const SAMPLE_REGION = 'us-east-1';
export const SAMPLE_TIME = '2026-01-15T12:00:00Z';
