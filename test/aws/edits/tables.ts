import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { AppTableProps } from 'cdk-serverless-app';
import { always, Edit, fine, ROLLED, tableOf, troubled, version } from './edit';

const table = (
  props: Partial<AppTableProps> = {},
  options: object = {},
): ReturnType<typeof version> =>
  version((app) => {
    app.onRequest('GET /a', 'ok.ts', { id: 'List', ...options }).reads(tableOf(app, props));
  });
const index = (indexName: string): dynamodb.GlobalSecondaryIndexPropsV2 => ({
  indexName,
  partitionKey: { name: indexName, type: dynamodb.AttributeType.STRING },
});
const indexes = (...names: readonly string[]): ReturnType<typeof version> =>
  table({ globalSecondaryIndexes: names.map(index) });
const replicas = (...regions: readonly string[]): ReturnType<typeof version> =>
  table({ replicas: regions.map((region) => ({ region })) });
const local = {
  localSecondaryIndexes: [
    { indexName: 'local', sortKey: { name: 'at', type: dynamodb.AttributeType.STRING } },
  ],
};

const NEW_TABLE = {
  kinds: ['data-replaced'],
  what: 'The app has a new, empty table. The old one stays in the account with its items.',
  instead:
    'Add a table with another id next to the old one, copy the items, switch the functions to the new one, and remove the old one last.',
} as const;

export const TABLE_EDITS: readonly Edit[] = [
  fine('add a table', version(always), table()),
  troubled('remove a table, and add it again', [table(), version(always), table()], {
    kinds: ['left-behind'],
    what: 'The removed table stays in the account with its items; the new one is empty.',
    instead: 'Import the old one (`cdk import`), or reference it with `Table.fromTableName`.',
  }),
  troubled(
    'rename a table’s id',
    [
      table(),
      version((app) => {
        const other = app.addTable('Other', { partitionKey: 'id' });
        app.onRequest('GET /a', 'ok.ts', { id: 'List' }).reads(other);
      }),
    ],
    { ...NEW_TABLE, kinds: ['left-behind'] },
  ),
  troubled('change the key of a table', [table(), table({ sortKey: 'at' })], NEW_TABLE),
  troubled(
    'change the key of a table that a function with a rollout or provisioned concurrency uses',
    [table({}, ROLLED), table({ sortKey: 'at' }, ROLLED)],
    {
      ...NEW_TABLE,
      what: `${NEW_TABLE.what} The new version of the function, which callers get, uses the new table.`,
    },
  ),
  troubled(
    'add a local secondary index',
    [table({ sortKey: 'x' }), table({ sortKey: 'x', ...local })],
    NEW_TABLE,
  ),
  fine(
    'add a global secondary index, and remove it',
    indexes('byA'),
    indexes('byA', 'byB'),
    indexes('byA'),
  ),
  troubled(
    'add or remove two global secondary indexes at once',
    [indexes(), indexes('byA', 'byB')],
    {
      kinds: ['will-fail'],
      what: 'DynamoDB creates or deletes one index per update.',
      instead: 'Add or remove them one by one, in separate deployments.',
      steps: [indexes(), indexes('byA'), indexes('byA', 'byB')],
    },
  ),
  troubled('rename a global secondary index', [indexes('byA'), indexes('byB')], {
    kinds: ['will-fail'],
    what: 'A rename creates one index and deletes another in the same update, which DynamoDB rejects.',
    instead:
      'Add the new one, switch the functions to it, and remove the old one in a later deployment.',
    steps: [indexes('byA'), indexes('byA', 'byB'), indexes('byB')],
  }),
  troubled('add a name to a table', [table(), table({ tableName: 'ledger' })], NEW_TABLE),
  troubled(
    'change the key of a table with a name',
    [table({ tableName: 'ledger' }), table({ tableName: 'ledger', sortKey: 'at' })],
    {
      kinds: ['data-replaced', 'will-fail'],
      what: 'CloudFormation creates the new table while the old one still has the name.',
      instead:
        'Change or remove `tableName` as well. Apart from that, proceed as for any change of the key.',
    },
  ),
  fine(
    'set and unset the time to live of a table',
    table(),
    table({ timeToLiveAttribute: 'until' }),
    table(),
  ),
  troubled(
    'change `dynamoStream` of a table',
    [table(), table({ dynamoStream: dynamodb.StreamViewType.KEYS_ONLY })],
    {
      kinds: ['may-fail'],
      what: 'DynamoDB cannot change the view type of a stream: the old stream must end first, and changes that nothing has read are lost with it.',
      instead:
        'Choose the view type when you create the table. The default, `NEW_AND_OLD_IMAGES`, includes all that the others contain.',
    },
  ),
  fine(
    'set and unset `encryption` of a table',
    table(),
    table({ encryption: dynamodb.TableEncryptionV2.awsManagedKey() }),
    table(),
  ),
  fine(
    'set `warmThroughput` of a table',
    table(),
    table({ warmThroughput: { readUnitsPerSecond: 13_000, writeUnitsPerSecond: 5000 } }),
  ),
  fine('add a replica, and remove it', table(), replicas('eu-central-1'), table()),
  troubled(
    'add or remove two replicas at once',
    [table(), replicas('eu-central-1', 'eu-north-1')],
    {
      kinds: ['will-fail'],
      what: 'CloudFormation adds or removes one replica per update.',
      instead: 'Add or remove them one by one, in separate deployments.',
      steps: [table(), replicas('eu-central-1'), replicas('eu-central-1', 'eu-north-1')],
    },
  ),
  fine(
    'change the billing mode of a table',
    table(),
    table({
      billing: dynamodb.Billing.provisioned({
        readCapacity: dynamodb.Capacity.fixed(1),
        writeCapacity: dynamodb.Capacity.autoscaled({ maxCapacity: 9 }),
      }),
    }),
  ),
  fine(
    'let the stack delete a table, and retain it again',
    table(),
    table({ removalPolicy: RemovalPolicy.DESTROY }),
    table(),
  ),
];
