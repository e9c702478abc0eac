import { TriggerModel } from '../model/app-model';
import { formatValue, lastPart } from '../model/format-value';
import { DEFAULT_PARALLELIZATION } from '../model/defaults';
import { resolvedNumber } from '../model/resolved';
import { SECONDS_A_MONTH } from '../schedule/month';
import { BATCH_REPEATS_LOCALLY } from './batch-repeats';
import { averageBatch } from './batch-size';
import { isBatchFrom, isBatchOf, SAMPLE_ACCOUNT, SAMPLE_REGION, SAMPLE_TIME } from './event-values';
import { GB } from './log-items';
import { KindBillItem, TriggerKind, TriggerLoad } from './trigger-kind';

/** The defaults of a Kinesis stream and of its trigger. */
export const STREAM_DEFAULTS = {
  batchSize: 100,
  retryAttempts: 5,
  maxRecordAgeHours: 24,
  bisectBatchOnError: true,
  reportBatchItemFailures: true,
};

/** A new on-demand stream has four shards: https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html */
const ON_DEMAND_SHARDS = 4;

/** Lambda polls each shard once a second: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html */
const POLL_SECONDS = 1;

/**
 * A shard answers five read requests a second, for all its readers together:
 * https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
 */
const READERS = 5;

const HOURS_A_MONTH = SECONDS_A_MONTH / 3600;

/** On demand, each record is billed in whole kilobytes; a provisioned stream bills 25 KB of each record as one unit. */
const KB = 1024;
const UNIT_BYTES = 25 * KB;

/** IAM actions that put records, with wildcards. */
const PUT_ACTION = /^(\*|kinesis:(\*|P\*|Put\*|PutRecord\*|PutRecords?))$/;

/**
 * Records of a Kinesis stream, which Lambda reads. The source is the stream's construct path; `details` are `mode` (`onDemand` or
 * `provisioned`; absent for an imported stream), `shards`, `enhancedFanOut`, `batchSize`, `batchingWindowSeconds`,
 * `parallelizationFactor`, `reportBatchItemFailures`, `filtered`, `enabled` and `monthlyEvents`.
 */
export const STREAM_KIND: TriggerKind = {
  kind: 'streamRecords',
  localDifference: () => BATCH_REPEATS_LOCALLY,
  invocation: 'polled',
  reportsBatchItems: ({ details }) => details['reportBatchItemFailures'] !== false,
  defaults: {
    part: 'streams',
    production: `on demand, encrypted, retained with the data; batches of ${STREAM_DEFAULTS.batchSize} from \`TRIM_HORIZON\`, split on error, ${STREAM_DEFAULTS.retryAttempts} retries within ${STREAM_DEFAULTS.maxRecordAgeHours} h, partial batch response; then the complete records go to the failure bucket, which notifies the failure queue`,
    reason:
      'the right number of shards of a new app is unknown; one bad record must not block a shard until the stream discards it',
  },
  describe: ({ source, details }) =>
    `records of ${lastPart(formatValue(source))}${details['enabled'] === false ? ' (off)' : ''}`,
  drawing: { icon: 'changes' },
  monthlyEvents: { low: 100_000, moderate: 1_000_000, high: 10_000_000 },
  durationMs: 200,
  batchOf: ({ details }, monthlyEvents) =>
    averageBatch(monthlyEvents, {
      readers: shardsOf(details) ?? ON_DEMAND_SHARDS,
      seconds: Math.max(resolvedNumber(details['batchingWindowSeconds']) ?? 0, POLL_SECONDS),
      batchSize: details['batchSize'],
      defaultBatchSize: STREAM_DEFAULTS.batchSize,
    }),
  billItems: (load) => [...streamItems(load), ...fanOutItems(load)],
  /** Of a stream that scales by itself, nobody knows the shards of a busy hour. */
  maxConcurrency: ({ details }) => {
    const shards = shardsOf(details);
    return shards === undefined
      ? undefined
      : shards * (resolvedNumber(details['parallelizationFactor']) ?? DEFAULT_PARALLELIZATION);
  },
  failsTo: () => ({ to: 'failureBucket' }),
  stream: {
    arn: 'streamArn',
    batchesPerShard: ({ details }) =>
      resolvedNumber(details['parallelizationFactor']) ?? DEFAULT_PARALLELIZATION,
    readers: {
      limit: READERS,
      remedy: 'give one of them `enhancedFanOut: true`, which reads with a throughput of its own',
      source: 'https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html',
    },
  },
  source: {
    resource: 'stream',
    arn: 'streamArn',
    countsWrites: () => true,
    isFiltered: ({ details }) => details['filtered'] === true,
    /** A filter on the records is assumed to exclude those that the function itself writes. */
    listensTo: ({ details }) => ({ narrowed: details['filtered'] === true }),
    writesOf: (actions, below) =>
      below === undefined && actions.some((action) => PUT_ACTION.test(action)) ? {} : undefined,
  },
  sampleEvent: ({ source }) => recordEvent(lastPart(formatValue(source))),
  recognizes: (event) => isBatchOf(event, 'aws:kinesis'),
  /** Works for enhanced fan-out too: the ARN of a consumer begins with that of its stream. */
  fits: (event, { source }) => isBatchFrom(event, source),
};

