import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';

/** Properties of a table: those of `TableV2`, with the keys named by a string. */
export interface AppTableProps extends dynamodb.TableOptionsV2 {
  /** The attribute that is the partition key. */
  readonly partitionKey: string;

  /**
   * The type of that attribute.
   *
   * @default AttributeType.STRING
   */
  readonly partitionKeyType?: dynamodb.AttributeType;

  /**
   * The attribute that is the sort key.
   *
   * @default - no sort key
   */
  readonly sortKey?: string;

  /**
   * The type of that attribute.
   *
   * @default AttributeType.STRING
   */
  readonly sortKeyType?: dynamodb.AttributeType;

  /**
   * The attribute that holds the time, in seconds since 1970, after which DynamoDB removes an item.
   *
   * @default - items stay
   */
  readonly timeToLiveAttribute?: string;

  /**
   * What the stream of changes holds. A stream that nothing reads costs nothing.
   *
   * @default StreamViewType.NEW_AND_OLD_IMAGES
   */
  readonly dynamoStream?: dynamodb.StreamViewType;

  /**
   * What happens to the table when it leaves the stack.
   *
   * @default - retained in production, removed in development
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * How capacity is paid for. On demand it may be bounded, `Billing.onDemand({ maxReadRequestUnits: 2000, maxWriteRequestUnits: 500 })`:
   * whole numbers of units a second, not below 1. What is beyond is refused by DynamoDB
   * (`ProvisionedThroughputExceededException`), tried again by the SDK, and costs nothing: a bound on the bill. Without it
   * a table takes up to the account's quota, 40,000 of each, unless AWS raised it.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode-max-throughput.html
   * @default Billing.onDemand()
   */
  readonly billing?: dynamodb.Billing;

  /**
   * Indexes with keys of their own.
   *
   * @default - no indexes
   */
  readonly globalSecondaryIndexes?: dynamodb.GlobalSecondaryIndexPropsV2[];

  /**
   * Indexes with the table's partition key.
   *
   * @default - no indexes
   */
  readonly localSecondaryIndexes?: dynamodb.LocalSecondaryIndexProps[];

  /**
   * Copies of the table in other regions.
   *
   * @default - no copies
   */
  readonly replicas?: dynamodb.ReplicaTableProps[];

  /**
   * Which key encrypts the table.
   *
   * @default TableEncryptionV2.dynamoOwnedKey()
   */
  readonly encryption?: dynamodb.TableEncryptionV2;

  /**
   * Throughput that the table is ready for at once, for a load that comes suddenly: `{ readUnitsPerSecond: 30_000 }`. On demand at least
   * 12,000 read units and 4,000 write units a second, which every new table has; above 40,000 AWS has to raise the
   * account's quota first. It is charged for when it is raised, and cannot be lowered again.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html
   * @default - what DynamoDB gives a new table: 12,000 read units and 4,000 write units a second
   */
  readonly warmThroughput?: dynamodb.WarmThroughput;

  /**
   * The table's name. A fixed name collides with a table that an earlier stack left behind.
   *
   * @default - CloudFormation makes one
   */
  readonly tableName?: string;
}
