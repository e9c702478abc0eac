import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { database } from './database';
import { environment } from './environment';
import { parseNote } from './note';
import { nameOf, SocketEvent } from './socket-event';

/** Saves a note. All clients, the sender too, hear of it by the change of the table. */
export async function handler(event: SocketEvent): Promise<{ statusCode: number }> {
  const note = parseNote(event.body ?? '{}', nameOf(event));
  if (typeof note === 'string') {
    console.warn({ message: 'not a note', reason: note });
    return { statusCode: 400 };
  }
  await database.send(new PutCommand({ TableName: environment('NOTES_TABLE_NAME'), Item: note }));
  return { statusCode: 200 };
}
