import { App, CfnParameter, Duration, RemovalPolicy, SecretValue, Stack, Token } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  AppStage,
  ColdStart,
  GuardSeverity,
  InvocationType,
  ITrigger,
  ServerlessApp,
  ServerlessAppProps,
  Trigger,
} from 'cdk-serverless-app';
import {
  HANDLERS,
  quickApp,
  quickCdkApp,
  templateOf,
  Validations,
  warnings,
} from '../support/synth';
import { sinceCdk } from '../support/since-cdk';

const open = { http: { authorizer: new apigateway.HttpNoneAuthorizer() } };
const { filter, isEqual } = {
  filter: lambda.FilterCriteria.filter.bind(lambda.FilterCriteria),
  isEqual: lambda.FilterRule.isEqual.bind(lambda.FilterRule),
};

/** The findings of an app, as `id prop`, without the prefix of ids. */
function found(app: ServerlessApp): string[] {
  return app.findings().map(({ id, prop }) => `${id.replace('cdk-serverless-app:', '')} ${prop}`);
}

function appWith(props: ServerlessAppProps = {}): { app: ServerlessApp; stack: Stack } {
  return quickApp({ ...open, ...props });
}

describe('a function behind an API', () => {
  const withTimeout = (seconds: number): ServerlessApp => {
    const { app } = appWith();
    app.onRequest('GET /', 'ok.ts', { timeout: Duration.seconds(seconds) });
    return app;
  };

  test('may take 30 s, not 31', () => {
    expect(found(withTimeout(30))).toEqual([]);
    expect(found(withTimeout(31))).toEqual(['http-timeout functions.Ok.timeout']);
  });

  test('may take no longer than its integration waits', () => {
    const app = withTimeout(6);
    const integration = app.functions[0]?.node.findChild('HttpIntegration').node.defaultChild;
    (integration as apigateway.CfnIntegration).timeoutInMillis = 5000;

    expect(app.findings()[0]?.message).toContain('an HTTP API waits: 5;');
  });

  test('may take 29 s if a REST API waits for it', () => {
    const [{ app }, { app: longer }] = [appWith(), appWith()];
    for (const [it, seconds] of [
      [app, 29],
      [longer, 30],
    ] as const) {
      const fn = it.onSchedule(ScheduleExpression.rate(Duration.hours(1)), 'ok.ts', {
        timeout: Duration.seconds(seconds),
      });
      const api = new apigw.RestApi(Stack.of(it), 'Rest');
      api.root.addMethod('GET', new apigw.LambdaIntegration(fn.function));
    }

    expect(found(app)).toEqual([]);
    expect(longer.findings()[0]?.message).toContain('a REST API waits: 29;');
  });

  test('may have a timeout that is a token', () => {
    const { app, stack } = appWith();
    const timeout = Duration.seconds(Token.asNumber(new CfnParameter(stack, 'Timeout').value));
    app.onRequest('GET /', 'ok.ts', { timeout });

    expect(found(app)).toEqual([]);
  });
});

describe('routes', () => {
  test('that the CDK adds to the app’s API count too', () => {
    const { app, stack } = appWith();
    const fn = app.onRequest('GET /orders/{id}', 'ok.ts');
    new apigateway.CfnRoute(stack, 'Mine', {
      apiId: app.api.apiId,
      routeKey: 'GET /orders/{order}',
    });

    expect(found(app)).toEqual(['duplicate-route http']);
    expect(app.findings()[0]?.message).toContain(`${fn.node.path} and in Test`);
    expect(() => templateOf(stack)).toThrow(/cdk-serverless-app:duplicate-route/);
  });

  test('that compete are reported with both functions', () => {
    const { app } = appWith();
    app.onRequest('GET /{tenant}/orders', 'ok.ts');
    app.onRequest('GET /shop/{id}', 'other.ts');

    expect(found(app)).toEqual(['shadowed-route functions.Other.triggers']);
  });
});

