import { Duration, Names } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { acceptOptions } from '../../core/accept-options';
import { IAppFunction, InvocationType, ITrigger, TriggerConfig } from '../../core/contract';
import { FunctionContext } from '../../core/function-context';
import { UsageAmounts } from '../../estimate/usage';
import { levelModel } from '../../estimate/usage-model';
import { amounts } from '../../estimate/usage-prop-set';
import { AppFunctionOptions } from '../../function/app-function-props';
import { STREAM_DEFAULTS, STREAM_KIND } from '../../kinds/stream-kind';
import { anything, date, duration, flag, integer, listOf, mapOf, oneOf } from '../../props/kinds';
import { PropCheck, unquoted } from '../../props/prop-check';
import { propsOf } from '../../props/prop-set';
import { streamSettings } from '../../storage/app-stream';
import { filterPatterns } from '../filter-pattern';
import { idOfSource, requireFirst, requireSource } from '../source-rules';
import { mapStream, requireDistinct } from '../stream-mapping';
import { DEFAULT_PARALLELIZATION } from '../../model/defaults';
import { checkRecordFilter } from './record-filters';

/** Options of a stream trigger. The ranges are those of AWS::Lambda::EventSourceMapping. */
export interface StreamTriggerOptions {
  /**
   * Where reading starts when the trigger is created: at the oldest record of the stream (`TRIM_HORIZON`), at the next one
   * (`LATEST`), or at `startingPositionTimestamp` (`AT_TIMESTAMP`).
   *
   * The position cannot be changed while the trigger exists. Remove the trigger in one deployment, and add it again in the next.
   *
   * @default - TRIM_HORIZON, or AT_TIMESTAMP with `startingPositionTimestamp`
   */
  readonly startingPosition?: lambda.StartingPosition;

  /**
   * The time from which records are read.
   *
   * @default - `startingPosition`
   */
  readonly startingPositionTimestamp?: Date;

  /**
   * The maximum number of records in one invocation, 1 to 10,000.
   *
   * @default 100
   */
  readonly batchSize?: number;

  /**
   * How long Lambda waits for a fuller batch, 0 to 5 minutes.
   *
   * @default - no waiting
   */
  readonly maxBatchingWindow?: Duration;

  /**
   * The records that invoke the function: `FilterCriteria.filter({ data: {...} })`, at most 5. `data` is the data that the
   * producer put, if it is JSON. Synthesis rejects a filter that no record matches.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis-filtering.html
   * @default - all records
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the CDK's own type of a filter
  readonly filters?: { readonly [key: string]: any }[];

  /**
   * How many batches of one shard Lambda processes at the same time, 1 to 10. Records of one partition key stay in order.
   *
   * @default 1
   */
  readonly parallelizationFactor?: number;

  /**
   * The length of the tumbling windows over which the function keeps state, 0 to 15 minutes.
   *
   * @default - no windows
   */
  readonly tumblingWindow?: Duration;

  /**
   * How often Lambda retries a failed batch, 0 to 10,000. Lambda's own default is no limit, so one bad record can block a shard
   * until the stream discards it.
   *
   * @default 5
   */
  readonly maxRetryAttempts?: number;

  /**
   * The maximum age of a record, 1 minute to 7 days. Older ones go to the failure bucket without an invocation. A stream discards
   * records after its `retentionPeriod`, by default 24 hours.
   *
   * @default Duration.hours(24)
   */
  readonly maxRecordAge?: Duration;

  /**
   * Whether Lambda splits a failed batch in two, to isolate the bad record.
   *
   * @default true
   */
  readonly bisectBatchOnError?: boolean;

  /**
   * Whether the handler reports which records of a batch failed (`{ batchItemFailures: [{ itemIdentifier: sequenceNumber }] }`), so
   * that Lambda repeats from the first of them. A handler that returns nothing reports success.
   *
   * @default true
   */
  readonly reportBatchItemFailures?: boolean;

