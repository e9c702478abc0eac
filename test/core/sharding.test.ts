import { Duration, Fn, Lazy, NestedStack, Stack, Stage } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import {
  AppFunction,
  InvocationType,
  ITrigger,
  ServerlessApp,
  ServerlessAppProps,
  Sharding,
  Trigger,
  TriggerConfig,
} from 'cdk-serverless-app';
import { identityStatements } from '../support/policies';
import { placement, shardsOf, templatesOf } from '../support/shards';
import {
  all,
  cdkApp,
  HANDLERS,
  ids,
  only,
  quickApp,
  quickCdkApp,
  resources,
  serverlessApp,
  TemplateJson,
  templateOf,
} from '../support/synth';
import { findCycle } from '../support/template-graph';

const HOURLY = ScheduleExpression.rate(Duration.hours(1));
const sharding = Sharding.nestedStacks(3);

/** Three shards, each with functions of every kind of trigger; what they may touch crosses in all ways. */
function addEverything(app: ServerlessApp): AppFunction[] {
  const table = app.addTable('Orders', { partitionKey: 'id' });
  const bucket = app.addBucket('Uploads');
  return ['A', 'B', 'C', 'D', 'E', 'F'].flatMap((letter, i) => [
    app.onRequest(`GET /${letter}`, 'ok.ts', { id: `Get${letter}` }).reads(table, bucket),
    app.onTableChange(table, 'ok.ts', { id: `Project${letter}` }).readsAndWrites(bucket),
    app
      .onObjectCreated(bucket, 'ok.ts', { id: `Import${letter}`, prefix: `${letter}/` })
      .reads(bucket)
      .writes(table),
    app.onSchedule(ScheduleExpression.rate(Duration.hours(i + 1)), 'ok.ts', {
      id: `Close${letter}`,
    }),
  ]);
}

/** The templates, without the hashes of assets, which follow from the code and the nested templates. */
function stable(templates: Record<string, TemplateJson>): Record<string, string> {
  const entries = Object.entries(templates);
  return Object.fromEntries(
    entries.map(([id, template]) => [
      id,
      JSON.stringify(template).replace(/\b[0-9a-f]{64}\b/g, ''),
    ]),
  );
}

function changed(before: Record<string, string>, after: Record<string, string>): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => before[name] !== after[name]).sort();
}

describe('where functions are placed', () => {
  test('each is in the shard that its id determines, as recorded in a table', () => {
    const { app } = quickApp({ sharding: Sharding.nestedStacks(4) });
    for (const id of [
      'GetOrder',
      'ListOrders',
      'CreateOrder',
      'ProjectOrder',
      'ImportOrders',
      'CloseDay',
    ]) {
      app.addFunction(id, { entry: 'ok.ts' });
    }

    // Recorded: another shard would replace the function.
    expect(placement(app.functions)).toEqual({
      GetOrder: 'Shard1',
      ListOrders: 'Shard0',
      CreateOrder: 'Shard0',
      ProjectOrder: 'Shard0',
      ImportOrders: 'Shard1',
      CloseDay: 'Shard3',
    });
  });

  test('the path of a function names its shard', () => {
    const { app } = quickApp({ sharding });

    expect(app.addFunction('Ok', { entry: 'ok.ts' }).node.path).toMatch(
      /^Test\/App\/Shard[0-2]\/Ok$/,
    );
  });

  test('a shard without functions is not created', () => {
    const { app, stack } = quickApp({ sharding: Sharding.nestedStacks(100) });

    app.addFunction('One', { entry: 'ok.ts' });

    expect(Object.keys(resources(stack, 'AWS::CloudFormation::Stack'))).toHaveLength(1);
  });

  test('without sharding there is no nested stack', () => {
    const { app, stack } = quickApp();

    app.addFunction('One', { entry: 'ok.ts' });

    expect(resources(stack, 'AWS::CloudFormation::Stack')).toEqual({});
    expect(only(stack, 'AWS::Lambda::Function')).not.toHaveProperty('FunctionName');
  });

  test('one shard holds all functions', () => {
    const { app, stack } = serverlessApp({ sharding: Sharding.nestedStacks(1) });

    addEverything(app);

    expect(Object.keys(shardsOf(stack))).toEqual(['Shard0']);
    expect(findCycle(templateOf(stack))).toBeUndefined();
  });

  test('a function created by its class is placed like one created by `addFunction`', () => {
    const { app } = quickApp({ sharding });
    const { app: other } = quickApp({ sharding });

    const fn = new AppFunction(app, 'Direct', { entry: 'ok.ts' });

    expect(fn.node.path).toBe(other.addFunction('Direct', { entry: 'ok.ts' }).node.path);
    expect(app.functions).toEqual([fn]);
  });

  test('the functions are listed in the order of their declaration', () => {
    const { app } = quickApp({ sharding });
    const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];

    const declared = names.map((id) => app.addFunction(id, { entry: 'ok.ts' }));

    expect(app.functions).toEqual(declared);
    expect(app.functions.every((fn) => fn.app === app)).toBe(true);
  });
});

