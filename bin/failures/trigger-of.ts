import type { FunctionFacts, TriggerFacts } from '../../lib/model/app-model';
import { asText, at, parseJson } from '../json/unknown';
import type { FailureKind } from './failure';

/** The triggers of a function that can have caused a failure of this kind with this event. */
export function fittingTriggers(
  { triggers }: FunctionFacts,
  kind: FailureKind,
  event: string,
): readonly TriggerFacts[] {
  if (kind === 'stream') {
    return triggers.filter(({ invocation }) => invocation === 'polled');
  }
  const asynchronous = triggers.filter(({ invocation }) => invocation === 'asynchronous');
  if (kind === 'schedule') {
    return asynchronous.filter((trigger) => trigger.kind === 'schedule');
  }
  const object = objectOf(event);
  return object === undefined
    ? asynchronous
    : asynchronous.filter((trigger) => receives(trigger, object.key));
}

function receives({ kind, details }: TriggerFacts, key: string | undefined): boolean {
  return (
    kind === 'objectCreated' &&
    key?.startsWith(asText(details.prefix) ?? '') === true &&
    key.endsWith(asText(details.suffix) ?? '')
  );
}

/** The object that an event of S3 is about; `undefined` for other events. */
function objectOf(event: string): { readonly key?: string } | undefined {
  const value = parseJson(event);
  if (at(value, 'Records', 0, 'eventSource') === 'aws:s3') {
    const key = asText(at(value, 'Records', 0, 's3', 'object', 'key'));
    return { key: key === undefined ? undefined : decodeKey(key) };
  }
  return at(value, 'source') === 'aws.s3'
    ? { key: asText(at(value, 'detail', 'object', 'key')) }
    : undefined;
}

/** S3's own events encode keys as in a query string, EventBridge's do not. */
function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    return key; // `100%`, which S3 does not write
  }
}