  /**
   * Whether the function reads with its own throughput, 2 MB per second and shard, instead of sharing the stream's
   * throughput with its other readers. The app registers a consumer for it, which AWS bills by the gigabyte and, for a
   * provisioned stream, also by the shard-hour. A stream has at most 20 such consumers.
   *
   * Switching it replaces the event source mapping, and the new one starts at `startingPosition`.
   *
   * @see https://docs.aws.amazon.com/streams/latest/dev/enhanced-consumers.html
   * @default false
   */
  readonly enhancedFanOut?: boolean;

  /**
   * Whether Lambda reads the stream. A disabled trigger keeps its position until the records there expire.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * The expected number of records in a month. Only the cost estimate uses it.
   *
   * @default - `usage` of the function or the app, otherwise what functions of the app put, otherwise 100,000, 1 million and
   * 10 million
   */
  readonly monthlyEvents?: UsageAmounts;
}

const FILTER_EXAMPLE = "write, for example, `FilterCriteria.filter({ data: { kind: ['order'] } })`";

const ROW = STREAM_KIND.defaults?.part ?? '';

/**
 * Ranges: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
 *
 * @internal
 */
export const STREAM_TRIGGER_PROPS = propsOf<StreamTriggerOptions>()({
  startingPosition: oneOf('StartingPosition', () => lambda.StartingPosition).in(ROW),
  startingPositionTimestamp: date(),
  batchSize: integer(1, 10_000, 'records').defaultsTo(STREAM_DEFAULTS.batchSize).in(ROW),
  maxBatchingWindow: duration(0, 300),
  filters: listOf(mapOf(anything()), { min: 1, max: 5, unit: 'filters' }),
  parallelizationFactor: integer(1, 10, 'batches'),
  tumblingWindow: duration(0, 900),
  maxRetryAttempts: integer(0, 10_000, 'retries').defaultsTo(STREAM_DEFAULTS.retryAttempts).in(ROW),
  maxRecordAge: duration(60, 604_800)
    .defaultsTo(Duration.hours(STREAM_DEFAULTS.maxRecordAgeHours))
    .in(ROW),
  bisectBatchOnError: flag().defaultsTo(STREAM_DEFAULTS.bisectBatchOnError).in(ROW),
  reportBatchItemFailures: flag().defaultsTo(STREAM_DEFAULTS.reportBatchItemFailures).in(ROW),
  enhancedFanOut: flag().defaultsTo(false),
  enabled: flag().defaultsTo(true),
  monthlyEvents: amounts(),
});

/** Options of `onRecord`: those of the function and of the trigger. */
export interface RecordFunctionOptions extends AppFunctionOptions, StreamTriggerOptions {
  /**
   * The function's id.
   *
   * @default - the entry's file name: `count-clicks.ts` gives `CountClicks`
   */
  readonly id?: string;
}

/**
 * Records of a Kinesis stream; see `Trigger.stream`.
 *
 * @internal
 */
export class StreamTrigger implements ITrigger {
  constructor(
    private readonly stream: kinesis.IStream,
    private readonly options: StreamTriggerOptions,
  ) {}