describe('consumers of a stream', () => {
  const withReaders = (others: number, props = {}): { app: ServerlessApp; cdk: App } => {
    const cdk = quickCdkApp();
    const stack = new Stack(cdk, 'Test', { env: { region: 'eu-west-1', account: '123456789012' } });
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS });
    const table = app.addTable('Orders', { partitionKey: 'id', ...props });
    app.onTableChange(table, 'ok.ts');
    const second = new ServerlessApp(stack, 'Second', { root: HANDLERS });
    if (others > 0) {
      second.onTableChange(table, 'other.ts');
    }
    for (let i = 1; i < others; i += 1) {
      const fn = new lambda.Function(stack, `Plain${i}`, {
        code: lambda.Code.fromInline('x'),
        handler: 'index.x',
        runtime: lambda.Runtime.NODEJS_24_X,
      });
      fn.addEventSource(
        new DynamoEventSource(table, { startingPosition: lambda.StartingPosition.LATEST }),
      );
    }
    return { app, cdk };
  };

  test('are counted over all apps and constructs', () => {
    expect(found(withReaders(1).app)).toEqual([]);
    expect(found(withReaders(2).app)).toEqual(['stream-readers functions.Ok.triggers']);
    expect(withReaders(2).app.findings()[0]?.message).toMatch(
      /got 3: Test\/App\/Ok, Test\/Second\/Other, Test\/Plain1/,
    );
  });

  test('may be one less for a table with replicas in other regions', () => {
    const replicas = [{ region: 'us-east-1' }];

    expect(found(withReaders(0, { replicas }).app)).toEqual([]);
    expect(found(withReaders(1, { replicas }).app)).toEqual([
      'stream-readers functions.Ok.triggers',
    ]);
  });

  test('do not count if they are switched off', () => {
    const { app } = appWith();
    const table = app.addTable('Orders', { partitionKey: 'id' });
    for (const [id, enabled] of [
      ['A', true],
      ['B', true],
      ['C', false],
    ] as const) {
      app.onTableChange(table, 'ok.ts', { id, enabled });
    }

    expect(found(app)).toEqual([]);
  });
});

describe('a loop', () => {
  const onTable = (options: object = {}): ServerlessApp => {
    const { app } = appWith();
    const table = app.addTable('Orders', { partitionKey: 'id' });
    app.onTableChange(table, 'ok.ts', options).writes(table);
    return app;
  };
  const onBucket = (write: (bucket: s3.Bucket, role: iam.IGrantable) => unknown): ServerlessApp => {
    const { app } = appWith();
    const bucket = app.addBucket('Uploads');
    write(bucket, app.onObjectCreated(bucket, 'ok.ts', { prefix: 'in/', suffix: '.csv' }));
    return app;
  };
  const LOOP = ['event-loop functions.Ok.access'];

  test('of a function and its table is reported, and can be acknowledged with a reason', () => {
    const app = onTable();
    expect(app.findings()).toEqual([
      {
        id: 'cdk-serverless-app:event-loop',
        severity: GuardSeverity.WARNING,
        prop: 'functions.Ok.access',
        message: expect.stringContaining(
          'got Ok may write Test/App/Orders, which triggers Ok: write to another table',
        ) as string,
        acknowledged: undefined,
      },
    ]);

    app.acknowledge('event-loop', 'a status is set once, and then not changed');

    expect(app.findings()[0]?.acknowledged).toBe('a status is set once, and then not changed');
    expect(warnings(Stack.of(app))).toEqual([]);
  });

  test.each<[string, object, string[]]>([
    [
      'a filter on values',
      { filters: [filter({ dynamodb: { Keys: { id: { S: isEqual('a') } } } })] },
      [],
    ],
    ['a filter on INSERT', { filters: [filter({ eventName: isEqual('INSERT') })] }, []],
    ['a filter on MODIFY', { filters: [filter({ eventName: isEqual('MODIFY') })] }, LOOP],
    [
      'filters of which one lets all changes in',
      {
        filters: [
          filter({ eventName: isEqual('INSERT') }),
          filter({ eventName: isEqual('MODIFY') }),
        ],
      },
      LOOP,
    ],
  ])('of a stream with %s', (_name, options, expected) => {
    expect(found(onTable(options))).toEqual(expected);
  });

  test.each<[string, Parameters<typeof onBucket>[0], string[]]>([
    ['reads', (bucket, fn) => bucket.grantRead(fn), []],
    ['may write all', (bucket, fn) => bucket.grantPut(fn), LOOP],
    ['may write what runs it', (bucket, fn) => bucket.grantPut(fn, 'in/*'), LOOP],
    ['may write other keys', (bucket, fn) => bucket.grantPut(fn, 'out/*'), []],
    ['may write other kinds of keys', (bucket, fn) => bucket.grantPut(fn, '*.json'), []],
    ['may only delete', (bucket, fn) => bucket.grantDelete(fn), []],
    ['may do all', (bucket, fn) => bucket.grantReadWrite(fn), LOOP],
  ])('of a bucket whose function %s', (_name, write, expected) => {
    expect(found(onBucket(write))).toEqual(expected);
  });

  test('is found through the CDK’s own grant of a table', () => {
    const { app } = appWith();
    const table = app.addTable('Orders', { partitionKey: 'id' });
    table.grantReadData(app.onTableChange(table, 'ok.ts'));
    expect(found(app)).toEqual([]);

    table.grantWriteData(app.onTableChange(table, 'other.ts'));

    expect(found(app)).toEqual(['event-loop functions.Other.access']);
  });

  test('goes through other functions, tables and buckets', () => {
    const { app } = appWith();
    const table = app.addTable('Orders', { partitionKey: 'id' });
    const bucket = app.addBucket('Uploads');
    app.onTableChange(table, 'ok.ts').writes(bucket);
    app.onObjectCreated(bucket, 'other.ts').writes(table);
    app.onRequest('POST /', 'third.ts').writes(table);

    expect(app.findings().map(({ message }) => /got (.*?): write/.exec(message)?.[1])).toEqual([
      'Ok may write Test/App/Uploads, which triggers Other; Other may write Test/App/Orders, which triggers Ok',
    ]);
  });

  test('of a bucket and a role of the user is found through access', () => {
    const { app, stack } = appWith();
    const bucket = new s3.Bucket(stack, 'Mine', { eventBridgeEnabled: true });
    const role = new iam.Role(stack, 'Role', {
      assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    });
    app.onObjectCreated(bucket, 'ok.ts', { role }).writes(bucket);

    expect(found(app)).toEqual(LOOP);
  });

  test('is not reported if the prefix is a token', () => {
    const { app, stack } = appWith();
    const bucket = app.addBucket('Uploads');
    const prefix = new CfnParameter(stack, 'Prefix').valueAsString;
    app.onObjectCreated(bucket, 'ok.ts', { prefix }).writes(bucket);

    expect(found(app)).toEqual([]);
  });
});

