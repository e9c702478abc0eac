import { parseDeadExecution } from '../../../bin/failures/dead-execution';
import type { QueueMessage } from '../../../bin/failures/failure';
import { appModel, functionModel } from '../../support/app-model';

const EVENT = JSON.stringify({
  version: '0',
  id: '1',
  source: 'shop',
  'detail-type': 'Placed',
  account: '123456789012',
  time: '2026-11-28T12:00:00Z',
  region: 'us-east-1',
  resources: [],
  detail: { id: 'o1' },
});

const TRIGGER = {
  kind: 'busEvents',
  invocation: 'asynchronous',
  source: 'default',
  details: { sources: ['shop'], detailTypes: ['Placed'] },
};

const model = (executionTimeoutSeconds: number | undefined): ReturnType<typeof appModel> =>
  appModel({
    functions: [
      functionModel('Follow', {
        name: 'follow-1',
        alias: 'live',
        triggers: [TRIGGER],
        ...(executionTimeoutSeconds === undefined
          ? {}
          : { durable: { executionTimeoutSeconds, retentionDays: 14 } }),
      }),
    ],
  });

const message = (parts: Partial<QueueMessage> = {}): QueueMessage => ({
  id: 'm1',
  receipt: 'r',
  body: EVENT,
  sentAt: new Date(),
  attributes: { RequestID: 'q1', ErrorCode: '200', ErrorMessage: 'no consent' },
  senderId: 'AROA1:follow-1',
  ...parts,
});

test('the event of a failed execution is the message, and its function is the sender', () => {
  expect(parseDeadExecution(message(), model(900))).toEqual({
    kind: 'asynchronous',
    error: 'no consent',
    event: EVENT,
    function: 'Follow',
    functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:follow-1:live',
    trigger: expect.any(String) as string,
  });
});

test('an execution that may take longer than Lambda lets a caller wait is not run, and the user learns how', () => {
  expect(parseDeadExecution(message(), model(901))?.obstacle).toContain(
    'aws lambda invoke --invocation-type Event',
  );
});

test.each<[string, Partial<QueueMessage>, number | undefined]>([
  ['of a function that is not durable', {}, undefined],
  ['of another sender', { senderId: 'AROA1:other' }, 900],
  ['without a sender', { senderId: undefined }, 900],
  ['without the attributes that Lambda sets', { attributes: {} }, 900],
])('a message %s is not the event of a failed execution', (_name, parts, timeout) => {
  expect(parseDeadExecution(message(parts), model(timeout))).toBeUndefined();
});

test('an error without a message is its code', () => {
  const attributes = { RequestID: 'q1', ErrorCode: '200' };

  expect(parseDeadExecution(message({ attributes }), model(900))?.error).toBe('error 200');
});
