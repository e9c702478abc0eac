import { Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  Access,
  AccessConfig,
  AccessLevel,
  AppFunction,
  IAccess,
  ServerlessApp,
} from 'cdk-serverless-app';
import { actionsOf, resourceStatements, statementsOf } from '../support/policies';
import { HANDLERS, only, quickApp, quickCdkApp, resources } from '../support/synth';

const FUNCTION = 'AWS::Lambda::Function';
const KEYS = { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } };
const LOGS = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const ENV = { env: { account: '111111111111', region: 'eu-west-1' } };

const READ_TABLE = [
  'dynamodb:BatchGetItem',
  'dynamodb:ConditionCheckItem',
  'dynamodb:DescribeTable',
  'dynamodb:GetItem',
  'dynamodb:Query',
  'dynamodb:Scan',
];
const WRITE_TABLE = [
  'dynamodb:BatchWriteItem',
  'dynamodb:DeleteItem',
  'dynamodb:DescribeTable',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
];
const READ_BUCKET = ['s3:GetObject', 's3:ListBucket'];
const WRITE_BUCKET = ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:PutObject'];
const READ_KEY = ['kms:Decrypt', 'kms:DescribeKey'];
const WRITE_KEY = [
  ...READ_KEY,
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];
const sorted = (...actions: string[][]): string[] => [...new Set(actions.flat())].sort();

/** What a function may do beside writing its log. */
function granted(stack: Stack): string[] {
  return actionsOf(stack, 'AppOkRole').filter((action) => !LOGS.includes(action));
}

/** The resources of the statement with an action, as text. */
function resourcesWith(stack: Stack, action: string): string[] {
  return statementsOf(stack, 'AppOkRole')
    .filter((statement) => statement.actions.includes(action))
    .flatMap((statement) => statement.resources);
}

function variables(stack: Stack): unknown {
  return (only(stack, FUNCTION).Environment as { Variables: unknown } | undefined)?.Variables;
}

