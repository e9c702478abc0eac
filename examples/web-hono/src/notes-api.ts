import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
} from '@aws-sdk/lib-dynamodb';
import { Hono } from 'hono';
import type { NotesApiEnv } from '../serverless-app-env';

const table = DynamoDBDocumentClient.from(new DynamoDBClient());
const app = new Hono<{ Bindings: NotesApiEnv }>();

app.post('/notes', async (c) => {
  const note = await c.req.json<{ readonly id?: unknown; readonly text?: unknown }>();
  if (typeof note.id !== 'string' || typeof note.text !== 'string') {
    return c.json({ message: 'send { "id": "…", "text": "…" }' }, 400);
  }
  await table.send(new PutCommand({ TableName: c.env.NOTES_TABLE_NAME, Item: note }));
  return c.json(note, 201, { location: `/notes/${encodeURIComponent(note.id)}` });
});

app.get('/notes/:id', async (c) => {
  const Key = { id: c.req.param('id') };
  const { Item } = await table.send(new GetCommand({ TableName: c.env.NOTES_TABLE_NAME, Key }));
  return Item === undefined ? c.notFound() : c.json(Item);
});

app.delete('/notes/:id', async (c) => {
  const Key = { id: c.req.param('id') };
  await table.send(new DeleteCommand({ TableName: c.env.NOTES_TABLE_NAME, Key }));
  return c.body(null, 204);
});

app.get('/notes', (c) => c.redirect('/notes/first', 307));

export default app;
