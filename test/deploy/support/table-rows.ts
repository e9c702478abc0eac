import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { Target } from './target';

export type Row = Readonly<Record<string, unknown>>;

export async function getRow(
  target: Target,
  TableName: string,
  Key: Row,
): Promise<Row | undefined> {
  const database = DynamoDBDocumentClient.from(new DynamoDBClient(target.clientOptions));
  return (await database.send(new GetCommand({ TableName, Key }))).Item;
}

export async function putRow(target: Target, TableName: string, Item: Row): Promise<void> {
  const database = DynamoDBDocumentClient.from(new DynamoDBClient(target.clientOptions));
  await database.send(new PutCommand({ TableName, Item }));
}

export async function listRows(target: Target, TableName: string): Promise<readonly Row[]> {
  const database = DynamoDBDocumentClient.from(new DynamoDBClient(target.clientOptions));
  return (await database.send(new ScanCommand({ TableName }))).Items ?? [];
}
