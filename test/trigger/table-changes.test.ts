import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { ServerlessApp, TableChangesTriggerOptions, Trigger } from 'cdk-serverless-app';
import { actionsOf, statementsOf } from '../support/policies';
import {
  HANDLERS,
  ids,
  only,
  quickApp,
  quickCdkApp,
  resources,
  templateOf,
} from '../support/synth';

const MAPPING = 'AWS::Lambda::EventSourceMapping';
const number = (value: number): number => Lazy.number({ produce: () => value });

/** The event source mapping of a trigger with these options. */
function mapping(options: TableChangesTriggerOptions = {}): Record<string, unknown> {
  const { app, stack } = quickApp();
  app.onTableChange(app.addTable('Orders', { partitionKey: 'id' }), 'ok.ts', options);
  return only(stack, MAPPING);
}

describe('defaults', () => {
  test.each([
    ['StartingPosition', 'TRIM_HORIZON'],
    ['BatchSize', 100],
    ['MaximumRetryAttempts', 5],
    ['MaximumRecordAgeInSeconds', 86_400],
    ['BisectBatchOnFunctionError', true],
    ['FunctionResponseTypes', ['ReportBatchItemFailures']],
    ['MaximumBatchingWindowInSeconds', undefined],
    ['ParallelizationFactor', undefined],
    ['TumblingWindowInSeconds', undefined],
    ['FilterCriteria', undefined],
  ])('%s is %j', (property, value) => {
    expect(mapping()[property]).toEqual(value);
  });

  test('the stream is that of the table', () => {
    const { app, stack } = quickApp();
    const table = app.addTable('Orders', { partitionKey: 'id' });

    app.onTableChange(table, 'ok.ts');

    expect(only(stack, MAPPING).EventSourceArn).toEqual(stack.resolve(table.tableStreamArn));
  });

  test('failed changes go to the failure bucket', () => {
    const { app, stack } = quickApp();

    app.onTableChange(app.addTable('Orders', { partitionKey: 'id' }), 'ok.ts');

    expect(only(stack, MAPPING).DestinationConfig).toEqual({
      OnFailure: { Destination: stack.resolve(app.failureBucket.bucketArn) as unknown },
    });
  });

  test('the function has no asynchronous configuration', () => {
    const { app, stack } = quickApp();

    app.onTableChange(app.addTable('Orders', { partitionKey: 'id' }), 'ok.ts');

    expect(resources(stack, 'AWS::Lambda::EventInvokeConfig')).toEqual({});
  });
});

describe('options', () => {
  test.each<[string, TableChangesTriggerOptions, Record<string, unknown>]>([
    [
      'startingPosition',
      { startingPosition: lambda.StartingPosition.LATEST },
      { StartingPosition: 'LATEST' },
    ],
    ['batchSize', { batchSize: 10 }, { BatchSize: 10 }],
    [
      'maxBatchingWindow',
      { maxBatchingWindow: Duration.seconds(30) },
      { MaximumBatchingWindowInSeconds: 30 },
    ],
    ['parallelizationFactor', { parallelizationFactor: 2 }, { ParallelizationFactor: 2 }],
    ['tumblingWindow', { tumblingWindow: Duration.minutes(1) }, { TumblingWindowInSeconds: 60 }],
    ['maxRetryAttempts', { maxRetryAttempts: 1 }, { MaximumRetryAttempts: 1 }],
    ['maxRecordAge', { maxRecordAge: Duration.hours(1) }, { MaximumRecordAgeInSeconds: 3600 }],
    ['bisectBatchOnError', { bisectBatchOnError: false }, { BisectBatchOnFunctionError: false }],
    ['enabled', { enabled: false }, { Enabled: false }],
    [
      'filters',
      {
        filters: [lambda.FilterCriteria.filter({ eventName: lambda.FilterRule.isEqual('INSERT') })],
      },
      { FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] } },
    ],
  ])('%s is set as given', (_name, options, properties) => {
    expect(mapping(options)).toMatchObject(properties);
  });

  test('`reportBatchItemFailures: false` disables partial responses', () => {
    expect(mapping({ reportBatchItemFailures: false })).not.toHaveProperty('FunctionResponseTypes');
  });

  test('an undefined option leaves its default', () => {
    expect(mapping({ batchSize: undefined, maxRetryAttempts: undefined })).toMatchObject({
      BatchSize: 100,
      MaximumRetryAttempts: 5,
    });
  });

  test.each<[string, TableChangesTriggerOptions, Record<string, unknown>]>([
    ['batchSize', { batchSize: number(99_999) }, { BatchSize: 99_999 }],
    ['maxRetryAttempts', { maxRetryAttempts: number(-5) }, { MaximumRetryAttempts: -5 }],
    ['parallelizationFactor', { parallelizationFactor: number(11) }, { ParallelizationFactor: 11 }],
    [
      'maxBatchingWindow',
      { maxBatchingWindow: Duration.seconds(number(999)) },
      { MaximumBatchingWindowInSeconds: 999 },
    ],
    [
      'tumblingWindow',
      { tumblingWindow: Duration.seconds(number(999)) },
      { TumblingWindowInSeconds: 999 },
    ],
    [
      'maxRecordAge',
      { maxRecordAge: Duration.seconds(number(1)) },
      { MaximumRecordAgeInSeconds: 1 },
    ],
  ])('%s may be a token, which is not compared', (_name, options, properties) => {
    expect(mapping(options)).toMatchObject(properties);
  });
});

