import { Stack, Token } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { IResource } from 'aws-cdk-lib';
import {
  Access,
  AppFunction,
  ServerlessApp,
  StorageAccessOptions,
  Trigger,
} from 'cdk-serverless-app';
import { AppContext } from '../../lib/core/app-context';
import { actionsOf, statementsOf } from '../support/policies';
import { only, quickApp } from '../support/synth';

const FUNCTION = 'AWS::Lambda::Function';
const KEY = { partitionKey: 'id' };

function ofFunction(): { app: ServerlessApp; stack: Stack; fn: AppFunction } {
  const { app, stack } = quickApp();
  return { app, stack, fn: app.addFunction('Ok', { entry: 'ok.ts' }) };
}

/** What follows the ARN of a resource. */
function endOf(resource: string): string {
  return /"(\/[^"]*)"\]\]\}$/.exec(resource)?.[1] ?? '';
}

/** The actions of each statement of the function's role, with what follows the ARN of the resource. */
function grants(stack: Stack): Array<readonly [string, string]> {
  return statementsOf(stack, 'AppOkRole')
    .filter(({ actions }) => !actions.includes('logs:PutLogEvents'))
    .filter(({ actions }) => !actions.includes('sqs:SendMessage'))
    .map(({ actions, resources }) => [actions.join(' '), endOf(resources.join(' '))] as const);
}

function variables(stack: Stack): Record<string, unknown> {
  const { Variables = {} } = (only(stack, FUNCTION).Environment ?? {}) as {
    Variables?: Record<string, unknown>;
  };
  return Variables;
}

describe('some keys of a bucket', () => {
  test('are read, and listed, only below the prefix', () => {
    const { app, stack, fn } = ofFunction();

    fn.addAccess(Access.read(app.addBucket('Files'), { prefix: 'in/' }));

    expect(grants(stack)).toEqual([
      ['s3:ListBucket', ''],
      ['s3:GetObject', '/in/*'],
    ]);
    expect(JSON.stringify(only(stack, 'AWS::IAM::Role'))).toContain(
      '"Condition":{"StringLike":{"s3:prefix":"in/*"}}',
    );
  });

  test('are written only below the prefix', () => {
    const { app, stack, fn } = ofFunction();

    fn.addAccess(Access.write(app.addBucket('Files'), { prefix: 'out/' }));

    expect(grants(stack)).toEqual([
      ['s3:AbortMultipartUpload s3:DeleteObject s3:PutObject', '/out/*'],
    ]);
  });

  test.each<[string, s3.BucketProps]>([
    ['is versioned', { versioned: true }],
    ['locks objects, which includes versions', { objectLockEnabled: true }],
  ])('are read in earlier versions too if the bucket %s', (_what, props) => {
    const { app, stack, fn } = ofFunction();

    fn.addAccess(Access.read(app.addBucket('Files', props), { prefix: 'in/' }));

    expect(grants(stack)).toContainEqual(['s3:GetObject s3:GetObjectVersion', '/in/*']);
  });

  test('are read in earlier versions too if the user says that an imported bucket is versioned', () => {
    const { stack, fn } = ofFunction();
    const bucket = s3.Bucket.fromBucketName(stack, 'Files', 'theirs');

    fn.addAccess(Access.readWrite(bucket, { versioned: true }));

    expect(actionsOf(stack, 'AppOkRole')).toContain('s3:GetObjectVersion');
  });

  test.each<[string, (fn: AppFunction, app: ServerlessApp) => void]>([
    ['of a bucket without versions', (fn, app) => fn.reads(app.addBucket('Files'))],
    ['of an imported bucket', (fn) => fn.reads(s3.Bucket.fromBucketName(fn, 'Files', 'theirs'))],
    ['for writing', (fn, app) => fn.writes(app.addBucket('Files', { versioned: true }))],
    [
      'if the user wants none',
      (fn, app) =>
        fn.addAccess(
          Access.read(app.addBucket('Files', { versioned: true }), { versioned: false }),
        ),
    ],
  ])('are not read in earlier versions %s', (_what, give) => {
    const { app, stack, fn } = ofFunction();

    give(fn, app);

    expect(actionsOf(stack, 'AppOkRole')).not.toContain('s3:GetObjectVersion');
  });

  test('may contain what a policy treats as a wildcard or a variable', () => {
    const { app, stack, fn } = ofFunction();

    fn.addAccess(Access.write(app.addBucket('Files'), { prefix: 'a?$/' }));

    expect(grants(stack)[0]?.[1]).toBe('/a${?}${$}/*');
  });

  test('make no loop if they do not run the function', () => {
    const loops = (prefix: string): number => {
      const { app } = quickApp();
      const bucket = app.addBucket('Files');
      app
        .onObjectCreated(bucket, 'ok.ts', { prefix: 'in/' })
        .addAccess(Access.write(bucket, { prefix }));
      return app.findings().filter(({ id }) => id.endsWith(':event-loop')).length;
    };

    expect([loops('out/'), loops('in/')]).toEqual([0, 1]);
  });
});

