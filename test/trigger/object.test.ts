import { Fn, Lazy, NestedStack, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ObjectTriggerOptions, ServerlessApp, Trigger } from 'cdk-serverless-app';
import {
  all,
  HANDLERS,
  ids,
  only,
  quickApp,
  quickCdkApp,
  resources,
  templateOf,
  warnings,
} from '../support/synth';
import { findCycle } from '../support/template-graph';

const BUCKET = 'AWS::S3::Bucket';
const FUNCTION = 'AWS::Lambda::Function';
const PERMISSION = 'AWS::Lambda::Permission';
const RULE = 'AWS::Events::Rule';

/** The notifications of a bucket of the app with one trigger. */
function notifications(options: ObjectTriggerOptions = {}): unknown {
  const { app, stack } = quickApp();
  app.onObjectCreated(app.addBucket('Uploads'), 'ok.ts', options);
  return only(stack, BUCKET).NotificationConfiguration;
}

/** The event pattern of the rule for an imported bucket. */
function pattern(options: ObjectTriggerOptions = {}): unknown {
  const { app, stack } = quickApp();
  app.onObjectCreated(s3.Bucket.fromBucketName(stack, 'Imported', 'theirs'), 'ok.ts', options);
  return only(stack, RULE).EventPattern;
}

const bytes = (count: number): string => 'ü'.repeat(Math.floor(count / 2)) + 'a'.repeat(count % 2);

describe('a bucket of the app', () => {
  test('notifies the function of created objects directly', () => {
    expect(notifications()).toEqual({
      LambdaConfigurations: [
        {
          Event: 's3:ObjectCreated:*',
          Function: { 'Fn::GetAtt': [expect.stringMatching(/^AppOkFunction/), 'Arn'] },
        },
      ],
    });
  });

  test('needs no EventBridge rule', () => {
    const { app, stack } = quickApp();

    app.onObjectCreated(app.addBucket('Uploads'), 'ok.ts');

    expect(resources(stack, RULE)).toEqual({});
  });

  test.each<[string, ObjectTriggerOptions, unknown]>([
    ['a prefix', { prefix: 'uploads/' }, [{ Name: 'prefix', Value: 'uploads/' }]],
    ['a suffix', { suffix: '.csv' }, [{ Name: 'suffix', Value: '.csv' }]],
    [
      'both',
      { prefix: 'a/', suffix: '.b' },
      [
        { Name: 'prefix', Value: 'a/' },
        { Name: 'suffix', Value: '.b' },
      ],
    ],
    [
      'blanks and special characters, which S3 wants encoded',
      { prefix: 'snap/schema=1/Ä +/', suffix: '_Cq Values (1).csv' },
      [
        { Name: 'prefix', Value: 'snap/schema%3D1/%C3%84+%2B/' },
        { Name: 'suffix', Value: '_Cq+Values+(1).csv' },
      ],
    ],
  ])('filters by %s', (_name, options, rules) => {
    expect(notifications(options)).toMatchObject({
      LambdaConfigurations: [{ Filter: { S3Key: { Rules: rules } } }],
    });
  });

  test('notifies of the requested kinds of events', () => {
    const eventTypes = [s3.EventType.OBJECT_REMOVED, s3.EventType.OBJECT_CREATED_PUT];

    expect(notifications({ eventTypes })).toMatchObject({
      LambdaConfigurations: [{ Event: 's3:ObjectRemoved:*' }, { Event: 's3:ObjectCreated:Put' }],
    });
  });

  test('depends on the permission', () => {
    const { app, stack } = quickApp();

    app.onObjectCreated(app.addBucket('Uploads'), 'ok.ts');

    expect(Object.values(resources(stack, BUCKET))[0]?.DependsOn).toEqual(ids(stack, PERMISSION));
  });

  test('has one permission for a function, however many triggers there are', () => {
    const { app, stack } = quickApp();
    const bucket = app.addBucket('Uploads');

    app.addFunction('F', {
      entry: 'ok.ts',
      triggers: ['a/', 'b/', 'c/'].map((prefix) => Trigger.objectCreated(bucket, { prefix })),
    });

    expect(ids(stack, PERMISSION)).toHaveLength(1);
  });

  test('is the only source that may run the function, and only in this account', () => {
    const { app, stack } = quickApp();

    app.onObjectCreated(app.addBucket('Uploads'), 'ok.ts');

    expect(only(stack, PERMISSION)).toMatchObject({
      Principal: 's3.amazonaws.com',
      SourceAccount: { Ref: 'AWS::AccountId' },
      SourceArn: {
        'Fn::Join': [
          '',
          [
            'arn:',
            { Ref: 'AWS::Partition' },
            expect.stringMatching(/^:s3:::test-app-uploads-/),
            expect.anything(),
            expect.anything(),
          ],
        ],
      },
    });
  });

  test('may run two functions', () => {
    const { app, stack } = quickApp();
    const bucket = app.addBucket('Uploads');

    app.onObjectCreated(bucket, 'ok.ts', { prefix: 'a/' });
    app.onObjectCreated(bucket, 'other.ts', { prefix: 'b/' });

    expect(only(stack, BUCKET)).toMatchObject({
      NotificationConfiguration: { LambdaConfigurations: [{}, {}] },
    });
  });

  test('in another stack sends its events through EventBridge', () => {
    const cdk = quickCdkApp();
    const data = new Stack(cdk, 'Data');
    const theirs = new ServerlessApp(data, 'Data', { root: HANDLERS });
    theirs.onRequest('GET /', 'ok.ts');
    const stack = new Stack(cdk, 'Test');
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS });

    app.onObjectCreated(theirs.addBucket('Uploads'), 'ok.ts');

    expect([ids(stack, RULE).length, only(data, BUCKET).NotificationConfiguration]).toEqual([
      1,
      { EventBridgeConfiguration: { EventBridgeEnabled: true } },
    ]);
  });

  test('of the parent notifies a function of a nested stack directly', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const outer = new ServerlessApp(stack, 'Outer', { root: HANDLERS });
    outer.onRequest('GET /', 'ok.ts');
    const nested = new NestedStack(stack, 'Nested');
    const inner = new ServerlessApp(nested, 'Inner', { root: HANDLERS });

    inner.onObjectCreated(outer.addBucket('Uploads'), 'ok.ts');

    expect([ids(nested, RULE), only(stack, BUCKET).NotificationConfiguration]).toMatchObject([
      [],
      { LambdaConfigurations: [{}] },
    ]);
  });
});

