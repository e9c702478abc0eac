import { loadOf } from '../../lib/cost/events';
import { triggerItems } from '../../lib/cost/trigger-items';
import { STREAM_KIND } from '../../lib/kinds/stream-kind';
import { TriggerModel } from '../../lib/model/app-model';
import { appModel, functionModel, http, recordsOf, TOKEN, touches } from '../support/app-model';

const HOURS = 730;
const GB = 1024 ** 3;
const EVENTS = GB / 1024; // of one kilobyte: a gigabyte

function items(
  details: ReadonlyArray<TriggerModel['details']>,
  itemBytes = 1024,
): Record<string, number> {
  const functions = details.map((each, i) =>
    functionModel(`F${i}`, {
      triggers: [recordsOf('Clicks', { monthlyEvents: { moderate: EVENTS }, ...each })],
      usage: { itemBytes },
    }),
  );
  const model = appModel({ functions });
  return Object.fromEntries(
    triggerItems(model, loadOf(model, 'moderate', {}).functions).map(
      ({ price, resource = '', quantity }) => [`${price} ${resource}`, quantity],
    ),
  );
}

describe('a stream on demand', () => {
  const mode = 'onDemand';

  test('is billed by the hour and by the gigabyte', () => {
    expect(items([{ mode }])).toEqual({
      'kinesis.streamHours Clicks': HOURS,
      'kinesis.gigabytesIn Clicks': 1,
      'kinesis.gigabytesOut Clicks': 1,
    });
  });

  test('is billed in whole kilobytes', () => {
    expect(items([{ mode }], 1025)['kinesis.gigabytesIn Clicks']).toBe(2);
    expect(items([{ mode }], 1)['kinesis.gigabytesIn Clicks']).toBe(1);
  });

  test('is billed once for two readers, which read twice', () => {
    expect(items([{ mode }, { mode }])).toEqual({
      'kinesis.streamHours Clicks': HOURS,
      'kinesis.gigabytesIn Clicks': 1,
      'kinesis.gigabytesOut Clicks': 2,
    });
  });

  test('has another price for enhanced fan-out', () => {
    expect(items([{ mode, enhancedFanOut: true }])).toEqual({
      'kinesis.streamHours Clicks': HOURS,
      'kinesis.gigabytesIn Clicks': 1,
      'kinesis.onDemandFanOutGigabytes Clicks': 1,
    });
  });
});

describe('a provisioned stream', () => {
  const mode = 'provisioned';

  test('is billed by its shards, and by units of 25 KB', () => {
    expect(items([{ mode, shards: 3 }])).toEqual({
      'kinesis.shardHours Clicks': 3 * HOURS,
      'kinesis.putUnits Clicks': EVENTS,
    });
    expect(items([{ mode }], 25 * 1024 + 1)['kinesis.putUnits Clicks']).toBe(2 * EVENTS);
  });

  test('is billed for each consumer of enhanced fan-out', () => {
    expect(items([{ mode, shards: 3, enhancedFanOut: true }])).toMatchObject({
      'kinesis.fanOutShardHours Clicks': 3 * HOURS,
      'kinesis.fanOutGigabytes Clicks': 1,
    });
  });

  test('whose shards are known at deployment counts as one shard', () => {
    expect(items([{ mode, shards: TOKEN }])['kinesis.shardHours Clicks']).toBe(HOURS);
  });
});

test('an imported stream costs its owner, and the app its consumer', () => {
  expect(items([{}])).toEqual({});
  expect(items([{ enhancedFanOut: true }])).toEqual({
    'kinesis.onDemandFanOutGigabytes Clicks': 1,
  });
});

test('records that functions of the app put are counted', () => {
  const api = functionModel('Api', {
    triggers: [http('POST /')],
    access: [touches('stream', 'Clicks', 'write')],
  });
  const reader = functionModel('Reader', { triggers: [recordsOf('Clicks')] });
  const { functions } = loadOf(appModel({ functions: [api, reader] }), 'moderate', {});

  expect(functions[1]?.triggers).toMatchObject([{ events: 1e6, outside: false }]);
});

