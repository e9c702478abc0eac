import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type {
  DynamoDBBatchResponse,
  DynamoDBRecord,
  DynamoDBStreamEvent,
  StreamRecord,
} from 'aws-lambda';
import { database } from './database';
import { environment } from './environment';
import { Order } from './order';
import { customerView } from './views';

/** Keeps each customer's view of orders. Doing it twice changes nothing, since a change may arrive twice. */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  for (const record of event.Records) {
    try {
      await project(record);
    } catch (error) {
      console.error({ message: 'change not projected', eventId: record.eventID, error });
      // Changes of an order must stay in order, so everything from this one on is repeated.
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
}

async function project(record: DynamoDBRecord): Promise<void> {
  const before = orderOf(record.dynamodb?.OldImage);
  const after = orderOf(record.dynamodb?.NewImage);
  const TableName = environment('VIEWS_TABLE_NAME');
  if (before !== undefined && before.customer !== after?.customer) {
    const Key = { view: customerView(before.customer), entry: before.id };
    await database.send(new DeleteCommand({ TableName, Key }));
  }
  if (after !== undefined) {
    const { id, customer, item, totalCents, day } = after;
    const Item = { view: customerView(customer), entry: id, item, totalCents, day };
    await database.send(new PutCommand({ TableName, Item }));
  }
  console.log({ message: 'order projected', event: record.eventName, id: (after ?? before)?.id });
}

function orderOf(image: StreamRecord['NewImage']): Order | undefined {
  // The event's own type differs from the SDK's only in how it declares binary values.
  return image && (unmarshall(image as Record<string, AttributeValue>) as Order);
}
