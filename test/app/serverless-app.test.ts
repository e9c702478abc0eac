import { Duration, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { AppStage, AppTableProps, ServerlessApp, Trigger } from 'cdk-serverless-app';
import {
  all,
  HANDLERS,
  ids,
  only,
  path,
  quickApp,
  quickCdkApp,
  resources,
  ResourceJson,
  templateOf,
} from '../support/synth';

const BUCKET = 'AWS::S3::Bucket';
const FUNCTION = 'AWS::Lambda::Function';
const TABLE = 'AWS::DynamoDB::GlobalTable';
const HOURLY = ScheduleExpression.rate(Duration.hours(1));

function onlyResource(stack: Stack, type: string): ResourceJson & { DeletionPolicy?: string } {
  return Object.values(resources(stack, type))[0] as ResourceJson;
}

describe('an app', () => {
  test('is a production app by default', () => {
    expect(quickApp().app.stage).toBe(AppStage.PRODUCTION);
  });

  test('resolves entries from the working directory by default', () => {
    const app = new ServerlessApp(new Stack(quickCdkApp(), 'Test'), 'App');

    expect(app.root).toBe(process.cwd());
  });

  test('accepts a root relative to the working directory', () => {
    const root = path.relative(process.cwd(), HANDLERS);

    expect(quickApp({ root }).app.root).toBe(HANDLERS);
  });

  test('has no functions at first', () => {
    expect(quickApp().app.functions).toEqual([]);
  });

  test('lists its functions in the order of their declaration', () => {
    const { app } = quickApp();

    const declared = [app.onRequest('GET /', 'ok.ts'), app.onSchedule(HOURLY, 'other.ts')];

    expect(app.functions).toEqual(declared);
  });

  test('fails without a function', () => {
    const { stack } = quickApp();

    expect(() => templateOf(stack)).toThrow(
      'Test/App: `functions` must have at least one function, got none: add one with `onRequest`, `onSchedule` or `addFunction`',
    );
  });
});

describe('the short forms', () => {
  test.each<[string, (app: ServerlessApp) => void, string]>([
    [
      'onRequest',
      (app) => app.onRequest('GET /', 'ok.ts', { memorySize: 300 }),
      'AWS::ApiGatewayV2::Route',
    ],
    [
      'onSchedule',
      (app) => app.onSchedule(HOURLY, 'ok.ts', { memorySize: 300 }),
      'AWS::Scheduler::Schedule',
    ],
    [
      'onTableChange',
      (app) =>
        app.onTableChange(app.addTable('T', { partitionKey: 'id' }), 'ok.ts', { memorySize: 300 }),
      'AWS::Lambda::EventSourceMapping',
    ],
    [
      'onObjectCreated',
      (app) => app.onObjectCreated(app.addBucket('B'), 'ok.ts', { memorySize: 300 }),
      'AWS::S3::Bucket',
    ],
  ])('%s creates a function and a trigger, with the options of both', (_name, declare, type) => {
    const { app, stack } = quickApp();

    declare(app);

    expect(only(stack, FUNCTION).MemorySize).toBe(300);
    expect(only(stack, type)).toBeDefined();
  });

  test('derive the function’s id from the entry', () => {
    expect(quickApp().app.onRequest('GET /', 'ok.ts').node.id).toBe('Ok');
  });

  test.each<[string, (app: ServerlessApp) => { node: { id: string } }]>([
    ['onRequest', (app) => app.onRequest('GET /', 'ok.ts', { id: 'Mine' })],
    ['onSchedule', (app) => app.onSchedule(HOURLY, 'ok.ts', { id: 'Mine' })],
    [
      'onTableChange',
      (app) =>
        app.onTableChange(app.addTable('T', { partitionKey: 'id' }), 'ok.ts', { id: 'Mine' }),
    ],
    ['onObjectCreated', (app) => app.onObjectCreated(app.addBucket('B'), 'ok.ts', { id: 'Mine' })],
  ])('%s prefers an explicit `id`', (_name, declare) => {
    expect(declare(quickApp().app).node.id).toBe('Mine');
  });

  test.each<[string, (app: ServerlessApp) => void]>([
    ['onRequest', (app) => app.onRequest('GET /', 'ok.ts')],
    [
      'addFunction',
      (app) => app.addFunction('Get', { entry: 'ok.ts', triggers: [Trigger.http('GET /')] }),
    ],
  ])('create the same resources as the long form: %s', (_name, declare) => {
    const { app, stack } = quickApp();

    declare(app);

    expect(Object.values(resources(stack)).map((resource) => resource.Type)).toEqual([
      'AWS::Logs::LogGroup',
      'AWS::IAM::Role',
      'AWS::Lambda::Function',
      'AWS::Lambda::Permission',
      'AWS::ApiGatewayV2::Integration',
      'AWS::ApiGatewayV2::Api',
      'AWS::ApiGatewayV2::Stage',
      'AWS::ApiGatewayV2::Route',
      'AWS::Logs::LogGroup',
    ]);
  });
});

describe('an id', () => {
  const twice = 'must have a unique id in the app, got';

  test.each<[string, (app: ServerlessApp) => unknown, string]>([
    [
      'two functions',
      (app) => [app.onRequest('GET /', 'ok.ts'), app.onRequest('POST /', 'ok.ts')],
      `\`functions.Ok\` ${twice}`,
    ],
    [
      'a function and a table',
      (app) => [app.addTable('Ok', { partitionKey: 'id' }), app.onRequest('GET /', 'ok.ts')],
      `\`functions.Ok\` ${twice}`,
    ],
    [
      'two tables',
      (app) => [
        app.addTable('A', { partitionKey: 'id' }),
        app.addTable('A', { partitionKey: 'id' }),
      ],
      `\`tables.A\` ${twice}`,
    ],
    ['two buckets', (app) => [app.addBucket('A'), app.addBucket('A')], `\`buckets.A\` ${twice}`],
    [
      'a bucket and a function',
      (app) => [app.onRequest('GET /', 'ok.ts'), app.addBucket('Ok')],
      `\`buckets.Ok\` ${twice}`,
    ],
  ])('fails if %s share it', (_name, declare, message) => {
    expect(() => declare(quickApp().app)).toThrow(`Test/App: ${message}`);
  });

  test('fails if two entries of one name share it, with the remedy', () => {
    const { app } = quickApp();
    app.onRequest('GET /', 'ok.ts');

    expect(() => app.onRequest('POST /', 'ok.ts')).toThrow(
      'for a second function give it an id: `{ id: "…" }`',
    );
  });

  test.each([
    'FailureBucket',
    'FailureQueue',
    'HttpAccessLog',
    'HttpApi',
    'HttpDomain',
    'Logs',
    'SchedulerRole',
  ])('fails if the app uses it itself: %s', (id) => {
    expect(() => quickApp().app.addBucket(id)).toThrow(
      `Test/App: \`buckets.${id}\` must have an id that the app does not reserve, got "${id}"`,
    );
  });

  test('fails where it is empty', () => {
    expect(() => quickApp().app.addFunction('', { entry: 'ok.ts' })).toThrow(
      'must have an id, got an empty one',
    );
  });

  test.each(['Ok', 'ok', 'Two-Words', 'V2'])('may be %s', (id) => {
    expect(quickApp().app.addFunction(id, { entry: 'ok.ts' }).node.id).toBe(id);
  });
});

describe('the log group', () => {
  test.each([
    [AppStage.PRODUCTION, 90, 'RetainExceptOnCreate'],
    [AppStage.DEVELOPMENT, 7, 'Delete'],
  ])('in %s is kept for %d days: %s', (stage, days, policy) => {
    const { app, stack } = quickApp({ stage });

    app.addFunction('F', { entry: 'ok.ts' });

    const group = onlyResource(stack, 'AWS::Logs::LogGroup');
    expect([group.Properties?.RetentionInDays, group.DeletionPolicy]).toEqual([days, policy]);
  });

  test('is shared by all functions', () => {
    const { app, stack } = quickApp();

    app.addFunction('A', { entry: 'ok.ts' });
    app.addFunction('B', { entry: 'other.ts' });

    expect(ids(stack, 'AWS::Logs::LogGroup')).toHaveLength(1);
  });

  test.each<[string, (stack: Stack) => logs.ILogGroup]>([
    ['made by the user', (stack) => new logs.LogGroup(stack, 'Mine')],
    ['imported', (stack) => logs.LogGroup.fromLogGroupName(stack, 'Mine', 'theirs')],
  ])('may be %s', (_name, make) => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const logGroup = make(stack);
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS, logGroup });

    app.addFunction('F', { entry: 'ok.ts' });

    expect(only(stack, FUNCTION)).toMatchObject({
      LoggingConfig: { LogGroup: stack.resolve(logGroup.logGroupName) as unknown },
    });
  });

  test('of the user replaces the app’s', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const logGroup = logs.LogGroup.fromLogGroupName(stack, 'Mine', 'theirs');
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS, logGroup });

    app.addFunction('F', { entry: 'ok.ts' });

    expect(ids(stack, 'AWS::Logs::LogGroup')).toEqual([]);
  });

  test('that is imported is the one that the role may write to, with its streams', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const logGroup = logs.LogGroup.fromLogGroupName(stack, 'Mine', 'theirs');
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS, logGroup });

    app.addFunction('F', { entry: 'ok.ts' });

    expect(JSON.stringify(only(stack, 'AWS::IAM::Role').Policies)).toContain(':log-group:theirs:*');
  });
});