describe('limits', () => {
  const filters = (count: number): TableChangesTriggerOptions['filters'] =>
    Array.from({ length: count }, (_, i) => lambda.FilterCriteria.filter({ eventID: [`b${i}`] }));

  test.each<[string, TableChangesTriggerOptions]>([
    ['batchSize 1', { batchSize: 1 }],
    ['batchSize 10,000', { batchSize: 10_000, maxBatchingWindow: Duration.seconds(1) }],
    ['maxBatchingWindow 0', { maxBatchingWindow: Duration.seconds(0) }],
    ['maxBatchingWindow 5 minutes', { maxBatchingWindow: Duration.minutes(5) }],
    ['parallelizationFactor 1', { parallelizationFactor: 1 }],
    ['parallelizationFactor 10', { parallelizationFactor: 10 }],
    ['tumblingWindow 0', { tumblingWindow: Duration.seconds(0) }],
    ['tumblingWindow 15 minutes', { tumblingWindow: Duration.minutes(15) }],
    ['maxRetryAttempts 0', { maxRetryAttempts: 0 }],
    ['maxRetryAttempts 10,000', { maxRetryAttempts: 10_000 }],
    ['maxRecordAge 1 minute', { maxRecordAge: Duration.minutes(1) }],
    ['maxRecordAge 7 days', { maxRecordAge: Duration.days(7) }],
    ['1 filter', { filters: filters(1) }],
    ['5 filters', { filters: filters(5) }],
  ])('%s is accepted', (_name, options) => {
    expect(() => mapping(options)).not.toThrow();
  });

  test.each<[string, TableChangesTriggerOptions, string]>([
    ['batchSize', { batchSize: 0 }, 'a whole number from 1 to 10000 changes, got 0'],
    ['batchSize', { batchSize: 10_001 }, 'a whole number from 1 to 10000 changes, got 10001'],
    ['batchSize', { batchSize: 1.5 }, 'a whole number from 1 to 10000 changes, got 1.5'],
    [
      'maxBatchingWindow',
      { maxBatchingWindow: Duration.seconds(301) },
      'whole seconds from 0 seconds to 5 minutes, got 301 seconds',
    ],
    ['parallelizationFactor', { parallelizationFactor: 0 }, 'a whole number from 1 to 10 batches'],
    ['parallelizationFactor', { parallelizationFactor: 11 }, 'a whole number from 1 to 10 batches'],
    [
      'tumblingWindow',
      { tumblingWindow: Duration.seconds(901) },
      'whole seconds from 0 seconds to 15 minutes',
    ],
    [
      'maxRetryAttempts',
      { maxRetryAttempts: -1 },
      'a whole number from 0 to 10000 retries, got -1',
    ],
    ['maxRetryAttempts', { maxRetryAttempts: 10_001 }, 'a whole number from 0 to 10000 retries'],
    [
      'maxRecordAge',
      { maxRecordAge: Duration.seconds(59) },
      'whole seconds from 1 minute to 7 days, got 59 seconds',
    ],
    ['maxRecordAge', { maxRecordAge: Duration.days(8) }, 'whole seconds from 1 minute to 7 days'],
    ['filters.length', { filters: [] }, 'a whole number from 1 to 5 filters, got 0'],
    ['filters.length', { filters: filters(6) }, 'a whole number from 1 to 5 filters, got 6'],
    [
      'startingPosition',
      { startingPosition: lambda.StartingPosition.AT_TIMESTAMP },
      'LATEST or TRIM_HORIZON for a table’s stream, got "AT_TIMESTAMP": use `StartingPosition.TRIM_HORIZON`',
    ],
  ])('fails for %s outside its range: %j', (prop, options, rule) => {
    expect(() => mapping(options)).toThrow(`Test/App: \`functions.Ok.${prop}\` must be ${rule}`);
  });
});