describe('to a table', () => {
  test.each<[string, (fn: AppFunction, table: dynamodb.ITable) => void, string[]]>([
    ['reads', (fn, table) => fn.reads(table), READ_TABLE],
    ['writes', (fn, table) => fn.writes(table), WRITE_TABLE],
    ['readsAndWrites', (fn, table) => fn.readsAndWrites(table), sorted(READ_TABLE, WRITE_TABLE)],
    [
      'reads and writes one after the other',
      (fn, table) => fn.reads(table).writes(table),
      sorted(READ_TABLE, WRITE_TABLE),
    ],
    [
      'addAccess',
      (fn, table) => {
        fn.addAccess(Access.read(table));
      },
      READ_TABLE,
    ],
  ])('%s grants exactly these actions', (_name, give, actions) => {
    const { app, stack } = quickApp();

    give(app.onRequest('GET /', 'ok.ts'), app.addTable('Orders', { partitionKey: 'id' }));

    expect(granted(stack)).toEqual(actions);
  });

  test('covers only the table if it has no index', () => {
    const { app, stack } = quickApp();
    const table = app.addTable('Orders', { partitionKey: 'id' });

    app.onRequest('GET /', 'ok.ts').reads(table);

    expect(resourcesWith(stack, 'dynamodb:Query')).toEqual([
      JSON.stringify(stack.resolve(table.tableArn)),
    ]);
  });

  test('covers the indexes for reading', () => {
    const { app, stack } = quickApp();
    const table = app.addTable('Orders', {
      partitionKey: 'id',
      globalSecondaryIndexes: [
        { indexName: 'byDay', partitionKey: { name: 'day', type: dynamodb.AttributeType.STRING } },
      ],
    });

    app.onRequest('GET /', 'ok.ts').reads(table);

    expect(resourcesWith(stack, 'dynamodb:Query').join()).toContain('"/index/*"');
  });

  test('covers an index that is added afterwards', () => {
    const { app, stack } = quickApp();
    const table = app.addTable('Orders', { partitionKey: 'id' });

    app.onRequest('GET /', 'ok.ts').reads(table);
    table.addGlobalSecondaryIndex({
      indexName: 'byDay',
      partitionKey: { name: 'day', type: dynamodb.AttributeType.STRING },
    });

    expect(resourcesWith(stack, 'dynamodb:Query')).toHaveLength(2);
  });

  test('covers no index for writing', () => {
    const { app, stack } = quickApp();
    const table = app.addTable('Orders', {
      partitionKey: 'id',
      globalSecondaryIndexes: [
        { indexName: 'byDay', partitionKey: { name: 'day', type: dynamodb.AttributeType.STRING } },
      ],
    });

    app.onRequest('GET /', 'ok.ts').writes(table);

    expect(resourcesWith(stack, 'dynamodb:PutItem').join()).not.toContain('/index/');
  });

  test.each<[string, (fn: AppFunction, table: dynamodb.ITable) => void, string[]]>([
    ['reading', (fn, table) => fn.reads(table), READ_KEY],
    ['writing', (fn, table) => fn.writes(table), WRITE_KEY],
    ['both', (fn, table) => fn.readsAndWrites(table), WRITE_KEY],
  ])('grants the table’s key for %s', (_name, give, actions) => {
    const { app, stack } = quickApp({}, ENV);
    const key = new kms.Key(stack, 'Key');
    const encryption = dynamodb.TableEncryptionV2.customerManagedKey(key);

    give(
      app.onRequest('GET /', 'ok.ts'),
      app.addTable('Orders', { partitionKey: 'id', encryption }),
    );

    expect(granted(stack).filter((action) => action.startsWith('kms:'))).toEqual(actions.sort());
  });

  test('covers only the key of this table', () => {
    const { app, stack } = quickApp({}, ENV);
    const key = new kms.Key(stack, 'Key');
    const encryption = dynamodb.TableEncryptionV2.customerManagedKey(key);

    app
      .onRequest('GET /', 'ok.ts')
      .reads(app.addTable('Orders', { partitionKey: 'id', encryption }));

    expect(resourcesWith(stack, 'kms:Decrypt')).toEqual([
      JSON.stringify(stack.resolve(key.keyArn)),
    ]);
  });

  test.each<[string, (stack: Stack) => dynamodb.ITable]>([
    ['a TableV2 of the user’s', (stack) => new dynamodb.TableV2(stack, 'Mine', KEYS)],
    ['a Table of the user’s', (stack) => new dynamodb.Table(stack, 'Mine', KEYS)],
    ['an imported table', (stack) => dynamodb.Table.fromTableName(stack, 'Mine', 'theirs')],
    ['an imported TableV2', (stack) => dynamodb.TableV2.fromTableName(stack, 'Mine', 'theirs')],
  ])('accepts %s', (_name, make) => {
    const { app, stack } = quickApp();
    const table = make(stack);

    app.onRequest('GET /', 'ok.ts').reads(table);

    expect(resourcesWith(stack, 'dynamodb:Query')).toEqual([
      JSON.stringify(stack.resolve(table.tableArn)),
    ]);
  });

  test('does not change the user’s table', () => {
    const { app, stack } = quickApp();
    const table = new dynamodb.Table(stack, 'Mine', KEYS);

    app.onRequest('GET /', 'ok.ts').readsAndWrites(table);

    expect(only(stack, 'AWS::DynamoDB::Table')).not.toHaveProperty('ResourcePolicy');
  });

  test('covers the indexes of an imported table', () => {
    const { app, stack } = quickApp();
    const table = dynamodb.Table.fromTableAttributes(stack, 'Mine', {
      tableName: 'theirs',
      globalIndexes: ['byDay'],
    });

    app.onRequest('GET /', 'ok.ts').reads(table);

    expect(resourcesWith(stack, 'dynamodb:Query')).toHaveLength(2);
  });
});

