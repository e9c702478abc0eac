import { DeleteCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { send } from './clients';
import { database } from './database';
import { environment } from './environment';
import type { Change, Note } from './note';

/** Sends each change of the notes to all who are connected. A change that could not be sent comes again, with those after it. */
export async function handler({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  for (const record of Records) {
    try {
      await sendToAll(changeIn(record));
    } catch (error) {
      console.error({ message: 'change not sent', error });
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}

function changeIn({ dynamodb = {} }: DynamoDBRecord): Change {
  const read = (image: unknown): unknown => unmarshall(image as Record<string, AttributeValue>);
  return dynamodb.NewImage === undefined
    ? { kind: 'removed', id: (read(dynamodb.Keys) as Note).id }
    : { kind: 'put', note: read(dynamodb.NewImage) as Note };
}

async function sendToAll(change: Change): Promise<void> {
  const TableName = environment('CONNECTIONS_TABLE_NAME');
  for await (const { Items = [] } of paginateScan({ client: database }, { TableName })) {
    await Promise.all(
      Items.map(async ({ connectionId }) => {
        if (!(await send(String(connectionId), change))) {
          await database.send(new DeleteCommand({ TableName, Key: { connectionId } }));
        }
      }),
    );
  }
}
