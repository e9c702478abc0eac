import * as fc from 'fast-check';
import pc from 'picocolors';
import type { Failure, QueueMessage } from '../../../bin/failures/failure';
import { failureJson, formatFailure, formatList } from '../../../bin/failures/format';
import { parseMessage } from '../../../bin/failures/parse-message';
import { parseRecord, recordKeyOf } from '../../../bin/failures/parse-record';
import { planOf } from '../../../bin/failures/retry';
import { parseLine } from '../../../bin/logs/parse-line';
import { cliSchema } from '../support/fake-world';
import { arnOf, CHANGES, deployedModel, functionModel, NIGHTLY, objects } from '../support/models';

const MODEL = deployedModel([
  functionModel('Import', objects('Uploads', 'a/'), objects('Uploads', 'b/')),
  functionModel('Close', NIGHTLY),
  functionModel('Project', CHANGES),
]);
const NOW = new Date('2026-11-24T09:30:00Z');
const COLORS = pc.createColors(false);
const validate = cliSchema('failures');
const IMPORT = arnOf('Shop-Import-Abc');

function message(body: unknown, more: Partial<QueueMessage> = {}): QueueMessage {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { id: 'm1', receipt: 'r1', body: text, sentAt: NOW, attributes: {}, ...more };
}

const failed = (requestPayload: unknown, functionArn: unknown = IMPORT): object => ({
  requestContext: { functionArn },
  requestPayload,
});

/** Lists it, shows it, prints it as JSON, and plans a retry. */
function handle(failure: Failure): Failure {
  formatList([failure], NOW, COLORS);
  formatFailure(failure, NOW, COLORS);
  planOf(failure, MODEL);
  expect([validate([failureJson(failure, NOW)]), validate.errors]).toEqual([true, null]);
  return failure;
}

test.each([
  failed({ Records: null }),
  failed({ Records: {} }),
  failed({ Records: 7 }),
  failed({ Records: [null] }),
  failed({ Records: [{ eventSource: 'aws:s3', s3: { object: { key: 7 } } }] }),
  failed({ Records: [{ eventSource: 'aws:s3', s3: { object: { key: '100%' } } }] }),
  failed({ source: 'aws.s3', detail: { object: null } }),
  failed(null),
  failed({}, 7),
  { ...failed({}), requestContext: { functionArn: IMPORT, approximateInvokeCount: 'many' } },
  { ...failed({}), requestContext: { functionArn: IMPORT, condition: {} } },
  { ...failed({}), responsePayload: { errorType: {}, errorMessage: 7 } },
  { ...failed({}), responsePayload: [], responseContext: null },
  { 'detail-type': 'Object Created', detail: { bucket: null, object: { key: 7 } } },
  7,
  null,
  [],
])('the odd message %j stops nothing', (body) => {
  handle(parseMessage(message(body), MODEL));
});

const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

test.each([
  ['cut in a name', '{"requestContext'],
  ['with an escape that JSON does not know', '{"\\q":1}'],
  ['nested 5,000 deep', deep(5000)],
  ['nested 20,000 deep', deep(20_000)],
  ['with an event nested 5,000 deep', JSON.stringify(failed('here')).replace('"here"', deep(5000))],
])('a message %s stops nothing', (_name, body) => {
  handle(parseMessage(message(body), MODEL));
  handle(parseMessage(message(body, { attributes: { SCHEDULE_ARN: 'x' } }), MODEL));
  handle(parseRecord('aws/lambda/x', NOW, body, MODEL));
});

test.each(['not a date', 7, null, '275761-01-01'])(
  'a record with the time %j gets another time',
  (time) => {
    const text = JSON.stringify({
      timestamp: time,
      requestContext: { functionArn: arnOf('Shop-Project-Abc') },
      payload: '{}',
    });

    expect(handle(parseRecord('aws/lambda/x', NOW, text, MODEL)).failedAt).toEqual(NOW);
  },
);

test('no message, record or log line makes a command fail', () => {
  const names = [
    ...['requestContext', 'functionArn', 'requestPayload', 'responsePayload', 'Records', 'detail'],
    ...['payload', 'timestamp', 'detail-type', 'bucket', 'object', 'key', 'name', 'record', 'type'],
    ...['metrics', 'durationMs', 'status', 'FunctionName', 'Payload', 's3', 'eventSource'],
  ];
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom(null, 7, 1e308, '100%', IMPORT, 'aws:s3', 'Object Created', ''),
      fc.constantFrom('platform.report', true, -1, 'aws/lambda/x'),
      fc.array(tie('tree'), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom(...names), tie('tree'), { maxKeys: 4 }),
    ),
  }));
  const attributes = fc.dictionary(
    fc.constantFrom('SCHEDULE_ARN', 'RULE_ARN', 'TARGET_ARN', 'RETRY_ATTEMPTS', 'ERROR_CODE'),
    fc.constantFrom(IMPORT, 'x', '', '-1', '1e9', 'arn:aws:events:::'),
  );
  fc.assert(
    fc.property(tree, attributes, (body, given) => {
      const odd = message(body, { attributes: given });
      recordKeyOf(odd, MODEL);
      handle(parseMessage(odd, MODEL));
      handle(parseRecord('aws/lambda/x', NOW, odd.body, MODEL));
      parseLine({ id: '1', at: NOW, stream: 'x', group: 'g', message: odd.body }, MODEL.functions);
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['a large number', '12345678901234567890'],
  ['a number beyond the largest', '1e400'],
  ['spaces, a repeated name and a lone surrogate', '{ "a" : 1, "a" : "\\ud800" }'],
])('%s is retried byte for byte', (_what, odd) => {
  const s3 = `{"Records":[{"eventSource":"aws:s3","n":${odd},"s3":{"object":{"key":"a/x"}}}]}`;
  const batch = `{"Records":[{"eventSource":"aws:dynamodb","n":${odd}}]}`;
  const body = `{"requestContext":{"functionArn":"${IMPORT}"},"requestPayload":${s3}}`;
  const call = `{"FunctionName":"${arnOf('Shop-Close-Abc')}","Payload":${odd}}`;
  const schedule = { SCHEDULE_ARN: 'arn:aws:scheduler:eu-central-1:123456789012:schedule/x' };
  const record = `{"requestContext":{"functionArn":"${arnOf('Shop-Project-Abc')}"},"payload":${batch}}`;

  for (const [failure, event] of [
    [parseMessage(message(body), MODEL), s3],
    [parseMessage(message(call, { attributes: schedule }), MODEL), odd],
    [parseRecord('aws/lambda/x', NOW, record, MODEL), batch],
  ] as const) {
    expect(planOf(failure, MODEL)).toMatchObject({ event });
    expect(failureJson(failure, NOW)).toMatchObject({ eventText: event });
  }
});
