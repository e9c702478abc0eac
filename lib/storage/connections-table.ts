import { RemovalPolicy } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type { IServerlessApp } from '../core/contract';
import { CONNECTIONS_TABLE } from '../core/defaults';
import { addTable } from './app-storage';
import type { ConnectionsTableProps } from './connections-table-props';

/** Creates a table of open connections. Its items are worthless once the connections are closed, so it is kept as little as they are. */
export function addConnectionsTable(
  app: IServerlessApp,
  id: string,
  props: ConnectionsTableProps,
): dynamodb.TableV2 {
  return addTable(
    app,
    id,
    {
      partitionKey: CONNECTIONS_TABLE.partitionKey,
      timeToLiveAttribute: CONNECTIONS_TABLE.timeToLiveAttribute,
      removalPolicy: RemovalPolicy.DESTROY,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false },
      ...props,
    },
    { temporary: true },
  );
}
