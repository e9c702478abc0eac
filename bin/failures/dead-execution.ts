import type { AppModel, FunctionModel } from '../../lib/model/app-model';
import { resolvedNumber } from '../../lib/model/resolved';
import type { ParsedFailure, QueueMessage } from './failure';
import { arnToRun } from './function-arn';
import { originOf } from './origin';

/** The longest time that Lambda waits for an execution. */
const LONGEST_WAIT_SECONDS = 900;

/**
 * The event of a failed execution of a durable function, as Lambda puts it into the dead-letter queue of the function: the body is
 * the event, and the error is in attributes. Only the sender identifies the function: Lambda sends with the function's role, in a session
 * with the function's name. https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 */
export function parseDeadExecution(
  { attributes, body, senderId }: QueueMessage,
  model: AppModel,
): ParsedFailure | undefined {
  const { RequestID: request, ErrorCode: code, ErrorMessage: text } = attributes;
  const session = senderId?.split(':')[1];
  const fn = model.functions.find(({ durable, name }) => durable !== undefined && name === session);
  if (fn === undefined || request === undefined || code === undefined) {
    return undefined;
  }
  const arn = arnToRun(fn, model);
  return {
    kind: 'asynchronous',
    error: text ?? `error ${code}`,
    event: body,
    ...originOf(arn, 'asynchronous', body, model, senderId),
    ...tooLong(fn),
  };
}

function tooLong({ durable }: FunctionModel): Pick<ParsedFailure, 'obstacle'> {
  const seconds = resolvedNumber(durable?.executionTimeoutSeconds) ?? 0;
  return seconds <= LONGEST_WAIT_SECONDS
    ? {}
    : {
        obstacle:
          'an execution may take more than 15 minutes, and Lambda lets no caller wait that long: start it with `aws lambda invoke --invocation-type Event`, then purge this one',
      };
}