describe('to a bucket', () => {
  test.each<[string, (fn: AppFunction, bucket: s3.IBucket) => void, string[]]>([
    ['reads', (fn, bucket) => fn.reads(bucket), READ_BUCKET],
    ['writes', (fn, bucket) => fn.writes(bucket), WRITE_BUCKET],
    [
      'readsAndWrites',
      (fn, bucket) => fn.readsAndWrites(bucket),
      sorted(READ_BUCKET, WRITE_BUCKET),
    ],
  ])('%s grants exactly these actions', (_name, give, actions) => {
    const { app, stack } = quickApp();

    give(app.onRequest('GET /', 'ok.ts'), app.addBucket('Uploads'));

    expect(granted(stack)).toEqual(actions);
  });

  test('covers the bucket for listing and its objects for reading', () => {
    const { app, stack } = quickApp();
    const bucket = s3.Bucket.fromBucketName(stack, 'Mine', 'theirs');

    app.onRequest('GET /', 'ok.ts').reads(bucket);

    expect([resourcesWith(stack, 's3:ListBucket'), resourcesWith(stack, 's3:GetObject')]).toEqual([
      [JSON.stringify(stack.resolve(bucket.bucketArn))],
      [JSON.stringify(stack.resolve(bucket.arnForObjects('*')))],
    ]);
  });

  test.each<[string, (fn: AppFunction, bucket: s3.IBucket) => void, string[]]>([
    ['reading', (fn, bucket) => fn.reads(bucket), READ_KEY],
    ['writing', (fn, bucket) => fn.writes(bucket), WRITE_KEY],
  ])('grants the bucket’s key for %s', (_name, give, actions) => {
    const { app, stack } = quickApp();

    give(
      app.onRequest('GET /', 'ok.ts'),
      app.addBucket('Uploads', { encryption: s3.BucketEncryption.KMS }),
    );

    expect(granted(stack).filter((action) => action.startsWith('kms:'))).toEqual(actions.sort());
  });

  test.each<[string, (stack: Stack) => s3.IBucket]>([
    ['a bucket of the user’s', (stack) => new s3.Bucket(stack, 'Mine')],
    ['an imported bucket', (stack) => s3.Bucket.fromBucketName(stack, 'Mine', 'theirs')],
  ])('accepts %s', (_name, make) => {
    const { app, stack } = quickApp();

    app.onRequest('GET /', 'ok.ts').reads(make(stack));

    expect(granted(stack)).toEqual(READ_BUCKET);
  });

  test('does not change the policy of a bucket in the same account', () => {
    const { app, stack } = quickApp();

    app.onRequest('GET /', 'ok.ts').reads(new s3.Bucket(stack, 'Mine'));

    expect(resourceStatements(stack)).toEqual([]);
  });
});

describe('in the handler’s environment', () => {
  test('is the name of a table', () => {
    const { app, stack } = quickApp();
    const table = app.addTable('Orders', { partitionKey: 'id' });

    app.onRequest('GET /', 'ok.ts').reads(table);

    expect(variables(stack)).toEqual({
      ORDERS_TABLE_NAME: stack.resolve(table.tableName) as unknown,
    });
  });

  test('is the name of a bucket', () => {
    const { app, stack } = quickApp();

    app.onRequest('GET /', 'ok.ts').reads(s3.Bucket.fromBucketName(stack, 'Uploads', 'theirs'));

    expect(variables(stack)).toEqual({ UPLOADS_BUCKET_NAME: 'theirs' });
  });

  test('is the name of the app’s bucket without a dependency on the bucket', () => {
    const { app, stack } = quickApp();

    app.onRequest('GET /', 'ok.ts').reads(app.addBucket('Uploads'));

    expect(JSON.stringify(variables(stack))).not.toContain('"Ref":"AppUploads');
  });

  test('is in the variable that the user names', () => {
    const { app, stack } = quickApp();
    const bucket = s3.Bucket.fromBucketName(stack, 'Uploads', 'theirs');

    app.onRequest('GET /', 'ok.ts', {
      access: [Access.read(bucket, { environmentVariable: 'INBOX' })],
    });

    expect(variables(stack)).toEqual({ INBOX: 'theirs' });
  });

  test('is set once, however often access is given', () => {
    const { app, stack } = quickApp();
    const table = app.addTable('Orders', { partitionKey: 'id' });

    app.onRequest('GET /', 'ok.ts').reads(table).writes(table).readsAndWrites(table);

    expect(Object.keys(variables(stack) as object)).toEqual(['ORDERS_TABLE_NAME']);
  });

  test('fails if two resources have one variable', () => {
    const { app, stack } = quickApp();
    const fn = app
      .onRequest('GET /', 'ok.ts')
      .reads(app.addTable('Orders', { partitionKey: 'id' }));
    const other = dynamodb.Table.fromTableName(stack, 'Orders', 'theirs');

    expect(() => fn.reads(other)).toThrow(
      'Test/App: `functions.Ok.access` must give `ORDERS_TABLE_NAME` the value that Test/App/Orders gives it, got the access to Test/Orders, with another value: name the variable yourself: `Access.read(resource, { environmentVariable: "…" })`',
    );
  });

  test('fails if the user’s environment already has the variable', () => {
    const { app } = quickApp();
    const table = app.addTable('Orders', { partitionKey: 'id' });
    const fn = app.onRequest('GET /', 'ok.ts', { environment: { ORDERS_TABLE_NAME: 'mine' } });

    expect(() => fn.reads(table)).toThrow(
      '`functions.Ok.access` must give `ORDERS_TABLE_NAME` the value that `environment` gives it',
    );
  });

  test.each(['1X', 'A-B', 'X', 'AWS_REGION'])('fails for the variable %s', (name) => {
    const { app } = quickApp();
    const table = app.addTable('Orders', { partitionKey: 'id' });

    expect(() =>
      app.onRequest('GET /', 'ok.ts', {
        access: [Access.read(table, { environmentVariable: name })],
      }),
    ).toThrow(/`functions\.Ok\.access` must (have variable names|not set a variable)/);
  });
});