describe('the effect of a change of the app', () => {
  const declare = (ids: readonly string[]): Record<string, string> => {
    const { app, stack } = quickApp({ sharding: Sharding.nestedStacks(4) });
    const table = app.addTable('Orders', { partitionKey: 'id' });
    const bucket = app.addBucket('Uploads');
    for (const id of ids) {
      app
        .addFunction(id, {
          entry: 'ok.ts',
          triggers: [
            Trigger.http(`GET /${id}`),
            Trigger.tableChanges(table),
            Trigger.objectCreated(bucket, { prefix: `${id}/` }),
            Trigger.schedule(HOURLY),
          ],
        })
        .readsAndWrites(table, bucket);
    }
    return stable(templatesOf(stack));
  };
  const IDS = ['One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight'];
  const shardOfNew = placement(
    ((): AppFunction[] => {
      const { app } = quickApp({ sharding: Sharding.nestedStacks(4) });
      return [...IDS, 'New'].map((id) => app.addFunction(id, { entry: 'ok.ts' }));
    })(),
  );

  test('an additional function changes its shard and the app’s own stack', () => {
    const before = declare(IDS);

    const after = declare([...IDS, 'New']);

    expect(changed(before, after)).toEqual([shardOfNew.New, 'Test'].sort());
  });

  test('a removed function changes its shard and the app’s own stack', () => {
    const before = declare(IDS);

    const after = declare(IDS.filter((id) => id !== 'Three'));

    expect(changed(before, after)).toEqual([shardOfNew.Three, 'Test'].sort());
  });

  test('the logical ids of its shard stay the same', () => {
    const before = JSON.parse(declare(IDS)[shardOfNew.New ?? ''] ?? '') as TemplateJson;

    const after = JSON.parse(declare([...IDS, 'New'])[shardOfNew.New ?? ''] ?? '') as TemplateJson;

    expect(Object.keys(after.Resources ?? {})).toEqual(
      expect.arrayContaining(Object.keys(before.Resources ?? {})),
    );
    expect(Object.keys(before.Resources ?? {}).length).toBeGreaterThan(7);
  });

  test('another order of declaration changes no resource', () => {
    const sorted = (templates: Record<string, string>): unknown =>
      Object.entries(templates).map(([id, text]) => {
        const { Resources = {} } = JSON.parse(text) as TemplateJson;
        // The order in lists of statements and notifications follows the declaration, and has no meaning.
        const parts = Object.entries(Resources).map(([name, { Type }]) => [name, Type]);
        return [id, parts.sort()];
      });

    const names = (ids: readonly string[]): unknown[] => (sorted(declare(ids)) as unknown[]).sort();
    expect(names([...IDS].reverse())).toEqual(names(IDS));
  });

  test('a function that moves to another shard keeps its logical ids and gets another name', () => {
    const made = (count: number): Record<string, unknown> => {
      const { app } = quickApp({ sharding: Sharding.nestedStacks(count) });
      const fn = app.addFunction('Function12', { entry: 'ok.ts' });
      return resources(Stack.of(fn), 'AWS::Lambda::Function');
    };

    const [one, many] = [made(1), made(100)];

    expect(Object.keys(many)).toEqual(Object.keys(one));
    expect(JSON.stringify(many)).not.toBe(JSON.stringify(one));
  });
});

