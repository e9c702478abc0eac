import { loadOf } from '../../lib/cost/events';
import { triggerItems } from '../../lib/cost/trigger-items';
import { TOPIC_KIND } from '../../lib/kinds/topic-kind';
import { FunctionModel, TriggerModel } from '../../lib/model/app-model';
import { appModel, functionModel, http, topicMessagesOf, touches } from '../support/app-model';

function listener(
  id: string,
  details: TriggerModel['details'] = {},
  parts: Partial<FunctionModel> = {},
): FunctionModel {
  return functionModel(id, { triggers: [topicMessagesOf('News', details)], ...parts });
}

function items(...functions: FunctionModel[]): Record<string, number> {
  const model = appModel({ functions });
  return Object.fromEntries(
    triggerItems(model, loadOf(model, 'moderate', {}).functions).map(
      ({ price, resource = '', quantity }) => [`${price} ${resource}`, Math.round(quantity)],
    ),
  );
}

describe('a topic bills', () => {
  test('each message once, however many functions it runs', () => {
    expect(items(listener('A'), listener('B'))).toEqual({ 'sns.publishes News': 100_000 });
  });

  test.each([
    [64 * 1024, 100_000],
    [64 * 1024 + 1, 200_000],
  ])('for each 64 KB of %d bytes', (itemBytes, publishes) => {
    expect(items(listener('A', {}, { usage: { itemBytes } }))).toEqual({
      'sns.publishes News': publishes,
    });
  });
});

test('messages that functions of the app publish are counted', () => {
  const api = functionModel('Api', {
    triggers: [http('POST /')],
    access: [touches('topic', 'News', 'publish')],
  });
  const { functions } = loadOf(appModel({ functions: [api, listener('A')] }), 'moderate', {});

  expect(functions[1]?.triggers).toMatchObject([{ events: 1e6, outside: false }]);
});

test.each([
  [['sns:Publish'], undefined, {}],
  [['sns:Pub*'], undefined, {}],
  [['SNS:publish'], undefined, {}],
  [['sns:P?blish'], undefined, {}],
  [['sns:Publish.'], undefined, undefined],
  [['sns:*'], undefined, {}],
  [['*'], undefined, {}],
  [['sns:Subscribe'], undefined, undefined],
  [['sns:Publish'], 'below', undefined],
])('a grant of %j on the topic and %p writes %j', (actions, below, expected) => {
  expect(TOPIC_KIND.source?.writesOf?.(actions, below)).toEqual(expected);
});

test.each([
  ['arn:aws:sns:us-east-1:123456789012:Stack-AppNews1-X', undefined, true],
  ['arn:aws:sns:us-east-1:123456789012:Stack-AppOther-X', undefined, false],
  ['arn:aws:sns:us-east-1:123456789012:News', 'arn:aws:sns:us-east-1:123456789012:News', true],
  ['arn:aws:sns:us-east-1:123456789012:News2', 'arn:aws:sns:us-east-1:123456789012:News', false],
  [7, undefined, false],
])('an event of %p fits a topic whose ARN is %p: %p', (TopicArn, topicArn, expected) => {
  const event = { Records: [{ EventSource: 'aws:sns', Sns: { TopicArn } }] };

  expect(TOPIC_KIND.fits(event, topicMessagesOf('News', { topicArn }))).toBe(expected);
});
