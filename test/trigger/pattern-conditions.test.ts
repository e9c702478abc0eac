// What Event Ruler, which compiles the patterns of EventBridge and of Lambda's filters, accepts and rejects:
// https://github.com/aws/event-ruler/blob/main/src/main/software/amazon/event/ruler/JsonRuleCompiler.java
import { CfnParameter } from 'aws-cdk-lib';
import { AttributeType, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventPattern } from 'aws-cdk-lib/aws-events';
import { FilterCriteria } from 'aws-cdk-lib/aws-lambda';
import { ServerlessApp } from 'cdk-serverless-app';
import { AppContext } from '../../lib/core/app-context';
import { only, quickApp, warnings } from '../support/synth';

type Condition = unknown;
type Listen = (app: ServerlessApp, condition: Condition) => unknown;

const filters = (pattern: object): { filters: ReturnType<typeof FilterCriteria.filter>[] } => ({
  filters: [FilterCriteria.filter(pattern)],
});

/** Every kind of source whose events are selected by a pattern. */
const SOURCES: ReadonlyArray<[string, Listen]> = [
  ['events', (app, one) => app.onEvent({ detail: { a: [one] } }, 'ok.ts')],
  ['events, in alternatives', (app, one) => app.onEvent(either(one), 'ok.ts')],
  [
    'messages',
    (app, one) => app.onMessage(app.addQueue('Q'), 'ok.ts', filters({ body: { a: [one] } })),
  ],
  [
    'messages, in alternatives',
    (app, one) =>
      app.onMessage(
        app.addQueue('Q'),
        'ok.ts',
        filters({ body: { $or: [{ a: [one] }, { b: ['c'] }] } }),
      ),
  ],
  [
    'records',
    (app, one) => app.onRecord(app.addStream('S'), 'ok.ts', filters({ data: { a: [one] } })),
  ],
  [
    'changes',
    (app, one) =>
      app.onTableChange(
        tableOf(app),
        'ok.ts',
        filters({ dynamodb: { NewImage: { a: { S: [one] } } } }),
      ),
  ],
];

function either(condition: Condition): EventPattern {
  return { source: ['a'], detail: { $or: [{ a: [condition] }, { b: ['c'] }] } };
}

const tableOf = (app: ServerlessApp): ReturnType<ServerlessApp['addTable']> =>
  app.addTable('T', { partitionKey: 'pk' });

