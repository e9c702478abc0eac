// Filters and patterns that can never match, or always do, of every kind that has them.
import { CfnParameter } from 'aws-cdk-lib';
import { FilterOrPolicy, SubscriptionFilter } from 'aws-cdk-lib/aws-sns';
import { FilterCriteria } from 'aws-cdk-lib/aws-lambda';
import { Match } from 'aws-cdk-lib/aws-events';
import { ServerlessApp } from 'cdk-serverless-app';
import { PropCheck } from '../../lib/props/prop-check';
import { refuseImpossible } from '../../lib/trigger/impossible-conditions';
import { quickApp } from '../support/synth';

type Pattern = Readonly<Record<string, unknown>>;

function check(pattern: Pattern): void {
  refuseImpossible('', pattern, new PropCheck('Test', 'pattern'));
}

const numeric = (...operand: unknown[]): Pattern => ({ numeric: operand });

describe('a pattern can match', () => {
  test.each<[string, Pattern]>([
    ['a range', { total: [numeric('>', 3, '<', 5)] }],
    ['one number', { total: [numeric('>=', 3, '<=', 3)] }],
    ['two ranges apart', { total: [numeric('>', 5), numeric('<', 3)] }],
    ['all but one number', { total: [numeric('>', 5), numeric('<', 5)] }],
    ['a bound that is known at deployment', { total: [numeric('>', { Ref: 'P' }, '<', 3)] }],
    [
      'two values, of a field that may be a list',
      { tag: ['a'], $or: [{ tag: ['b'] }, { x: [1] }] },
    ],
    [
      'an alternative that replaces an absence',
      { kind: [{ exists: false }], $or: [{ kind: ['a'] }, { x: [1] }] },
    ],
    [
      'an alternative that replaces a value',
      { kind: ['a'], $or: [{ kind: [{ exists: false }] }, { x: [1] }] },
    ],
    [
      'two ranges that meet: any number, but no text',
      { total: [numeric('<', 0), numeric('>=', 0)] },
    ],
    ['anything but text', { name: [{ 'anything-but': { wildcard: '*' } }] }],
    ['the same name in another object', { kind: [{ exists: false }], a: { kind: ['a'] } }],
    ['anything but a prefix', { name: [{ 'anything-but': { prefix: 'a' } }] }],
    ['anything but some values', { name: [{ 'anything-but': ['', 'a'] }] }],
  ])('%s', (_, pattern) => {
    expect(() => {
      check(pattern);
    }).not.toThrow();
  });
});

describe('a pattern cannot match', () => {
  test.each<[string, Pattern, string]>([
    [
      'an empty range',
      { total: [numeric('>', 5, '<', 3)] },
      '`pattern.total[0]` must be a condition',
    ],
    ['an open range of one number', { total: [numeric('>', 3, '<=', 3)] }, 'swap the bounds'],
    ['two numbers at once', { total: [numeric('=', 3, '=', 4)] }, '`pattern.total[0]`'],
    ['a number outside its range', { total: [numeric('=', 3, '>', 3)] }, '`pattern.total[0]`'],
    ['one of several', { a: { total: ['x', numeric('<', 1, '>', 1)] } }, '`pattern.a.total[1]`'],
    ['anything but all', { name: [{ 'anything-but': { prefix: '' } }] }, '`pattern.name[0]`'],
    ['no suffix', { name: [{ 'anything-but': { suffix: ['x', ''] } }] }, '`pattern.name[0]`'],
    [
      'in alternatives of alternatives',
      { $or: [{ x: [1] }, { y: [2], $or: [{ z: [1] }, { total: [numeric('>', 5, '<', 3)] }] }] },
      '`pattern.$or[1].$or[1].total[0]`',
    ],
  ])('%s', (_, pattern, message) => {
    expect(() => {
      check(pattern);
    }).toThrow(message);
  });
});

test.each<[string, readonly Pattern[]]>([
  ['two ranges that overlap', [numeric('>', 3), numeric('<', 5)]],
  ['three', [numeric('<', 3), numeric('>', 5), numeric('>', 2, '<=', 5)]],
])('fails for conditions that match every number: %s', (_, total) => {
  expect(() => {
    check({ total });
  }).toThrow(
    /`pattern.total` must not match every number: .* `between` of a subscription’s filter/,
  );
});

