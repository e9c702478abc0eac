import { App, Duration, NestedStack, Stack, Stage, TimeZone } from 'aws-cdk-lib';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AppStage, ServerlessApp, ServerlessAppProps, Trigger } from 'cdk-serverless-app';
import { identityStatements } from './support/policies';
import {
  all,
  cdkApp,
  fs,
  HANDLERS,
  ids,
  only,
  path,
  quickCdkApp,
  resources,
  Template,
  templateOf,
} from './support/synth';
import { findCycle } from './support/template-graph';

const FUNCTION = 'AWS::Lambda::Function';
const DAILY = ScheduleExpression.cron({
  hour: '2',
  minute: '0',
  timeZone: TimeZone.EUROPE_WARSAW,
});

/** An app with one of each trigger. */
function oneOfEach(scope: Stack, id = 'App', props: ServerlessAppProps = {}): ServerlessApp {
  const app = new ServerlessApp(scope, id, { root: HANDLERS, ...props });
  const orders = app.addTable('Orders', { partitionKey: 'id' });
  const uploads = app.addBucket('Uploads');
  app.onRequest('GET /orders/{id}', 'ok.ts', { id: 'GetOrder' }).reads(orders);
  app.onTableChange(orders, 'other.ts', { id: 'ProjectOrder' });
  app
    .onObjectCreated(uploads, 'third.ts', { id: 'ImportOrders', prefix: 'in/', suffix: '.csv' })
    .readsAndWrites(uploads)
    .writes(orders);
  app.onSchedule(DAILY, 'ok.ts', { id: 'CloseDay' }).reads(orders);
  return app;
}

/** What holds for every app, however it was put together. */
function expectSound(stack: Stack, functions: number): void {
  expect(findCycle(templateOf(stack))).toBeUndefined();
  expect(ids(stack, FUNCTION)).toHaveLength(functions);
  expect(Object.values(resources(stack)).filter(({ Type }) => Type.includes('Custom'))).toEqual([]);
}

describe('the app with one of each trigger and all defaults', () => {
  test('has this template', () => {
    const stack = new Stack(cdkApp(), 'Test');

    oneOfEach(stack);

    expect(Template.fromStack(stack).toJSON()).toMatchSnapshot();
  });

  test('is valid', () => {
    const stack = new Stack(quickCdkApp(), 'Test');

    oneOfEach(stack);

    expectSound(stack, 4);
  });

  test('is valid in development', () => {
    const stack = new Stack(cdkApp(), 'Test');

    oneOfEach(stack, 'App', { stage: AppStage.DEVELOPMENT });

    expectSound(stack, 4);
  });
});

describe('several apps', () => {
  test('may share one stack', () => {
    const stack = new Stack(cdkApp(), 'Test');

    oneOfEach(stack, 'One');
    oneOfEach(stack, 'Two');

    expectSound(stack, 8);
  });

  test('may use each other’s tables and buckets', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const one = oneOfEach(stack, 'One');
    const two = new ServerlessApp(stack, 'Two', { root: HANDLERS });

    const bucket = one.addBucket('Shared');
    two.onObjectCreated(bucket, 'ok.ts').readsAndWrites(bucket);

    expectSound(stack, 5);
  });

  test('with one name in two stacks have a model file each', () => {
    const cdk = quickCdkApp();
    oneOfEach(new Stack(cdk, 'A'));
    oneOfEach(new Stack(cdk, 'B'));

    const { directory } = cdk.synth();

    expect(inputIn(directory)).toEqual(['A.App.serverless-app.json', 'B.App.serverless-app.json']);
  });

  test('may use the table of an app in another stack', () => {
    const cdk = quickCdkApp();
    const data = new ServerlessApp(new Stack(cdk, 'Data'), 'Data', { root: HANDLERS });
    data.onRequest('GET /', 'ok.ts');
    const stack = new Stack(cdk, 'Test');
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS });

    app.onRequest('GET /', 'ok.ts').reads(data.addTable('Orders', { partitionKey: 'id' }));

    expectSound(stack, 1);
  });

  test('may use the bucket of an app in another stack', () => {
    const cdk = quickCdkApp();
    const data = new ServerlessApp(new Stack(cdk, 'Data'), 'Data', { root: HANDLERS });
    data.onRequest('GET /', 'ok.ts');
    const stack = new Stack(cdk, 'Test');
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS });
    const uploads = data.addBucket('Uploads');

    app.onObjectCreated(uploads, 'ok.ts').readsAndWrites(uploads);

    expectSound(stack, 1);
  });
});

