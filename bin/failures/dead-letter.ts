import { describeTrigger, kindOf } from '../../lib/kinds/trigger-kinds';
import type { AppModel, FunctionModel, TriggerModel } from '../../lib/model/app-model';
import { asText } from '../json/unknown';
import type { ParsedFailure, QueueMessage, TypedAttribute } from './failure';
import { isArnHere } from './function-arn';

/**
 * A message that SQS moved to the failure queue, since no function processed it within the `maxReceiveCount` of its queue. SQS
 * itself reports the original queue, so senders cannot forge it.
 *
 * @param source the ARN of that queue
 */
export function parseDeadLetter(
  message: QueueMessage,
  source: string,
  model: AppModel,
): ParsedFailure {
  const kind = 'message';
  const error = 'no function processed the message';
  const readers = isArnHere(source, model) ? readersOf(source, model) : [];
  const [only] = readers;
  if (only === undefined) {
    return {
      kind,
      error,
      foreign: true,
      obstacle: `no function of this app reads ${source}`,
    };
  }
  if (readers.length > 1) {
    const ids = readers.map(({ fn }) => fn.id).join(', ');
    return {
      kind,
      error,
      obstacle: `several functions (${ids}) read its queue: start a redrive in the SQS console instead`,
    };
  }
  return {
    kind,
    error,
    function: only.fn.id,
    functionArn: functionArnBeside(source, only.fn),
    trigger: describeTrigger(only.trigger),
    event: eventOf(message, source),
  };
}

/** The queue and the function are in one account and region. */
function functionArnBeside(queueArn: string, { name }: FunctionModel): string {
  const [, partition = '', , region = '', account = ''] = queueArn.split(':');
  return `arn:${partition}:lambda:${region}:${account}:function:${name}`;
}

interface Reader {
  readonly fn: FunctionModel;
  readonly trigger: TriggerModel;
}

function readersOf(arn: string, { functions }: AppModel): Reader[] {
  const name = arn.slice(arn.lastIndexOf(':') + 1);
  return functions.flatMap((fn) =>
    fn.triggers
      .filter((trigger) => kindOf(trigger).source?.resource === 'queue')
      .filter(({ details }) => asText(details['queueUrl'])?.endsWith(`/${name}`) === true)
      .map((trigger) => ({ fn, trigger })),
  );
}

/** As Lambda would pass the message: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
function eventOf(
  { id, body, sentAt, senderId, attributes, typed = {}, fifo = {} }: QueueMessage,
  arn: string,
): string {
  const sent = String(sentAt.getTime());
  const messageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, stringValue]) => {
      const value: TypedAttribute = typed[name] ?? { dataType: 'String', stringValue };
      return [name, { ...value, stringListValues: [], binaryListValues: [] }];
    }),
  );
  return JSON.stringify({
    Records: [
      {
        messageId: id,
        receiptHandle: '',
        body,
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: sent,
          SenderId: senderId ?? '',
          ApproximateFirstReceiveTimestamp: sent,
          ...fifo,
        },
        messageAttributes,
        eventSource: 'aws:sqs',
        eventSourceARN: arn,
        awsRegion: arn.split(':')[3],
      },
    ],
  });
}