describe('no dependency cycle', () => {
  test.each<[string, (app: ServerlessApp, bucket: s3.Bucket) => void]>([
    [
      'where the function reads and writes the bucket',
      (app, bucket) => app.onObjectCreated(bucket, 'ok.ts').readsAndWrites(bucket),
    ],
    [
      'where the user’s grant lets it',
      (app, bucket) => bucket.grantReadWrite(app.onObjectCreated(bucket, 'ok.ts')),
    ],
    [
      'where the user’s grant to the CDK’s function lets it',
      (app, bucket) => bucket.grantReadWrite(app.onObjectCreated(bucket, 'ok.ts').function),
    ],
    [
      'where its environment names the bucket',
      (app, bucket) =>
        app.onObjectCreated(bucket, 'ok.ts', {
          environment: { MY_BUCKET: bucket.bucketName, MY_ARN: bucket.bucketArn },
        }),
    ],
    [
      'where its environment has the bucket’s addresses',
      (app, bucket) =>
        app.onObjectCreated(bucket, 'ok.ts', {
          environment: {
            MY_DOMAIN: bucket.bucketDomainName,
            MY_REGIONAL_DOMAIN: bucket.bucketRegionalDomainName,
            MY_URL: bucket.urlForObject('key'),
            MY_S3_URL: bucket.s3UrlForObject('key'),
            MY_HOST: bucket.virtualHostedUrlForObject('key'),
          },
        }),
    ],
    [
      'where a variable is added later',
      (app, bucket) =>
        app
          .onObjectCreated(bucket, 'ok.ts')
          .function.addEnvironment('MY_BUCKET', bucket.bucketName),
    ],
    [
      'where two functions share the bucket',
      (app, bucket) => {
        app.onObjectCreated(bucket, 'ok.ts', { prefix: 'a/' }).writes(bucket);
        app.onObjectCreated(bucket, 'other.ts', { prefix: 'b/' }).reads(bucket);
      },
    ],
  ])('%s', (_name, declare) => {
    const { app, stack } = quickApp();

    declare(app, app.addBucket('Uploads'));

    expect(findCycle(templateOf(stack))).toBeUndefined();
  });

  // Only the name, the ARN and the plain domain names are written with the known name so far.
  test('if its environment has the bucket’s dual-stack domain', () => {
    const { app, stack } = quickApp();
    const bucket = app.addBucket('Uploads');

    const environment = { ADDRESS: bucket.bucketDualStackDomainName };
    app.onObjectCreated(bucket, 'ok.ts', { environment });

    expect(findCycle(templateOf(stack))).toBeUndefined();
  });

  test.each<[string, (stack: Stack, bucket: s3.Bucket) => string]>([
    ['a list', (_, bucket) => Fn.join(',', [bucket.bucketName, 'other'])],
    [
      'JSON',
      (stack, bucket) => stack.toJsonString({ bucket: bucket.bucketName, arn: bucket.bucketArn }),
    ],
  ])('if its environment has the bucket in %s', (_, value) => {
    const { app, stack } = quickApp();
    const bucket = app.addBucket('Uploads');

    const fn = app.onObjectCreated(bucket, 'ok.ts', {
      environment: { TARGETS: value(stack, bucket) },
    });

    expect(findCycle(templateOf(stack))).toBeUndefined();
    expect(JSON.stringify(only(stack, FUNCTION).Environment)).toContain('uploads-');
    expect(fn.function.currentVersion).toBeDefined();
  });

  test('if a condition of its policy refers to the bucket', () => {
    const { app, stack } = quickApp();
    const bucket = app.addBucket('Uploads');

    app.onObjectCreated(bucket, 'ok.ts').function.addToRolePolicy(
      new iam.PolicyStatement({
        actions: ['s3:PutObject'],
        resources: ['arn:aws:s3:::elsewhere/*'],
        conditions: { StringEquals: { 's3:x-amz-copy-source': `${bucket.bucketName}/a` } },
      }),
    );

    expect(findCycle(templateOf(stack))).toBeUndefined();
  });

  test('if the function follows its own output from one bucket to another', () => {
    const { app, stack } = quickApp();
    const [one, two] = [app.addBucket('One'), app.addBucket('Two')];

    app.onObjectCreated(one, 'ok.ts').writes(two);
    app.onObjectCreated(two, 'other.ts').writes(one);

    expect(findCycle(templateOf(stack))).toBeUndefined();
  });
});

