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
   * How capacity is paid for.
   *
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
   * Throughput that the table is ready for at once.
   *
   * @default - what DynamoDB gives a new table
   */
  readonly warmThroughput?: dynamodb.WarmThroughput;

  /**
   * The table's name. A fixed name collides with a table that an earlier stack left behind.
   *
   * @default - CloudFormation makes one
   */
  readonly tableName?: string;
}