describe('a filter that matches no change', () => {
  const view = dynamodb.StreamViewType;
  const filtered = (pattern: object, dynamoStream = view.NEW_AND_OLD_IMAGES): void => {
    const { app } = quickApp();
    app.onTableChange(app.addTable('Orders', { partitionKey: 'id', dynamoStream }), 'ok.ts', {
      filters: [lambda.FilterCriteria.filter(pattern)],
    });
  };
  const image = (attributes: unknown): object => ({ dynamodb: { NewImage: attributes } });

  test.each<[string, object, string]>([
    [
      'compares the number of an attribute',
      image({ salary: { N: lambda.FilterRule.between(1, 50_000) } }),
      'dynamodb.NewImage.salary.N` must not compare numbers, since the record holds them as text',
    ],
    [
      'compares a number inside a map',
      image({ pay: { M: { salary: { N: [5] } } } }),
      'dynamodb.NewImage.pay.M.salary.N` must not compare numbers',
    ],
    [
      'compares a number in one of several alternatives',
      { $or: [{ eventName: ['INSERT'] }, image({ salary: { N: [5] } })] },
      'dynamodb.NewImage.salary.N` must not compare numbers',
    ],
    [
      'compares a key with a number',
      { dynamodb: { Keys: { id: { N: lambda.FilterRule.isEqual(5) } } } },
      'dynamodb.Keys.id.N` must not compare numbers',
    ],
    [
      'compares a boolean with a text',
      image({ paid: { BOOL: ['true'] } }),
      'dynamodb.NewImage.paid.BOOL` must not compare text, since the record holds a boolean, got "true": write `BOOL: [true]`',
    ],
    [
      'has a value that is not in a list',
      { eventName: 'INSERT' },
      '.filters[0].eventName` must be a list of the values that match, got "INSERT": write, for example, `eventName: ["INSERT"]`',
    ],
    [
      'has an empty list in one of several alternatives',
      { $or: [{ eventName: ['INSERT'] }, image({ status: { S: [] } })] },
      'dynamodb.NewImage.status.S` must be a list of the values that match, got []',
    ],
    [
      'leaves out the type of an attribute',
      image({ status: ['open'] }),
      'dynamodb.NewImage.status` must name the attribute’s type, as DynamoDB writes it, got ["open"]: write, for example, `status: { S: [\'text\'] }`',
    ],
    [
      'names a type that does not exist',
      image({ status: { String: ['open'] } }),
      'dynamodb.NewImage.status.String` must be a field of a change record',
    ],
    [
      'leaves out `dynamodb`',
      { NewImage: { status: { S: ['open'] } } },
      'NewImage` must be a field of a change record, got an unknown field: write `dynamodb: { NewImage: … }`',
    ],
    ['is misspelt', { eventNames: ['INSERT'] }, 'did you mean `eventName`?'],
    [
      'names an event that does not exist',
      { eventName: lambda.FilterRule.isEqual('UPDATE') },
      'eventName` must be one of INSERT, MODIFY, REMOVE, got "UPDATE"',
    ],
    [
      'asks whether an image exists',
      { dynamodb: { OldImage: lambda.FilterRule.notExists() } },
      'dynamodb.OldImage` must name what it compares',
    ],
  ])('fails if it %s', (_name, pattern, message) => {
    expect(() => {
      filtered(pattern);
    }).toThrow(message);
  });

  test.each<[string, string, dynamodb.StreamViewType]>([
    ['a stream of keys', 'NewImage', view.KEYS_ONLY],
    ['a stream of keys', 'OldImage', view.KEYS_ONLY],
    ['a stream of old images', 'NewImage', view.OLD_IMAGE],
    ['a stream of new images', 'OldImage', view.NEW_IMAGE],
  ])('fails on %s if it refers to `%s`', (_name, name, streamView) => {
    expect(() => {
      filtered({ dynamodb: { [name]: { ok: { S: ['x'] } } } }, streamView);
    }).toThrow(
      `\`functions.Ok.filters[0].dynamodb.${name}\` must be left out, since the table’s stream does not carry it, got a stream of ${streamView}`,
    );
  });

  test('fails on a stream with only keys of the user’s own table', () => {
    const { app, stack } = quickApp();
    const table = new dynamodb.Table(stack, 'Mine', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      stream: view.KEYS_ONLY,
    });
    const filters = [lambda.FilterCriteria.filter(image({ ok: { S: ['x'] } }))];

    expect(() => app.onTableChange(table, 'ok.ts', { filters })).toThrow(
      'got a stream of KEYS_ONLY',
    );
  });

  test.each<[string, TableChangesTriggerOptions['filters'], string]>([
    [
      'was not made by `FilterCriteria.filter`',
      [{ eventName: lambda.FilterRule.isEqual('INSERT') }],
      'filters[0]` must be created by `FilterCriteria.filter(…)`, got {"eventName":["INSERT"]}',
    ],
    ['is not JSON', [{ pattern: '{' }], 'filters[0].pattern` must be the JSON of an object'],
    ['is a list', [{ pattern: '[]' }], 'filters[0].pattern` must be the JSON of an object'],
  ])('fails if it %s', (_name, filters, message) => {
    expect(() => mapping({ filters })).toThrow(message);
  });

  test.each<[string, object]>([
    ['text', image({ id: { S: lambda.FilterRule.beginsWith('a') } })],
    ['a number as text', image({ salary: { N: ['5'] } })],
    ['a flag', image({ done: { BOOL: [true] } })],
    ['null', image({ end: { NULL: [true] } })],
    ['a part of a map', image({ a: { M: { b: { S: ['c'] } } } })],
    ['the size of a change', { dynamodb: { SizeBytes: lambda.FilterRule.between(1, 5) } }],
  ])('is not one that compares %s', (_name, pattern) => {
    expect(() => {
      filtered(pattern);
    }).not.toThrow();
  });

  test('is not looked for in a pattern that is known only at deployment', () => {
    const pattern = Lazy.string({ produce: () => '{}' });

    expect(() => mapping({ filters: [{ pattern }] })).not.toThrow();
  });
});