/** The table of an app in a stage. */
function table(
  props: Partial<AppTableProps> = {},
  stage = AppStage.PRODUCTION,
): ResourceJson & { DeletionPolicy?: string } {
  const { app, stack } = quickApp(
    { stage },
    { env: { account: '111111111111', region: 'eu-west-1' } },
  );
  app.addTable('Orders', { partitionKey: 'id', ...props });
  app.addFunction('F', { entry: 'ok.ts' });
  return onlyResource(stack, TABLE);
}

describe('a table', () => {
  test('is the CDK’s own TableV2', () => {
    expect(quickApp().app.addTable('T', { partitionKey: 'id' })).toBeInstanceOf(dynamodb.TableV2);
  });

  test('has a string as its partition key', () => {
    expect(table().Properties).toMatchObject({
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    });
  });

  test('accepts keys of other types', () => {
    const { NUMBER, BINARY } = dynamodb.AttributeType;
    const props = { partitionKeyType: NUMBER, sortKey: 'at', sortKeyType: BINARY };

    expect(table(props).Properties).toMatchObject({
      KeySchema: [
        { AttributeName: 'id', KeyType: 'HASH' },
        { AttributeName: 'at', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'id', AttributeType: 'N' },
        { AttributeName: 'at', AttributeType: 'B' },
      ],
    });
  });

  test('has a string as its sort key', () => {
    expect(table({ sortKey: 'at' }).Properties).toMatchObject({
      AttributeDefinitions: [{}, { AttributeName: 'at', AttributeType: 'S' }],
    });
  });

  test('has a stream with old and new images', () => {
    expect(table().Properties).toMatchObject({
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
  });

  test('is billed by request', () => {
    expect(table().Properties).toMatchObject({ BillingMode: 'PAY_PER_REQUEST' });
  });

  test.each([
    [AppStage.PRODUCTION, 'Retain', true, true],
    [AppStage.DEVELOPMENT, 'Delete', false, false],
  ])(
    'in %s is retained: %s, protected: %s, recoverable: %s',
    (stage, policy, isProtected, recovery) => {
      const { DeletionPolicy, Properties } = table({}, stage);

      expect([DeletionPolicy, Properties]).toMatchObject([
        policy,
        {
          Replicas: [
            {
              DeletionProtectionEnabled: isProtected,
              PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: recovery },
            },
          ],
        },
      ]);
    },
  );

  test.each<[string, Partial<AppTableProps>, Record<string, unknown>]>([
    ['tableName', { tableName: 'mine' }, { TableName: 'mine' }],
    [
      'timeToLiveAttribute',
      { timeToLiveAttribute: 'until' },
      { TimeToLiveSpecification: { AttributeName: 'until', Enabled: true } },
    ],
    [
      'dynamoStream',
      { dynamoStream: dynamodb.StreamViewType.KEYS_ONLY },
      { StreamSpecification: { StreamViewType: 'KEYS_ONLY' } },
    ],
    [
      'billing',
      { billing: dynamodb.Billing.onDemand({ maxReadRequestUnits: 5 }) },
      { Replicas: [{ ReadOnDemandThroughputSettings: { MaxReadRequestUnits: 5 } }] },
    ],
    [
      'deletionProtection',
      { deletionProtection: false },
      { Replicas: [{ DeletionProtectionEnabled: false }] },
    ],
    [
      'pointInTimeRecoverySpecification',
      { pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false } },
      { Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false } }] },
    ],
    [
      'globalSecondaryIndexes',
      {
        globalSecondaryIndexes: [
          {
            indexName: 'byDay',
            partitionKey: { name: 'day', type: dynamodb.AttributeType.STRING },
          },
        ],
      },
      { GlobalSecondaryIndexes: [{ IndexName: 'byDay' }] },
    ],
    [
      'localSecondaryIndexes',
      {
        sortKey: 'at',
        localSecondaryIndexes: [
          { indexName: 'byAge', sortKey: { name: 'age', type: dynamodb.AttributeType.NUMBER } },
        ],
      },
      { LocalSecondaryIndexes: [{ IndexName: 'byAge' }] },
    ],
    [
      'replicas',
      { replicas: [{ region: 'us-east-1' }] },
      { Replicas: [{ Region: 'us-east-1' }, { Region: 'eu-west-1' }] },
    ],
    [
      'warmThroughput',
      { warmThroughput: { readUnitsPerSecond: 13_000 } },
      { WarmThroughput: { ReadUnitsPerSecond: 13_000 } },
    ],
    [
      'encryption',
      { encryption: dynamodb.TableEncryptionV2.awsManagedKey() },
      { SSESpecification: { SSEEnabled: true } },
    ],
    ['a token as the name', { tableName: Lazy.string({ produce: () => 't' }) }, { TableName: 't' }],
  ])('accepts %s', (_name, props, properties) => {
    expect(table(props).Properties).toMatchObject(properties);
  });

  test('accepts a removal policy', () => {
    expect(table({ removalPolicy: RemovalPolicy.DESTROY }).DeletionPolicy).toBe('Delete');
  });
});