test.each<[string, (app: ServerlessApp) => unknown, string]>([
  [
    'events',
    (app) =>
      app.onEvent(
        { detail: { total: Match.allOf(Match.greaterThan(5), Match.lessThan(3)) } },
        'ok.ts',
      ),
    'detail.total[0]` must be a condition that a value can match, got {"numeric":[">",5,"<",3]}',
  ],
  [
    'events, of which all have a source',
    (app) => app.onEvent({ source: Match.doesNotExist() }, 'ok.ts'),
    'source[0]` must be a condition for text, because every event has this field',
  ],
  [
    'events, whose account is text',
    (app) => app.onEvent({ account: [123456789012 as never], source: ['a'] }, 'ok.ts'),
    "account[0]` must be a condition for text, because every event has this field, as text, got 123456789012: write `'123456789012'`",
  ],
  [
    'messages of a topic, by attributes',
    (app) =>
      app.onNotification(app.addTopic('T'), 'ok.ts', {
        filterPolicy: {
          price: SubscriptionFilter.numericFilter({ greaterThan: 3, lessThan: 5 }),
        },
      }),
    'filterPolicy.price` must not match every number',
  ],
  [
    'messages of a topic, by the body',
    (app) =>
      app.onNotification(app.addTopic('T'), 'ok.ts', {
        filterPolicyWithMessageBody: {
          order: FilterOrPolicy.policy({
            price: FilterOrPolicy.filter(
              SubscriptionFilter.numericFilter({ betweenStrict: { start: 5, stop: 3 } }),
            ),
          }),
        },
      }),
    'filterPolicyWithMessageBody.order.price[0]` must be a condition that a value can match',
  ],
  [
    'messages of a queue',
    (app) =>
      app.onMessage(app.addQueue('Q'), 'ok.ts', {
        filters: [FilterCriteria.filter({ body: { total: [numeric('>', 5, '<', 3)] } })],
      }),
    'filters[0].body.total[0]` must be a condition that a value can match',
  ],
  [
    'messages of a queue, by what Lambda does not compare',
    (app) =>
      app.onMessage(app.addQueue('Q'), 'ok.ts', {
        filters: [FilterCriteria.filter({ messageAttributes: { kind: ['a'] } })],
      }),
    'filters[0].messageAttributes` must be `body`, the only field that Lambda compares for a queue',
  ],
  [
    'messages of a queue, by an unknown alternative',
    (app) =>
      app.onMessage(app.addQueue('Q'), 'ok.ts', {
        filters: [FilterCriteria.filter({ $or: [{ body: ['a'] }, { total: [1] }] })],
      }),
    'filters[0].total` must be `body`, the only field that Lambda compares for a queue, got an unknown field: write `body: { total: … }`',
  ],
  [
    'records of a stream',
    (app) =>
      app.onRecord(app.addStream('S'), 'ok.ts', {
        filters: [FilterCriteria.filter({ data: { total: [numeric('>', 3), numeric('<', 5)] } })],
      }),
    'filters[0].data.total` must not match every number',
  ],
  [
    'changes of a table',
    (app) =>
      app.onTableChange(app.addTable('T', { partitionKey: 'id' }), 'ok.ts', {
        filters: [
          FilterCriteria.filter({
            $or: [{ eventName: ['INSERT'] }, { size: [numeric('>', 5, '<', 3)] }],
          }),
        ],
      }),
    'filters[0].$or[1].size[0]` must be a condition',
  ],
  [
    'objects of a bucket, whose keys would be too long',
    (app) =>
      app.onObjectCreated(app.addBucket('B'), 'ok.ts', {
        prefix: 'a'.repeat(1000),
        suffix: `aaa${'b'.repeat(25)}`,
      }),
    'suffix` must leave room for `prefix` in a key, which has at most 1024 bytes, got 1025 bytes together',
  ],
])('fails for %s', (_, build, message) => {
  const { app } = quickApp();

  expect(() => build(app)).toThrow(message);
});

test('a prefix and a suffix may share a part of the key', () => {
  const { app } = quickApp();

  expect(() =>
    app.onObjectCreated(app.addBucket('B'), 'ok.ts', {
      prefix: 'a'.repeat(1000),
      suffix: `aaa${'b'.repeat(24)}`,
    }),
  ).not.toThrow();
});

// A Token looks like a number, of about -1.9e289.
test.each<[string, (app: ServerlessApp, max: number) => unknown]>([
  [
    'the upper bound of a filter of a topic',
    (app, max) =>
      app.onNotification(app.addTopic('T'), 'ok.ts', {
        filterPolicy: {
          price: SubscriptionFilter.numericFilter({ between: { start: 1, stop: max } }),
        },
      }),
  ],
  [
    'the lower of two bounds of a filter of a topic',
    (app, max) =>
      app.onNotification(app.addTopic('T'), 'ok.ts', {
        filterPolicy: {
          price: SubscriptionFilter.numericFilter({ lessThan: 3, greaterThan: max }),
        },
      }),
  ],
  [
    'a filter of the body',
    (app, max) =>
      app.onNotification(app.addTopic('T'), 'ok.ts', {
        filterPolicyWithMessageBody: {
          price: FilterOrPolicy.filter(
            SubscriptionFilter.numericFilter({ betweenStrict: { start: 1, stop: max } }),
          ),
        },
      }),
  ],
  [
    'a pattern of events',
    (app, max) =>
      app.onEvent({ detail: { total: [numeric('>', 0, '<', max)] } }, 'ok.ts', { id: 'OnEvent' }),
  ],
  [
    'a filter of a queue',
    (app, max) =>
      app.onMessage(app.addQueue('Q'), 'ok.ts', {
        filters: [FilterCriteria.filter({ body: { total: [numeric('>', 0, '<', max)] } })],
      }),
  ],
])('a number that is known only at deployment is not compared: %s', (_, build) => {
  const { app, stack } = quickApp();
  const max = new CfnParameter(stack, 'Max', { type: 'Number' }).valueAsNumber;

  expect(() => build(app, max)).not.toThrow();
});