describe('notifications of a bucket', () => {
  const twice = (one: object, other: object): ServerlessApp => {
    const { app } = appWith();
    const bucket = app.addBucket('Uploads');
    app.onObjectCreated(bucket, 'ok.ts', one);
    app.onObjectCreated(bucket, 'other.ts', other);
    return app;
  };

  test('may not overlap, and may be adjacent', () => {
    expect(found(twice({ prefix: 'a/' }, { prefix: 'b/' }))).toEqual([]);
    expect(found(twice({ prefix: 'a/' }, { suffix: '.csv' }))).toEqual([
      'object-overlap functions.Other.triggers',
    ]);
    expect(() => templateOf(Stack.of(twice({}, {})))).toThrow(
      /got s3:ObjectCreated:\* of `\*` for Test\/App\/Other and s3:ObjectCreated:\* of `\*` for Test\/App\/Ok/,
    );
  });

  test('may overlap if they use EventBridge', () => {
    const { app, stack } = appWith();
    const bucket = new s3.Bucket(stack, 'Mine', { eventBridgeEnabled: true });
    app.onObjectCreated(bucket, 'ok.ts');
    app.onObjectCreated(bucket, 'other.ts');

    expect(found(app)).toEqual([]);
  });
});

describe('environment variables', () => {
  const withEnvironment = (environment: Record<string, string>): ServerlessApp => {
    const { app } = appWith();
    app.onRequest('GET /', 'ok.ts', { environment });
    return app;
  };

  test.each([
    ['letters', 'x', 4087, 4088],
    // In UTF-8 each has two bytes.
    ['letters with accents', 'ä', 2043, 2044],
  ])('of %s may have 4 KB, as JSON, and no more', (_name, letter, most, tooMany) => {
    expect(found(withEnvironment({ XX: letter.repeat(most) }))).toEqual([]);
    expect(found(withEnvironment({ XX: letter.repeat(tooMany) }))).toEqual([
      'environment-size functions.Ok.environment',
    ]);
  });

  test('are estimated if they are known only at deployment', () => {
    const { app, stack } = appWith();
    const table = app.addTable('Orders', { partitionKey: 'id' });
    const fn = app.onRequest('GET /', 'ok.ts', { environment: { XX: 'x'.repeat(4040) } });
    expect(found(app)).toEqual([]);

    fn.reads(table);

    expect(app.findings()[0]?.message).toMatch(
      /got about 4,\d\d\d, estimated, since 1 value is known only at deployment/,
    );
    expect(warnings(stack)).toHaveLength(1);
  });

  test('are measured if one token stands for a long text', () => {
    const { app, stack } = appWith();
    const value = stack.toJsonString({ text: 'x'.repeat(5000), of: app.logGroup.logGroupName });
    app.onRequest('GET /', 'ok.ts', { environment: { VALUE: value } });

    expect(app.findings()[0]?.message).toMatch(/got at least 5,\d\d\d: read/);
  });

  test('that hold a secret are reported without the secret', () => {
    const app = withEnvironment({ URL: 'postgres://me:hunter2@db/shop', DB_PASSWORD: 'hunter2' });

    expect(found(app)).toEqual([
      'secret-in-environment functions.Ok.environment.URL',
      'secret-in-environment functions.Ok.environment.DB_PASSWORD',
    ]);
    expect(JSON.stringify(app.findings())).not.toContain('hunter2');
  });

  test.each<[string, (stack: Stack) => string, number]>([
    ['by name', () => SecretValue.secretsManager('db').unsafeUnwrap(), 1],
    [
      'of a construct',
      (stack) => new secretsmanager.Secret(stack, 'S').secretValue.unsafeUnwrap(),
      1,
    ],
    [
      'inside other text',
      () => `postgres://me:${SecretValue.secretsManager('db').unsafeUnwrap()}@db`,
      1,
    ],
    ['written out', () => '{{resolve:secretsmanager:db:SecretString}}', 1],
    ['as an ARN alone', (stack) => new secretsmanager.Secret(stack, 'S').secretArn, 0],
    ['as a parameter that is none', () => '{{resolve:ssm:/shop/limit}}', 0],
    ['as a parameter of the stack', (stack) => new CfnParameter(stack, 'P').valueAsString, 0],
  ])('that resolve to a secret %s', (_name, valueOf, count) => {
    const { app, stack } = appWith();
    app.onRequest('GET /', 'ok.ts', { environment: { VALUE: valueOf(stack) } });

    expect(found(app)).toHaveLength(count);
  });
});

