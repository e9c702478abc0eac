import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';

/** Properties of a table: those of `TableV2`, with the keys given as strings. */
export interface AppTableProps extends dynamodb.TableOptionsV2 {
  /** The name of the partition key attribute. */
  readonly partitionKey: string;

  /**
   * The type of the partition key.
   *
   * @default AttributeType.STRING
   */
  readonly partitionKeyType?: dynamodb.AttributeType;

  /**
   * The name of the sort key attribute.
   *
   * @default - no sort key
   */
  readonly sortKey?: string;

  /**
   * The type of the sort key.
   *
   * @default AttributeType.STRING
   */
  readonly sortKeyType?: dynamodb.AttributeType;

  /**
   * The attribute that holds the expiry time, in seconds since 1970, after which DynamoDB deletes an item.
   *
   * @default - items do not expire
   */
  readonly timeToLiveAttribute?: string;

  /**
   * What the stream contains. A stream without readers costs nothing.
   *
   * @default StreamViewType.NEW_AND_OLD_IMAGES
   */
  readonly dynamoStream?: dynamodb.StreamViewType;

  /**
   * What happens to the table when it is removed from the stack.
   *
   * @default - retained in production, removed in development
   */
  readonly removalPolicy?: RemovalPolicy;

  /**
   * The billing mode. On-demand capacity can have a maximum, `Billing.onDemand({ maxReadRequestUnits: 2000, maxWriteRequestUnits:
   * 500 })`: whole numbers of units a second, at least 1. DynamoDB rejects requests above it
   * (`ProvisionedThroughputExceededException`), the SDK retries them, and they cost nothing, so it limits the bill. Without it, a
   * table uses up to the account's quota, by default 40,000 of each.
   *
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode-max-throughput.html
   * @default Billing.onDemand()
   */
  readonly billing?: dynamodb.Billing;

  /**
   * Global secondary indexes.
   *
   * @default - no indexes
   */
  readonly globalSecondaryIndexes?: dynamodb.GlobalSecondaryIndexPropsV2[];

  /**
   * Local secondary indexes, which share the table's partition key.
   *
   * @default - no indexes
   */
  readonly localSecondaryIndexes?: dynamodb.LocalSecondaryIndexProps[];

  /**
   * Replicas of the table in other regions.
   *
   * @default - no replicas
   */
  readonly replicas?: dynamodb.ReplicaTableProps[];

  /**
   * The key that encrypts the table.
   *
   * @default TableEncryptionV2.dynamoOwnedKey()
   */
  readonly encryption?: dynamodb.TableEncryptionV2;

  /**
   * The throughput that the table supports immediately, for load that arrives suddenly: `{ readUnitsPerSecond: 30_000 }`. On
   * demand at least 12,000 read units and 4,000 write units a second, which every new table has; above 40,000, AWS must raise the
   * account's quota first. Raising it costs money, and it cannot be lowered again.
   *
   * @default - the initial value of DynamoDB: 12,000 read units and 4,000 write units a second
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html
   */
  readonly warmThroughput?: dynamodb.WarmThroughput;

  /**
   * The table's name. A fixed name collides with a table that an earlier stack retained.
   *
   * @default - CloudFormation chooses the name
   */
  readonly tableName?: string;
}