describe('to another construct', () => {
  test('fails for a construct that Access does not know', () => {
    const { app, stack } = quickApp();
    const queue = new sqs.Queue(stack, 'Jobs');

    expect(() => app.onRequest('GET /', 'ok.ts').reads(queue)).toThrow(
      'Test/App: `functions.Ok.access` must name a table or a bucket, got "Test/Jobs": use `sends(queue)` to send messages, or `onMessage` to receive them',
    );
  });

  test.each([undefined, null, 'orders', 7])('fails for %p', (nothing) => {
    const { app } = quickApp();

    expect(() => app.onRequest('GET /', 'ok.ts').reads(nothing as never)).toThrow(
      '`functions.Ok.access` must name a table or a bucket, got',
    );
  });

  /** Access to a queue, as a user may write it. */
  class Send implements IAccess {
    constructor(private readonly queue: sqs.IQueue) {}

    bind(fn: AppFunction): AccessConfig {
      this.queue.grantSendMessages(fn.grantPrincipal);
      return {
        kind: 'queue',
        path: this.queue.node.path,
        level: AccessLevel.WRITE,
        environmentVariable: 'JOBS_QUEUE_URL',
        environmentValue: this.queue.queueUrl,
      };
    }
  }

  test('may omit the variable', () => {
    const { app, stack } = quickApp();
    const queue = new sqs.Queue(stack, 'Jobs');
    const silent: IAccess = {
      bind: (fn) => {
        queue.grantPurge(fn);
        return { kind: 'queue', path: queue.node.path, level: AccessLevel.WRITE };
      },
    };

    app.onRequest('GET /', 'ok.ts').addAccess(silent);

    expect(only(stack, FUNCTION).Environment).toBeUndefined();
    expect(actionsOf(stack, 'AppOkRole')).toContain('sqs:PurgeQueue');
  });

  test('may be a grant of the user’s own access', () => {
    const { app, stack } = quickApp();

    app.onRequest('GET /', 'ok.ts').addAccess(new Send(new sqs.Queue(stack, 'Jobs')));

    expect(granted(stack)).toContain('sqs:SendMessage');
  });

  test('may be a variable of the user’s own access', () => {
    const { app, stack } = quickApp();
    const queue = new sqs.Queue(stack, 'Jobs');

    app.onRequest('GET /', 'ok.ts').addAccess(new Send(queue));

    expect(variables(stack)).toEqual({ JOBS_QUEUE_URL: stack.resolve(queue.queueUrl) as unknown });
  });
});

describe('to several resources at once', () => {
  test('covers all resources of a call', () => {
    const { app, stack } = quickApp();
    const table = app.addTable('Orders', { partitionKey: 'id' });

    app.onRequest('GET /', 'ok.ts').reads(table, app.addBucket('Uploads'));

    expect(granted(stack)).toEqual(sorted(READ_TABLE, READ_BUCKET));
  });

  test('is not shared with other functions', () => {
    const { app, stack } = quickApp();

    app.onRequest('GET /', 'ok.ts').reads(app.addBucket('Uploads'));
    app.onRequest('POST /', 'other.ts');

    expect(actionsOf(stack, 'AppOtherRole')).toEqual(LOGS);
  });

  test('applies to each function if the app gives it', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const bucket = s3.Bucket.fromBucketName(stack, 'Theirs', 'theirs');
    const functionDefaults = { access: [Access.read(bucket)] };
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS, functionDefaults });

    app.onRequest('GET /', 'ok.ts');
    app.onRequest('POST /', 'other.ts');

    expect([actionsOf(stack, 'AppOkRole'), actionsOf(stack, 'AppOtherRole')]).toEqual([
      sorted(LOGS, READ_BUCKET),
      sorted(LOGS, READ_BUCKET),
    ]);
  });

  test('adds no policy outside the role', () => {
    const { app, stack } = quickApp();

    app.onRequest('GET /', 'ok.ts').reads(app.addBucket('Uploads'));

    expect(resources(stack, 'AWS::IAM::Policy')).toEqual({});
  });
});