describe.each(SOURCES)('the pattern of %s', (_, listen) => {
  test.each<[string, Condition]>([
    ['text', 'x'],
    ['nothing', null],
    ['a prefix', { prefix: 'x' }],
    ['a prefix in any case', { prefix: { 'equals-ignore-case': 'x' } }],
    ['text in any case', { 'equals-ignore-case': 'x' }],
    ['an absence', { exists: false }],
    ['all but some texts', { 'anything-but': ['a', 'b'] }],
    ['all but some beginnings', { 'anything-but': { prefix: ['a', 'b'] } }],
    ['all but a pattern', { 'anything-but': { wildcard: '*/lib/*' } }],
    ['a pattern with escapes', { wildcard: 'a\\*b*c\\\\d' }],
    ['an address range', { cidr: '10.0.0.0/8' }],
    ['an address range of IPv6', { cidr: '2001:db8::/32' }],
  ])('takes %s', (_name, condition) => {
    expect(() => listen(quickApp().app, condition)).not.toThrow();
  });

  test.each<[string, Condition, RegExp]>([
    [
      'a misspelt operator',
      { perfix: 'x' },
      /`[^`]*\[0\]` must be a value or one operator of .* did you mean `prefix`\?/,
    ],
    ['two operators', { prefix: 'x', suffix: 'y' }, /put each operator into an object of its own/],
    ['a list in a list', ['x'], /\[0\]` must be a value, not a list in a list/],
    ['text for a flag', { exists: 'false' }, /\.exists` must be an operand that \w+ accepts/],
    ['two stars in a row', { wildcard: 'a**b' }, /\.wildcard` must be an operand that \w+ accepts/],
    [
      'a backslash alone',
      { wildcard: 'a\\b' },
      /\.wildcard` must be .*: write one `\*` for any text/,
    ],
    [
      'a pattern with two stars to exclude',
      { 'anything-but': { wildcard: '**' } },
      /\.anything-but` must be/,
    ],
    ['no exclusion', { 'anything-but': [] }, /\.anything-but` must be/],
    ['an excluded list in a list', { 'anything-but': [['a']] }, /\.anything-but` must be/],
    ['an exclusion of nothing', { 'anything-but': [null] }, /\.anything-but` must be/],
    [
      'an exclusion of texts and numbers',
      { 'anything-but': ['a', 1] },
      /\.anything-but` must be .*a list of texts or of numbers/,
    ],
    ['an exclusion by no beginning', { 'anything-but': { prefix: [] } }, /\.anything-but` must be/],
    [
      'an exclusion by a number as beginning',
      { 'anything-but': { prefix: 5 } },
      /\.anything-but` must be/,
    ],
    [
      'a name for an address',
      { cidr: 'example.com/8' },
      /\.cidr` must be .*: write an address and the length/,
    ],
    ['an address without a length', { cidr: '10.0.0.1' }, /\.cidr` must be/],
    ['a prefix longer than an address', { cidr: '10.0.0.0/33' }, /\.cidr` must be/],
  ])('fails for %s', (_name, condition, message) => {
    expect(() => listen(quickApp().app, condition)).toThrow(message);
  });
});

/** Numbers: an item of a table holds none. */
describe.each(SOURCES.slice(0, -1))('the numbers in the pattern of %s', (_, listen) => {
  test.each<[string, readonly unknown[]]>([
    ['one', ['=', 3.5]],
    ['a bound', ['<', -1]],
    ['a range', ['>=', 0, '<', 5]],
    ['a range of one', ['>=', 3, '<=', 3]],
  ])('may be %s', (_name, numeric) => {
    expect(() => listen(quickApp().app, { numeric })).not.toThrow();
  });

  test.each<[string, unknown]>([
    ['a range whose upper bound comes first', ['<', 5, '>', 0]],
    ['a number with a bound', ['=', 5, '<', 9]],
    ['two lower bounds', ['>', 5, '>', 6]],
    ['a number alone', 5],
    ['text', ['>', '5']],
    ['three bounds', ['>', 1, '<', 5, '<', 6]],
  ])('fails for %s', (_name, numeric) => {
    expect(() => listen(quickApp().app, { numeric })).toThrow(
      /\.numeric` must be an operand that \w+ accepts, got .*: write `\[">", 0\]`, or the lower bound/,
    );
  });
});

test('values known at deployment may be anywhere in an event pattern', () => {
  const { app, stack } = quickApp();
  const text = new CfnParameter(stack, 'Text').valueAsString;
  const list = new CfnParameter(stack, 'List', { type: 'CommaDelimitedList' }).valueAsList;
  const number = new CfnParameter(stack, 'Number', { type: 'Number' }).valueAsNumber;
  const detail = {
    a: [{ 'anything-but': [text, 'b'] }, { 'anything-but': list }, { 'anything-but': number }],
    b: [{ numeric: ['>', number, '<=', number] }, { wildcard: text }, { cidr: text }],
    c: [{ 'anything-but': { wildcard: [text] } }, { 'anything-but': { prefix: text } }],
  };

  expect(() => app.onEvent({ detail }, 'ok.ts')).not.toThrow();
});

describe('alternatives of an event', () => {
  const withOr = (fields: object): EventPattern => fields;

  test('are deployed as they are', () => {
    const { app, stack } = quickApp();
    const $or = [{ 'detail-type': ['Paid'] }, { detail: { total: [{ numeric: ['>', 100] }] } }];
    app.onEvent(withOr({ source: ['shop'], $or }), 'ok.ts');

    expect(only(stack, 'AWS::Events::Rule').EventPattern).toEqual({ source: ['shop'], $or });
  });

  test('may name other detail types than the pattern before them', () => {
    const { app } = quickApp();
    const $or = [{ 'detail-type': ['Paid'] }, { detail: { total: [100] } }];
    app.onEvent(withOr({ detailType: ['Placed'], $or }), 'ok.ts');

    const [listener] = AppContext.of(app).model.functions;
    expect(listener?.triggers[0]?.details['detailTypes']).toBeUndefined();
  });

  test.each<[string, object, string]>([
    [
      'a misspelt field',
      { $or: [{ detail_type: ['a'] }, { source: ['b'] }] },
      'pattern.$or[0].detail_type` must be a field of an event',
    ],
    [
      'the CDK’s name of a field',
      { $or: [{ source: ['b'] }, { detailType: ['a'] }] },
      "pattern.$or[1].detailType` must be a field of an event, as EventBridge names it, got an unknown field: write `'detail-type'`",
    ],
    [
      'a number for text',
      { $or: [{ source: [5] }, { source: ['b'] }] },
      "pattern.$or[0].source[0]` must be a condition for text, because every event has this field, as text, got 5: write `'5'`",
    ],
    [
      'a single one',
      { $or: [{ source: ['b'] }] },
      'pattern.$or` must be a list of at least two patterns',
    ],
    [
      'a misspelt field before them',
      { sources: ['a'], $or: [{ source: ['a'] }, { source: ['b'] }] },
      'pattern.sources` must be an option that exists',
    ],
  ])('fail for %s', (_, fields, message) => {
    expect(() => quickApp().app.onEvent(withOr(fields), 'ok.ts')).toThrow(message);
  });

  test.each([
    [[{ source: [{ exists: true }] }, { detail: { a: ['b'] } }], true],
    [[{ source: ['a'] }, { detail: { a: ['b'] } }], false],
  ])('%j: whether they match everything is reported: %s', ($or, reported) => {
    const { app, stack } = quickApp();
    app.onEvent(withOr({ $or }), 'ok.ts');

    expect(warnings(stack).some((text) => text.includes('matches every event'))).toBe(reported);
  });
});