const BY_DATE = {
  globalSecondaryIndexes: [
    { indexName: 'byDate', partitionKey: { name: 'd', type: dynamodb.AttributeType.STRING } },
  ],
};

describe('an index of a table', () => {
  const STRING = dynamodb.AttributeType.STRING;
  const ID = { name: 'id', type: STRING };
  const INDEX = { indexName: 'byDate', partitionKey: { name: 'd', type: STRING } };

  test('is queried and scanned without access to the table itself', () => {
    const { app, stack, fn } = ofFunction();

    fn.addAccess(Access.read(app.addTable('Orders', { ...KEY, ...BY_DATE }), { index: 'byDate' }));

    expect(grants(stack)).toEqual([['dynamodb:Query dynamodb:Scan', '/index/byDate']]);
  });

  const TABLES: ReadonlyArray<[string, (app: ServerlessApp, stack: Stack) => dynamodb.ITable]> = [
    ['a table of the app', (app) => app.addTable('Orders', { ...KEY, ...BY_DATE })],
    [
      'a `Table`, added later,',
      (_, stack) => new dynamodb.Table(stack, 'Later', { partitionKey: ID }),
    ],
    [
      'a `TableV2`',
      (_, stack) =>
        new dynamodb.TableV2(stack, 'Own', { partitionKey: ID, globalSecondaryIndexes: [INDEX] }),
    ],
    [
      'a table with a local index',
      (_, stack) =>
        new dynamodb.TableV2(stack, 'Own', {
          partitionKey: ID,
          sortKey: { name: 's', type: STRING },
          localSecondaryIndexes: [{ indexName: 'byDate', sortKey: { name: 'd', type: STRING } }],
        }),
    ],
    [
      'a table whose index an escape hatch adds',
      (_, stack) => {
        const table = new dynamodb.Table(stack, 'Own', { partitionKey: ID });
        (table.node.defaultChild as dynamodb.CfnTable).addPropertyOverride(
          'GlobalSecondaryIndexes',
          [{ IndexName: 'byDate' }],
        );
        return table;
      },
    ],
  ];
  const addLater = (table: dynamodb.ITable): void => {
    if (table instanceof dynamodb.Table && table.node.id === 'Later') {
      table.addGlobalSecondaryIndex({ ...INDEX, projectionType: dynamodb.ProjectionType.ALL });
    }
  };

  test.each(TABLES)('may be one of %s', (_what, make) => {
    const { app, stack, fn } = ofFunction();
    const table = make(app, stack);

    fn.reads(table, { index: 'byDate' });
    addLater(table);

    expect(grants(stack)).toEqual([['dynamodb:Query dynamodb:Scan', '/index/byDate']]);
  });

  test.each(TABLES)('fails at synthesis if %s does not have it', (_what, make) => {
    const { app, stack, fn } = ofFunction();
    const table = make(app, stack);

    fn.reads(table, { index: 'byDat' });
    addLater(table);

    expect(() => grants(stack)).toThrow(
      `\`functions.Ok.access.index\` must be an index of the table ${table.node.path}, got "byDat": did you mean \`byDate\`?`,
    );
  });

  test('fails at synthesis if the table has none', () => {
    const { app, stack, fn } = ofFunction();

    fn.reads(app.addTable('Orders', KEY), { index: 'byDate' });

    expect(() => grants(stack)).toThrow(
      'the table has no index: add one with `globalSecondaryIndexes`, or leave `index` out',
    );
  });

  test.each<[string, (stack: Stack) => dynamodb.ITable, string]>([
    [
      'an imported table',
      (stack) => dynamodb.Table.fromTableName(stack, 'Theirs', 'theirs'),
      'byDate',
    ],
    [
      'a table with an index whose name is a Token',
      (stack) =>
        new dynamodb.TableV2(stack, 'Own', {
          partitionKey: ID,
          globalSecondaryIndexes: [{ ...INDEX, indexName: Token.asString({ Ref: 'Name' }) }],
        }),
      'byDate',
    ],
    [
      'a Token',
      (stack) => new dynamodb.TableV2(stack, 'Own', { partitionKey: ID }),
      Token.asString({ Ref: 'Name' }),
    ],
  ])('is not compared for %s', (_what, make, index) => {
    const { stack, fn } = ofFunction();

    fn.reads(make(stack), { index });

    expect(grants(stack)).toHaveLength(1);
  });

  test.each(['*', 'by*', 'by date', 'a'])('fails for the name %p', (index) => {
    const { app, fn } = ofFunction();

    expect(() => fn.reads(app.addTable('Orders', KEY), { index })).toThrow(
      `\`functions.Ok.access.index\` must be the name of an index: 3 to 255 letters, digits, \`_\`, \`-\` and \`.\`, got "${index}"`,
    );
  });
});

