import { priceListOf } from '../../lib/cost/price-list';
import {
  describeTrigger,
  hasCaller,
  hasClock,
  isOpen,
  kindOf,
  TRIGGER_KINDS,
  triggerOfEvent,
} from '../../lib/kinds/trigger-kinds';
import { TriggerModel } from '../../lib/model/app-model';
import {
  appModel,
  busEventsOf,
  changesOf,
  functionUrl,
  http,
  messagesOf,
  objectsOf,
  recordsOf,
  schedule,
  socketRoute,
  topicMessagesOf,
  usersOf,
} from '../support/app-model';

const OWN: TriggerModel = {
  kind: 'iotRule',
  invocation: 'asynchronous',
  source: 'Test/App/Rule',
  details: {},
};
/** One trigger of each kind. */
const TRIGGERS = [
  http('GET /orders/{id}'),
  changesOf('Orders'),
  objectsOf('Uploads', { prefix: 'in/', suffix: '.csv' }),
  objectsOf('Uploads', { by: 'eventBridge' }),
  schedule('rate(1 hour)'),
  recordsOf('Clicks', { mode: 'onDemand' }),
  recordsOf('Clicks', { mode: 'onDemand', enhancedFanOut: true }),
  recordsOf('Clicks', { mode: 'provisioned', shards: 2, enhancedFanOut: true }),
  usersOf('preSignUp'),
  usersOf('customEmailSender'),
  messagesOf('Jobs'),
  messagesOf('Jobs', { fifo: true, deadLetterQueue: 'Test/App/Dead' }),
  topicMessagesOf('News'),
  busEventsOf('Shop', { sources: ['shop'], detailTypes: ['OrderPlaced'] }),
  functionUrl(),
  functionUrl({ authorization: 'NONE', stream: true }),
  socketRoute('$connect', { authorization: 'NONE', open: true }),
  socketRoute('$disconnect'),
  socketRoute('$default'),
  socketRoute('sendMessage', { returnsResponse: true }),
];
const EACH = TRIGGERS.map((trigger) => [trigger.kind, trigger] as const);

/** JSON that no service sends, or not yet. */
const ODD = [
  undefined,
  null,
  7,
  'text',
  [],
  {},
  { Records: null },
  { Records: {} },
  { Records: [null] },
  { Records: [{ eventSource: 7, s3: null }] },
  { Records: [{ eventSource: 'aws:s3', s3: { object: { key: 7 } } }] },
  { Records: [{ eventSource: 'aws:s3', s3: { object: { key: '%' } } }] },
  { Records: [{ eventSource: 'aws:sqs', eventSourceARN: {} }] },
  { Records: [{ EventSource: 'aws:sns', Sns: null }] },
  { Records: [{ eventSource: 'aws:kinesis', eventSourceARN: 7 }] },
  { userPoolId: 'x', triggerSource: 7 },
  { source: 'aws.s3', detail: null },
  { source: 7, 'detail-type': 'x' },
  { requestContext: 'text' },
  { requestContext: { connectionId: 7, domainName: 7 } },
];

test('the test covers all kinds of triggers', () => {
  expect(new Set(TRIGGERS.map(({ kind }) => kind))).toEqual(
    new Set(TRIGGER_KINDS.map(({ kind }) => kind)),
  );
});

test('no two kinds share a name', () => {
  expect(new Set(TRIGGER_KINDS.map(({ kind }) => kind)).size).toBe(TRIGGER_KINDS.length);
});

test.each(EACH)('%s bills only prices that the price list has', (_kind, trigger) => {
  const logs = { id: 'L', path: 'L', name: 'l', made: true };
  const api = { id: 'H', path: 'H', name: 'h', made: true, accessLog: logs };
  const model = appModel({ http: api, webSocket: api });
  const load = { trigger, events: 1000, itemBytes: 1024, responseBytes: 4096 };
  const items = kindOf(trigger).billItems?.(load, model) ?? [];

  expect(items.every(({ price }) => price in priceListOf('us-east-1').prices)).toBe(true);
  expect(items.every(({ quantity }) => quantity > 0)).toBe(true);
});