function shardsOf(details: TriggerModel['details']): number | undefined {
  return resolvedNumber(details['shards']);
}

/** An imported stream has no mode: its owner pays for it. */
function streamItems({ trigger, events, itemBytes }: TriggerLoad): KindBillItem[] {
  const { details, source } = trigger;
  const resource = lastPart(source);
  const once = { resource, perSource: true };
  switch (details['mode']) {
    case 'onDemand':
      return [
        { price: 'kinesis.streamHours', quantity: HOURS_A_MONTH, ...once },
        { price: 'kinesis.gigabytesIn', quantity: gigabytes(events, itemBytes), ...once },
        ...(details['enhancedFanOut'] === true
          ? []
          : [
              {
                price: 'kinesis.gigabytesOut',
                quantity: gigabytes(events, itemBytes),
                resource,
              },
            ]),
      ];
    case 'provisioned':
      return [
        {
          price: 'kinesis.shardHours',
          quantity: (shardsOf(details) ?? 1) * HOURS_A_MONTH,
          ...once,
        },
        {
          price: 'kinesis.putUnits',
          quantity: events * Math.max(1, Math.ceil(itemBytes / UNIT_BYTES)),
          ...once,
        },
      ];
    default:
      return [];
  }
}

/**
 * The consumer of enhanced fan-out belongs to the app, even if the stream does not. An imported stream is assumed to be on
 * demand.
 */
function fanOutItems({ trigger, events, itemBytes }: TriggerLoad): KindBillItem[] {
  const { details, source } = trigger;
  if (details['enhancedFanOut'] !== true) {
    return [];
  }
  const resource = lastPart(source);
  const quantity = gigabytes(events, itemBytes);
  return details['mode'] === 'provisioned'
    ? [
        {
          price: 'kinesis.fanOutShardHours',
          resource,
          quantity: (shardsOf(details) ?? 1) * HOURS_A_MONTH,
        },
        { price: 'kinesis.fanOutGigabytes', resource, quantity },
      ]
    : [{ price: 'kinesis.onDemandFanOutGigabytes', resource, quantity }];
}

function gigabytes(events: number, itemBytes: number): number {
  return (events * Math.max(1, Math.ceil(itemBytes / KB)) * KB) / GB;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html */
function recordEvent(stream: string): object {
  return {
    Records: [
      {
        kinesis: {
          kinesisSchemaVersion: '1.0',
          partitionKey: 'sample',
          sequenceNumber: '1',
          data: 'e30=',
          approximateArrivalTimestamp: Date.parse(SAMPLE_TIME) / 1000,
        },
        eventSource: 'aws:kinesis',
        eventVersion: '1.0',
        eventID: 'shardId-000000000000:1',
        eventName: 'aws:kinesis:record',
        invokeIdentityArn: `arn:aws:iam::${SAMPLE_ACCOUNT}:role/sample`,
        awsRegion: SAMPLE_REGION,
        eventSourceARN: `arn:aws:kinesis:${SAMPLE_REGION}:${SAMPLE_ACCOUNT}:stream/${stream}`,
      },
    ],
  };
}
