import { CfnResource, Duration, Stack, Token } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { UsageAmounts } from '../../estimate/usage';
import { TABLE_CHANGES_DEFAULTS } from '../../core/defaults';
import { PropCheck, unquoted } from '../../props/prop-check';
import { levelModel } from '../../estimate/usage-model';
import { acceptOptions } from '../../core/accept-options';
import { amounts } from '../../estimate/usage-prop-set';
import { anything, duration, flag, integer, listOf, mapOf, oneOf } from '../../props/kinds';
import { DEFAULT_PARALLELIZATION } from '../../model/defaults';
import { propsOf } from '../../props/prop-set';
import { filterPatterns } from '../filter-pattern';
import { isPlainObject } from '../pattern-json';
import { idOfSource, requireFirst, requireSource } from '../source-rules';
import { mapStream, requireDistinct } from '../stream-mapping';
import { checkChangeFilter } from './change-filters';
import { IAppFunction, ITrigger, InvocationType, TriggerConfig } from '../../core/contract';
import { FunctionContext } from '../../core/function-context';

/** Options of a table-change trigger. The ranges are those of AWS::Lambda::EventSourceMapping. */
export interface TableChangesTriggerOptions {
  /**
   * Where reading starts when the trigger is created: at the oldest change in the stream, up to 24 hours back (`TRIM_HORIZON`),
   * or at the next change (`LATEST`). A trigger that moves to another function or shard is created again: `TRIM_HORIZON` then
   * repeats changes, and `LATEST` loses unprocessed ones.
   *
   * The position cannot be changed while the trigger exists: Lambda rejects the second mapping between a stream and a function.
   * Remove the trigger in one deployment, and add it again in the next.
   *
   * @default StartingPosition.TRIM_HORIZON
   */
  readonly startingPosition?: lambda.StartingPosition;

  /**
   * The maximum number of changes in one invocation, 1 to 10,000.
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
   * The changes that invoke the function: `FilterCriteria.filter({...})`, at most 5. Other changes cost nothing.
   *
   * The record holds numbers as text (`{ N: '5' }`), and a stream of `KEYS_ONLY` has no images: synthesis rejects a filter that no
   * change matches.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html
   * @default - all changes
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- the CDK's own type of a filter
  readonly filters?: { readonly [key: string]: any }[];

  /**
   * How many batches of one shard Lambda processes at the same time, 1 to 10. Changes of one item stay in order.
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
   * How often Lambda retries a failed batch, 0 to 10,000. Lambda's own default is no limit, so one bad change can block a shard
   * for a day.
   *
   * @default 5
   */
  readonly maxRetryAttempts?: number;

  /**
   * The maximum age of a change, 1 minute to 7 days. The stream itself discards changes after 24 hours.
   *
   * @default Duration.hours(24)
   */
  readonly maxRecordAge?: Duration;

  /**
   * Whether Lambda splits a failed batch in two, to isolate the bad change.
   *
   * @default true
   */
  readonly bisectBatchOnError?: boolean;

  /**
   * Whether the handler reports which changes of a batch failed (`{ batchItemFailures: [...] }`), so that the others are not
   * repeated. A handler that returns nothing reports success.
   *
   * @default true
   */
  readonly reportBatchItemFailures?: boolean;

  /**
   * Whether Lambda reads the stream. A disabled trigger keeps its position until the changes there expire.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * The expected number of changes in a month. Only the cost estimate uses it.
   *
   * @default - `usage` of the function or the app, otherwise what functions of the app write to the table, otherwise 10,000,
   * 100,000 and 1 million
   */
  readonly monthlyEvents?: UsageAmounts;
}

/**
 * Ranges: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-eventsourcemapping.html
 *
 * @internal
 */
export const TABLE_CHANGES_TRIGGER_PROPS = propsOf<TableChangesTriggerOptions>()({
  startingPosition: oneOf('StartingPosition', () => lambda.StartingPosition)
    .defaultsTo(TABLE_CHANGES_DEFAULTS.startingPosition)
    .in('table changes'),
  batchSize: integer(1, 10_000, 'changes')
    .defaultsTo(TABLE_CHANGES_DEFAULTS.batchSize)
    .in('table changes'),
  maxBatchingWindow: duration(0, 300),
  filters: listOf(mapOf(anything()), { min: 1, max: 5, unit: 'filters' }),
  parallelizationFactor: integer(1, 10, 'batches'),
  tumblingWindow: duration(0, 900),
  maxRetryAttempts: integer(0, 10_000, 'retries')
    .defaultsTo(TABLE_CHANGES_DEFAULTS.retryAttempts)
    .in('table changes'),
  maxRecordAge: duration(60, 604_800)
    .defaultsTo(TABLE_CHANGES_DEFAULTS.maxRecordAge)
    .in('table changes'),
  bisectBatchOnError: flag()
    .defaultsTo(TABLE_CHANGES_DEFAULTS.bisectBatchOnError)
    .in('table changes'),
  reportBatchItemFailures: flag()
    .defaultsTo(TABLE_CHANGES_DEFAULTS.reportBatchItemFailures)
    .in('table changes'),
  enabled: flag().defaultsTo(true),
  monthlyEvents: amounts(),
});