describe('sentences with options', () => {
  test('read and write a part of a resource', () => {
    const { app, stack, fn } = ofFunction();
    const files = app.addBucket('Files');

    fn.writes(files, { prefix: 'out/' })
      .readsAndWrites(app.addBucket('Jobs'), { prefix: 'jobs/' })
      .reads(app.addTable('Orders', { ...KEY, ...BY_DATE }), { index: 'byDate' });

    expect(grants(stack)).toEqual([
      ['s3:AbortMultipartUpload s3:DeleteObject s3:PutObject', '/out/*'],
      ['s3:ListBucket', ''],
      ['s3:AbortMultipartUpload s3:DeleteObject s3:GetObject s3:PutObject', '/jobs/*'],
      ['dynamodb:Query dynamodb:Scan', '/index/byDate'],
    ]);
  });

  test('name the variable', () => {
    const { app, stack, fn } = ofFunction();
    const environmentVariable = (name: string): { environmentVariable: string } => ({
      environmentVariable: name,
    });

    fn.sends(new sqs.Queue(stack, 'Q'), environmentVariable('VA'))
      .publishes(new sns.Topic(stack, 'T'), environmentVariable('VB'))
      .calls(app.addFunction('Price', { entry: 'other.ts' }), environmentVariable('VC'))
      .reads(app.addTable('Orders', KEY), environmentVariable('VD'));

    const { access } = AppContext.of(app).model.functions.find(({ id }) => id === 'Ok') ?? {};
    expect(access?.map((one) => one.environmentVariable)).toEqual(['VA', 'VB', 'VC', 'VD']);
  });

  test('fail for options of several resources', () => {
    const { app, fn } = ofFunction();
    const give = fn.reads.bind(fn) as (...given: unknown[]) => AppFunction;

    expect(() => give(app.addBucket('A'), app.addBucket('B'), { prefix: 'in/' })).toThrow(
      'Test/App: `functions.Ok.reads` must name one resource if it gives options, got 2 resources and the options prefix: ' +
        'give each its own call: `.reads(one, { … }).reads(other)`',
    );
  });

  test('fail for options alone', () => {
    const give = (fn: AppFunction): unknown =>
      (fn.writes.bind(fn) as (...given: unknown[]) => AppFunction)({ prefix: 'out/' });

    expect(() => give(ofFunction().fn)).toThrow(
      'got options: prefix: name the resource before its options: `writes(bucket, { prefix: … })`',
    );
  });

  test('fail for a misspelt option, and for one of another kind', () => {
    const { app, fn } = ofFunction();
    const misspelt = { prefx: 'out/' } as StorageAccessOptions;

    expect(() => fn.writes(app.addBucket('Files'), misspelt)).toThrow('did you mean `prefix`?');
    expect(() => fn.writes(app.addBucket('Other'), { index: 'byDate' })).toThrow(
      '`functions.Ok.access.index` must be given for a table only, got a bucket',
    );
  });
});

