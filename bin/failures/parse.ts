import { describeTrigger, hasClock, kindOf, triggerOfEvent } from '../../lib/kinds/trigger-kinds';
import type { AppModel, FunctionFacts, TriggerFacts } from '../../lib/model/app-model';
import { Failure, QueueMessage, RECORD_PREFIX } from './failure';

/** What Lambda sends when it gives an event up; to a bucket, for a stream, with the whole event as `payload`. */
interface InvocationRecord {
  readonly requestContext?: {
    readonly functionArn?: string;
    readonly condition?: string;
    readonly approximateInvokeCount?: number;
  };
  readonly requestPayload?: unknown;
  readonly responsePayload?: unknown;
  readonly responseContext?: { readonly functionError?: string };
  readonly payload?: unknown;
  readonly timestamp?: string;
}

/** What EventBridge tells of an object. */
interface ObjectNotice {
  readonly 'detail-type'?: string;
  readonly detail?: {
    readonly bucket?: { readonly name?: string };
    readonly object?: { readonly key?: string };
  };
}

/** The key of the record that a message tells of, if it does. */
export function recordKeyOf({ body }: QueueMessage, model: AppModel): string | undefined {
  const notice = parseObject(body) as ObjectNotice | undefined;
  const { bucket, object } = notice?.detail ?? {};
  return notice?.['detail-type'] === 'Object Created' &&
    bucket?.name === model.failureBucket?.name &&
    object?.key?.startsWith(RECORD_PREFIX) === true
    ? object.key
    : undefined;
}

/** A message of the failure queue that tells of no record. */
export function parseMessage(message: QueueMessage, model: AppModel): Failure {
  const base = { id: message.id, failedAt: message.sentAt, message };
  const { attributes, body } = message;
  if (attributes.SCHEDULE_ARN !== undefined) {
    return { ...base, ...parseSchedule(message, model) };
  }
  if (attributes.RULE_ARN !== undefined) {
    return {
      ...base,
      kind: 'rule',
      ...target(attributes.TARGET_ARN, model, body),
      ...delivery(message),
      event: body,
    };
  }
  const record = parseObject(body) as InvocationRecord | undefined;
  if (record?.requestContext?.functionArn !== undefined && 'requestPayload' in record) {
    const event = JSON.stringify(record.requestPayload);
    return {
      ...base,
      kind: 'asynchronous',
      ...target(record.requestContext.functionArn, model, event),
      ...outcome(record),
      event,
    };
  }
  return {
    ...base,
    kind: 'unknown',
    error: 'a message of a form that is not known',
    obstacle: 'it is not known which function it was for',
  };
}

/** A record of the failure bucket; `text` is absent where the object is gone. */
export function parseRecord(
  key: string,
  at: Date,
  text: string | undefined,
  model: AppModel,
  message?: QueueMessage,
): Failure {
  const base = { id: recordId(key), kind: 'stream' as const, recordKey: key, message };
  if (text === undefined) {
    return {
      ...base,
      failedAt: at,
      recordGone: true,
      error: 'its record is no longer in the failure bucket',
      obstacle: 'its record is gone: it was tried again or removed',
    };
  }
  const record = parseObject(text) as InvocationRecord | undefined;
  const arn = record?.requestContext?.functionArn;
  if (record?.payload === undefined || arn === undefined) {
    return {
      ...base,
      failedAt: at,
      error: 'a record of a form that is not known',
      obstacle: 'the record has no event',
    };
  }
  const event =
    typeof record.payload === 'string' ? record.payload : JSON.stringify(record.payload);
  return {
    ...base,
    failedAt: record.timestamp === undefined ? at : new Date(record.timestamp),
    ...target(arn, model, event, failsToBucket),
    ...outcome(record),
    event,
  };
}

/** `…/2026-11-24T08.30.00-<uuid>` is the uuid. */
function recordId(key: string): string {
  const last = key.slice(key.lastIndexOf('/') + 1);
  return /[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.exec(last)?.[0] ?? last;
}

/**
 * What EventBridge Scheduler could not hand over. The body is the input; where the target is told as a call of an API, it is
 * that call's arguments.
 */
function parseSchedule(
  message: QueueMessage,
  model: AppModel,
): Pick<Failure, 'kind' | 'event' | 'obstacle' | 'error'> {
  const { attributes, body } = message;
  const call = parseObject(body) as
    { readonly FunctionName?: unknown; readonly Payload?: unknown } | undefined;
  const isCall = typeof call?.FunctionName === 'string' && 'Payload' in call;
  const arn = isCall ? call.FunctionName : attributes.TARGET_ARN;
  const event = !isCall
    ? body
    : typeof call.Payload === 'string'
      ? call.Payload
      : JSON.stringify(call.Payload);
  const truncated = attributes.IS_PAYLOAD_TRUNCATED === 'true';
  return {
    kind: 'schedule',
    ...target(arn, model, event, hasClock),
    ...delivery(message),
    ...(truncated
      ? { obstacle: 'EventBridge Scheduler kept only a part of the event' }
      : { event }),
  };
}

function delivery({ attributes }: QueueMessage): Pick<Failure, 'error' | 'condition' | 'attempts'> {
  const { ERROR_CODE: code, ERROR_MESSAGE: text } = attributes;
  return {
    error: [code, text].filter((part) => part !== undefined && part !== '').join(': '),
    condition: attributes.EXHAUSTED_RETRY_CONDITION,
    attempts:
      attributes.RETRY_ATTEMPTS === undefined ? undefined : Number(attributes.RETRY_ATTEMPTS) + 1,
  };
}

function outcome(record: InvocationRecord): Pick<Failure, 'error' | 'condition' | 'attempts'> {
  const { requestContext: context = {}, responsePayload, responseContext } = record;
  const { errorType, errorMessage } = (
    typeof responsePayload === 'object' ? (responsePayload ?? {}) : {}
  ) as { readonly errorType?: string; readonly errorMessage?: string };
  const error = [errorType, errorMessage].filter((part) => part !== undefined).join(': ');
  return {
    error: error === '' ? responseContext?.functionError : error,
    condition: context.condition,
    attempts: context.approximateInvokeCount,
  };
}

function target(
  arn: string | undefined,
  model: AppModel,
  event: string,
  mayBe: (trigger: TriggerFacts) => boolean = isAsynchronous,
): Pick<Failure, 'function' | 'functionArn' | 'trigger' | 'obstacle'> {
  if (arn === undefined) {
    return { obstacle: 'it is not known which function it was for' };
  }
  const fn = functionOf(arn, model);
  if (fn === undefined) {
    return { functionArn: arn, obstacle: 'its function is not one of this app' };
  }
  const trigger = triggerOfEvent(fn.triggers.filter(mayBe), parseObject(event));
  return {
    function: fn.id,
    functionArn: arn,
    trigger: trigger === undefined ? undefined : describeTrigger(trigger),
  };
}

/** `arn:<partition>:lambda:<region>:<account>:function:<name>[:<qualifier>]`, or a name. */
export function functionOf(arn: string, model: AppModel): FunctionFacts | undefined {
  const name = /:function:([^:]+)/.exec(arn)?.[1] ?? arn.split(':')[0];
  return model.functions.find((fn) => fn.name === name);
}

function isAsynchronous({ invocation }: TriggerFacts): boolean {
  return invocation === 'asynchronous';
}

function failsToBucket(trigger: TriggerFacts): boolean {
  return kindOf(trigger).failsTo(trigger).to === 'failureBucket';
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
