import type { FunctionRunner, QueueMessage } from '../../../bin/failures/failure';
import { FailureStore, OpenFailures, withFailures } from '../../../bin/failures/open-failures';
import { removeRetriedElsewhere, retry, RetryOutcome } from '../../../bin/failures/retry';
import { Interruption } from '../../../bin/interruption';
import { FakeBucket, FakeQueue, fakeRunner } from '../support/fake-failures';
import { arnOf, CHANGES, deployedModel, functionModel, NIGHTLY } from '../support/models';

const MODEL = deployedModel([functionModel('Import', NIGHTLY), functionModel('Project', CHANGES)]);
const KEY = 'aws/lambda/m/s/2026/11/24/2026-11-24T08.00.00-0f5b1c3e-1111-4222-8333-0123456789ab';
const BATCH = '{"Records":[{"eventSource":"aws:dynamodb"}]}';
const RECORD = JSON.stringify({
  requestContext: { functionArn: arnOf('Shop-Project-Abc') },
  payload: BATCH,
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

const SIGNAL = new AbortController().signal;
const IO = { interruptible: <T>(work: (signal: AbortSignal) => Promise<T>) => work(SIGNAL) };

const look = ({ queue, bucket }: FailureStore, limit = 1000): Promise<OpenFailures> =>
  withFailures({ queue, bucket }, MODEL, { io: IO, limit }, (open) => Promise.resolve(open));

function retryAll(
  { queue, bucket, log }: World,
  answer?: Parameters<typeof fakeRunner>[1],
): Promise<RetryOutcome[]> {
  const runner = fakeRunner(log, answer);
  const reading = { io: IO, limit: 1000 };
  return withFailures({ queue, bucket }, MODEL, reading, async ({ failures }, store) => {
    const outcomes: RetryOutcome[] = [];
    for (const failure of failures) {
      outcomes.push(await retry(failure, { model: MODEL, store, runner, signal: SIGNAL }));
    }
    return outcomes;
  });
}

test('listing leaves every message in the queue', async () => {
  const { queue, bucket } = world(Array.from({ length: 25 }, (_, i) => asynchronous(`m${i}`)));

  const open = await look({ queue, bucket });

  expect([open.failures.length, open.more, queue.visible.length]).toEqual([25, false, 25]);
});

test('messages that wait behind others of their group make the result incomplete', async () => {
  const { queue } = world([asynchronous('m1')]);

  const open = await look({ queue: Object.assign(queue, { blocked: () => Promise.resolve(3) }) });

  expect([open.failures.length, open.more]).toEqual([1, true]);
});

test('a limit bounds how many messages are read, and the result says that there are more', async () => {
  const { queue } = world(Array.from({ length: 25 }, (_, i) => asynchronous(`m${i}`)));

  const open = await look({ queue }, 10);

  expect([open.failures.length, open.more, queue.visible.length]).toEqual([10, true, 25]);
});

test('messages are visible again if the work fails', async () => {
  const { queue } = world([asynchronous('m1')]);

  await expect(
    withFailures({ queue }, MODEL, { io: IO, limit: 10 }, () =>
      Promise.reject(new Error('broken')),
    ),
  ).rejects.toThrow('broken');

  expect(queue.visible).toEqual(['m1']);
});

test('a record and the message that announces it are one failure', async () => {
  const { queue, bucket } = world([notice('n1')], { [KEY]: RECORD });

  const { failures } = await look({ queue, bucket });

  expect(failures).toMatchObject([{ kind: 'stream', messages: [{ id: 'n1' }], recordKey: KEY }]);
});

test('a record whose message has expired is still a failure', async () => {
  const { queue, bucket } = world([], { [KEY]: RECORD });

  expect((await look({ queue, bucket })).failures).toMatchObject([{ function: 'Project' }]);
});

test('the function gets the original event, and then the message is removed', async () => {
  const { queue, bucket, log } = world([asynchronous('m1')]);

  const outcomes = await retryAll({ queue, bucket, log });

  expect(outcomes).toMatchObject([{ outcome: 'succeeded' }]);
  expect(log).toEqual([
    'hide m1 360', // the function's timeout and 5 minutes
    `invoke ${arnOf('Shop-Import-Abc')} {"id":"m1"}`,
    'remove message m1',
  ]);
});

test('the message stays if the function fails again', async () => {
  const all = world([asynchronous('m1')]);

  const outcomes = await retryAll(all, { error: 'TypeError: no', response: '{}' });

  expect(outcomes).toMatchObject([{ outcome: 'failed', reason: 'TypeError: no' }]);
  expect(all.queue.visible).toEqual(['m1']);
});

test('the message stays if the call fails', async () => {
  const all = world([asynchronous('m1')]);

  await expect(retryAll(all, new Error('the line is dead'))).rejects.toThrow('the line is dead');

  expect(all.queue.visible).toEqual(['m1']);
});

test('a deleted function does not stop the retry of other failures', async () => {
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

test('a record is removed before its message, so that nothing is lost in between', async () => {
  const all = world([notice('n1')], { [KEY]: RECORD });

  await retryAll(all);

  expect(all.log.slice(-3)).toEqual([
    `invoke ${arnOf('Shop-Project-Abc')} ${BATCH}`,
    `remove record ${KEY}`,
    'remove message n1',
  ]);
});

test('a batch is kept whole if some of its records fail again', async () => {
  const all = world([notice('n1')], { [KEY]: RECORD });

  const outcomes = await retryAll(all, {
    response: '{"batchItemFailures":[{"itemIdentifier":"1"}]}',
  });

  expect(outcomes).toMatchObject([
    { outcome: 'failed', reason: 'the function reported 1 failed record' },
  ]);
  expect([all.queue.visible, all.bucket.objects.size]).toEqual([['n1'], 1]);
});

test('a message whose record was retried before is removed, and nothing runs', async () => {
  const all = world([notice('n1')]);

  const outcomes = await retryAll(all);

  expect(outcomes).toMatchObject([{ outcome: 'skipped' }]);
  expect(all.log).toEqual(['remove message n1']);
});

test('a message of unknown form is skipped and kept', async () => {
  const all = world([message('m1', 'what?')]);

  const outcomes = await retryAll(all);

  expect(outcomes).toMatchObject([{ outcome: 'skipped' }]);
  expect([all.log, all.queue.visible]).toEqual([[], ['m1']]);
});

test('a queue that moves messages away after a number of receives is not read', async () => {
  const all = world([asynchronous('m1')]);
  all.queue.deadLetterQueue = { arn: 'arn:aws:sqs:eu-central-1:1:dead', maxReceiveCount: 3 };

  await expect(look(all)).rejects.toThrow(
    'the failure queue failures moves a message to arn:aws:sqs:eu-central-1:1:dead once it has been received 3 times',
  );
  expect(all.queue.visible).toEqual(['m1']);
});

test('two commands that list the same record run it once', async () => {
  const all = world([], { [KEY]: RECORD });

  const outcomes = await Promise.all([retryAll(all), retryAll(all)]);

  expect(all.log.filter((line) => line.startsWith('invoke'))).toHaveLength(1);
  expect(outcomes.flat().map(({ outcome }) => outcome)).toEqual(['succeeded', 'skipped']);
  expect(all.bucket.claims.size).toBe(0);
});

test('the messages of a record that another command is retrying are removed once that has succeeded', async () => {
  const all = world([notice('n1')], { [KEY]: RECORD });
  all.bucket.claims.add(KEY); // by the other command
  const runner = fakeRunner(all.log);

  await withFailures(all, MODEL, { io: IO, limit: 10 }, async ({ failures }, store) => {
    const context = { model: MODEL, store, runner, signal: SIGNAL };
    const outcomes = await Promise.all(failures.map((failure) => retry(failure, context)));
    await removeRetriedElsewhere(outcomes, store);
    expect(all.log).toEqual([]); // as long as the record is there
    all.bucket.objects.delete(KEY);
    await removeRetriedElsewhere(outcomes, store);
  });

  expect(all.log).toEqual(['remove message n1']);
});

test('a record that another command retried between list and claim is not run', async () => {
  const all = world([notice('n1')], { [KEY]: RECORD });
  const { claim } = all.bucket;
  all.bucket.claim = async (key) => {
    all.bucket.objects.delete(KEY);
    return claim(key);
  };

  expect(await retryAll(all)).toMatchObject([{ outcome: 'skipped' }]);
  expect(all.log).toEqual(['remove message n1']);
});

test.each([{ error: 'TypeError: no', response: '{}' }, new Error('the line is dead')])(
  'a record whose function did not succeed can be claimed again',
  async (answer) => {
    const all = world([], { [KEY]: RECORD });

    await retryAll(all, answer).catch(() => undefined);

    expect([all.bucket.claims.size, all.bucket.objects.size]).toEqual([0, 1]);
  },
);

test('a record with two notifications is one failure, and both are removed', async () => {
  const all = world([notice('n1'), notice('n2')], { [KEY]: RECORD });

  expect((await look(all)).failures).toHaveLength(1);
  await retryAll(all);

  expect([all.queue.visible, all.bucket.objects.size]).toEqual([[], 0]);
});

test('the notification of a claim, sent by the rule of an older version, is no failure', async () => {
  const claim = message('c1', {
    'detail-type': 'Object Created',
    detail: { bucket: { name: 'failed-records' }, object: { key: 'serverless-app/claims/x' } },
  });
  const all = world([claim]);

  expect([(await look(all)).failures, all.queue.visible]).toEqual([[], []]);
});

test.each([
  ['null', undefined],
  ['{"batchItemFailures":null}', undefined],
  ['{"batchItemFailures":[]}', undefined],
  ['7', undefined],
  ['{"batchItemFailures":7}', 'the function returned a `batchItemFailures` that is not a list'],
])('a stream’s function that returns %s failed: %s', async (response, reason) => {
  const [outcome] = await retryAll(world([], { [KEY]: RECORD }), { response });

  expect(outcome?.reason).toBe(reason);
});

describe('an interruption', () => {
  /** Retries all failures until the interruption that a test prepares, and waits for the cleanup. */
  async function interruptedAt(
    all: World,
    prepare: (end: () => void) => FunctionRunner,
  ): Promise<{ readonly error: unknown; readonly visible: string[] }> {
    const host = { once: () => host, off: () => host, exit: jest.fn() };
    const interruption = new Interruption(host as unknown as NodeJS.Process);
    const runner = prepare(() => {
      interruption.end(143);
    });
    const io = {
      interruptible: <T>(work: (signal: AbortSignal) => Promise<T>) => interruption.during(work),
    };
    const work = withFailures(
      all,
      MODEL,
      { io, limit: 1000 },
      async ({ failures }, store, signal) => {
        for (const failure of failures) {
          await retry(failure, { model: MODEL, store, runner, signal });
        }
      },
    );
    const error: unknown = await work.catch((caught: unknown) => caught);
    expect(host.exit).not.toHaveBeenCalled();
    return { error, visible: all.queue.visible };
  }

  test('while messages are received releases them all', async () => {
    const all = world(Array.from({ length: 25 }, (_, i) => asynchronous(`m${i}`)));

    const { error, visible } = await interruptedAt(all, (end) => {
      const { receive } = all.queue;
      all.queue.receive = async () => {
        const messages = await receive();
        end(); // SQS has hidden them, and we have not seen them yet
        return messages;
      };
      return fakeRunner(all.log);
    });

    expect(error).toEqual(expect.objectContaining({ exitCode: 143 }));
    expect(visible).toHaveLength(25);
  });

  test('while a function runs releases the others, and starts no more', async () => {
    const all = world([asynchronous('m1'), asynchronous('m2')]);

    const { error, visible } = await interruptedAt(all, (end) => ({
      invoke: () => {
        all.log.push('invoke');
        end();
        return new Promise(() => undefined);
      },
    }));

    expect(error).toEqual(expect.objectContaining({ exitCode: 143 }));
    expect(all.log.filter((line) => line === 'invoke')).toHaveLength(1);
    expect(visible).toHaveLength(1);
  });

  test('outside work that cleans up ends the process at once', () => {
    const exit = jest.fn();
    new Interruption({ once: jest.fn(), off: jest.fn(), exit } as unknown as NodeJS.Process).end(
      141,
    );

    expect(exit).toHaveBeenCalledWith(141);
  });
});
