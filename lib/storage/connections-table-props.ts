import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';

/** Properties of a table of open connections. */
export interface ConnectionsTableProps {
  /**
   * Global secondary indexes, to find the connections of a user or a room: `{ indexName: 'byRoom', partitionKey: { name: 'room', type:
   * AttributeType.STRING } }`.
   *
   * @default - no indexes
   */
  readonly globalSecondaryIndexes?: dynamodb.GlobalSecondaryIndexPropsV2[];

  /**
   * The key that encrypts the table.
   *
   * @default TableEncryptionV2.dynamoOwnedKey()
   */
  readonly encryption?: dynamodb.TableEncryptionV2;

  /**
   * The billing mode.
   *
   * @default Billing.onDemand()
   */
  readonly billing?: dynamodb.Billing;

  /**
   * The table's name.
   *
   * @default - CloudFormation chooses the name
   */
  readonly tableName?: string;
}