describe('an imported bucket', () => {
  test('sends its events through EventBridge', () => {
    expect(pattern()).toEqual({
      source: ['aws.s3'],
      'detail-type': ['Object Created'],
      detail: { bucket: { name: ['theirs'] } },
    });
  });

  test.each<[string, ObjectTriggerOptions, unknown]>([
    ['a prefix', { prefix: 'uploads/' }, { prefix: 'uploads/' }],
    ['a suffix', { suffix: '.csv' }, { suffix: '.csv' }],
    ['both', { prefix: 'a/', suffix: '.b' }, { wildcard: 'a/*.b' }],
    ['both with a backslash', { prefix: 'a/', suffix: '\\b' }, { wildcard: 'a/*\\\\b' }],
  ])('is filtered by %s', (_name, options, key) => {
    expect(pattern(options)).toMatchObject({ detail: { object: { key: [key] } } });
  });

  test('is reported, since the app cannot enable its events', () => {
    const { app, stack } = quickApp();

    app.onObjectCreated(s3.Bucket.fromBucketName(stack, 'Imported', 'theirs'), 'ok.ts');

    expect(warnings(stack).join()).toContain(
      'Test/Imported is not a bucket of this app, so its events reach the function through EventBridge: make sure that the bucket sends its events there',
    );
  });

  test('several are one warning', () => {
    const { app, stack } = quickApp();
    for (const [id, name] of [
      ['A', 'One'],
      ['B', 'Two'],
    ] as const) {
      app.onObjectCreated(s3.Bucket.fromBucketName(stack, name, name.toLowerCase()), 'ok.ts', {
        id,
      });
    }

    const told = warnings(stack).filter((text) => text.includes('is not a bucket of this app'));

    expect(told).toEqual([
      expect.stringMatching(/Test\/App\/A: Test\/One is not .*\(the same holds for `Test\/Two`\)/s),
    ]);
  });

  test('sends undelivered events to the failure queue', () => {
    const { app, stack } = quickApp();

    app.onObjectCreated(s3.Bucket.fromBucketName(stack, 'Imported', 'theirs'), 'ok.ts');

    expect(only(stack, RULE)).toMatchObject({
      Targets: [
        {
          DeadLetterConfig: { Arn: stack.resolve(app.failureQueue.queueArn) as unknown },
          RetryPolicy: { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 21_600 },
        },
      ],
    });
  });

  test('has rule ids that are independent of their order', () => {
    const make = (filters: ObjectTriggerOptions[]): string[] => {
      const { app, stack } = quickApp();
      const bucket = s3.Bucket.fromBucketName(stack, 'Imported', 'theirs');
      app.addFunction('F', {
        entry: 'ok.ts',
        triggers: filters.map((filter) => Trigger.objectCreated(bucket, filter)),
      });
      return ids(stack, RULE);
    };
    const filters = [{}, { prefix: 'a' }, { prefix: 'ab' }, { suffix: 'c' }];

    expect(make([...filters].reverse())).toEqual(make(filters));
  });

  test('may be used twice with one filter', () => {
    const { app, stack } = quickApp();
    const bucket = s3.Bucket.fromBucketName(stack, 'Imported', 'theirs');
    const [created, removed] = [s3.EventType.OBJECT_CREATED, s3.EventType.OBJECT_REMOVED];

    app.addFunction('F', {
      entry: 'ok.ts',
      triggers: [created, removed].map((type) =>
        Trigger.objectCreated(bucket, { eventTypes: [type] }),
      ),
    });

    expect(ids(stack, RULE)).toHaveLength(2);
  });

  test('fails in another region', () => {
    const { app, stack } = quickApp({}, { env: { account: '111111111111', region: 'eu-west-1' } });
    const bucket = s3.Bucket.fromBucketAttributes(stack, 'Imported', {
      bucketName: 'theirs',
      region: 'us-east-1',
    });

    expect(() => app.onObjectCreated(bucket, 'ok.ts')).toThrow(
      'Test/App: `functions.Ok.bucket` must be in the function’s region, eu-west-1, got "Test/Imported in us-east-1"',
    );
  });
});