describe('an app whose function reads from another region', () => {
  const account = '111111111111';
  const inTwoRegions = (): { data: Stack; stack: Stack; app: ServerlessApp } => {
    const cdk = quickCdkApp();
    const data = new Stack(cdk, 'Data', { env: { account, region: 'us-east-1' } });
    const stack = new Stack(cdk, 'Test', { env: { account, region: 'eu-west-1' } });
    return { data, stack, app: new ServerlessApp(stack, 'App', { root: HANDLERS }) };
  };

  test('needs no helper for a table with a name', () => {
    const { data, stack, app } = inTwoRegions();
    const table = new dynamodb.TableV2(data, 'Orders', {
      tableName: 'orders',
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    });

    app.onRequest('GET /', 'ok.ts').reads(table);

    expectSound(stack, 1);
  });

  // A derived name holds the other stack's id, which the CDK would carry over with a helper function.
  test('needs no helper for a bucket of an app that has a name', () => {
    const { data, stack, app } = inTwoRegions();
    const theirs = new ServerlessApp(data, 'Data', { root: HANDLERS });
    theirs.onRequest('GET /', 'ok.ts');

    app
      .onRequest('GET /', 'ok.ts')
      .reads(theirs.addBucket('Uploads', { bucketName: 'their-uploads' }));

    expectSound(stack, 1);
  });
});

describe('an app in a Stage', () => {
  const inStage = (): { cdk: App; stack: Stack } => {
    const cdk = cdkApp();
    const stage = new Stage(cdk, 'Prod', { env: { account: '111111111111', region: 'eu-west-1' } });
    const stack = new Stack(stage, 'Orders');
    oneOfEach(stack);
    return { cdk, stack };
  };

  test('is valid', () => {
    expectSound(inStage().stack, 4);
  });

  test('has its model and its assets in the assembly of the stage', () => {
    const { cdk } = inStage();

    const { directory } = cdk.synth().getNestedAssembly('assembly-Prod');

    expect(inputIn(directory)).toEqual(['Orders.App.serverless-app.json']);
  });

  test('refers to existing files of assets', () => {
    const { cdk } = inStage();
    const { directory } = cdk.synth().getNestedAssembly('assembly-Prod');
    const [manifest = ''] = fs
      .readdirSync(directory)
      .filter((name) => name.endsWith('.assets.json'));

    const { files } = JSON.parse(fs.readFileSync(path.join(directory, manifest), 'utf8')) as {
      files: Record<string, { source: { path: string } }>;
    };

    const sources = Object.values(files).map(({ source }) => path.join(directory, source.path));
    expect(sources.filter((file) => !fs.existsSync(file))).toEqual([]);
  });
});