describe('a queue that runs a function', () => {
  const withQueue = (visibility: Duration | undefined): ServerlessApp => {
    const { app, stack } = appWith();
    const queue = new sqs.Queue(stack, 'Queue', { visibilityTimeout: visibility });
    const trigger: ITrigger = {
      bind: (fn) => {
        fn.function.addEventSource(new SqsEventSource(queue));
        return { kind: 'queue', invocation: InvocationType.POLLED, source: queue.node.path };
      },
    };
    const timeout = Duration.seconds(30);
    app.addFunction('Ok', { entry: 'ok.ts', timeout, triggers: [trigger] });
    return app;
  };
  const ID = 'queue-visibility functions.Ok.timeout';

  test.each([
    [180, undefined],
    [179, GuardSeverity.WARNING],
    [30, GuardSeverity.WARNING],
    [29, GuardSeverity.ERROR],
  ])('that hides a message for %s s', (seconds, severity) => {
    const [finding] = withQueue(Duration.seconds(seconds)).findings();

    expect(finding?.severity).toBe(severity);
  });

  test('has SQS’s 30 s by default', () => {
    expect(found(withQueue(undefined))).toEqual([ID]);
  });

  test('may run the function’s alias', () => {
    const { app, stack } = appWith();
    const queue = new sqs.Queue(stack, 'Queue');
    const coldStart = ColdStart.provisioned({ min: 1 });
    const fn = app.onRequest('GET /', 'ok.ts', { coldStart });

    new lambda.EventSourceMapping(stack, 'Mapping', {
      target: fn.target,
      eventSourceArn: queue.queueArn,
    });

    expect(found(app)).toEqual([ID]);
  });

  test('may use a token for it', () => {
    const seconds = Token.asNumber(new CfnParameter(new Stack(), 'P').value);

    expect(found(withQueue(Duration.seconds(seconds)))).toEqual([]);
  });
});