describe('a bucket of the user', () => {
  test('with `eventBridgeEnabled` sends its events through EventBridge', () => {
    const { app, stack } = quickApp();
    const bucket = new s3.Bucket(stack, 'Mine', { eventBridgeEnabled: true });

    app.onObjectCreated(bucket, 'ok.ts');

    expect(only(stack, RULE)).toMatchObject({
      EventPattern: { detail: { bucket: { name: [stack.resolve(bucket.bucketName)] } } },
    });
  });

  test('that enables EventBridge later is accepted', () => {
    const { app, stack } = quickApp();
    const bucket = new s3.Bucket(stack, 'Mine');

    app.onObjectCreated(bucket, 'ok.ts');
    bucket.enableEventBridgeNotification();

    expect(() => templateOf(stack)).not.toThrow();
  });

  test('that enables EventBridge on its resource is accepted', () => {
    const { app, stack } = quickApp();
    const bucket = new s3.Bucket(stack, 'Mine');
    (bucket.node.defaultChild as s3.CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };

    app.onObjectCreated(bucket, 'ok.ts');

    expect(() => templateOf(stack)).not.toThrow();
  });

  test('fails if it sends nothing to EventBridge', () => {
    const { app, stack } = quickApp();

    app.onObjectCreated(new s3.Bucket(stack, 'Mine'), 'ok.ts');

    expect(() => templateOf(stack)).toThrow(
      'Test/App: `functions.Ok.bucket` must send its events to EventBridge, because `addBucket` did not create it, got "Test/Mine, which does not": create it with `addBucket`, which needs no EventBridge, or give it `eventBridgeEnabled: true`',
    );
  });

  test('has no dependency cycle with access to it', () => {
    const { app, stack } = quickApp();
    const bucket = new s3.Bucket(stack, 'Mine');
    (bucket.node.defaultChild as s3.CfnBucket).notificationConfiguration = {
      eventBridgeConfiguration: { eventBridgeEnabled: true },
    };

    app.onObjectCreated(bucket, 'ok.ts').readsAndWrites(bucket);

    expect(findCycle(templateOf(stack))).toBeUndefined();
  });
});

