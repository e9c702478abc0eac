import type { QueueMessage } from '../../../bin/failures/failure';
import { parseMessage } from '../../../bin/failures/parse-message';
import { parseRecord, recordKeyOf } from '../../../bin/failures/parse-record';
import {
  arnOf,
  CHANGES,
  deployedModel,
  functionModel,
  NIGHTLY,
  objects,
  RECORDS,
} from '../support/models';

const MODEL = deployedModel([
  functionModel('Import', objects('Uploads', 'in/', '.csv')),
  functionModel('Both', objects('Uploads', 'a/'), objects('Uploads', 'b/'), NIGHTLY),
  functionModel('Close', NIGHTLY),
  functionModel('Project', CHANGES),
  functionModel('Count', RECORDS),
  functionModel('Follow', CHANGES, RECORDS),
]);
const KEY =
  'aws/lambda/m/shard/2026/11/24/2026-11-24T08.00.00-0f5b1c3e-1111-4222-8333-0123456789ab';

function message(body: unknown, attributes: Record<string, string> = {}): QueueMessage {
  return {
    id: 'm1',
    receipt: 'r1',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    sentAt: new Date('2026-11-24T08:00:00Z'),
    attributes,
  };
}

function failed(name: string, requestPayload: unknown, more: object = {}): QueueMessage {
  return message({
    version: '1.0',
    timestamp: '2026-11-24T08:00:00.000Z',
    requestContext: {
      requestId: 'q',
      functionArn: arnOf(name, '$LATEST'),
      condition: 'RetriesExhausted',
      approximateInvokeCount: 3,
    },
    requestPayload,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorType: 'TypeError', errorMessage: 'no such thing', trace: [] },
    ...more,
  });
}

const s3Event = (key: string): object => ({
  Records: [{ eventSource: 'aws:s3', s3: { object: { key } } }],
});

test('an asynchronous event has its function, trigger, error and whole payload', () => {
  expect(parseMessage(failed('Shop-Import-Abc', s3Event('in/x.csv')), MODEL)).toMatchObject({
    id: 'm1',
    kind: 'asynchronous',
    function: 'Import',
    functionArn: arnOf('Shop-Import-Abc', '$LATEST'),
    trigger: 'objects of Uploads (in/*.csv)',
    error: 'TypeError: no such thing',
    condition: 'RetriesExhausted',
    attempts: 3,
    event: JSON.stringify(s3Event('in/x.csv')),
  });
});

test.each([
  ['a/one', 'objects of Uploads (a/*)'],
  ['b/two+words%C5%BC', 'objects of Uploads (b/*)'],
  ['c/three', undefined],
])('the key %s selects one of several triggers', (key, trigger) => {
  expect(parseMessage(failed('Shop-Both-Abc', s3Event(key)), MODEL).trigger).toBe(trigger);
});

test('an object event through EventBridge is assigned to its trigger too', () => {
  const event = { source: 'aws.s3', detail: { object: { key: 'b/with space' } } };

  expect(parseMessage(failed('Shop-Both-Abc', event), MODEL).trigger).toBe(
    'objects of Uploads (b/*)',
  );
});

test('without a response the error is Lambda’s own', () => {
  const parsed = parseMessage(failed('Shop-Import-Abc', 1, { responsePayload: null }), MODEL);

  expect([parsed.error, parsed.event]).toEqual(['Unhandled', '1']);
});

test('a failure of another app cannot be retried', () => {
  const parsed = parseMessage(failed('Other-Function', {}), MODEL);

  expect([parsed.function, parsed.obstacle]).toEqual([
    undefined,
    'its function does not belong to this app',
  ]);
});

test('a function whose name only begins like one of the app’s is another function', () => {
  expect(parseMessage(failed('Shop-Import-Abcdef', {}), MODEL).function).toBeUndefined();
});

const SCHEDULE = {
  ERROR_CODE: 'AWS.Lambda.TooManyRequests',
  ERROR_MESSAGE: 'Rate exceeded',
  EXHAUSTED_RETRY_CONDITION: 'MaximumRetryAttempts',
  RETRY_ATTEMPTS: '10',
  IS_PAYLOAD_TRUNCATED: 'false',
  SCHEDULE_ARN: 'arn:aws:scheduler:eu-central-1:123456789012:schedule/default/x',
  TARGET_ARN: arnOf('Shop-Close-Abc', 'live'),
};

test('an undelivered schedule has the input as its event', () => {
  expect(parseMessage(message('{"time":"x"}', SCHEDULE), MODEL)).toMatchObject({
    kind: 'schedule',
    function: 'Close',
    functionArn: arnOf('Shop-Close-Abc', 'live'),
    trigger: 'cron(0 2 * * ? *) Europe/Warsaw',
    error: 'AWS.Lambda.TooManyRequests: Rate exceeded',
    condition: 'MaximumRetryAttempts',
    attempts: 11,
    event: '{"time":"x"}',
  });
});