describe('a table of the user', () => {
  test.each<[string, (stack: Stack) => dynamodb.ITable]>([
    [
      'a TableV2 with a stream',
      (stack) =>
        new dynamodb.TableV2(stack, 'Mine', {
          partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
          dynamoStream: dynamodb.StreamViewType.KEYS_ONLY,
        }),
    ],
    [
      'a Table with a stream',
      (stack) =>
        new dynamodb.Table(stack, 'Mine', {
          partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
          stream: dynamodb.StreamViewType.KEYS_ONLY,
        }),
    ],
    [
      'an imported table with a stream',
      (stack) =>
        dynamodb.Table.fromTableAttributes(stack, 'Mine', {
          tableName: 'mine',
          tableStreamArn: 'arn:aws:dynamodb:eu-west-1:111111111111:table/mine/stream/x',
        }),
    ],
  ])('%s is read', (_name, make) => {
    const { app, stack } = quickApp();
    const table = make(stack);

    app.onTableChange(table, 'ok.ts');

    expect(only(stack, MAPPING).EventSourceArn).toEqual(stack.resolve(table.tableStreamArn));
  });

  test.each<[string, (stack: Stack) => dynamodb.ITable]>([
    [
      'a Table',
      (stack) =>
        new dynamodb.Table(stack, 'Mine', {
          partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
        }),
    ],
    ['an imported table', (stack) => dynamodb.Table.fromTableName(stack, 'Mine', 'mine')],
  ])('fails for %s without a stream', (_name, make) => {
    const { app, stack } = quickApp();

    expect(() => app.onTableChange(make(stack), 'ok.ts')).toThrow(
      'Test/App: `functions.Ok.table` must have a stream, got Test/Mine, which has none: set `dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES` where you create it',
    );
  });

  test('fails for a TableV2 without a stream, which is detected at synthesis', () => {
    const { app, stack } = quickApp();
    const table = new dynamodb.TableV2(stack, 'Mine', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    });

    app.onTableChange(table, 'ok.ts');

    expect(() => templateOf(stack)).toThrow(
      'Test/App: `functions.Ok.table` must have a stream, got Test/Mine, which has none: set `dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES` where you create it',
    );
  });

  test('may be a TableV2 whose stream comes from a replica', () => {
    const { app, stack } = quickApp({}, { env: { account: '111111111111', region: 'eu-west-1' } });
    const table = new dynamodb.TableV2(stack, 'Mine', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    });

    app.onTableChange(table, 'ok.ts');
    table.addReplica({ region: 'us-east-1' });

    expect(() => templateOf(stack)).not.toThrow();
  });

  test('may be in another stack of the same region', () => {
    const cdk = quickCdkApp();
    const table = new ServerlessApp(new Stack(cdk, 'Data'), 'Data', { root: HANDLERS });
    table.onRequest('GET /', 'ok.ts');
    const stack = new Stack(cdk, 'Test');
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS });

    app.onTableChange(table.addTable('Orders', { partitionKey: 'id' }), 'ok.ts');

    expect(only(stack, MAPPING)).toHaveProperty(['EventSourceArn', 'Fn::ImportValue']);
  });

  test('fails in another region', () => {
    const cdk = quickCdkApp();
    const account = '111111111111';
    const data = new Stack(cdk, 'Data', { env: { account, region: 'us-east-1' } });
    const table = new dynamodb.TableV2(data, 'Orders', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      dynamoStream: dynamodb.StreamViewType.KEYS_ONLY,
    });
    const stack = new Stack(cdk, 'Test', { env: { account, region: 'eu-west-1' } });
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS });

    expect(() => app.onTableChange(table, 'ok.ts')).toThrow(
      'Test/App: `functions.Ok.table` must be in the function’s region, eu-west-1, got "Data/Orders in us-east-1": create an app in a stack in us-east-1',
    );
  });
});