describe('limits', () => {
  test.each<[string, ObjectTriggerOptions]>([
    ['a prefix of 1,024 bytes', { prefix: bytes(1024) }],
    ['a suffix of 1,024 bytes', { suffix: bytes(1024) }],
    ['an empty prefix', { prefix: '' }],
    ['a suffix with a `/` in front', { suffix: '/data.csv' }],
    [
      'several kinds of created objects',
      { eventTypes: [s3.EventType.OBJECT_CREATED_PUT, s3.EventType.OBJECT_CREATED_COPY] },
    ],
    [
      'all removed and all expired objects',
      { eventTypes: [s3.EventType.OBJECT_REMOVED, s3.EventType.LIFECYCLE_EXPIRATION] },
    ],
  ])('%s is accepted', (_name, options) => {
    expect(() => notifications(options)).not.toThrow();
  });

  test.each<[string, ObjectTriggerOptions, string]>([
    [
      'prefix',
      { prefix: bytes(1025) },
      'must have at most 1024 bytes, got "1025 bytes": shorten it',
    ],
    [
      'suffix',
      { suffix: bytes(1025) },
      'must have at most 1024 bytes, got "1025 bytes": shorten it',
    ],
    [
      'prefix',
      { prefix: '/uploads' },
      'must not begin with `/`, because keys do not, got "/uploads": leave out the leading `/`',
    ],
    ['prefix', { prefix: '/' }, 'must not begin with `/`'],
    ['prefix', { prefix: 's3://bucket/in/' }, 'must be a part of the key alone, without `s3://`'],
    [
      'prefix',
      { prefix: 'in/*' },
      'must not contain `*`, which S3 does not treat as a wildcard, got "in/*": did you mean `prefix: \'in/\'`?',
    ],
    [
      'prefix',
      { prefix: 'in/*.csv' },
      "must not contain `*`, which S3 does not treat as a wildcard, got \"in/*.csv\": did you mean `prefix: 'in/', suffix: '.csv'`?",
    ],
    [
      'suffix',
      { suffix: '*.csv' },
      'must not contain `*`, which S3 does not treat as a wildcard, got "*.csv": did you mean `suffix: \'.csv\'`?',
    ],
    [
      'suffix',
      { suffix: '*' },
      'must not contain `*`, which S3 does not treat as a wildcard, got "*": leave `suffix` out, which means all keys',
    ],
    [
      'suffix',
      { suffix: '.{csv,tsv}' },
      'must be a single string that S3 compares literally, not a pattern for several, got ".{csv,tsv}": ' +
        "add a trigger for each, `Trigger.objectCreated(bucket, { … })`: `suffix: '.csv'` and `suffix: '.tsv'`",
    ],
    ['suffix', { suffix: '.(csv|tsv)' }, 'must be a single string that S3 compares literally'],
    ['suffix', { suffix: '.csv, .tsv' }, 'must be a single string that S3 compares literally'],
    ['prefix', { prefix: '{in,new}/' }, 'must be a single string that S3 compares literally'],
    ['eventTypes', { eventTypes: [] }, 'must name at least one kind of event, got "an empty list"'],
    [
      'eventTypes',
      { eventTypes: [s3.EventType.OBJECT_CREATED, s3.EventType.OBJECT_CREATED_PUT] },
      'must not repeat a kind of event, got "s3:ObjectCreated:* and s3:ObjectCreated:Put": leave one of them out',
    ],
    [
      'eventTypes',
      { eventTypes: [s3.EventType.OBJECT_TAGGING_PUT, s3.EventType.OBJECT_TAGGING] },
      'must not repeat a kind of event, got "s3:ObjectTagging:Put and s3:ObjectTagging:*"',
    ],
    [
      'eventTypes',
      { eventTypes: [s3.EventType.OBJECT_ACL_PUT, s3.EventType.OBJECT_ACL_PUT] },
      'must not repeat a kind of event',
    ],
  ])('fails for the %s of %j', (prop, options, rule) => {
    expect(() => notifications(options)).toThrow(`Test/App: \`functions.Ok.${prop}\` ${rule}`);
  });

  test.each(['{id}.json', ' (1).csv', 'a,b.csv', '[id].html', 'a|b'])(
    'a suffix may be %p, which is no pattern',
    (suffix) => {
      expect(() => notifications({ suffix })).not.toThrow();
    },
  );

  test('a prefix may be a token, which is not compared', () => {
    const prefix = Lazy.string({ produce: () => '/x' });

    expect(notifications({ prefix })).toMatchObject({
      LambdaConfigurations: [{ Filter: { S3Key: { Rules: [{ Value: '/x' }] } } }],
    });
  });
});

test('triggers are asynchronous, so failed events end in the failure queue', () => {
  const { app, stack } = quickApp();

  app.onObjectCreated(app.addBucket('Uploads'), 'ok.ts');

  expect(all(stack, 'AWS::Lambda::EventInvokeConfig')).toHaveLength(1);
});