describe('a batch', () => {
  const MONTH = HOURS * 3600;

  test.each([
    ['of a quiet stream is one record', {}, 1000, 1],
    ['is what four shards receive in a second', {}, MONTH * 40, 10],
    ['is what the shards receive', { shards: 2 }, MONTH * 40, 20],
    ['waits for its window', { batchingWindowSeconds: 5 }, MONTH * 40, 50],
    ['has at most its size', { batchSize: 7 }, MONTH * 400, 7],
    ['has at most the default size', { batchSize: TOKEN }, MONTH * 4000, 100],
  ])('%s', (_what, details, events, expected) => {
    expect(STREAM_KIND.batchOf?.(recordsOf('Clicks', details), events)).toBe(expected);
  });
});

test('failed records go to the failure bucket', () => {
  expect(STREAM_KIND.failsTo(recordsOf('Clicks'))).toEqual({ to: 'failureBucket' });
});

test.each([
  [{}, 1],
  [{ parallelizationFactor: 4 }, 4],
  [{ parallelizationFactor: TOKEN }, 1],
])('%j processes %d batches of a shard at once', (details, expected) => {
  expect(STREAM_KIND.stream?.batchesPerShard(recordsOf('Clicks', details))).toBe(expected);
});

test('recognizes its own sample, and that of a consumer of its stream', () => {
  const trigger = recordsOf('Clicks');
  const sample = STREAM_KIND.sampleEvent(trigger);
  const ofConsumer = JSON.parse(
    JSON.stringify(sample).replace('stream/Clicks', 'stream/Clicks/consumer/App:1'),
  ) as object;

  expect(STREAM_KIND.recognizes(sample)).toBe(true);
  expect(STREAM_KIND.fits(sample, trigger)).toBe(true);
  expect(STREAM_KIND.fits(ofConsumer, trigger)).toBe(true);
  expect(STREAM_KIND.fits(sample, recordsOf('Orders'))).toBe(false);
  expect(STREAM_KIND.recognizes({ Records: [{ eventSource: 'aws:dynamodb' }] })).toBe(false);
});

test.each([
  [['kinesis:PutRecord'], undefined, {}],
  [['kinesis:PutRecords'], undefined, {}],
  [['kinesis:Put*'], undefined, {}],
  [['kinesis:*'], undefined, {}],
  [['*'], undefined, {}],
  [['kinesis:GetRecords', 'kinesis:ListShards'], undefined, undefined],
  [['kinesis:PutResourcePolicy'], undefined, undefined],
  [['kinesis:PutRecord'], 'below', undefined],
])('a grant of %j on the stream and %p writes %j', (actions, below, expected) => {
  expect(STREAM_KIND.source?.writesOf?.(actions, below)).toEqual(expected);
});

test.each([
  [{}, 'records of Clicks'],
  [{ enabled: false }, 'records of Clicks (off)'],
])('with %j is described as %s', (details, expected) => {
  expect(STREAM_KIND.describe(recordsOf('Clicks', details))).toBe(expected);
});

test.each([
  [{}, true],
  [{ reportBatchItemFailures: false }, false],
])('with %j Lambda reads the handler’s result: %p', (details, expected) => {
  expect(STREAM_KIND.reportsBatchItems?.(recordsOf('Clicks', details))).toBe(expected);
});

test.each<[TriggerModel['details'], number | undefined]>([
  [{ shards: 3 }, 3],
  [{ shards: 3, parallelizationFactor: 10 }, 30],
  [{ shards: 3, parallelizationFactor: TOKEN }, 3],
  [{ shards: TOKEN }, undefined],
  [{}, undefined],
])('with %j at most %p batches run at once', (details, expected) => {
  expect(STREAM_KIND.maxConcurrency?.(recordsOf('Clicks', details))).toBe(expected);
});