test.each(EACH)('the sample event of %s is recognized by its own kind alone', (_kind, trigger) => {
  const event = kindOf(trigger).sampleEvent(trigger);
  const kinds = TRIGGER_KINDS.filter((kind) => kind.recognizes(event));

  expect(kinds.map(({ kind }) => kind)).toEqual([trigger.kind]);
  expect(kindOf(trigger).fits(event, trigger)).toBe(true);
  expect(JSON.parse(JSON.stringify(event))).toEqual(event);
});

test.each(ODD.map((event) => [JSON.stringify(event), event]))(
  'no kind fails on the event %s',
  (_text, event) => {
    for (const trigger of [...TRIGGERS, OWN]) {
      expect(typeof kindOf(trigger).recognizes(event)).toBe('boolean');
      expect(typeof kindOf(trigger).fits(event, trigger)).toBe('boolean');
    }
  },
);

describe('describeTrigger', () => {
  test.each<[TriggerModel, string]>([
    [http('GET /orders'), 'GET /orders'],
    [changesOf('Orders'), 'changes of Orders'],
    [objectsOf('Uploads'), 'objects of Uploads'],
    [objectsOf('Uploads', { prefix: 'in/', suffix: '.csv' }), 'objects of Uploads (in/*.csv)'],
    [schedule('rate(1 hour)', { enabled: false }), 'rate(1 hour) (off)'],
    [
      schedule('cron(0 2 * * ? *)', { timeZone: 'Europe/Warsaw', enabled: true }),
      'cron(0 2 * * ? *) Europe/Warsaw',
    ],
    [messagesOf('Jobs'), 'messages of Jobs'],
    [messagesOf('Jobs', { enabled: false }), 'messages of Jobs (off)'],
    [socketRoute('$connect'), 'socket $connect'],
    [OWN, 'iotRule: Rule'],
  ])('%j is %s', (trigger, expected) => {
    expect(describeTrigger(trigger)).toBe(expected);
  });

  test('shows a name that is known only at deployment', () => {
    const prefix = { Ref: 'Prefix' } as unknown as string;

    expect(describeTrigger(objectsOf('Uploads', { prefix }))).toBe(
      'objects of Uploads (${Prefix}*)',
    );
  });
});

describe('triggerOfEvent', () => {
  const csv = objectsOf('Uploads', { suffix: '.csv' });
  const json = objectsOf('Uploads', { suffix: '.json' });
  const hourly = schedule('rate(1 hour)');
  const uploaded = (key: string): object => ({
    Records: [{ eventSource: 'aws:s3', s3: { object: { key } } }],
  });

  test('is the one whose prefix and suffix the key has', () => {
    expect(triggerOfEvent([csv, json, hourly], uploaded('a+b.json'))).toBe(json);
  });

  test('is none if the key matches none of several', () => {
    expect(triggerOfEvent([csv, json, hourly], uploaded('a.txt'))).toBeUndefined();
  });

  test('is none if the function has no trigger of the event’s kind', () => {
    expect(triggerOfEvent([hourly], uploaded('a.csv'))).toBeUndefined();
  });

  test('is the only trigger, whatever its input', () => {
    expect(triggerOfEvent([hourly], { mine: true })).toBe(hourly);
  });

  test('is none if an event of unknown form may come from several', () => {
    expect(triggerOfEvent([csv, hourly], { mine: true })).toBeUndefined();
  });

  test.each(ODD)('does not fail on %j', (event) => {
    expect(() => triggerOfEvent(TRIGGERS, event)).not.toThrow();
  });
});

test('which kinds have a caller, and which a clock', () => {
  expect(TRIGGERS.filter(hasCaller).map(({ kind }) => kind)).toEqual([
    'http',
    'userPoolOperation',
    'functionUrl',
    'functionUrl',
    ...Array<string>(4).fill('webSocket'),
  ]);
  expect(TRIGGERS.filter(hasClock).map(({ kind }) => kind)).toEqual(['schedule']);
  expect([http('GET /', { authorization: 'NONE' }), http('GET /'), OWN].map(isOpen)).toEqual([
    true,
    false,
    false,
  ]);
});

describe('a trigger of the user’s own', () => {
  test.each([
    ['synchronous', 'caller'],
    ['asynchronous', 'failureQueue'],
    ['polled', 'trigger'],
  ])('that is %s fails to the %s', (invocation, to) => {
    expect(kindOf(OWN).failsTo({ ...OWN, invocation })).toEqual({ to });
  });
});
