import type { AppModel } from '../../lib/model/app-model';
import { memberText } from '../json/source-text';
import { asDate, asText, at, parseJsonObject } from '../json/unknown';
import { Failure, ParsedFailure, QueueMessage, RECORD_PREFIX } from './failure';
import { functionOf } from './function-arn';
import { noticeOf } from './notice';
import { originOf } from './origin';
import { outcomeOf } from './outcome';

/** The key of the record that a message announces, if that record is in the app’s failure bucket. */
export function recordKeyOf(
  message: QueueMessage,
  { failureBucket }: AppModel,
): string | undefined {
  const notice = noticeOf(message);
  return notice !== undefined &&
    notice.bucket === failureBucket?.name &&
    notice.key.startsWith(RECORD_PREFIX)
    ? notice.key
    : undefined;
}

/** A record of the failure bucket; `text` is absent if the object does not exist. */
export function parseRecord(
  key: string,
  seenAt: Date,
  text: string | undefined,
  model: AppModel,
  messages: readonly QueueMessage[] = [],
): Failure {
  const record = text === undefined ? undefined : parseJsonObject(text);
  return {
    id: idOf(key),
    failedAt: asDate(record?.timestamp) ?? seenAt,
    messages,
    recordKey: key,
    ...(text === undefined ? goneRecord(model) : parseText(text, model)),
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html */
function parseText(text: string, model: AppModel): ParsedFailure {
  const record = parseJsonObject(text);
  const arn = asText(at(record, 'requestContext', 'functionArn'));
  const event = asText(record?.payload) ?? memberText(text, 'payload');
  if (record === undefined || arn === undefined || event === undefined || event === 'null') {
    return {
      kind: 'stream',
      functionArn: arn,
      recordText: text,
      ...(arn !== undefined && functionOf(arn, model) === undefined
        ? { foreign: true }
        : ownership(model)),
      error: 'a record in an unknown format',
      obstacle: 'the record has no event',
    };
  }
  return {
    kind: 'stream',
    ...outcomeOf(record),
    event,
    ...originOf(arn, 'stream', event, model),
  };
}

function goneRecord(model: AppModel): ParsedFailure {
  return {
    kind: 'stream',
    recordGone: true,
    ...ownership(model),
    error: 'its record is no longer in the failure bucket',
    obstacle: 'its record is gone: it was retried or removed',
  };
}

/** A record that names no function belongs to the app that made the bucket. */
function ownership({ failureBucket }: AppModel): Pick<ParsedFailure, 'foreign'> {
  return failureBucket?.made === true ? {} : { foreign: true };
}

/** `…/2026-11-24T08.30.00-<uuid>` has the id `<uuid>`. */
function idOf(key: string): string {
  const last = key.slice(key.lastIndexOf('/') + 1);
  const id = /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.exec(last)?.[0] ?? last;
  return id === '' ? key : id;
}
