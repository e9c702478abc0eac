import { kindOf } from '../../lib/kinds/trigger-kinds';
import type { AppModel, FunctionModel, TriggerModel } from '../../lib/model/app-model';
import { asText, JsonObject, parseJsonObject } from '../json/unknown';
import type { ParsedFailure, QueueMessage } from './failure';
import { originOf } from './origin';

/**
 * A message that SNS could not deliver to a function. SNS sends what a subscribed queue would receive; it does not say which
 * subscription it was for, except in the link that ends the subscription.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
 */
export function parseNotification(
  { body, senderId }: QueueMessage,
  model: AppModel,
): ParsedFailure | undefined {
  const notification = parseJsonObject(body);
  const topicArn = asText(notification?.TopicArn);
  if (notification?.Type !== 'Notification' || topicArn === undefined) {
    return undefined;
  }
  const kind = 'notification';
  const error = 'SNS could not deliver the message';
  const link = linkOf(notification);
  const subscriptionArn = link === undefined ? undefined : subscriptionIn(link);
  const readers = readersOf(topicArn, subscriptionArn, model);
  const [only] = readers;
  if (only === undefined) {
    return {
      kind,
      error,
      foreign: true,
      obstacle: `no function of this app listens to ${topicArn}`,
    };
  }
  if (readers.length > 1) {
    const ids = readers.map(({ fn }) => fn.id).join(', ');
    return {
      kind,
      error,
      obstacle: `${ids} listen to its topic, and it does not say which one it was for`,
    };
  }
  const event = eventOf(notification, link, subscriptionArn);
  const arn = functionArnBeside(topicArn, only.fn, model);
  return { kind, error, event, ...originOf(arn, kind, event, model, senderId) };
}

interface Reader {
  readonly fn: FunctionModel;
  readonly trigger: TriggerModel;
}

/** The functions that listen to a topic; if the subscription is known, only its function. */
function readersOf(
  topicArn: string,
  subscriptionArn: string | undefined,
  { functions }: AppModel,
): Reader[] {
  const readers = functions.flatMap((fn) =>
    fn.triggers
      .filter((trigger) => kindOf(trigger).source?.resource === 'topic')
      .filter(({ details }) => details['topicArn'] === topicArn)
      .map((trigger) => ({ fn, trigger })),
  );
  const exact = readers.filter(
    ({ trigger: { details } }) =>
      subscriptionArn !== undefined && details['subscriptionArn'] === subscriptionArn,
  );
  return exact.length === 1 ? exact : readers;
}

/** The topic may be in another account, but its partition is the function’s. */
function functionArnBeside(topicArn: string, { name }: FunctionModel, { app }: AppModel): string {
  const [, partition = ''] = topicArn.split(':');
  return `arn:${partition}:lambda:${app.region}:${app.account}:function:${name}`;
}

function linkOf({ UnsubscribeURL, UnsubscribeUrl }: JsonObject): string | undefined {
  return asText(UnsubscribeURL) ?? asText(UnsubscribeUrl);
}

function subscriptionIn(link: string): string | undefined {
  try {
    return new URL(link).searchParams.get('SubscriptionArn') ?? undefined;
  } catch {
    return undefined; // not a link
  }
}

/** As Lambda would pass the message: https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
function eventOf(notification: JsonObject, link: string | undefined, subscriptionArn = ''): string {
  const { SigningCertURL, UnsubscribeURL: _, ...others } = notification;
  return JSON.stringify({
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: subscriptionArn,
        Sns: {
          Subject: null,
          MessageAttributes: {},
          SigningCertUrl: SigningCertURL,
          UnsubscribeUrl: link,
          ...others,
        },
      },
    ],
  });
}
