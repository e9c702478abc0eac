import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { database } from './database';
import { environment } from './environment';
import { nameOf, SocketEvent } from './socket-event';

/** API Gateway closes a connection after two hours. */
const TWO_HOURS = 2 * 60 * 60;

/** Remembers who is connected. API Gateway does not promise `$disconnect`, so an entry expires too. */
export async function handler(event: SocketEvent): Promise<{ statusCode: number }> {
  const { connectionId, eventType, connectedAt } = event.requestContext;
  const TableName = environment('CONNECTIONS_TABLE_NAME');
  if (eventType === 'DISCONNECT') {
    await database.send(new DeleteCommand({ TableName, Key: { connectionId } }));
  } else {
    const expiresAt = Math.floor(connectedAt / 1000) + TWO_HOURS;
    const Item = { connectionId, expiresAt, name: nameOf(event) };
    await database.send(new PutCommand({ TableName, Item }));
  }
  return { statusCode: 200 };
}
