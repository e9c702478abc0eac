import { formatValue, lastPart } from '../model/format-value';
import { isUnresolved, resolvedNumber } from '../model/resolved';
import { BATCH_REPEATS_LOCALLY } from './batch-repeats';
import { averageBatch } from './batch-size';
import { DEFAULT_PARALLELIZATION, DEFAULT_TABLE_CHANGES_BATCH_SIZE } from '../model/defaults';
import { isBatchFrom, isBatchOf, SAMPLE_ACCOUNT, SAMPLE_REGION, SAMPLE_TIME } from './event-values';
import { TriggerKind } from './trigger-kind';

/** A new on-demand table has four partitions, and its stream has as many shards. */
const SHARDS = 4;

/** How often Lambda polls a stream, without a batching window. https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
const POLL_SECONDS = 0.25;

/** IAM actions that write items, with wildcards. */
const WRITE_ACTION =
  /^(\*|dynamodb:(\*|(Put|Update|Delete|BatchWrite)(Item|\*)|PartiQL(Insert|Update|Delete|\*)))$/;

/** Changes to the items of a table, read from its stream. The source is the table's construct path. */
export const TABLE_CHANGES_KIND: TriggerKind = {
  kind: 'tableChanges',
  localDifference: () => BATCH_REPEATS_LOCALLY,
  invocation: 'polled',
  reportsBatchItems: ({ details }) => details['reportBatchItemFailures'] !== false,
  describe: ({ source }) => `changes of ${lastPart(formatValue(source))}`,
  drawing: { icon: 'changes' },
  monthlyEvents: { low: 10_000, moderate: 100_000, high: 1_000_000 },
  durationMs: 200,
  batchOf: ({ details: { batchSize, batchingWindowSeconds } }, monthlyEvents) =>
    averageBatch(monthlyEvents, {
      readers: SHARDS,
      seconds: Math.max(resolvedNumber(batchingWindowSeconds) ?? 0, POLL_SECONDS),
      batchSize,
      defaultBatchSize: DEFAULT_TABLE_CHANGES_BATCH_SIZE,
    }),
  failsTo: () => ({ to: 'failureBucket' }),
  stream: {
    arn: 'tableStreamArn',
    batchesPerShard: ({ details }) =>
      resolvedNumber(details['parallelizationFactor']) ?? DEFAULT_PARALLELIZATION,
    readers: {
      limit: 2,
      limitOfGlobal: 1, // Replication reads the stream as well.
      remedy: 'forward the changes to EventBridge or SNS, which have no such limit',
      source: 'https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html',
    },
  },
  source: {
    resource: 'table',
    arn: 'tableArn',
    countsWrites: () => true,
    isFiltered: ({ details }) => details['filtered'] === true,
    listensTo: ({ details }) => ({
      narrowed: details['filtered'] === true && isNarrowed(details['filters']),
    }),
    writesOf: (actions, below) =>
      below === undefined && actions.some((action) => WRITE_ACTION.test(action)) ? {} : undefined,
  },
  sampleEvent: ({ source }) => changeEvent(lastPart(formatValue(source))),
  recognizes: (event) => isBatchOf(event, 'aws:dynamodb'),
  fits: (event, { source }) => isBatchFrom(event, source),
};

/**
 * Whether every filter excludes the function's own changes, as far as that can be known. A filter on values does, and so does
 * one on `INSERT` or `REMOVE` only; an update that arrives as `MODIFY` runs the function again.
 */
function isNarrowed(filters: unknown): boolean {
  return !Array.isArray(filters) || filters.every((filter: unknown) => isNarrowing(String(filter)));
}

function isNarrowing(filter: string): boolean {
  if (isUnresolved(filter)) {
    return true;
  }
  const { eventName, ...others } = parseFilter(filter);
  const excludesUpdates = Array.isArray(eventName) && !eventName.includes('MODIFY');
  return excludesUpdates || Object.keys(others).length > 0;
}

/** Lambda rejects a filter that is not JSON, so no guard needs to check that. */
function parseFilter(filter: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(filter);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html */
function changeEvent(table: string): object {
  const keys = { id: { S: 'sample' } };
  return {
    Records: [
      {
        eventID: 'sample-change',
        eventName: 'INSERT',
        eventVersion: '1.1',
        eventSource: 'aws:dynamodb',
        awsRegion: SAMPLE_REGION,
        dynamodb: {
          ApproximateCreationDateTime: Date.parse(SAMPLE_TIME) / 1000,
          Keys: keys,
          NewImage: keys,
          SequenceNumber: '1',
          SizeBytes: 16,
          StreamViewType: 'NEW_AND_OLD_IMAGES',
        },
        eventSourceARN: `arn:aws:dynamodb:${SAMPLE_REGION}:${SAMPLE_ACCOUNT}:table/${table}/stream/${SAMPLE_TIME}`,
      },
    ],
  };
}