  public bind(fn: IAppFunction): TriggerConfig {
    const { stream } = this;
    const { check } = FunctionContext.of(fn);
    const options = acceptOptions(fn, this.options, STREAM_TRIGGER_PROPS);
    requireSource(fn, stream, 'stream', check);
    checkFilters(options, check);
    const start = startOf(options, check);

    const id = `Stream${idOfSource(fn, stream)}`;
    requireFirst(fn, id, stream, 'stream');
    const { monthlyEvents, enhancedFanOut, startingPositionTimestamp: _, ...reading } = options;
    const consumer = enhancedFanOut ? makeConsumer(fn, id, stream) : undefined;
    const arn = consumer?.streamConsumerArn ?? stream.streamArn;
    mapStream(fn, id, arn, { ...reading, ...start, enabled: this.options.enabled });
    grantStream(fn, stream, consumer);
    return {
      kind: STREAM_KIND.kind,
      invocation: InvocationType.POLLED,
      source: stream.node.path,
      details: {
        ...streamSettings(stream),
        enhancedFanOut: enhancedFanOut ? true : undefined,
        batchSize: options.batchSize,
        batchingWindowSeconds: options.maxBatchingWindow?.toSeconds(),
        parallelizationFactor: options.parallelizationFactor ?? DEFAULT_PARALLELIZATION,
        reportBatchItemFailures: options.reportBatchItemFailures ? undefined : false,
        filtered: options.filters === undefined ? undefined : true,
        enabled: options.enabled ? undefined : false,
        monthlyEvents: levelModel(monthlyEvents, check.at('monthlyEvents')),
      },
    };
  }
}

function checkFilters({ filters }: StreamTriggerOptions, check: PropCheck): void {
  const patterns = filterPatterns(filters, check, FILTER_EXAMPLE);
  requireDistinct(patterns.length > 0 ? filters : undefined, check);
  patterns.forEach((pattern, i) => {
    if (pattern !== undefined) {
      checkRecordFilter(pattern, check.at(`filters[${i}]`));
    }
  });
}

/** `startingPosition` must agree with a given time. */
function startOf(
  { startingPosition, startingPositionTimestamp: time }: StreamTriggerOptions,
  check: PropCheck,
): { startingPosition: lambda.StartingPosition; startingPositionTimestamp?: number } {
  const { AT_TIMESTAMP, TRIM_HORIZON } = lambda.StartingPosition;
  if (time === undefined) {
    if (startingPosition === AT_TIMESTAMP) {
      throw check.error(
        'startingPositionTimestamp',
        'must be given with `StartingPosition.AT_TIMESTAMP`',
        unquoted('nothing'),
        'give the time as a `Date`',
      );
    }
    return { startingPosition: startingPosition ?? TRIM_HORIZON };
  }
  if (startingPosition !== undefined && startingPosition !== AT_TIMESTAMP) {
    throw check.error(
      'startingPosition',
      'must be AT_TIMESTAMP together with `startingPositionTimestamp`',
      startingPosition,
      'leave out one of them',
    );
  }
  const seconds = Math.floor(time.getTime() / 1000);
  return { startingPosition: AT_TIMESTAMP, startingPositionTimestamp: seconds };
}

/** Kinesis requires a name that is unique among the consumers of the stream; it is derived from the function's path. */
function makeConsumer(
  fn: IAppFunction,
  id: string,
  stream: kinesis.IStream,
): kinesis.StreamConsumer {
  const streamConsumerName = Names.uniqueResourceName(fn, {
    maxLength: 128,
    separator: '-',
    allowedSpecialCharacters: '_.-',
  });
  return new kinesis.StreamConsumer(fn, `${id}Consumer`, { stream, streamConsumerName });
}

/**
 * The permissions that Lambda needs. `ListStreams`, which AWS's managed policy contains too, is authorized against `*` only, and the
 * CDK's own event source works without it: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
 */
function grantStream(
  fn: IAppFunction,
  stream: kinesis.IStream,
  consumer: kinesis.IStreamConsumer | undefined,
): void {
  iam.Grant.addToPrincipal({
    grantee: fn,
    actions: [
      'kinesis:DescribeStream',
      'kinesis:DescribeStreamSummary',
      'kinesis:GetRecords',
      'kinesis:GetShardIterator',
      'kinesis:ListShards',
    ],
    resourceArns: [stream.streamArn],
  });
  if (consumer !== undefined) {
    iam.Grant.addToPrincipal({
      grantee: fn,
      actions: ['kinesis:DescribeStreamConsumer', 'kinesis:SubscribeToShard'],
      resourceArns: [consumer.streamConsumerArn],
    });
  }
  stream.encryptionKey?.grant(fn, 'kms:Decrypt');
}
