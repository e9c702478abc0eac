import { RemovalPolicy } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { AppContext } from '../core/app-context';
import type { IServerlessApp } from '../core/contract';
import { CONNECTIONS_TABLE } from '../core/defaults';
import { checkProps } from '../props/check-props';
import { propsOf } from '../props/prop-set';
import { addTable } from './app-storage';
import type { ConnectionsTableProps } from './connections-table-props';
import { TABLE_PROPS } from './table-prop-set';

const { globalSecondaryIndexes, encryption, billing, tableName } = TABLE_PROPS.props;

/** The purpose of the table determines its other options. */
export const CONNECTIONS_TABLE_PROPS = propsOf<ConnectionsTableProps>()({
  globalSecondaryIndexes,
  encryption,
  billing,
  tableName,
});

/** Creates a table of open connections. Its items are worthless once the connections close, so it has no backup and is not retained. */
export function addConnectionsTable(
  app: IServerlessApp,
  id: string,
  props: ConnectionsTableProps,
): dynamodb.TableV2 {
  checkProps(props, CONNECTIONS_TABLE_PROPS, AppContext.of(app).check.at(`tables.${id}`));
  return addTable(
    app,
    id,
    {
      ...props,
      partitionKey: CONNECTIONS_TABLE.partitionKey,
      timeToLiveAttribute: CONNECTIONS_TABLE.timeToLiveAttribute,
      removalPolicy: RemovalPolicy.DESTROY,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false },
    },
    { temporary: true },
  );
}
