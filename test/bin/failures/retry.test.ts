import type { QueueMessage } from '../../../bin/failures/failure';
import { FailureStore, OpenFailures, withFailures } from '../../../bin/failures/open-failures';
import { retry, RetryOutcome } from '../../../bin/failures/retry';
import { FakeBucket, FakeQueue, fakeRunner } from '../support/fake-failures';
import { arnOf, CHANGES, deployedModel, functionFacts, objects } from '../support/models';

const MODEL = deployedModel([
  functionFacts('Import', objects('Uploads')),
  functionFacts('Project', CHANGES),
]);
const KEY = 'aws/lambda/m/s/2026/11/24/2026-11-24T08.00.00-0f5b1c3e-1111-4222-8333-0123456789ab';
const RECORD = JSON.stringify({
  requestContext: { functionArn: arnOf('Shop-Project-Abc') },
  payload: '{"Records":[]}',
});

function message(id: string, body: unknown): QueueMessage {
  return { id, receipt: id, body: JSON.stringify(body), sentAt: new Date(0), attributes: {} };
}

const asynchronous = (id: string, name = 'Shop-Import-Abc'): QueueMessage =>
  message(id, { requestContext: { functionArn: arnOf(name) }, requestPayload: { id } });

const notice = (id: string): QueueMessage =>
  message(id, {
    'detail-type': 'Object Created',
    detail: { bucket: { name: 'failed-records' }, object: { key: KEY } },
  });

interface World {
  readonly log: string[];
  readonly queue: FakeQueue;
  readonly bucket: FakeBucket;
}

function world(messages: readonly QueueMessage[], objects: Record<string, string> = {}): World {
  const log: string[] = [];
  return {
    log,
    queue: new FakeQueue(messages, log),
    bucket: new FakeBucket(new Map(Object.entries(objects)), log),
  };
}

const look = ({ queue, bucket }: FailureStore, limit = 1000): Promise<OpenFailures> =>
  withFailures({ queue, bucket }, MODEL, limit, (open) => Promise.resolve(open));

function retryAll(
  { queue, bucket, log }: World,
  answer?: Parameters<typeof fakeRunner>[1],
): Promise<RetryOutcome[]> {
  return withFailures({ queue, bucket }, MODEL, 1000, async ({ failures }, store) => {
    const outcomes: RetryOutcome[] = [];
    for (const failure of failures) {
      outcomes.push(await retry(failure, MODEL, store, fakeRunner(log, answer)));
    }
    return outcomes;
  });
}

test('listing takes nothing out of the queue', async () => {
  const { queue, bucket } = world(Array.from({ length: 25 }, (_, i) => asynchronous(`m${i}`)));

  const open = await look({ queue, bucket });

  expect([open.failures.length, open.more, queue.visible.length]).toEqual([25, false, 25]);
});

test('at most as many are read as was asked for, and it is said that there are more', async () => {
  const { queue } = world(Array.from({ length: 25 }, (_, i) => asynchronous(`m${i}`)));

  const open = await look({ queue }, 10);

  expect([open.failures.length, open.more, queue.visible.length]).toEqual([10, true, 25]);
});

test('messages are visible again also where the work fails', async () => {
  const { queue } = world([asynchronous('m1')]);

  await expect(
    withFailures({ queue }, MODEL, 10, () => Promise.reject(new Error('broken'))),
  ).rejects.toThrow('broken');

  expect(queue.visible).toEqual(['m1']);
});

test('a message that tells of a record, and the record, are one failure', async () => {
  const { queue, bucket } = world([notice('n1')], { [KEY]: RECORD });

  const { failures } = await look({ queue, bucket });

  expect(failures).toMatchObject([{ kind: 'stream', message: { id: 'n1' }, recordKey: KEY }]);
});

test('a record whose message is gone is still a failure', async () => {
  const { queue, bucket } = world([], { [KEY]: RECORD });

  expect((await look({ queue, bucket })).failures).toMatchObject([{ function: 'Project' }]);
});

test('of a queue that the user brought, messages of other apps are left alone', async () => {
  const { queue } = world([asynchronous('mine'), asynchronous('theirs', 'Other-Function')]);
  const shared = deployedModel(MODEL.functions, {
    failureQueue: { id: 'Q', path: 'Q', name: 'q', made: false },
  });

  const open = await withFailures({ queue }, shared, 10, (found) => Promise.resolve(found));

  expect([open.failures.map(({ id }) => id), open.foreign]).toEqual([['mine'], 1]);
});

test('the function gets the original event, and then the message is removed', async () => {
  const { queue, bucket, log } = world([asynchronous('m1')]);

  const outcomes = await retryAll({ queue, bucket, log });

  expect(outcomes).toMatchObject([{ outcome: 'succeeded' }]);
  expect(log).toEqual([
    'hide m1 360', // while it may run: its timeout and 5 minutes
    `invoke ${arnOf('Shop-Import-Abc')} {"id":"m1"}`,
    'remove message m1',
  ]);
});

test('where the function fails again, the message stays', async () => {
  const all = world([asynchronous('m1')]);

  const outcomes = await retryAll(all, { error: 'TypeError: no', response: '{}' });

  expect(outcomes).toMatchObject([{ outcome: 'failed', reason: 'TypeError: no' }]);
  expect(all.queue.visible).toEqual(['m1']);
});

test('where the call itself fails, the message stays', async () => {
  const all = world([asynchronous('m1')]);

  await expect(retryAll(all, new Error('the line is dead'))).rejects.toThrow('the line is dead');

  expect(all.queue.visible).toEqual(['m1']);
});

test('a function that is gone does not keep the others from being tried', async () => {
  const all = world([asynchronous('m1'), asynchronous('m2')]);
  const gone = Object.assign(new Error('Function not found'), {
    name: 'ResourceNotFoundException',
    $fault: 'client',
  });

  const outcomes = await retryAll(all, gone);

  expect(outcomes).toMatchObject([
    { outcome: 'failed', reason: 'Function not found' },
    { outcome: 'failed' },
  ]);
  expect(all.queue.visible).toEqual(['m1', 'm2']);
});

test('of a stream the record goes before the message, so that nothing is lost in between', async () => {
  const all = world([notice('n1')], { [KEY]: RECORD });

  await retryAll(all);

  expect(all.log.slice(-3)).toEqual([
    `invoke ${arnOf('Shop-Project-Abc')} {"Records":[]}`,
    `remove record ${KEY}`,
    'remove message n1',
  ]);
});

test('a batch of which some records failed again is kept whole', async () => {
  const all = world([notice('n1')], { [KEY]: RECORD });

  const outcomes = await retryAll(all, {
    response: '{"batchItemFailures":[{"itemIdentifier":"1"}]}',
  });

  expect(outcomes).toMatchObject([
    { outcome: 'failed', reason: 'the function said that 1 of the records failed' },
  ]);
  expect([all.queue.visible, all.bucket.objects.size]).toEqual([['n1'], 1]);
});

test('a message whose record is gone was tried again before: it is removed, nothing is run', async () => {
  const all = world([notice('n1')]);

  const outcomes = await retryAll(all);

  expect(outcomes).toMatchObject([{ outcome: 'skipped' }]);
  expect(all.log).toEqual(['remove message n1']);
});

test('what is not known is skipped and kept', async () => {
  const all = world([message('m1', 'what?')]);

  const outcomes = await retryAll(all);

  expect(outcomes).toMatchObject([{ outcome: 'skipped' }]);
  expect([all.log, all.queue.visible]).toEqual([[], ['m1']]);
});