describe('a function with an alias', () => {
  const coldStart = ColdStart.provisioned({ min: 1 });

  test('is run through it by everything that the library creates', () => {
    const { app } = appWith();
    const table = app.addTable('Orders', { partitionKey: 'id' });
    app.addFunction('Ok', {
      entry: 'ok.ts',
      coldStart,
      triggers: [
        Trigger.http('GET /'),
        Trigger.tableChanges(table),
        Trigger.objectCreated(app.addBucket('Uploads')),
        Trigger.schedule(ScheduleExpression.rate(Duration.hours(1))),
      ],
    });

    expect(found(app)).toEqual([]);
  });

  test.each<[string, (fn: lambda.IFunction) => unknown]>([
    ['a permission', (fn) => fn.grantInvoke(new iam.ServicePrincipal('sns.amazonaws.com'))],
    [
      'a mapping',
      (fn) => {
        const queue = new sqs.Queue(fn, 'Queue', { visibilityTimeout: Duration.minutes(10) });
        queue.grantConsumeMessages(fn);
        new lambda.EventSourceMapping(fn, 'Mapping', {
          target: fn,
          eventSourceArn: queue.queueArn,
        });
      },
    ],
    [
      'an address',
      (fn) =>
        new lambda.FunctionUrl(fn, 'Address', {
          function: fn,
          authType: lambda.FunctionUrlAuthType.AWS_IAM,
        }),
    ],
  ])('is reported if %s runs it past the alias', (_name, connect) => {
    const { app } = appWith();
    const [good, bad] = ['Good', 'Bad'].map((id) =>
      app.onRequest(`GET /${id}`, 'ok.ts', { id, coldStart }),
    );

    connect(good?.target as lambda.IFunction);
    expect(found(app)).toEqual([]);
    connect(bad?.function as lambda.IFunction);

    expect(found(app)).toContain('past-alias functions.Bad.triggers');
  });

  test('may not combine snapshots with provisioned concurrency, in any form', () => {
    const { app } = appWith();
    const fn = app.onRequest('GET /', 'ok.ts', { coldStart });
    const resource = fn.function.node.defaultChild as lambda.CfnFunction;
    expect(found(app)).toEqual([]);

    resource.snapStart = { applyOn: 'PublishedVersions' };

    expect(found(app)).toEqual(['snap-start functions.Ok.coldStart']);
  });
});

test('a deprecated runtime is reported with its dates', () => {
  const { app } = appWith();
  const code = lambda.Code.fromInline('x');
  app.addFunction('Old', { code, handler: 'index.x', runtime: lambda.Runtime.NODEJS_20_X });
  app.addFunction('New', { code, handler: 'index.x', runtime: lambda.Runtime.NODEJS_24_X });

  expect(found(app)).toEqual(['deprecated-runtime functions.Old.runtime']);
});

describe('resources that hold data', () => {
  const destroyed = (props: ServerlessAppProps): ServerlessApp => {
    const { app } = appWith(props);
    app.onRequest('GET /', 'ok.ts');
    app.addTable('Orders', { partitionKey: 'id', removalPolicy: RemovalPolicy.DESTROY });
    app.addBucket('Uploads').applyRemovalPolicy(RemovalPolicy.DESTROY);
    app.addTable('Kept', { partitionKey: 'id' });
    app.addBucket('KeptToo');
    return app;
  };

  test('that a production stack would delete are reported', () => {
    expect(found(destroyed({}))).toEqual([
      'destroyed-storage tables.Orders.removalPolicy',
      'destroyed-storage buckets.Uploads.removalPolicy',
    ]);
  });

  test('may be deleted in development', () => {
    expect(found(destroyed({ stage: AppStage.DEVELOPMENT }))).toEqual([]);
  });
});

describe('the installed CDK CLI', () => {
  afterEach(() => {
    delete process.env['CDK_CLI_VERSION'];
    delete process.env['CDK_CLI_ASM_VERSION'];
  });

  test.each([
    ['3.0.0', '43.0.0', ['cli-version aws-cdk']],
    ['2.1148.1', '55.0.0', []],
    ['9.9.9', 'no number', []],
  ])('%s, which reads %s', (version, reads, expected) => {
    process.env['CDK_CLI_VERSION'] = version;
    process.env['CDK_CLI_ASM_VERSION'] = reads;

    expect(found(appWith().app)).toEqual(expected);
  });

  test('is not checked in a test', () => {
    expect(found(appWith().app)).toEqual([]);
  });
});