describe('an environment variable', () => {
  test('is not set if the access disables it', () => {
    const { app, stack, fn } = ofFunction();

    fn.addAccess(Access.read(app.addTable('Orders', KEY), { setEnvironmentVariable: false }));

    expect(variables(stack)).toEqual({});
  });

  test.each([
    ['`functionDefaults.environment`', true],
    ['`environment`', false],
  ])('may have the same value as one set by %s', (_owner, asDefault) => {
    const { app, stack } = quickApp(
      asDefault ? { functionDefaults: { environment: { JOBS_QUEUE_URL: 'https://q/1' } } } : {},
    );
    const jobs = sqs.Queue.fromQueueAttributes(stack, 'Jobs', {
      queueArn: 'arn:aws:sqs:eu-west-1:111111111111:jobs',
      queueUrl: 'https://q/1',
    });

    app.addFunction('Ok', {
      entry: 'ok.ts',
      access: [Access.send(jobs)],
      ...(asDefault ? {} : { environment: { JOBS_QUEUE_URL: 'https://q/1' } }),
    });

    expect(variables(stack)).toEqual({ JOBS_QUEUE_URL: 'https://q/1' });
  });

  test('may be given the same Token', () => {
    const { app, stack } = quickApp();
    const table = app.addTable('Orders', KEY);
    const environment = { ORDERS_TABLE_NAME: stack.resolve(table.tableName) as string };

    app
      .addFunction('Ok', { entry: 'ok.ts', environment: { ORDERS_TABLE_NAME: table.tableName } })
      .reads(table);

    expect(variables(stack)).toEqual(environment);
  });

  test.each([
    ['`functionDefaults.environment`', true],
    ['`environment`', false],
  ])('fails if %s sets another value', (owner, asDefault) => {
    const environment = { ORDERS_TABLE_NAME: 'theirs' };
    const { app } = quickApp(asDefault ? { functionDefaults: { environment } } : {});
    const fn = app.addFunction('Ok', {
      entry: 'ok.ts',
      ...(asDefault ? {} : { environment }),
    });

    expect(() => fn.reads(app.addTable('Orders', KEY))).toThrow(
      `Test/App: \`functions.Ok.access\` must give \`ORDERS_TABLE_NAME\` the value that ${owner} gives it, got the access to Test/App/Orders, with another value: ` +
        `remove \`ORDERS_TABLE_NAME\` from ${owner}, or keep that value with \`setEnvironmentVariable: false\` in the options of the access`,
    );
  });

  test('keeps the value of `environment` where the access sets none', () => {
    const { app, stack } = quickApp();
    const access = Access.read(app.addTable('Orders', KEY), { setEnvironmentVariable: false });

    app.addFunction('Ok', {
      entry: 'ok.ts',
      environment: { ORDERS_TABLE_NAME: 'theirs' },
      access: [access],
    });

    expect(variables(stack)).toEqual({ ORDERS_TABLE_NAME: 'theirs' });
  });

  test('is added by `addEnvironment`', () => {
    const { stack, fn } = ofFunction();

    expect(fn.addEnvironment('MODE', 'fast').addEnvironment('MODE', 'fast')).toBe(fn);
    expect(variables(stack)).toEqual({ MODE: 'fast' });
  });

  test.each<[string, string, string, string]>([
    ['another value', 'MODE', 'slow', '.MODE` must keep the value that `environment` gives it'],
    ['a reserved name', 'AWS_REGION', 'x', '` must not set a variable that Lambda reserves'],
    ['a number', 'SIZE', 5 as unknown as string, '.SIZE` must be text, got 5'],
  ])('fails for %s', (_what, name, value, message) => {
    const { app } = quickApp();
    const fn = app.addFunction('Ok', { entry: 'ok.ts', environment: { MODE: 'fast' } });

    expect(() => fn.addEnvironment(name, value)).toThrow(`\`functions.Ok.environment${message}`);
  });
});