describe('a filter of Lambda', () => {
  test.each<[string, object, string]>([
    ['an empty object', { body: {} }, 'filters[0].body` must name at least one field'],
    [
      'a single alternative',
      { $or: [{ body: ['a'] }] },
      'filters[0].$or` must be a list of at least two patterns',
    ],
    [
      'alternatives that are no list',
      { $or: { body: ['a'] } },
      'filters[0].$or` must be a list of at least two patterns',
    ],
    [
      'a wrong alternative',
      { $or: [{ body: ['a'] }, { body: { b: 5 } }] },
      'filters[0].$or.[1].body.b` must be a list of the values that match',
    ],
  ])('fails for %s', (_, pattern, message) => {
    const { app } = quickApp();
    expect(() => app.onMessage(app.addQueue('Q'), 'ok.ts', filters(pattern))).toThrow(message);
  });

  test.each([
    ['partitionKey', [5]],
    ['sequenceNumber', [{ numeric: ['>', 5] }]],
  ])('of a record fails for a number as %s', (field, rules) => {
    const { app } = quickApp();
    expect(() => app.onRecord(app.addStream('S'), 'ok.ts', filters({ [field]: rules }))).toThrow(
      `.${field}[0]\` must not compare numbers, since the record holds this field as text`,
    );
  });

  test('of a record takes numbers in its data and its time', () => {
    const { app } = quickApp();
    const pattern = { data: [5], approximateArrivalTimestamp: [{ numeric: ['>', 1.7e9] }] };
    expect(() => app.onRecord(app.addStream('S'), 'ok.ts', filters(pattern))).not.toThrow();
  });
});

describe('a filter of changes', () => {
  const listen = (pattern: object): unknown => {
    const { app, stack } = quickApp();
    const table = new Table(stack, 'T', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
    return app.onTableChange(table, 'ok.ts', filters(pattern));
  };
  const old = (rules: unknown[]): object => ({ OldImage: { a: { S: rules } } });

  test.each<[string, object, string]>([
    [
      'the old image of a new item',
      { eventName: ['INSERT'], dynamodb: old(['x']) },
      "dynamodb.OldImage` must be left out for `eventName: ['INSERT']`",
    ],
    [
      'the new image of a removed item',
      { eventName: ['REMOVE'], dynamodb: { NewImage: { a: { M: { b: { S: ['x'] } } } } } },
      'dynamodb.NewImage` must be left out',
    ],
  ])('fails for %s', (_, pattern, message) => {
    expect(() => listen(pattern)).toThrow(message);
  });

  test.each<[string, object]>([
    ['the old image of any change', { dynamodb: old(['x']) }],
    ['the old image of several events', { eventName: ['INSERT', 'REMOVE'], dynamodb: old(['x']) }],
    ['the absence of an old value', { eventName: ['INSERT'], dynamodb: old([{ exists: false }]) }],
    [
      'an alternative for the event',
      {
        eventName: ['INSERT'],
        dynamodb: old(['x']),
        $or: [{ eventName: ['MODIFY'] }, { eventID: ['a'] }],
      },
    ],
    ['the old image of a removed item', { eventName: ['REMOVE'], dynamodb: old(['x']) }],
  ])('takes %s', (_, pattern) => {
    expect(() => listen(pattern)).not.toThrow();
  });
});
