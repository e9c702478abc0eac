import { formatValue, lastPart } from '../model/format-value';
import { resolvedText } from '../model/resolved';
import { partOf, SAMPLE_ACCOUNT, SAMPLE_REGION, SAMPLE_TIME } from './event-values';
import { allows } from './iam-actions';
import { TriggerKind } from './trigger-kind';

/** SNS bills a request for each 64 KB that is published: https://aws.amazon.com/sns/pricing/ */
const REQUEST_BYTES = 64 * 1024;

/**
 * Messages of an SNS topic. The source is the topic's construct path; `details` are `topicArn`, `subscriptionArn`, `filtered` (by
 * `attributes` or by `body`) and `monthlyEvents`.
 */
export const TOPIC_KIND: TriggerKind = {
  kind: 'topicMessages',
  invocation: 'asynchronous',
  defaults: {
    part: 'topics',
    production:
      'TLS only; messages that SNS cannot deliver to the function go to the failure queue, which accepts them from the app’s topics only',
    reason:
      'SNS discards what it cannot deliver unless the subscription has a dead-letter queue; a topic stores no messages',
  },
  describe: ({ source, details }) =>
    `messages of ${lastPart(formatValue(source))}${details['filtered'] === undefined ? '' : ' (filtered)'}`,
  drawing: { icon: 'topic', asSource: true },
  monthlyEvents: { low: 10_000, moderate: 100_000, high: 1_000_000 },
  durationMs: 200,
  /** Delivery to a function is free. A topic bills each message once, however many functions it runs. */
  billItems: ({ trigger, events, itemBytes }) => [
    {
      price: 'sns.publishes',
      resource: lastPart(trigger.source),
      quantity: events * Math.max(1, Math.ceil(itemBytes / REQUEST_BYTES)),
      perSource: true,
    },
  ],
  failsTo: () => ({ to: 'failureQueue' }),
  source: {
    resource: 'topic',
    arn: 'topicArn',
    countsWrites: () => true,
    isFiltered: ({ details }) => details['filtered'] !== undefined,
    /** A filter on the messages is assumed to exclude those that the function itself publishes. */
    listensTo: ({ details }) => ({ narrowed: details['filtered'] !== undefined }),
    writesOf: (actions, below) =>
      below === undefined && allows(actions, 'sns:Publish') ? {} : undefined,
  },
  sampleEvent: ({ source }) => messageEvent(lastPart(formatValue(source))),
  recognizes: (event) => partOf(event, 'Records', 0, 'EventSource') === 'aws:sns',
  fits: (event, { source, details }) => {
    const arn = partOf(event, 'Records', 0, 'Sns', 'TopicArn');
    const known = resolvedText(details['topicArn']);
    return (
      typeof arn === 'string' &&
      (known?.startsWith('arn:') === true ? arn === known : arn.includes(lastPart(source)))
    );
  },
};

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
function messageEvent(topic: string): object {
  const arn = `arn:aws:sns:${SAMPLE_REGION}:${SAMPLE_ACCOUNT}:${topic}`;
  return {
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: `${arn}:sample`,
        Sns: {
          Type: 'Notification',
          MessageId: 'sample-message',
          TopicArn: arn,
          Subject: null,
          Message: '{}',
          Timestamp: SAMPLE_TIME,
          SignatureVersion: '1',
          Signature: 'sample',
          SigningCertUrl: `https://sns.${SAMPLE_REGION}.amazonaws.com/sample.pem`,
          UnsubscribeUrl: `https://sns.${SAMPLE_REGION}.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=${arn}:sample`,
          MessageAttributes: {},
        },
      },
    ],
  };
}
