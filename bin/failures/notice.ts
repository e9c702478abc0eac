import { asText, at, parseJson } from '../json/unknown';
import type { QueueMessage } from './failure';

/** EventBridge’s notification of a new object. */
export interface ObjectNotice {
  readonly bucket: string;
  readonly key: string;
}

export function noticeOf({ body }: QueueMessage): ObjectNotice | undefined {
  const notice = parseJson(body);
  const bucket = asText(at(notice, 'detail', 'bucket', 'name'));
  const key = asText(at(notice, 'detail', 'object', 'key'));
  return at(notice, 'detail-type') === 'Object Created' && bucket !== undefined && key !== undefined
    ? { bucket, key }
    : undefined;
}
