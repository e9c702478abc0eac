import type { AppModel } from '../../lib/model/app-model';
import { memberText } from '../json/source-text';
import { asObject, asText, at, JsonObject, parseJsonObject } from '../json/unknown';
import type { Failure, ParsedFailure, QueueMessage } from './failure';
import { parseDeadExecution } from './dead-execution';
import { parseDeadLetter } from './dead-letter';
import { isArnHere } from './function-arn';
import { noticeOf } from './notice';
import { parseNotification } from './notification';
import { originOf } from './origin';
import { outcomeOf } from './outcome';

/** A message of the failure queue that does not announce a record in the app’s failure bucket. */
export function parseMessage(message: QueueMessage, model: AppModel): Failure {
  const { id, sentAt: failedAt } = message;
  return { id, failedAt, messages: [message], ...parseBody(message, model) };
}

function parseBody(message: QueueMessage, model: AppModel): ParsedFailure {
  const { attributes, body, deadLetterOf } = message;
  if (deadLetterOf !== undefined) {
    return parseDeadLetter(message, deadLetterOf, model);
  }
  if (attributes.SCHEDULE_ARN !== undefined) {
    return parseSchedule(message, model, attributes.SCHEDULE_ARN);
  }
  if (attributes.RULE_ARN !== undefined) {
    return {
      kind: 'rule',
      ...deliveryOf(message),
      event: body,
      ...originOf(attributes.TARGET_ARN, 'rule', body, model, message.senderId),
      ...elsewhere(attributes.RULE_ARN, 'rule', model),
    };
  }
  const notice = noticeOf(message);
  if (notice !== undefined) {
    return {
      kind: 'stream',
      foreign: true,
      obstacle: `its record is in another bucket or folder: ${notice.bucket}/${notice.key}`,
    };
  }
  return (
    parseDeadExecution(message, model) ??
    parseAsynchronous(message, model) ??
    parseNotification(message, model) ??
    unknownMessage(message, model)
  );
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function parseAsynchronous(
  { body, senderId }: QueueMessage,
  model: AppModel,
): ParsedFailure | undefined {
  const record = parseJsonObject(body);
  const arn = asText(at(record, 'requestContext', 'functionArn'));
  const event = memberText(body, 'requestPayload');
  return record === undefined || arn === undefined || event === undefined
    ? undefined
    : {
        kind: 'asynchronous',
        ...outcomeOf(record),
        event,
        ...originOf(arn, 'asynchronous', event, model, senderId),
      };
}

/**
 * An event that EventBridge Scheduler could not deliver. The body is the input; if the target is an API call, the body contains
 * the arguments of that call.
 */
function parseSchedule(message: QueueMessage, model: AppModel, scheduleArn: string): ParsedFailure {
  const { attributes, body, senderId } = message;
  const call = callOf(body);
  const arn = call?.arn ?? attributes.TARGET_ARN;
  const event = call?.event ?? body;
  return {
    kind: 'schedule',
    ...deliveryOf(message),
    ...(attributes.IS_PAYLOAD_TRUNCATED === 'true'
      ? { obstacle: 'EventBridge Scheduler kept only part of the event' }
      : { event }),
    ...originOf(arn, 'schedule', event, model, senderId),
    ...elsewhere(scheduleArn, 'schedule', model),
  };
}

function callOf(body: string): { readonly arn: string; readonly event: string } | undefined {
  const call: JsonObject = asObject(parseJsonObject(body)) ?? {};
  const arn = asText(call.FunctionName);
  const event = asText(call.Payload) ?? memberText(body, 'Payload');
  return arn === undefined || event === undefined ? undefined : { arn, event };
}

function elsewhere(arn: string, what: string, model: AppModel): Partial<ParsedFailure> {
  return isArnHere(arn, model)
    ? {}
    : {
        function: undefined,
        trigger: undefined,
        foreign: true,
        obstacle: `its ${what} is in another account or region: ${arn}`,
      };
}

function deliveryOf({
  attributes,
}: QueueMessage): Pick<ParsedFailure, 'error' | 'condition' | 'attempts'> {
  const { ERROR_CODE: code, ERROR_MESSAGE: text, RETRY_ATTEMPTS: retries = '' } = attributes;
  return {
    error: [code, text].filter((part) => part !== undefined && part !== '').join(': '),
    condition: attributes.EXHAUSTED_RETRY_CONDITION,
    attempts: /^\d{1,9}$/.test(retries) ? Number(retries) + 1 : undefined,
  };
}

/** A message in a queue that the app created belongs to the app, which may purge it. */
function unknownMessage(
  { fifo }: QueueMessage,
  { failureQueue, fifoFailureQueue }: AppModel,
): ParsedFailure {
  const queue = fifo === undefined ? failureQueue : fifoFailureQueue;
  return {
    kind: 'unknown',
    ...(queue?.made === true ? {} : { foreign: true }),
    error: 'a message in an unknown format',
    obstacle: 'it does not say which function it was for',
  };
}