describe('an app in a nested stack', () => {
  test('is valid', () => {
    const stack = new Stack(cdkApp(), 'Test');
    const nested = new NestedStack(stack, 'Nested');

    oneOfEach(nested);

    expectSound(nested, 4);
  });

  test('may follow, read and write a bucket of the parent', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const outer = oneOfEach(stack, 'Outer');
    const nested = new NestedStack(stack, 'Nested');
    const inner = new ServerlessApp(nested, 'Inner', { root: HANDLERS });
    const bucket = outer.addBucket('Shared');

    inner.onObjectCreated(bucket, 'ok.ts').readsAndWrites(bucket);

    expect([findCycle(templateOf(stack)), findCycle(templateOf(nested))]).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('may have its bucket trigger a function of the parent', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const nested = new NestedStack(stack, 'Nested');
    const inner = oneOfEach(nested, 'Inner');
    const outer = new ServerlessApp(stack, 'Outer', { root: HANDLERS });
    const bucket = inner.addBucket('Shared');

    outer.onObjectCreated(bucket, 'ok.ts').readsAndWrites(bucket);

    expect([findCycle(templateOf(stack)), findCycle(templateOf(nested))]).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('has its model in the assembly', () => {
    const cdk = quickCdkApp();
    oneOfEach(new NestedStack(new Stack(cdk, 'Test'), 'Nested'));

    expect(inputIn(cdk.synth().directory)).toEqual(['Test.Nested.App.serverless-app.json']);
  });
});

describe('an app in a stack with account and region', () => {
  const env = { account: '111111111111', region: 'eu-west-1' };

  test('is valid', () => {
    const stack = new Stack(cdkApp(), 'Test', { env });

    oneOfEach(stack);

    expectSound(stack, 4);
  });

  const inTwoAccounts = (): { data: Stack; stack: Stack; app: ServerlessApp } => {
    const cdk = quickCdkApp();
    const data = new Stack(cdk, 'Data', { env: { ...env, account: '222222222222' } });
    const stack = new Stack(cdk, 'Test', { env });
    return { data, stack, app: new ServerlessApp(stack, 'App', { root: HANDLERS }) };
  };

  test('may read a table of another account, whose policy lets the role in', () => {
    const { data, stack, app } = inTwoAccounts();
    const table = new dynamodb.TableV2(data, 'Orders', {
      tableName: 'orders',
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    });

    app.onRequest('GET /', 'ok.ts').reads(table);

    const { RoleName } = only(stack, 'AWS::IAM::Role');
    expect(JSON.stringify(only(data, 'AWS::DynamoDB::GlobalTable').Replicas)).toContain(
      `:iam::111111111111:role/${String(RoleName)}`,
    );
  });

  test('may read a bucket of another account, whose policy lets the role in', () => {
    const { data, stack, app } = inTwoAccounts();

    app.onRequest('GET /', 'ok.ts').reads(new s3.Bucket(data, 'Files', { bucketName: 'files' }));

    const { RoleName } = only(stack, 'AWS::IAM::Role');
    expect(JSON.stringify(only(data, 'AWS::S3::BucketPolicy'))).toContain(
      `:iam::111111111111:role/${String(RoleName)}`,
    );
  });

  test('has roles without a fixed name unless one is needed', () => {
    const stack = new Stack(quickCdkApp(), 'Test', { env });

    oneOfEach(stack);

    expect(all(stack, 'AWS::IAM::Role').filter((role) => role.RoleName !== undefined)).toEqual([]);
  });
});

describe('least privilege', () => {
  /** An app with everything that makes a grant. */
  function bigApp(): Stack {
    const stack = new Stack(cdkApp(), 'Test', {
      env: { account: '111111111111', region: 'eu-west-1' },
    });
    const key = new kms.Key(stack, 'Key');
    const failureQueue = new sqs.Queue(stack, 'Failures', { encryptionMasterKey: key });
    const app = oneOfEach(stack, 'App', {
      failureQueue,
      http: { authorizer: new HttpIamAuthorizer() },
    });
    const secret = app.addBucket('Secret', { encryptionKey: key });
    const table = app.addTable('Ledger', {
      partitionKey: 'id',
      encryption: dynamodb.TableEncryptionV2.customerManagedKey(key),
      globalSecondaryIndexes: [
        { indexName: 'byDay', partitionKey: { name: 'day', type: dynamodb.AttributeType.STRING } },
      ],
    });
    const theirs = s3.Bucket.fromBucketName(stack, 'Theirs', 'theirs');
    app
      .addFunction('Everything', {
        entry: 'ok.ts',
        vpc: new ec2.Vpc(stack, 'Vpc', {
          maxAzs: 1,
          natGateways: 1,
          restrictDefaultSecurityGroup: false,
        }),
        triggers: [
          Trigger.http('POST /everything'),
          Trigger.schedule(ScheduleExpression.rate(Duration.hours(1))),
          Trigger.tableChanges(table),
          Trigger.objectCreated(secret),
          Trigger.objectCreated(theirs),
        ],
      })
      .readsAndWrites(table, secret, theirs);
    return stack;
  }

  let stack: Stack;
  beforeAll(() => {
    stack = bigApp();
  });

  test('allows no action by a wildcard', () => {
    const actions = identityStatements(stack).flatMap((statement) => statement.actions);

    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });

  test('allows actions on all resources only if AWS requires it', () => {
    const onAll = identityStatements(stack).filter((statement) =>
      statement.resources.includes('"*"'),
    );

    expect([...new Set(onAll.flatMap((statement) => statement.actions))].sort()).toEqual([
      'ec2:AssignPrivateIpAddresses',
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets',
      'ec2:UnassignPrivateIpAddresses',
    ]);
  });

  test('uses wildcards in resources only for objects and indexes', () => {
    const wild = identityStatements(stack)
      .flatMap((statement) => statement.resources)
      .filter((resource) => resource !== '"*"' && resource.includes('*'));

    expect(
      wild.filter((resource) => !/("|\/)(aws\/lambda\/\*|index\/\*|\*)"/.test(resource)),
    ).toEqual([]);
  });

  test('grants nothing to the roles of other functions', () => {
    const owners = identityStatements(stack)
      .filter((statement) => statement.actions.includes('kms:Encrypt'))
      .map((statement) => statement.owner.replace(/[0-9A-F]{8}$/, ''));

    expect([...new Set(owners)]).toEqual(['AppEverythingRole']);
  });

  test('lets only a source run a function', () => {
    const open = Object.values(resources(stack, 'AWS::Lambda::Permission')).filter(
      ({ Properties = {} }) => Properties.SourceArn === undefined,
    );

    expect(open).toEqual([]);
  });

  test('is valid', () => {
    expectSound(stack, 5);
  });
});

describe('the model file', () => {
  const facts = (): Record<string, unknown> => {
    const cdk = quickCdkApp();
    oneOfEach(new Stack(cdk, 'Test'));
    const file = `${cdk.synth().directory}/Test.App.serverless-app.json`;
    return JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, unknown>;
  };

  test('has a version', () => {
    expect(facts().schemaVersion).toBe(1);
  });

  test('describes the app', () => {
    expect(facts().app).toMatchObject({
      id: 'App',
      path: 'Test/App',
      stage: 'production',
      stack: 'Test',
    });
  });

  test('describes each function', () => {
    expect(facts().functions).toContainEqual({
      id: 'GetOrder',
      path: 'Test/App/GetOrder',
      name: { Ref: expect.stringMatching(/^AppGetOrderFunction/) as string },
      coldStart: { kind: 'onDemand' },
      rollout: { kind: 'allAtOnce' },
      runtime: 'nodejs24.x',
      architecture: 'arm64',
      memoryMb: 1024,
      timeoutSeconds: 10,
      entry: 'ok.ts',
      handler: 'handler',
      variables: ['ORDERS_TABLE_NAME'],
      bundling: { root: expect.stringMatching(/handlers$/) as string },
      triggers: [
        {
          kind: 'http',
          invocation: 'synchronous',
          source: 'GET /orders/{id}',
          details: { method: 'GET', path: '/orders/{id}', authorization: 'NONE', open: true },
        },
      ],
      access: [
        {
          kind: 'table',
          path: 'Test/App/Orders',
          level: 'read',
          environmentVariable: 'ORDERS_TABLE_NAME',
        },
      ],
    });
  });

  test.each([
    ['ProjectOrder', 'tableChanges', 'polled', 'Test/App/Orders'],
    ['ImportOrders', 'objectCreated', 'asynchronous', 'Test/App/Uploads'],
    ['CloseDay', 'schedule', 'asynchronous', 'cron(0 2 * * ? *)'],
  ])('names the events of %s: %s', (id, kind, invocation, source) => {
    expect(facts().functions).toContainEqual(
      expect.objectContaining({
        id,
        triggers: [expect.objectContaining({ kind, invocation, source })],
      }),
    );
  });

  test.each([
    ['tables', [{ id: 'Orders', made: true }]],
    ['buckets', [{ id: 'Uploads', made: true }]],
    ['http', { id: 'HttpApi', made: true, rateLimit: 1000, burstLimit: 2000 }],
    ['failureQueue', { id: 'FailureQueue', made: true }],
    ['failureBucket', { id: 'FailureBucket', made: true }],
    ['logGroup', { id: 'Logs', made: true }],
  ])('lists %s', (key, value) => {
    expect(facts()[key]).toMatchObject(value);
  });

  test('marks resources of the user', () => {
    const cdk = quickCdkApp();
    const stack = new Stack(cdk, 'Test');
    const failureQueue = new sqs.Queue(stack, 'Mine');
    oneOfEach(stack, 'App', { failureQueue });
    const file = `${cdk.synth().directory}/Test.App.serverless-app.json`;

    const { failureQueue: queue } = JSON.parse(fs.readFileSync(file, 'utf8')) as {
      failureQueue: unknown;
    };

    expect(queue).toMatchObject({ id: 'Mine', path: 'Test/Mine', made: false });
  });

  test('contains no tokens', () => {
    expect(JSON.stringify(facts())).not.toContain('${Token');
  });
});

test('the resources that the app created are accessible', () => {
  const stack = new Stack(quickCdkApp(), 'Test');
  const app = oneOfEach(stack);

  expect(
    [app.api, app.failureQueue, app.failureBucket, app.logGroup, app.accessLogGroup].map(
      (part) => part?.node.path,
    ),
  ).toEqual([
    'Test/App/HttpApi',
    'Test/App/FailureQueue',
    'Test/App/FailureBucket',
    'Test/App/Logs',
    'Test/App/HttpAccessLog',
  ]);
  expect(only(stack, 'AWS::ApiGatewayV2::Api')).toBeDefined();
});

function inputIn(directory: string): string[] {
  return fs
    .readdirSync(directory)
    .filter((name) => name.endsWith('.serverless-app.json'))
    .sort();
}