describe('guards', () => {
  test('are loaded only by a synthesis, not by an import of the library', () => {
    const loaded: string[] = [];
    jest.isolateModules(() => {
      jest.doMock('../../lib/synthesis/app-guards', () => {
        loaded.push('guards');
        return jest.requireActual<object>('../../lib/synthesis/app-guards');
      });
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- anew, in its own registry
      const lib = require('cdk-serverless-app') as { ServerlessApp: typeof ServerlessApp };
      const app = new lib.ServerlessApp(new Stack(), 'App', { root: HANDLERS });
      app.onRequest('GET /', 'ok.ts');
      expect(loaded).toEqual([]);

      app.findings();
    });
    jest.dontMock('../../lib/synthesis/app-guards');

    expect(loaded).toEqual(['guards']);
  });

  test('are listed with their documentation', () => {
    const { guards } = appWith().app;

    expect(guards.length).toBeGreaterThan(29);
    expect(guards.find(({ id }) => id === 'cdk-serverless-app:stack-resources')).toEqual({
      id: 'cdk-serverless-app:stack-resources',
      severities: [GuardSeverity.ERROR, GuardSeverity.WARNING],
      summary: expect.stringContaining('400 or more resources') as string,
      reason: expect.any(String) as string,
      remedy: expect.any(String) as string,
      acceptance: expect.any(String) as string,
      source: expect.stringContaining('https://docs.aws.amazon.com/') as string,
      documentation: expect.stringMatching(/docs\/guards\.md#stack-resources$/) as string,
    });
  });

  test('that are only errors cannot be acknowledged', () => {
    expect(() => {
      appWith().app.acknowledge('cdk-serverless-app:object-overlap', 'why not');
    }).toThrow(
      'Test/App: `acknowledge.id` must be the id of a warning; an error cannot be accepted, got "cdk-serverless-app:object-overlap": use prefixes',
    );
  });

  test('with an unknown id are refused with the nearest one', () => {
    expect(() => {
      appWith().app.acknowledge('cdk-serverless-app:event-lop', 'why not');
    }).toThrow('did you mean `cdk-serverless-app:event-loop`?');
  });

  test.each(['toString', 'constructor', '__proto__', 'xyz'])(
    'with the id %p, which is like none, get no suggestion',
    (id) => {
      expect(() => {
        appWith().app.acknowledge(id, 'why not');
      }).toThrow(
        `Test/App: \`acknowledge.id\` must be the id of a guard or a warning of this library, got "${id}": docs/guards.md lists them. For`,
      );
    },
  );

  test('are not acknowledged without a reason', () => {
    expect(() => {
      appWith().app.acknowledge('event-loop', ' ');
    }).toThrow('`acknowledge.reason` must give the reason for accepting the warning');
    expect(() => {
      appWith().app.acknowledge('event-loop', undefined as unknown as string);
    }).toThrow(
      '`acknowledge.reason` must give the reason for accepting the warning, got undefined',
    );
    expect(() => {
      appWith().app.acknowledge(undefined as unknown as string, 'why not');
    }).toThrow(
      '`acknowledge.id` must be the id of a guard or a warning of this library, got undefined',
    );
  });

  sinceCdk('2.276.0')('may be acknowledged for one function, or one prop', () => {
    const { app, stack } = appWith();
    const id = 'cdk-serverless-app:http-timeout';
    const timeout = Duration.seconds(40);
    const [a, , c] = ['A', 'B', 'C', 'D'].map((name) =>
      app.onRequest(`GET /${name}`, 'ok.ts', { id: name, timeout }),
    );
    Validations.of(a as AppFunctionLike).acknowledge({ id, reason: 'slow' });
    const where = { prop: 'functions.D.timeout' };
    Validations.of(app).acknowledge({ id, reason: 'slow too', where });

    const reported = warnings(stack).filter((text) => text.includes('.timeout'));
    expect(reported).toEqual([
      expect.stringMatching(/`functions\.B\.timeout` .* \(the same holds for `functions\.C`\)/),
    ]);
    expect(c).toBeDefined();
  });
});

type AppFunctionLike = Parameters<typeof Validations.of>[0];
