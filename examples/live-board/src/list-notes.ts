import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { database } from './database';
import { environment } from './environment';

/** Answers with all notes. The board is small. */
export async function handler(): Promise<{ statusCode: number; body: string }> {
  const { Items: notes = [] } = await database.send(
    new ScanCommand({ TableName: environment('NOTES_TABLE_NAME') }),
  );
  return { statusCode: 200, body: JSON.stringify({ kind: 'list', notes }) };
}