/** The bucket of an app in a stage. */
function bucket(
  props: s3.BucketProps = {},
  stage = AppStage.PRODUCTION,
): ResourceJson & { DeletionPolicy?: string } {
  const { app, stack } = quickApp({ stage });
  app.addBucket('Uploads', props);
  app.addFunction('F', { entry: 'ok.ts' });
  return onlyResource(stack, BUCKET);
}

describe('a bucket', () => {
  test('is the CDK’s own Bucket', () => {
    expect(quickApp().app.addBucket('B')).toBeInstanceOf(s3.Bucket);
  });

  test('is private and encrypted', () => {
    expect(bucket().Properties).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
        ],
      },
    });
  });

  test('refuses requests without TLS', () => {
    const { app, stack } = quickApp();

    app.addBucket('Uploads');
    app.addFunction('F', { entry: 'ok.ts' });

    expect(JSON.stringify(only(stack, 'AWS::S3::BucketPolicy'))).toContain(
      '"Condition":{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny"',
    );
  });

  test('removes incomplete uploads', () => {
    expect(bucket().Properties).toMatchObject({
      LifecycleConfiguration: {
        Rules: [{ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }],
      },
    });
  });

  test.each([
    [AppStage.PRODUCTION, 'RetainExceptOnCreate'],
    [AppStage.DEVELOPMENT, 'Delete'],
  ])('in %s has the policy %s', (stage, policy) => {
    expect(bucket({}, stage).DeletionPolicy).toBe(policy);
  });

  test('has no notifications without a trigger', () => {
    expect(bucket().Properties).not.toHaveProperty('NotificationConfiguration');
  });

  test.each<[string, s3.BucketProps, Record<string, unknown>]>([
    ['versioned', { versioned: true }, { VersioningConfiguration: { Status: 'Enabled' } }],
    ['bucketName', { bucketName: 'mine' }, { BucketName: 'mine' }],
    [
      'a token as the name',
      { bucketName: Lazy.string({ produce: () => 'mine' }) },
      { BucketName: 'mine' },
    ],
    [
      'encryption',
      { encryption: s3.BucketEncryption.KMS_MANAGED },
      {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } },
          ],
        },
      },
    ],
    [
      'eventBridgeEnabled',
      { eventBridgeEnabled: true },
      {
        NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      },
    ],
    [
      'lifecycleRules',
      { lifecycleRules: [{ id: 'Mine', expiration: Duration.days(1) }] },
      { LifecycleConfiguration: { Rules: [{ Id: 'Mine' }, { Id: 'ForgetIncompleteUploads' }] } },
    ],
  ])('accepts %s', (_name, props, properties) => {
    expect(bucket(props).Properties).toMatchObject(properties);
  });

  test('accepts a removal policy', () => {
    expect(bucket({ removalPolicy: RemovalPolicy.DESTROY }).DeletionPolicy).toBe('Delete');
  });
});

