import { bothQueues } from '../../../bin/failures/both-queues';
import type { QueueMessage } from '../../../bin/failures/failure';
import { FakeQueue } from '../support/fake-failures';

function message(id: string): QueueMessage {
  return { id, receipt: id, body: '{}', sentAt: new Date(0), attributes: {} };
}

function setup(): { standard: FakeQueue; fifo: FakeQueue; log: string[] } {
  const log: string[] = [];
  return {
    standard: new FakeQueue([message('s1'), message('s2')], log),
    fifo: new FakeQueue([message('f1')], log),
    log,
  };
}

test('without a second queue the first one is used as it is', () => {
  const { standard, fifo } = setup();

  expect(bothQueues(standard, undefined)).toBe(standard);
  expect(bothQueues(undefined, fifo)).toBe(fifo);
  expect(bothQueues(undefined, undefined)).toBeUndefined();
});

test('messages of both queues are received, and each is removed from its own', async () => {
  const { standard, fifo } = setup();
  const both = bothQueues(standard, fifo);

  const received = (await both?.receive()) ?? [];
  await both?.remove(message('f1'));

  expect(received.map(({ id }) => id)).toEqual(['s1', 's2', 'f1']);
  expect([fifo.has('f1'), standard.has('s1'), standard.has('s2')]).toEqual([false, true, true]);
});

test('released messages are visible again in their own queue', async () => {
  const { standard, fifo } = setup();
  const both = bothQueues(standard, fifo);
  await both?.receive();

  await both?.release([message('s2'), message('f1')]);

  expect([standard.visible, fifo.visible]).toEqual([['s2'], ['f1']]);
});

test('if one queue cannot be read, the messages of the other are visible again at once', async () => {
  const { standard, fifo } = setup();
  const broken = Object.assign(fifo, { receive: () => Promise.reject(new Error('throttled')) });

  await expect(bothQueues(standard, broken)?.receive()).rejects.toThrow('throttled');

  expect(standard.visible).toEqual(['s1', 's2']);
});

test('the state is that of both, with the redrive policy of either', async () => {
  const { standard, fifo } = setup();
  fifo.deadLetterQueue = { arn: 'arn:dead', maxReceiveCount: 3 };
  await fifo.receive();

  expect(await bothQueues(standard, fifo)?.state()).toEqual({
    visible: 2,
    hidden: 1,
    deadLetterQueue: { arn: 'arn:dead', maxReceiveCount: 3, of: 'failures' },
  });
});

test('messages that wait behind received ones of their group are counted', async () => {
  const { standard, fifo } = setup();
  const blocking = Object.assign(fifo, { blocked: () => Promise.resolve(4) });

  expect(await bothQueues(standard, blocking)?.blocked?.()).toBe(4);
});
