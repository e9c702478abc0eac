/**
 * What one event adds to a project.
 *
 * @typedef {object} EventChoice
 * @property {string} title as the question shows it
 * @property {Record<string, string[]>} imports names by module, for app.ts
 * @property {string} declares lines of app.ts
 * @property {boolean} [usesItems] whether it needs the table of items
 * @property {Record<string, string>} files handlers and their tests
 * @property {string[]} [packages] that the handlers need
 * @property {Record<string, string[]>} functions the environment variables of each function
 * @property {Record<string, string[]>} [receives] the detail types of the events that run a function
 */

const HTTP_CREATE = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyHandlerV2 } from 'aws-lambda';
import type { CreateItemEnv } from '../serverless-app-env';
import { parseItem } from './item';

const { ITEMS_TABLE_NAME: TableName } = process.env as CreateItemEnv;
const table = DynamoDBDocumentClient.from(new DynamoDBClient());

export const handler: APIGatewayProxyHandlerV2 = async (event) => {
  const item = parseItem(event.body);
  if (item === undefined) {
    return { statusCode: 400, body: 'send { "id": "…", "name": "…" }' };
  }
  await table.send(new PutCommand({ TableName, Item: item }));
  return { statusCode: 201, body: JSON.stringify(item) };
};
`;

const HTTP_GET = `import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyHandlerV2 } from 'aws-lambda';
import type { GetItemEnv } from '../serverless-app-env';

const { ITEMS_TABLE_NAME: TableName } = process.env as GetItemEnv;
const table = DynamoDBDocumentClient.from(new DynamoDBClient());

export const handler: APIGatewayProxyHandlerV2 = async (event) => {
  const Key = { id: event.pathParameters?.id };
  const { Item } = await table.send(new GetCommand({ TableName, Key }));
  return Item === undefined ? { statusCode: 404 } : { statusCode: 200, body: JSON.stringify(Item) };
};
`;

const ITEM = `export interface Item {
  readonly id: string;
  readonly name: string;
}

/** The item in a request's body; undefined if there is none. */
export function parseItem(body: string | undefined): Item | undefined {
  try {
    const { id, name } = JSON.parse(body ?? '') as Partial<Item>;
    return typeof id === 'string' && id !== '' && typeof name === 'string' ? { id, name } : undefined;
  } catch {
    return undefined;
  }
}
`;

const ITEM_TEST = `import assert from 'node:assert';
import { test } from 'node:test';
import { parseItem } from '../src/item';

test('a body with an id and a name is an item', () => {
  assert.deepStrictEqual(parseItem('{ "id": "1", "name": "Ada", "more": 1 }'), { id: '1', name: 'Ada' });
});

for (const body of [undefined, '', 'no JSON', '{}', '{ "id": "", "name": "Ada" }', '{ "id": "1" }']) {
  test(\`\${body} is no item\`, () => {
    assert.strictEqual(parseItem(body), undefined);
  });
}
`;

/** @type {Record<string, EventChoice>} */
export const EVENTS = {
  http: {
    title: 'HTTP requests',
    functions: { CreateItem: ['ITEMS_TABLE_NAME'], GetItem: ['ITEMS_TABLE_NAME'] },
    usesItems: true,
    imports: {},
    declares: `app.onRequest('POST /items', 'src/create-item.ts').writes(items);
app.onRequest('GET /items/{id}', 'src/get-item.ts').reads(items);
new CfnOutput(stack, 'Url', { value: app.url });`,
    files: {
      'src/create-item.ts': HTTP_CREATE,
      'src/get-item.ts': HTTP_GET,
      'src/item.ts': ITEM,
      'test/item.test.ts': ITEM_TEST,
    },
    packages: ['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb'],
  },
  table: {
    title: 'changes in a DynamoDB table',
    functions: { ItemChanged: [] },
    usesItems: true,
    imports: {},
    declares: "app.onTableChange(items, 'src/item-changed.ts');",
    files: {
      'src/item-changed.ts': `import type { DynamoDBStreamEvent } from 'aws-lambda';

export const handler = async (event: DynamoDBStreamEvent): Promise<void> => {
  for (const { eventName, dynamodb } of event.Records) {
    console.log(eventName, dynamodb?.Keys?.id?.S);
  }
};
`,
    },
  },
  objects: {
    title: 'objects in an S3 bucket',
    functions: { ImportFile: ['UPLOADS_BUCKET_NAME'] },
    imports: {},
    declares: `const uploads = app.addBucket('Uploads');
app.onObjectCreated(uploads, 'src/import-file.ts', { suffix: '.csv' }).reads(uploads);`,
    files: {
      'src/import-file.ts': `import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { S3Event } from 'aws-lambda';

const s3 = new S3Client();

export const handler = async (event: S3Event): Promise<void> => {
  for (const { s3: { bucket, object } } of event.Records) {
    const Key = decodeURIComponent(object.key.replaceAll('+', ' '));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket.name, Key }));
    const text = (await Body?.transformToString()) ?? '';
    console.log(Key, text.split('\\n').length, 'lines');
  }
};
`,
    },
    packages: ['@aws-sdk/client-s3'],
  },
  schedule: {
    title: 'a schedule',
    functions: { EveryHour: [] },
    imports: { 'aws-cdk-lib': ['Duration'], 'aws-cdk-lib/aws-scheduler': ['ScheduleExpression'] },
    declares: "app.onSchedule(ScheduleExpression.rate(Duration.hours(1)), 'src/every-hour.ts');",
    files: {
      'src/every-hour.ts': `export const handler = async (): Promise<void> => {
  console.log('an hour has passed');
};
`,
    },
  },
  queue: {
    title: 'messages in an SQS queue',
    functions: { Work: [] },
    imports: {},
    declares: `const jobs = app.addQueue('Jobs');
app.onMessage(jobs, 'src/work.ts');`,
    files: {
      'src/work.ts': `import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';

/** SQS delivers the messages in the returned list again; after 5 receives they go to the failure queue. */
export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> => {
  const batchItemFailures: SQSBatchResponse['batchItemFailures'] = [];
  for (const { messageId, body } of event.Records) {
    try {
      console.log('job', JSON.parse(body));
    } catch {
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
};
`,
    },
  },
  event: {
    title: 'events on an EventBridge bus',
    functions: { OrderPaid: [] },
    receives: { OrderPaid: ['OrderPaid'] },
    imports: {},
    declares: `app.onEvent({ source: ['shop'], detailType: ['OrderPaid'] }, 'src/order-paid.ts');`,
    files: {
      'src/order-paid.ts': `import type { EventBridgeEvent } from 'aws-lambda';

export const handler = async (event: EventBridgeEvent<'OrderPaid', { id: string }>): Promise<void> => {
  console.log('paid', event.detail.id);
};
`,
    },
  },
};
