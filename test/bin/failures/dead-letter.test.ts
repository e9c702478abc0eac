import type { QueueMessage } from '../../../bin/failures/failure';
import { attributesOf } from '../../../bin/aws/failure-queue';
import { parseMessage } from '../../../bin/failures/parse-message';
import type { TriggerModel } from '../../../lib/model/app-model';
import { ACCOUNT, arnOf, deployedModel, functionModel, REGION } from '../support/models';

const ARN = `arn:aws:sqs:${REGION}:${ACCOUNT}:shop-jobs`;
const JOBS: TriggerModel = {
  kind: 'queueMessages',
  invocation: 'polled',
  source: 'Shop/Jobs',
  details: { queueUrl: `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/shop-jobs` },
};

function letter(deadLetterOf: string): QueueMessage {
  return {
    id: 'm-1',
    receipt: 'r',
    body: '{"total":12345678901234567890}',
    sentAt: new Date('2026-11-24T09:00:00Z'),
    attributes: { Tenant: 'a' },
    deadLetterOf,
  };
}

test('a message that SQS moved from the queue of a function is that function’s failure', () => {
  const work = functionModel('Work', JOBS);

  const failure = parseMessage(letter(ARN), deployedModel([work]));

  expect(failure).toMatchObject({
    kind: 'message',
    function: 'Work',
    functionArn: arnOf(work.name),
  });
  expect(failure.foreign).toBeUndefined();
  expect(JSON.parse(failure.event ?? '')).toMatchObject({
    Records: [
      {
        messageId: 'm-1',
        body: '{"total":12345678901234567890}',
        eventSource: 'aws:sqs',
        eventSourceARN: ARN,
        messageAttributes: { Tenant: { stringValue: 'a' } },
      },
    ],
  });
});

test('a message keeps its numbers and binary attributes', () => {
  const model = deployedModel([functionModel('Work', JOBS)]);
  const attributes = attributesOf({
    Tenant: { DataType: 'String', StringValue: 'a' },
    Size: { DataType: 'Number.int', StringValue: '5' },
    Key: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) },
    Empty: { DataType: 'Binary', BinaryValue: new Uint8Array([]) },
  });

  const { event = '' } = parseMessage({ ...letter(ARN), ...attributes }, model);

  const others = { stringListValues: [], binaryListValues: [] };
  expect((JSON.parse(event) as { Records: object[] }).Records[0]).toHaveProperty(
    'messageAttributes',
    {
      Tenant: { dataType: 'String', stringValue: 'a', ...others },
      Size: { dataType: 'Number.int', stringValue: '5', ...others },
      Key: { dataType: 'Binary', binaryValue: 'AP8=', ...others },
      Empty: { dataType: 'Binary', binaryValue: '', ...others },
    },
  );
});

test.each([
  ['is the app’s', true, undefined],
  ['is not the app’s if the user owns that queue', false, true],
])('an unknown message of the FIFO failure queue %s', (_, made, foreign) => {
  const model = {
    ...deployedModel([]),
    failureQueue: { id: 'Own', path: 'Shop/Own', name: 'own', made: !made },
    fifoFailureQueue: { id: 'Fifo', path: 'Shop/Fifo', name: 'fifo.fifo', made },
  };
  const { deadLetterOf, ...message } = letter(ARN);

  expect(parseMessage({ ...message, fifo: {} }, model).foreign).toBe(foreign);
});

test('a message of a FIFO queue keeps its group and sequence number', () => {
  const model = deployedModel([functionModel('Work', JOBS)]);
  const fifo = { MessageGroupId: 'a', SequenceNumber: '18849496460467696128' };

  const { event = '' } = parseMessage({ ...letter(ARN), fifo }, model);

  expect(JSON.parse(event)).toMatchObject({ Records: [{ attributes: fifo }] });
});

test.each([
  ['another queue', `arn:aws:sqs:${REGION}:${ACCOUNT}:other`],
  ['a queue of another account', `arn:aws:sqs:${REGION}:999999999999:shop-jobs`],
  ['what is no ARN', 'shop-jobs'],
])('a message of %s is not this app’s', (_, arn) => {
  const model = deployedModel([functionModel('Work', JOBS)]);

  expect(parseMessage(letter(arn), model)).toMatchObject({ foreign: true, kind: 'message' });
});

test('a message of a queue that two functions read is not retried with one of them', () => {
  const model = deployedModel([functionModel('A', JOBS), functionModel('B', JOBS)]);

  expect(parseMessage(letter(ARN), model).obstacle).toContain(
    'several functions (A, B) read its queue',
  );
});
