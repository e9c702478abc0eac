import type { Failure } from '../../../bin/failures/failure';
import { parseMessage } from '../../../bin/failures/parse-message';
import type { FunctionModel, TriggerModel } from '../../../lib/model/app-model';
import { ACCOUNT, arnOf, deployedModel, functionModel, REGION } from '../support/models';

const TOPIC = `arn:aws:sns:${REGION}:${ACCOUNT}:shop-news`;

function listens(subscription: string, topicArn = TOPIC): TriggerModel {
  const subscriptionArn = `${topicArn}:${subscription}`;
  const details = { topicArn, subscriptionArn };
  return { kind: 'topicMessages', invocation: 'asynchronous', source: 'Shop/News', details };
}

function parse(notification: object, functions: FunctionModel[], senderId?: string): Failure {
  return parseMessage(
    {
      id: 'm-1',
      receipt: 'r',
      body: JSON.stringify({
        Type: 'Notification',
        MessageId: 'n-1',
        TopicArn: TOPIC,
        Message: '{"id":1}',
        MessageAttributes: { kind: { Type: 'String', Value: 'order' } },
        SigningCertURL: 'https://sns/cert.pem',
        ...notification,
      }),
      sentAt: new Date('2026-11-24T09:00:00Z'),
      attributes: {},
      senderId,
    },
    deployedModel(functions),
  );
}

const linkOf = (subscription: string): object => ({
  UnsubscribeURL: `https://sns/?Action=Unsubscribe&SubscriptionArn=${TOPIC}:${subscription}`,
});

test('a message that SNS could not deliver is the failure of the function that listens, with its event', () => {
  const work = functionModel('Work', listens('s-1'));

  const failure = parse(linkOf('s-1'), [work], 'AIDAISNS');

  expect(failure).toMatchObject({
    kind: 'notification',
    function: 'Work',
    functionArn: arnOf(work.name),
    trigger: 'messages of News',
  });
  expect([failure.foreign, failure.obstacle]).toEqual([undefined, undefined]);
  expect(JSON.parse(failure.event ?? '')).toEqual({
    Records: [
      {
        EventSource: 'aws:sns',
        EventVersion: '1.0',
        EventSubscriptionArn: `${TOPIC}:s-1`,
        Sns: {
          Type: 'Notification',
          MessageId: 'n-1',
          TopicArn: TOPIC,
          Subject: null,
          Message: '{"id":1}',
          MessageAttributes: { kind: { Type: 'String', Value: 'order' } },
          SigningCertUrl: 'https://sns/cert.pem',
          UnsubscribeUrl: `https://sns/?Action=Unsubscribe&SubscriptionArn=${TOPIC}:s-1`,
        },
      },
    ],
  });
});

describe('where two functions listen to the topic', () => {
  const both = [functionModel('A', listens('s-1')), functionModel('B', listens('s-2'))];

  test('the subscription says whose it is', () => {
    expect(parse(linkOf('s-2'), both)).toMatchObject({ function: 'B' });
  });

  test.each([
    ['no link', {}],
    ['a link of another subscription', linkOf('s-9')],
    ['what is no link', { UnsubscribeURL: 'nowhere' }],
  ])('a message with %s is not retried with one of them', (_what, notification) => {
    expect(parse(notification, both).obstacle).toContain('A, B listen to its topic');
  });
});

test.each([
  ['another topic', { TopicArn: `${TOPIC}-2` }],
  ['a topic of another account', { TopicArn: TOPIC.replace(ACCOUNT, '999999999999') }],
])('a message of %s is not this app’s', (_what, notification) => {
  expect(parse(notification, [functionModel('Work', listens('s-1'))])).toMatchObject({
    kind: 'notification',
    foreign: true,
  });
});

test('a message that a function of the app sent itself is not run', () => {
  const work = functionModel('Work', listens('s-1'));

  expect(parse(linkOf('s-1'), [work], `AROAROLE:${work.name}`)).toMatchObject({
    foreign: true,
    obstacle: 'the function Work sent it, not AWS',
  });
});

test.each([{ Type: 'SubscriptionConfirmation' }, { TopicArn: 7 }])(
  'a message with %j is of unknown form',
  (notification) => {
    expect(parse(notification, [functionModel('Work', listens('s-1'))]).kind).toBe('unknown');
  },
);