/**
 * Changes of the items in a table; see `Trigger.tableChanges`.
 *
 * @internal
 */
export class TableChangesTrigger implements ITrigger {
  constructor(
    private readonly table: dynamodb.ITable,
    private readonly options: TableChangesTriggerOptions,
  ) {}

  public bind(fn: IAppFunction): TriggerConfig {
    const { table } = this;
    const options = acceptOptions(fn, this.options, TABLE_CHANGES_TRIGGER_PROPS);
    requireSource(fn, table, 'table', FunctionContext.of(fn).check);
    const streamArn = this.requireStream(fn);
    checkOptions(options, table, FunctionContext.of(fn).check);

    const id = `TableChanges${idOfSource(fn, table)}`;
    requireFirst(fn, id, table, 'table');
    const { monthlyEvents, ...reading } = options;
    mapStream(fn, id, streamArn, { ...reading, enabled: this.options.enabled });
    grantStream(fn, table, streamArn);
    return {
      kind: 'tableChanges',
      invocation: InvocationType.POLLED,
      source: table.node.path,
      details: {
        batchSize: options.batchSize,
        parallelizationFactor: options.parallelizationFactor ?? DEFAULT_PARALLELIZATION,
        filtered: options.filters !== undefined,
        enabled: options.enabled ? undefined : false,
        reportBatchItemFailures: options.reportBatchItemFailures ? undefined : false,
        batchingWindowSeconds: options.maxBatchingWindow?.toSeconds(),
        monthlyEvents: levelModel(monthlyEvents, FunctionContext.of(fn).check.at('monthlyEvents')),
        filters: patternTexts(options),
      },
    };
  }

  private requireStream(fn: IAppFunction): string {
    const { table } = this;
    if (table.tableStreamArn === undefined) {
      throw this.missingStream(fn);
    }
    if (table instanceof dynamodb.TableV2) {
      // A table of this type has the attribute even without a stream, and a replica added later creates a stream.
      fn.node.addValidation({
        validate: () => (hasStream(table) ? [] : [this.missingStream(fn).message]),
      });
    }
    return table.tableStreamArn;
  }

  private missingStream(fn: IAppFunction): Error {
    return FunctionContext.of(fn).check.error(
      'table',
      'must have a stream',
      unquoted(`${this.table.node.path}, which has none`),
      'set `dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES` where you create it (`stream` for the older `Table`), import it with ' +
        '`fromTableAttributes({ tableStreamArn, … })`, or create it with `addTable`',
    );
  }
}

/** The patterns as JSON, the form that Lambda receives. */
function patternTexts({ filters }: TableChangesTriggerOptions): string[] | undefined {
  return filters === undefined || Token.isUnresolved(filters)
    ? undefined
    : filters.map(({ pattern }) => String(pattern));
}

function hasStream(table: dynamodb.TableV2): boolean {
  const { streamSpecification } = table.node.defaultChild as dynamodb.CfnGlobalTable;
  return Stack.of(table).resolve(streamSpecification) !== undefined;
}

/** What the stream contains, if the table is created in this CDK app. */
function viewOf(table: dynamodb.ITable): string | undefined {
  const { defaultChild } = table.node;
  if (!CfnResource.isCfnResource(defaultChild)) {
    return undefined;
  }
  const { streamSpecification } = defaultChild as dynamodb.CfnTable | dynamodb.CfnGlobalTable;
  const resolved: unknown = Stack.of(table).resolve(streamSpecification);
  const view: unknown = isPlainObject(resolved) ? resolved['streamViewType'] : undefined;
  return typeof view === 'string' ? view : undefined;
}

function checkOptions(
  options: TableChangesTriggerOptions,
  table: dynamodb.ITable,
  check: PropCheck,
): void {
  const patterns = filterPatterns(options.filters, check);
  requireDistinct(patterns.length > 0 ? options.filters : undefined, check);
  patterns.forEach((pattern, i) => {
    if (pattern !== undefined) {
      checkChangeFilter(pattern, viewOf(table), check.at(`filters[${i}]`));
    }
  });
  if (options.startingPosition === lambda.StartingPosition.AT_TIMESTAMP) {
    throw check.error(
      'startingPosition',
      'must be LATEST or TRIM_HORIZON for a table’s stream',
      options.startingPosition,
      'use `StartingPosition.TRIM_HORIZON` to start with the oldest change',
    );
  }
}

function grantStream(fn: IAppFunction, table: dynamodb.ITable, streamArn: string): void {
  iam.Grant.addToPrincipal({
    grantee: fn,
    actions: [
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
    ],
    resourceArns: [streamArn],
  });
  table.encryptionKey?.grant(fn, 'kms:Decrypt');
}