describe('logical ids do not depend on the order', () => {
  const steps: ((app: ServerlessApp) => void)[] = [
    (app) => app.onRequest('GET /a', 'ok.ts'),
    (app) => app.onSchedule(HOURLY, 'other.ts'),
    (app) => app.onTableChange(app.addTable('Orders', { partitionKey: 'id' }), 'third.ts'),
    (app) => app.onObjectCreated(app.addBucket('Uploads'), 'ok.ts', { id: 'Upload' }),
    (app) => app.onRequest('POST /a', 'ok.ts', { id: 'Post' }).reads(app.addBucket('More')),
  ];
  const make = (order: readonly ((app: ServerlessApp) => void)[]): string[] => {
    const { app, stack } = quickApp();
    order.forEach((step) => {
      step(app);
    });
    return ids(stack);
  };

  test('of functions, tables and buckets', () => {
    expect(make([...steps].reverse())).toEqual(make(steps));
  });

  test('of a function’s triggers', () => {
    const of = (reverse: boolean): string[] => {
      const { app, stack } = quickApp();
      const uploads = app.addBucket('Uploads');
      const triggers = [
        Trigger.http('GET /a'),
        Trigger.schedule(HOURLY),
        Trigger.objectCreated(uploads, { prefix: 'a/' }),
        Trigger.objectCreated(uploads, { prefix: 'b/' }),
        Trigger.tableChanges(app.addTable('Orders', { partitionKey: 'id' })),
      ];
      app.addFunction('F', { entry: 'ok.ts', triggers: reverse ? triggers.reverse() : triggers });
      return ids(stack);
    };

    expect(of(true)).toEqual(of(false));
  });

  test('and an additional function changes no other id', () => {
    const few = make(steps.slice(0, 4));

    expect(make(steps)).toEqual(expect.arrayContaining(few));
  });
});