describe('fails', () => {
  test.each<[string, (fn: AppFunction) => void]>([
    ['reads', (fn) => fn.reads()],
    ['writes', (fn) => fn.writes()],
    ['readsAndWrites', (fn) => fn.readsAndWrites()],
  ])('for an empty `%s`', (method, call) => {
    expect(() => {
      call(ofFunction().fn);
    }).toThrow(
      `Test/App: \`functions.Ok.${method}\` must name at least one table or bucket, got none: name it, or leave the call out`,
    );
  });

  test.each<[string, StorageAccessOptions, string]>([
    ['a misspelt option', { prefx: 'a' } as StorageAccessOptions, 'did you mean `prefix`?'],
    ['a wildcard', { prefix: 'in/*' }, "did you mean `prefix: 'in/'`?"],
    [
      'several prefixes in one',
      { prefix: '{in,out}/' },
      "add an access for each, `reads(bucket, { … })`: `prefix: 'in/'` and `prefix: 'out/'`",
    ],
    ['a `/` in front', { prefix: '/in' }, 'must not begin with `/`'],
    ['an empty prefix', { prefix: '' }, 'must be non-empty text'],
    ['an index of a bucket', { index: 'byDate' }, 'index` must be given for a table only'],
    [
      'a variable that is not set',
      { environmentVariable: 'A', setEnvironmentVariable: false },
      'must not be combined with `setEnvironmentVariable: false`, got both',
    ],
  ])('for %s', (_what, options, message) => {
    const { app, fn } = ofFunction();

    expect(() => fn.addAccess(Access.read(app.addBucket('Files'), options))).toThrow(message);
  });

  test('for a prefix of a table', () => {
    const { app, fn } = ofFunction();

    expect(() => fn.addAccess(Access.read(app.addTable('T', KEY), { prefix: 'a' }))).toThrow(
      '`functions.Ok.access.prefix` must be given for a bucket only, got a table',
    );
  });

  test('for versions of a table', () => {
    const { app, fn } = ofFunction();

    expect(() => fn.addAccess(Access.read(app.addTable('T', KEY), { versioned: true }))).toThrow(
      '`functions.Ok.access.versioned` must be given for a bucket only, got a table',
    );
  });

  test('for writing versions', () => {
    const { app, fn } = ofFunction();

    expect(() => fn.addAccess(Access.write(app.addBucket('F'), { versioned: true }))).toThrow(
      '`functions.Ok.access.versioned` must be left out for writing, since only reading covers earlier versions, got true: give it to `Access.read` or `Access.readWrite`',
    );
  });

  test('for writing to an index', () => {
    const { app, fn } = ofFunction();

    expect(() => fn.addAccess(Access.write(app.addTable('T', KEY), { index: 'byDate' }))).toThrow(
      '`functions.Ok.access.index` must be left out for writing',
    );
  });

  test('for a prefix of something other than a bucket', () => {
    const { stack, fn } = ofFunction();
    const options = { prefix: 'a' } as object;

    expect(() => fn.addAccess(Access.send(new sqs.Queue(stack, 'Jobs'), options))).toThrow(
      '`functions.Ok.access.prefix` must be an option that exists',
    );
  });

  test.each<[string, (stack: Stack) => IResource, string]>([
    ['a queue', (stack) => new sqs.Queue(stack, 'It'), 'use `sends(queue)`'],
    ['a topic', (stack) => new sns.Topic(stack, 'It'), 'use `publishes(topic)`'],
    [
      'a secret',
      (stack) => new secretsmanager.Secret(stack, 'It'),
      'use `addAccess(Access.secret(secret))`',
    ],
    [
      'a parameter',
      (stack) => new ssm.StringParameter(stack, 'It', { stringValue: 'x' }),
      'use `addAccess(Access.parameter(parameter))`',
    ],
    [
      'a bus',
      (stack) => new events.EventBus(stack, 'It'),
      'use `addAccess(Access.putEvents(eventBus))`',
    ],
    [
      'a log group',
      (stack) => new logs.LogGroup(stack, 'It'),
      'grant it with a method of its own, for example `grantWrite(fn)`, `grantRead(fn)`',
    ],
  ])('of `reads` for %s, and names the right method', (_what, make, remedy) => {
    const { stack, fn } = ofFunction();

    expect(() => fn.reads(make(stack))).toThrow(
      `\`functions.Ok.access\` must name a table, a bucket or a stream, got "Test/It": ${remedy}`,
    );
  });

  test('of `Access.send` for a table, and names the right methods', () => {
    const { app, fn } = ofFunction();
    const table = app.addTable('Orders', KEY) as unknown as sqs.IQueue;

    expect(() => fn.addAccess(Access.send(table))).toThrow(
      'must name a queue, got "Test/App/Orders": use `reads`, `writes` or `readsAndWrites` for a table',
    );
  });
});

test('accesses, triggers and variables are added in one chain', () => {
  const { app, fn } = ofFunction();
  const [queue, table] = [app.addQueue('Jobs'), app.addTable('Orders', KEY)];

  const chained = fn
    .addTrigger(Trigger.queue(queue))
    .addAccess(Access.publish(new sns.Topic(fn, 'News')))
    .addEnvironment('MODE', 'fast')
    .reads(table);

  expect(chained).toBe(fn);
});
