import { AppEstimate } from '../../lib/cost/app-estimate';
import { estimateOf } from '../../lib/cost/estimate';
import { loadOf } from '../../lib/cost/events';
import { invocationsOf } from '../../lib/cost/invocations';
import { triggerItems } from '../../lib/cost/trigger-items';
import { QUEUE_KIND } from '../../lib/kinds/queue-kind';
import { FunctionModel, TriggerModel } from '../../lib/model/app-model';
import { appModel, functionModel, http, messagesOf, TOKEN, touches } from '../support/app-model';

/** What five pollers ask for in a month, each every 20 seconds. */
const POLLS = 5 * ((730 * 3600) / 20);
const MONTH = 730 * 3600;

function worker(
  details: TriggerModel['details'] = {},
  parts: Partial<FunctionModel> = {},
): FunctionModel {
  return functionModel('Worker', { triggers: [messagesOf('Jobs', details)], ...parts });
}

function items(fn: FunctionModel): Record<string, number> {
  const model = appModel({ functions: [fn] });
  return Object.fromEntries(
    triggerItems(model, loadOf(model, 'moderate', {}).functions).map(
      ({ price, resource = '', quantity }) => [`${price} ${resource}`, Math.round(quantity)],
    ),
  );
}

describe('requests', () => {
  test('are sends, polls of an almost empty queue, and deletions', () => {
    expect(items(worker({ monthlyEvents: { moderate: 1000 } }))).toEqual({
      'sqs.requests Jobs': 1000 + POLLS + 1000,
    });
  });

  test('are sends, receives and deletions above the free capacity of the polls', () => {
    expect(items(worker({ monthlyEvents: { moderate: 1e8 } }))).toEqual({
      'sqs.requests Jobs': 3e8,
    });
  });

  test('are fewer with batches, of which SQS delivers ten messages at a time', () => {
    const details = {
      batchSize: 100,
      maxBatchingWindowSeconds: 300,
      monthlyEvents: { moderate: 1e8 },
    };

    expect(items(worker(details))).toEqual({ 'sqs.requests Jobs': 1.2e8 });
  });

  test('are billed for each 64 KB', () => {
    const usage = { itemBytes: 65 * 1024 };

    expect(items(worker({ monthlyEvents: { moderate: 1e8 } }, { usage }))).toEqual({
      'sqs.requests Jobs': 2e8 + 2e8 + 1e8,
    });
  });

  test('have another price for FIFO, also in the dead-letter queue', () => {
    const details = {
      fifo: true,
      deadLetterQueue: 'Test/App/Dead',
      monthlyEvents: { moderate: 1e8 },
    };

    expect(items(worker(details))).toEqual({
      'sqs.fifoRequests Jobs': 3e8,
      'sqs.fifoRequests Dead': 1e8 * 0.001 * 2,
    });
  });

  test('are absent for a trigger that is off', () => {
    expect(items(worker({ enabled: false }))).toEqual({ 'sqs.requests Jobs': 0 });
  });
});

describe('batches', () => {
  test.each([
    ['without a window', {}, 1e9, 1],
    ['of a quiet queue', { maxBatchingWindowSeconds: 5 }, 1000, 1],
    ['by the window', { batchSize: 100, maxBatchingWindowSeconds: 5 }, MONTH * 10, 10],
    ['up to the default size', { maxBatchingWindowSeconds: 300 }, 1e9, 10],
    ['up to the size', { batchSize: 50, maxBatchingWindowSeconds: 300 }, 1e9, 50],
    ['of a size known at deployment', { batchSize: TOKEN, maxBatchingWindowSeconds: 300 }, 1e9, 10],
  ])('%s', (_what, details, events, expected) => {
    expect(QUEUE_KIND.batchOf?.(messagesOf('Jobs', details), events)).toBe(expected);
  });

  test('determine the number of invocations', () => {
    const fn = worker({
      batchSize: 10,
      maxBatchingWindowSeconds: 300,
      monthlyEvents: { moderate: 1e9 },
    });
    const [load] = loadOf(appModel({ functions: [fn] }), 'moderate', {}).functions;

    expect(load && invocationsOf(load)).toEqual({ count: 1e8, seconds: 2e7 });
  });
});

test('messages that functions of the app send are counted', () => {
  const api = functionModel('Api', {
    triggers: [http('POST /')],
    access: [touches('queue', 'Jobs', 'send')],
  });
  const { functions } = loadOf(appModel({ functions: [api, worker()] }), 'moderate', {});

  expect(functions[1]?.triggers).toMatchObject([{ events: 1e6, outside: false }]);
});

describe('failed messages', () => {
  test('go to the dead-letter queue', () => {
    expect(QUEUE_KIND.failsTo(messagesOf('Jobs', { deadLetterQueue: 'Test/App/Dead' }))).toEqual({
      to: 'deadLetterQueue',
      path: 'Test/App/Dead',
    });
  });

  test('go where the user’s own queue sends them', () => {
    expect(QUEUE_KIND.failsTo(messagesOf('Jobs'))).toEqual({ to: 'trigger' });
  });
});

test('the estimate does not list sends again for a queue that it counts', () => {
  const notIncluded = (fn: FunctionModel): AppEstimate['notIncluded'] =>
    estimateOf(
      appModel({
        functions: [fn, functionModel('Api', { access: [touches('queue', 'Jobs', 'send')] })],
      }),
    ).notIncluded;
  const text = 'what functions do with each queue they have access to';

  expect(notIncluded(worker())).not.toContain(text);
  expect(notIncluded(functionModel('Other'))).toContain(text);
});

test.each([
  [['sqs:SendMessage'], undefined, {}],
  [['sqs:Send*'], undefined, {}],
  [['sqs:*'], undefined, {}],
  [['*'], undefined, {}],
  [['sqs:ReceiveMessage', 'sqs:DeleteMessage'], undefined, undefined],
  [['sqs:SendMessage'], 'below', undefined],
])('a grant of %j on the queue and %p writes %j', (actions, below, expected) => {
  expect(QUEUE_KIND.source?.writesOf?.(actions, below)).toEqual(expected);
});

describe('pollers of its own', () => {
  test.each([
    [{}, undefined],
    [{ maxConcurrency: 7 }, 7],
    [{ minPollers: 2, maxPollers: 20 }, 200],
    [{ minPollers: 2, maxPollers: TOKEN }, undefined],
  ])('%j bound the concurrency by %p', (details, expected) => {
    expect(QUEUE_KIND.maxConcurrency?.(messagesOf('Jobs', details))).toBe(expected);
  });

  test('poll instead of the five', () => {
    expect(items(worker({ minPollers: 2, monthlyEvents: { moderate: 0 } }))).toEqual({
      'sqs.requests Jobs': (2 / 5) * POLLS,
    });
  });

  test.each([
    [{}, false],
    [{ minPollers: 2 }, true],
  ])('%j are listed as not included: %p', (details, listed) => {
    const { notIncluded } = estimateOf(appModel({ functions: [worker(details)] }));

    expect(notIncluded.includes('provisioned pollers of queues')).toBe(listed);
  });
});