test('an undelivered schedule in the form of an API call has the payload as its event', () => {
  const call = {
    FunctionName: arnOf('Shop-Close-Abc'),
    InvocationType: 'Event',
    Payload: '{"a":1}',
  };
  const attributes = { ...SCHEDULE, TARGET_ARN: 'arn:aws:scheduler:::aws-sdk:lambda:invoke' };

  expect(parseMessage(message(call, attributes), MODEL)).toMatchObject({
    function: 'Close',
    functionArn: arnOf('Shop-Close-Abc'),
    event: '{"a":1}',
  });
});

test('a truncated input is not retried', () => {
  const parsed = parseMessage(
    message('{"time":', { ...SCHEDULE, IS_PAYLOAD_TRUNCATED: 'true' }),
    MODEL,
  );

  expect([parsed.event, parsed.obstacle]).toEqual([
    undefined,
    'EventBridge Scheduler kept only part of the event',
  ]);
});

test('an event that a rule could not deliver is the event itself', () => {
  const event = { source: 'aws.s3', detail: { object: { key: 'in/x.csv' } } };
  const attributes = {
    RULE_ARN: 'arn:aws:events:eu-central-1:123456789012:rule/x',
    TARGET_ARN: arnOf('Shop-Import-Abc'),
    ERROR_CODE: 'NO_PERMISSIONS',
    ERROR_MESSAGE: 'not authorized',
    RETRY_ATTEMPTS: '0',
  };

  expect(parseMessage(message(event, attributes), MODEL)).toMatchObject({
    kind: 'rule',
    function: 'Import',
    error: 'NO_PERMISSIONS: not authorized',
    attempts: 1,
    event: JSON.stringify(event),
  });
});

test.each(['what?', '[]', '{}', '{"requestContext":{}}', 'null'])(
  'the message %s is shown as unknown',
  (body) => {
    expect(parseMessage(message(body), MODEL)).toMatchObject({
      kind: 'unknown',
      obstacle: 'it does not say which function it was for',
    });
  },
);

const notice = (bucket: string, key: string): QueueMessage =>
  message({
    'detail-type': 'Object Created',
    source: 'aws.s3',
    detail: { bucket: { name: bucket }, object: { key } },
  });

test.each([
  [notice('failed-records', KEY), KEY],
  [notice('uploads', KEY), undefined],
  [notice('failed-records', 'other/key'), undefined],
  [failed('Shop-Import-Abc', {}), undefined],
])('the notice of a record is recognized by bucket and key (%#)', (given, key) => {
  expect(recordKeyOf(given, MODEL)).toBe(key);
});

const CHANGE = '{"Records":[{"eventSource":"aws:dynamodb"}]}';
const RECORD = {
  requestContext: {
    functionArn: arnOf('Shop-Project-Abc'),
    condition: 'RetryAttemptsExhausted',
    approximateInvokeCount: 6,
  },
  responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
  timestamp: '2026-11-24T08:30:00.000Z',
  DDBStreamBatchInfo: { batchSize: 1 },
};

test.each([
  ['as text', CHANGE],
  ['as an object', JSON.parse(CHANGE) as object],
])('a record has the whole batch as its event, %s', (_how, payload) => {
  const text = JSON.stringify({ ...RECORD, payload });

  expect(parseRecord(KEY, new Date(0), text, MODEL)).toMatchObject({
    id: '0f5b1c3e-1111-4222-8333-0123456789ab',
    kind: 'stream',
    function: 'Project',
    trigger: 'changes of Orders',
    error: 'Unhandled',
    condition: 'RetryAttemptsExhausted',
    attempts: 6,
    failedAt: new Date('2026-11-24T08:30:00Z'),
    event: CHANGE,
  });
});

test('a deleted record counts as resolved', () => {
  expect(parseRecord(KEY, new Date(0), undefined, MODEL, [message('{}')])).toMatchObject({
    recordGone: true,
    obstacle: 'its record is gone: it was retried or removed',
  });
});

test('a record without an event is not retried', () => {
  expect(parseRecord(KEY, new Date(0), JSON.stringify(RECORD), MODEL).obstacle).toBe(
    'the record has no event',
  );
});

/** https://docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html */
test.each([
  ['Count', 'records of Clicks'],
  ['Follow', 'records of Clicks'],
])('a record of a Kinesis stream belongs to that trigger of %s', (id, trigger) => {
  const { DDBStreamBatchInfo: _, ...record } = RECORD;
  const payload = JSON.stringify({
    Records: [
      {
        eventSource: 'aws:kinesis',
        eventSourceARN: 'arn:aws:kinesis:eu-west-1:123456789012:stream/Shop-OrdersClicks0C1-x',
        kinesis: { data: 'e30=', sequenceNumber: '1' },
      },
    ],
  });
  const text = JSON.stringify({
    ...record,
    requestContext: { ...record.requestContext, functionArn: arnOf(`Shop-${id}-Abc`) },
    KinesisBatchInfo: { shardId: 'shardId-000000000000', batchSize: 1 },
    payload,
  });

  expect(parseRecord(KEY, new Date(0), text, MODEL)).toMatchObject({
    kind: 'stream',
    function: id,
    trigger,
    event: payload,
    attempts: 6,
  });
});