describe('a sharded app with every kind of trigger', () => {
  test('has no cycle, in templates that the CDK finds valid', () => {
    const { app, stack } = serverlessApp({ sharding });

    addEverything(app);

    expect(Object.keys(shardsOf(stack)).sort()).toEqual(['Shard0', 'Shard1', 'Shard2']);
    for (const template of Object.values(templatesOf(stack))) {
      expect(findCycle(template)).toBeUndefined();
    }
  });

  test('keeps only shared resources in its own stack', () => {
    const { app, stack } = quickApp({ sharding });

    addEverything(app);

    const types = Object.values(resources(stack)).map(({ Type }) => Type);
    expect([...new Set(types)].sort()).toEqual([
      'AWS::ApiGatewayV2::Api',
      'AWS::ApiGatewayV2::Route',
      'AWS::ApiGatewayV2::Stage',
      'AWS::CloudFormation::Stack',
      'AWS::DynamoDB::GlobalTable',
      'AWS::Events::Rule',
      'AWS::Logs::LogGroup',
      'AWS::S3::Bucket',
      'AWS::S3::BucketPolicy',
      'AWS::SQS::Queue',
      'AWS::SQS::QueuePolicy',
    ]);
  });

  test('gives each shard the same resources per function as a single stack', () => {
    const { app, stack } = quickApp({ sharding });
    const { app: whole, stack: one } = quickApp();

    addEverything(app);
    addEverything(whole);

    const count = (stacks: readonly Stack[], type: string): number =>
      stacks.reduce((sum, each) => sum + Object.keys(resources(each, type)).length, 0);
    const shards = Object.values(shardsOf(stack));
    for (const type of [
      'AWS::ApiGatewayV2::Integration',
      'AWS::Lambda::EventInvokeConfig',
      'AWS::Lambda::EventSourceMapping',
      'AWS::Lambda::Function',
      'AWS::Lambda::Permission',
      'AWS::Scheduler::Schedule',
    ]) {
      expect([type, count(shards, type)]).toEqual([type, count([one], type)]);
    }
    // One role for the schedules of each shard that has some.
    expect(count(shards, 'AWS::IAM::Role')).toBe(count([one], 'AWS::IAM::Role') + 2);
  });

  test('passes few parameters to a shard, and returns its integrations and the functions that a bucket notifies', () => {
    const { app, stack } = quickApp({ sharding });

    addEverything(app);

    for (const shard of Object.values(shardsOf(stack))) {
      const { Parameters = {}, Outputs = {} } = templateOf(shard) as TemplateJson & {
        Parameters?: object;
      };
      expect(Object.keys(Parameters).length).toBeLessThanOrEqual(9);
      const notified = Object.keys(resources(shard, 'AWS::Lambda::Permission')).filter((id) =>
        id.startsWith('Import'),
      );
      const integrations = resources(shard, 'AWS::ApiGatewayV2::Integration');
      const needed = notified.length + Object.keys(integrations).length;
      expect(Object.keys(Outputs)).toHaveLength(needed);
    }
  });

  test('grants each function the same as a single stack, without a wildcard', () => {
    const { app, stack } = quickApp({ sharding });
    const { app: whole, stack: one } = quickApp();

    addEverything(app);
    addEverything(whole);

    const actions = (stacks: readonly Stack[]): string[] =>
      stacks
        .flatMap(identityStatements)
        .filter(({ owner }) => !owner.includes('SchedulerRole'))
        .map(({ actions: names }) => names.join())
        .sort();
    const shards = Object.values(shardsOf(stack));
    expect(actions(shards)).toEqual(actions([one]));
    const statements = shards.flatMap(identityStatements);
    expect(statements.filter(({ actions: names }) => names.join().includes('*'))).toEqual([]);
    expect(statements.filter(({ resources: arns }) => arns.includes('"*"'))).toEqual([]);
  });

  test('has a role for schedules in each shard, which runs only the functions of that shard', () => {
    const { app, stack } = quickApp({ sharding });

    addEverything(app);

    expect(ids(stack, 'AWS::IAM::Role')).toEqual([]);
    for (const shard of Object.values(shardsOf(stack))) {
      const scheduled = ids(shard, 'AWS::Scheduler::Schedule').length;
      const [invoke] = identityStatements(shard).filter(
        ({ owner, actions }) =>
          owner.startsWith('SchedulerRole') && actions.join() === 'lambda:InvokeFunction',
      );
      expect(invoke?.resources ?? []).toHaveLength(scheduled);
      expect(invoke?.resources.filter((arn) => !/^{"Fn::GetAtt":\["Close/.test(arn)) ?? []).toEqual(
        [],
      );
    }
  });
});

describe('a bucket', () => {
  const withBucket = (): {
    app: ServerlessApp;
    stack: Stack;
    bucket: s3.Bucket;
    fn: AppFunction;
  } => {
    const { app, stack } = quickApp({ sharding: Sharding.nestedStacks(1) });
    const bucket = app.addBucket('Uploads');
    const fn = app.onObjectCreated(bucket, 'ok.ts');
    return { app, stack, bucket, fn };
  };

  test('waits for the shard whose function it notifies', () => {
    const { stack } = withBucket();

    const [bucket] = Object.values(resources(stack, 'AWS::S3::Bucket'));
    expect(bucket?.DependsOn).toEqual(ids(stack, 'AWS::CloudFormation::Stack'));
    expect(bucket?.Properties?.NotificationConfiguration).toMatchObject({
      LambdaConfigurations: [
        {
          Function: {
            'Fn::GetAtt': [expect.stringContaining('Shard0'), expect.stringMatching(/^Outputs\./)],
          },
        },
      ],
    });
  });

  test.each<[string, (fn: AppFunction, bucket: s3.Bucket) => void]>([
    ['access', (fn, bucket) => fn.readsAndWrites(bucket)],
    [
      'text',
      (fn, bucket) =>
        fn.function.addEnvironment('X', `s3://${bucket.bucketName}/${bucket.bucketArn}`),
    ],
    [
      'Fn::Join',
      (fn, bucket) =>
        fn.function.addEnvironment('X', Fn.join(',', [bucket.bucketName, bucket.bucketArn])),
    ],
    [
      'JSON',
      (fn, bucket) =>
        fn.function.addEnvironment('X', Stack.of(fn).toJsonString({ x: bucket.bucketArn })),
    ],
    ['a domain', (fn, bucket) => fn.function.addEnvironment('X', bucket.bucketRegionalDomainName)],
    [
      'a resource of one’s own',
      (fn, bucket) => new ssm.StringParameter(fn, 'X', { stringValue: bucket.bucketArn }),
    ],
    [
      'the resource’s own attribute',
      (fn, bucket) =>
        new ssm.StringParameter(fn, 'X', {
          stringValue: (bucket.node.defaultChild as s3.CfnBucket).attrArn,
        }),
    ],
  ])(
    'that %s refers to has a deterministic name, so the shard does not wait for it',
    (_name, use) => {
      const { stack, bucket, fn } = withBucket();

      use(fn, bucket);

      expect(findCycle(templateOf(stack))).toBeUndefined();
      const [shard] = Object.values(resources(stack, 'AWS::CloudFormation::Stack'));
      expect(JSON.stringify(shard?.Properties?.Parameters)).not.toContain('Uploads');
    },
  );

  test('has the id of the app’s own stack in its name, which a shard gets as a parameter', () => {
    const { stack, bucket, fn } = withBucket();
    fn.reads(bucket);

    const [nested] = Object.values(resources(stack, 'AWS::CloudFormation::Stack'));
    const { Environment } = only(Stack.of(fn), 'AWS::Lambda::Function');

    expect(nested?.Properties?.Parameters).toMatchObject({
      referencetoTestAWSStackId: { Ref: 'AWS::StackId' },
    });
    const text = JSON.stringify(Environment);
    expect(text).toContain('{"Ref":"referencetoTestAWSStackId"}');
    expect(text).not.toContain('"AWS::StackId"');
  });

  test('for failures is awaited by the shards, also if it runs a function through EventBridge', () => {
    const made = (notifies: boolean): { stack: Stack; dependsOn?: string | string[] } => {
      const { app, stack } = quickApp({ sharding: Sharding.nestedStacks(1) });
      const table = app.addTable('Orders', { partitionKey: 'id' });
      app.onTableChange(table, 'ok.ts');
      if (notifies) {
        app.onObjectCreated(app.failureBucket, 'other.ts');
      }
      const [shard] = Object.values(resources(stack, 'AWS::CloudFormation::Stack'));
      return { stack, dependsOn: shard?.DependsOn };
    };

    const [plain, notifying] = [made(false), made(true)];

    expect(plain.dependsOn).toEqual([expect.stringMatching(/^AppFailureBucket/)]);
    expect(notifying.dependsOn).toEqual(plain.dependsOn);
    expect(findCycle(templateOf(plain.stack))).toBeUndefined();
    expect(findCycle(templateOf(notifying.stack))).toBeUndefined();
  });
});

describe('an HTTP API', () => {
  test('has one integration and one permission for a function with many routes', () => {
    const { app, stack } = quickApp({ sharding });

    const fn = app.addFunction('Many', {
      entry: 'ok.ts',
      triggers: Array.from({ length: 60 }, (_, i) => Trigger.http(`GET /r${i}`)),
    });

    const shard = Stack.of(fn);
    expect(ids(stack, 'AWS::ApiGatewayV2::Route')).toHaveLength(60);
    expect(ids(shard, 'AWS::ApiGatewayV2::Integration')).toHaveLength(1);
    expect(ids(shard, 'AWS::Lambda::Permission')).toHaveLength(1);
  });

  test('has a stage that waits only for routes with a throttle of their own', () => {
    const { app, stack } = serverlessApp({ sharding });
    for (const id of ['A', 'B', 'C', 'E', 'F']) {
      app.onRequest(`GET /${id}`, 'ok.ts', { id });
    }
    app.onRequest('GET /D', 'ok.ts', { id: 'D', throttle: { rateLimit: 5 } });

    const [stage] = Object.values(resources(stack, 'AWS::ApiGatewayV2::Stage'));

    expect(stage?.DependsOn).toEqual([expect.stringContaining('HttpApiGETD')]);
    expect(findCycle(templateOf(stack))).toBeUndefined();
  });

  test('may be referenced by its functions', () => {
    const { app, stack } = quickApp({ sharding });
    const fn = app.onRequest('GET /', 'ok.ts', { throttle: { rateLimit: 5 } });

    fn.function.addEnvironment('URL', app.url);

    expect(findCycle(templateOf(stack))).toBeUndefined();
    expect(JSON.stringify(only(Stack.of(fn), 'AWS::Lambda::Function').Environment)).toContain(
      'referencetoTestAppHttpApi',
    );
  });

  test('may have an authorizer whose function is in the shard of a route', () => {
    const { app, stack } = serverlessApp({ sharding: Sharding.nestedStacks(1) });
    const authorize = app.addFunction('Authorize', { entry: 'other.ts' });

    app.onRequest('GET /', 'ok.ts', {
      authorizer: new HttpLambdaAuthorizer('Lambda', authorize.function),
    });

    expect(findCycle(templateOf(stack))).toBeUndefined();
    const name = only(stack, 'AWS::ApiGatewayV2::Authorizer').AuthorizerUri;
    expect(JSON.stringify(name)).toMatch(/:function:Test-App-Shard0-Authorize-[0-9a-f]{8}-/);
    // The permission waits for the function, by the shard's output.
    expect(only(stack, 'AWS::Lambda::Permission').FunctionName).toEqual({
      'Fn::GetAtt': [expect.stringContaining('Shard0'), expect.stringContaining('Authorize')],
    });
  });

  test('of the user gets the routes of the shards', () => {
    const stack = new Stack(cdkApp(), 'Test');
    const api = new apigateway.HttpApi(stack, 'Mine');
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS, sharding, http: { api } });

    app.onRequest('GET /', 'ok.ts');

    expect(only(stack, 'AWS::ApiGatewayV2::Route').ApiId).toEqual({
      Ref: expect.stringMatching(/^Mine/) as string,
    });
    expect(ids(stack, 'AWS::ApiGatewayV2::Api')).toHaveLength(1);
  });
});

describe('functions of two shards', () => {
  const two = (): { app: ServerlessApp; stack: Stack; a: AppFunction; b: AppFunction } => {
    const { app, stack } = serverlessApp({ sharding: Sharding.nestedStacks(4) });
    const fns = ['One', 'Two', 'Three', 'Four', 'Five'].map((id) =>
      app.addFunction(id, { entry: 'ok.ts' }),
    );
    const [a, b] = [fns[0], fns.find((fn) => Stack.of(fn) !== Stack.of(fns[0] ?? fn))];
    if (a === undefined || b === undefined) {
      throw new Error('all functions are in one shard');
    }
    return { app, stack, a, b };
  };

  test('may refer to each other', () => {
    const { stack, a, b } = two();

    a.function.addEnvironment('OTHER', b.function.functionName);
    b.function.addEnvironment('OTHER', a.function.functionArn);
    b.function.grantInvoke(a);
    a.function.grantInvoke(b);

    expect(findCycle(templateOf(stack))).toBeUndefined();
    for (const shard of Object.values(shardsOf(stack))) {
      expect(templateOf(shard).Outputs).toBeUndefined();
    }
  });

  test('refer to each other by their final names', () => {
    const { stack, a, b } = two();
    a.function.addEnvironment('OTHER', b.function.functionName);

    const named = Object.values(resources(Stack.of(b), 'AWS::Lambda::Function')).map(
      ({ Properties = {} }) => JSON.stringify(Properties.FunctionName),
    );

    expect(Object.keys(shardsOf(stack)).length).toBeGreaterThan(1);
    const environments = JSON.stringify(all(Stack.of(a), 'AWS::Lambda::Function'));
    expect(named.filter((name) => environments.includes(`"OTHER":${name}`))).toHaveLength(1);
  });

  test('keep names given by the user', () => {
    const { app } = quickApp({ sharding });

    const fn = app.addFunction('Named', { entry: 'ok.ts', functionName: 'mine' });

    expect(only(Stack.of(fn), 'AWS::Lambda::Function').FunctionName).toBe('mine');
  });

  test.each(['x'.repeat(200), 'Zażółć gęślą jaźń', 'a_b', '1'])(
    'have names that Lambda accepts: %s',
    (id) => {
      const { app } = quickApp({ sharding });

      const fn = app.addFunction(id, { entry: 'ok.ts' });

      const { FunctionName } = only(Stack.of(fn), 'AWS::Lambda::Function');
      const [, [prefix]] = (FunctionName as { 'Fn::Join': [string, [string]] })['Fn::Join'];
      expect(prefix).toMatch(/^[A-Za-z0-9-]{1,52}$/);
    },
  );
});

describe('constructs of the user', () => {
  class QueueTrigger implements ITrigger {
    constructor(private readonly queue: sqs.IQueue) {}

    bind(fn: AppFunction): TriggerConfig {
      fn.target.addEventSource(new SqsEventSource(this.queue));
      new ssm.StringParameter(fn, 'Mark', { stringValue: fn.target.functionName });
      return { kind: 'queue', invocation: InvocationType.POLLED, source: this.queue.node.path };
    }
  }

  test('a trigger of the user’s own is in the shard of its function', () => {
    const { app, stack } = serverlessApp({ sharding });
    const queue = new sqs.Queue(stack, 'Work', { visibilityTimeout: Duration.minutes(6) });

    const fn = app.addFunction('Worker', { entry: 'ok.ts', triggers: [new QueueTrigger(queue)] });

    expect(ids(stack, 'AWS::Lambda::EventSourceMapping')).toEqual([]);
    expect(ids(Stack.of(fn), 'AWS::Lambda::EventSourceMapping')).toHaveLength(1);
    expect(ids(Stack.of(fn), 'AWS::SSM::Parameter')).toHaveLength(1);
  });

  test('an L2’s grant goes to the function’s role, in its shard', () => {
    const { app, stack } = serverlessApp({ sharding });
    const queue = new sqs.Queue(stack, 'Work', { encryptionMasterKey: new kms.Key(stack, 'Key') });
    const fn = app.addFunction('Sender', { entry: 'ok.ts' });

    queue.grantSendMessages(fn);

    const granted = identityStatements(Stack.of(fn)).flatMap(({ actions }) => actions);
    expect(granted).toEqual(expect.arrayContaining(['sqs:SendMessage', 'kms:Decrypt']));
    expect(findCycle(templateOf(stack))).toBeUndefined();
  });

  test('tables, buckets and queues from elsewhere, or imported ones, are connected from the shards', () => {
    const cdk = cdkApp();
    const other = new Stack(cdk, 'Other');
    const table = new dynamodb.TableV2(other, 'Table', {
      partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
      dynamoStream: dynamodb.StreamViewType.KEYS_ONLY,
    });
    const stack = new Stack(cdk, 'Test');
    const queue = new sqs.Queue(stack, 'Failures');
    const records = new s3.Bucket(stack, 'Records');
    const events = new s3.Bucket(stack, 'Events', { eventBridgeEnabled: true });
    const imported = s3.Bucket.fromBucketName(stack, 'Imported', 'imported-bucket');
    const props: ServerlessAppProps = {
      root: HANDLERS,
      sharding,
      failureQueue: queue,
      failureBucket: records,
    };
    const app = new ServerlessApp(stack, 'App', props);

    app.onTableChange(table, 'ok.ts').reads(table);
    const byRule = app.onObjectCreated(events, 'other.ts').writes(imported);
    const scheduled = app.onSchedule(HOURLY, 'third.ts');

    expect(ids(stack, 'AWS::SQS::Queue')).toHaveLength(1);
    expect(ids(stack, 'AWS::S3::Bucket')).toHaveLength(2);
    expect(findCycle(templateOf(stack))).toBeUndefined();
    expect(ids(Stack.of(byRule), 'AWS::Events::Rule')).toHaveLength(1);
    expect(only(Stack.of(scheduled), 'AWS::Scheduler::Schedule').Target).toMatchObject({
      DeadLetterConfig: {
        Arn: { Ref: expect.stringMatching(/^referencetoTestFailures.*Arn$/) as string },
      },
    });
  });

  test('a role of the user’s own is used from the shard, and gets the grants in its own stack', () => {
    const { app, stack } = serverlessApp({ sharding });
    const role = new iam.Role(stack, 'Mine', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    const table = app.addTable('Orders', { partitionKey: 'id' });

    const fn = app.addFunction('Ok', { entry: 'ok.ts', role }).reads(table);

    expect(ids(Stack.of(fn), 'AWS::IAM::Role')).toEqual([]);
    expect(identityStatements(stack).flatMap(({ actions }) => actions)).toContain('dynamodb:Query');
    expect(findCycle(templateOf(stack))).toBeUndefined();
  });
});

describe('several apps, stacks and stages', () => {
  test('two sharded apps in one stack have separate shards, and may refer to each other’s functions', () => {
    const stack = new Stack(cdkApp(), 'Test');
    const first = new ServerlessApp(stack, 'First', {
      root: HANDLERS,
      sharding: Sharding.nestedStacks(1),
    });
    const second = new ServerlessApp(stack, 'Second', {
      root: HANDLERS,
      sharding: Sharding.nestedStacks(1),
    });
    const bucket = first.addBucket('Uploads');
    const a = first.onObjectCreated(bucket, 'ok.ts', { prefix: 'a/' });
    const b = second.onObjectCreated(bucket, 'ok.ts', { prefix: 'b/' }).reads(bucket);

    a.function.addEnvironment('OTHER', b.function.functionName);
    b.function.addEnvironment('OTHER', a.function.functionName);

    expect(Object.keys(resources(stack, 'AWS::CloudFormation::Stack'))).toHaveLength(2);
    expect(Stack.of(a)).not.toBe(Stack.of(b));
    expect(findCycle(templateOf(stack))).toBeUndefined();
  });

  test('an app in a Stage is sharded the same way', () => {
    const stage = new Stage(cdkApp(), 'Prod');
    const stack = new Stack(stage, 'Test');

    addEverything(new ServerlessApp(stack, 'App', { root: HANDLERS, sharding }));

    expect(Object.keys(shardsOf(stack))).toHaveLength(3);
    expect(findCycle(templateOf(stack))).toBeUndefined();
  });

  test('an app in a nested stack passes the id of that stack to its shards', () => {
    const outer = new Stack(cdkApp(), 'Outer');
    const stack = new NestedStack(outer, 'Test');

    addEverything(new ServerlessApp(stack, 'App', { root: HANDLERS, sharding }));

    expect(findCycle(templateOf(outer))).toBeUndefined();
    expect(findCycle(templateOf(stack))).toBeUndefined();
    for (const { Properties = {} } of Object.values(
      resources(stack, 'AWS::CloudFormation::Stack'),
    )) {
      expect(Object.values(Properties.Parameters as object)).toContainEqual({
        Ref: 'AWS::StackId',
      });
    }
  });
});

describe('an id', () => {
  test('fails if a function of any shard has it', () => {
    const { app } = quickApp({ sharding });
    app.addFunction('Twice', { entry: 'ok.ts' });

    expect(() => app.addFunction('Twice', { entry: 'ok.ts' })).toThrow(
      'Test/App: `functions.Twice` must have a unique id in the app, got "Twice" twice: ' +
        'give it another id: `{ id: "…" }` in the short form',
    );
  });

  test('fails if a function has it and a table or bucket requests it, or the reverse', () => {
    const { app } = quickApp({ sharding });
    app.addFunction('First', { entry: 'ok.ts' });
    app.addTable('Second', { partitionKey: 'id' });

    expect(() => app.addTable('First', { partitionKey: 'id' })).toThrow('got "First" twice');
    expect(() => app.addBucket('First')).toThrow('got "First" twice');
    expect(() => app.addFunction('Second', { entry: 'ok.ts' })).toThrow('got "Second" twice');
  });

  test.each(['Shard0', 'Shard17', 'Shard0.NestedStack', 'SchedulerRole'])(
    'fails if the app uses it itself: %s',
    (id) => {
      const { app } = quickApp({ sharding });

      const rule = 'must have an id that the app does not reserve';
      expect(() => app.addBucket(id)).toThrow(`Test/App: \`buckets.${id}\` ${rule}, got "${id}"`);
    },
  );

  test.each(['Shard', 'Shards', 'ShardOne', 'MyShard1'])('may be %s', (id) => {
    const { app } = quickApp({ sharding });

    expect(app.addFunction(id, { entry: 'ok.ts' }).node.id).toBe(id);
  });

  test('may be that of a shard if there are no shards', () => {
    const { app } = quickApp();

    expect(app.addFunction('Shard0', { entry: 'ok.ts' }).node.path).toBe('Test/App/Shard0');
  });

  test('appears in errors without its shard', () => {
    const { app } = quickApp({ sharding });

    expect(() => app.addFunction('Small', { entry: 'ok.ts', memorySize: 1 })).toThrow(
      'Test/App: `functions.Small.memorySize` must be',
    );
  });
});

describe('the number of shards', () => {
  test.each([1, 2, 100])('may be %d', (count) => {
    expect(Sharding.nestedStacks(count).count).toBe(count);
  });

  test.each([0, 101, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'fails where it is %d',
    (count) => {
      expect(() => Sharding.nestedStacks(count)).toThrow(
        `Sharding.nestedStacks: \`count\` must be a whole number from 1 to 100 stacks, got ${count}: ` +
          'use a value in that range, or leave out `sharding` for one stack',
      );
    },
  );

  test('fails where it is a token', () => {
    expect(() => Sharding.nestedStacks(Lazy.number({ produce: () => 3 }))).toThrow(
      'Sharding.nestedStacks: `count` must be known at synthesis, because it determines the stacks, got a token: ' +
        'give a plain number',
    );
  });

  test('fails if it has no unit', () => {
    expect(() => quickApp({ sharding: 3 as unknown as Sharding })).toThrow(
      'Test/App: `sharding` must be a Sharding, got 3: write, for example, `Sharding.nestedStacks(4)`',
    );
  });
});

test('an app without functions fails with the same error, sharded or not', () => {
  const stack = new Stack(quickCdkApp(), 'Test');
  new ServerlessApp(stack, 'App', { root: HANDLERS, sharding });

  expect(() => templateOf(stack)).toThrow(
    'Test/App: `functions` must have at least one function, got none',
  );
});