describe('the role', () => {
  test('may read the stream, and store failed changes', () => {
    const { app, stack } = quickApp();

    app.onTableChange(app.addTable('Orders', { partitionKey: 'id' }), 'ok.ts');

    expect(actionsOf(stack, 'AppOkRole')).toEqual([
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:ListBucket',
      's3:PutObject',
    ]);
  });

  test('may read no other stream', () => {
    const { app, stack } = quickApp();
    const table = app.addTable('Orders', { partitionKey: 'id' });

    app.onTableChange(table, 'ok.ts');

    const statement = statementsOf(stack, 'AppOkRole').find((s) =>
      s.actions.includes('dynamodb:GetRecords'),
    );
    expect(statement?.resources).toEqual([JSON.stringify(stack.resolve(table.tableStreamArn))]);
  });

  test('may decrypt with the table’s key', () => {
    const { app, stack } = quickApp({}, { env: { account: '111111111111', region: 'eu-west-1' } });
    const key = new kms.Key(stack, 'Key');
    const encryption = dynamodb.TableEncryptionV2.customerManagedKey(key);

    app.onTableChange(app.addTable('Orders', { partitionKey: 'id', encryption }), 'ok.ts');

    const statement = statementsOf(stack, 'AppOkRole').find((s) =>
      s.resources.includes(JSON.stringify(stack.resolve(key.keyArn))),
    );
    expect(statement?.actions).toEqual(['kms:Decrypt']);
  });
});

test('one function may follow two tables', () => {
  const { app, stack } = quickApp();
  const [orders, lines] = ['Orders', 'Lines'].map((id) => app.addTable(id, { partitionKey: 'id' }));

  app.addFunction('F', {
    entry: 'ok.ts',
    triggers: [orders, lines].map((table) => Trigger.tableChanges(table as dynamodb.ITable)),
  });

  expect(ids(stack, MAPPING).map((id) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual([
    'AppFTableChangesLines',
    'AppFTableChangesOrders',
  ]);
});

test('fails for the same table twice on one function', () => {
  const { app } = quickApp();
  const table = app.addTable('Orders', { partitionKey: 'id' });
  const fn = app.onTableChange(table, 'ok.ts');

  expect(() => {
    fn.addTrigger(Trigger.tableChanges(table));
  }).toThrow(
    '`functions.Ok.triggers` must name each table once, got Test/App/Orders twice: put all `filters` into one trigger, or add another function',
  );
});

test('fails for a missing table', () => {
  const { app } = quickApp();

  expect(() => app.onTableChange(undefined as unknown as dynamodb.ITable, 'ok.ts')).toThrow(
    'Test/App: `functions.Ok.table` must be a table, got undefined: create one with `addTable`, or import one',
  );
});