test('every function has a role of its own', () => {
  const { app, stack } = quickApp();

  app.onRequest('GET /', 'ok.ts');
  app.onRequest('POST /', 'other.ts');

  expect(new Set(all(stack, FUNCTION).map((fn) => JSON.stringify(fn.Role))).size).toBe(2);
});

describe('an undefined option keeps the default', () => {
  test('of a table', () => {
    const options = {
      removalPolicy: undefined,
      dynamoStream: undefined,
      pointInTimeRecovery: undefined,
    };

    expect(table(options)).toEqual(table());
  });

  test('of a bucket', () => {
    const bucket = (props: s3.BucketProps): unknown => {
      const { app, stack } = quickApp({ stage: AppStage.DEVELOPMENT });
      app.addBucket('Files', props);
      app.addFunction('F', { entry: 'ok.ts' });
      return templateOf(stack).Resources;
    };
    const options = {
      enforceSSL: undefined,
      blockPublicAccess: undefined,
      removalPolicy: undefined,
    };

    expect(bucket(options)).toEqual(bucket({}));
  });
});

test('every id that the app uses itself is refused for a function', () => {
  // GIVEN an app that uses all of them
  const { app, stack } = quickApp();
  const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:::c');
  const hostedZone = route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
    hostedZoneId: 'Z1',
    zoneName: 'example.com',
  });
  const domain = { domainName: 'api.example.com', certificate, hostedZone };
  const full = new ServerlessApp(stack, 'Full', { root: app.root, http: { domain } });
  const orders = full.addTable('MyTable', { partitionKey: 'id' });
  full.onRequest('GET /', 'ok.ts', { id: 'MyRequest' });
  full.onTableChange(orders, 'ok.ts', { id: 'MyChange' });
  full.onSchedule(ScheduleExpression.rate(Duration.hours(1)), 'ok.ts', { id: 'MySchedule' });
  const own = full.node.children.map(({ node }) => node.id).filter((id) => !id.startsWith('My'));

  // THEN
  expect(own).toEqual(expect.arrayContaining(['FailureRule', 'HttpApi', 'HttpDomainRecordV6']));
  for (const id of own) {
    expect(() => app.addFunction(id, { entry: 'ok.ts' })).toThrow(`Test/App: \`functions.${id}\``);
  }
});

test.each<[string, s3.LifecycleRule[] | undefined, unknown[]]>([
  ['nothing', undefined, ['ForgetIncompleteUploads']],
  [
    'another rule',
    [{ id: 'Mine', expiration: Duration.days(9) }],
    ['Mine', 'ForgetIncompleteUploads'],
  ],
  [
    'a rule of their own',
    [{ id: 'Mine', abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    ['Mine'],
  ],
  ['that there are no rules', [], []],
])(
  'incomplete uploads are removed after the configured time with %s',
  (_, lifecycleRules, rules) => {
    const { app, stack } = quickApp();
    app.addBucket('Files', { lifecycleRules });
    app.addFunction('F', { entry: 'ok.ts' });

    const { LifecycleConfiguration: configuration } = only(stack, BUCKET) as {
      LifecycleConfiguration?: { Rules: Array<{ Id: string }> };
    };
    expect(configuration?.Rules.map(({ Id }) => Id) ?? []).toEqual(rules);
  },
);
