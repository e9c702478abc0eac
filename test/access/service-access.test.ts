import * as fs from 'node:fs';
import * as path from 'node:path';
import { Duration, Stack, Token } from 'aws-cdk-lib';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as events from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as ses from 'aws-cdk-lib/aws-ses';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import {
  Access,
  AccessLevel,
  AppFunction,
  AppStage,
  ColdStart,
  IAccess,
  Rollout,
  ServerlessApp,
  Sharding,
} from 'cdk-serverless-app';
import { AppContext } from '../../lib/core/app-context';
import { statementsOf } from '../support/policies';
import { quickApp, quickCdkApp, resources, templateOf } from '../support/synth';
import { findCycle } from '../support/template-graph';

const FUNCTION = 'AWS::Lambda::Function';
const arn = (service: string, name: string): string =>
  `arn:aws:${service}:eu-west-1:111111111111:${name}`;

interface Given {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly variables: Readonly<Record<string, unknown>>;
  readonly stack: Stack;
  readonly app: ServerlessApp;
}

/** What a function gets by an access. */
function given(make: (stack: Stack, app: ServerlessApp) => IAccess): Given {
  const { app, stack } = quickApp();
  const access = make(stack, app);
  app.onRequest('GET /', 'ok.ts').addAccess(access);
  const statements = statementsOf(stack, 'AppOkRole').filter(
    ({ actions }) => !actions.includes('logs:PutLogEvents'),
  );
  const [[, fn] = ['', undefined]] = Object.entries(resources(stack, FUNCTION)).filter(([id]) =>
    id.startsWith('AppOkFunction'),
  );
  const { Variables = {} } = (fn?.Properties?.['Environment'] ?? {}) as {
    Variables?: Record<string, unknown>;
  };
  return {
    app,
    stack,
    actions: statements.flatMap(({ actions }) => actions),
    resources: statements.flatMap(({ resources: all }) => all),
    variables: Variables,
  };
}

const machine = (stack: Stack, type?: sfn.StateMachineType): sfn.StateMachine =>
  new sfn.StateMachine(stack, 'Pay', {
    definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Pass')),
    stateMachineType: type,
  });
const pool = (stack: Stack): cognito.IUserPool =>
  cognito.UserPool.fromUserPoolId(stack, 'Users', 'eu-west-1_a');

describe.each<[string, (stack: Stack, app: ServerlessApp) => IAccess, string[], string]>([
  [
    'an event bus',
    (_, app) => Access.putEvents(app.addEventBus('Shop')),
    ['events:PutEvents'],
    'SHOP_EVENT_BUS_NAME',
  ],
  [
    'a bus whose id says so',
    (_, app) => Access.putEvents(app.addEventBus('ShopEventBus')),
    ['events:PutEvents'],
    'SHOP_EVENT_BUS_NAME',
  ],
  [
    'the default bus',
    (_, app) => Access.putEvents(app.defaultEventBus),
    ['events:PutEvents'],
    'DEFAULT_EVENT_BUS_NAME',
  ],
  [
    'a state machine',
    (stack) => Access.startExecution(machine(stack)),
    ['states:StartExecution'],
    'PAY_STATE_MACHINE_ARN',
  ],
  [
    'an express state machine',
    (stack) => Access.startExecution(machine(stack, sfn.StateMachineType.EXPRESS)),
    ['states:StartExecution', 'states:StartSyncExecution'],
    'PAY_STATE_MACHINE_ARN',
  ],
  [
    'an identity',
    (stack) =>
      Access.sendEmail(ses.EmailIdentity.fromEmailIdentityName(stack, 'Shop', 'shop.example')),
    ['ses:SendEmail', 'ses:SendRawEmail'],
    'SHOP_IDENTITY_NAME',
  ],
  [
    'a user pool',
    (stack) =>
      Access.userPoolAdmin(pool(stack), ['AdminGetUser', 'AdminDisableUser', 'AdminGetUser']),
    ['cognito-idp:AdminDisableUser', 'cognito-idp:AdminGetUser'],
    'USERS_USER_POOL_ID',
  ],
  [
    'an imported function',
    (stack) =>
      Access.invoke(
        lambda.Function.fromFunctionArn(stack, 'Price', arn('lambda', 'function:price')),
      ),
    ['lambda:InvokeFunction'],
    'PRICE_FUNCTION_ARN',
  ],
  [
    'a function of the app',
    (_, app) => Access.invoke(app.addFunction('Price', { entry: 'other.ts' })),
    ['lambda:InvokeFunction'],
    'PRICE_FUNCTION_ARN',
  ],
])('to %s', (_what, make, actions, variable) => {
  test('grants these actions on that resource alone, and sets the variable', () => {
    const access = given(make);

    expect(access.actions).toEqual(actions);
    expect(new Set(access.resources).size).toBe(1);
    expect(access.resources.filter((one) => /\*"?$/.test(one))).toEqual([]);
    expect(Object.keys(access.variables)).toEqual([variable]);
  });

  test('is in the model, with what it is for', () => {
    const { app } = given(make);
    const access = AppContext.of(app).model.functions.find(({ id }) => id === 'Ok')?.access;

    expect(access).toMatchObject([{ environmentVariable: variable }]);
  });
});

describe('to put events', () => {
  test('may be limited to detail types, by a condition', () => {
    const { stack } = given((_, app) =>
      Access.putEvents(app.addEventBus('Shop'), { detailTypes: ['OrderPaid', 'OrderSent'] }),
    );

    expect(JSON.stringify(templateOf(stack))).toContain(
      '"Condition":{"ForAllValues:StringEquals":{"events:detail-type":["OrderPaid","OrderSent"]}}',
    );
  });

  test.each<[string, string[], string]>([
    [
      'no detail type',
      [],
      '`functions.Ok.access.detailTypes.length` must be a whole number from 1 to 100',
    ],
    ['an empty one', [''], '`functions.Ok.access.detailTypes[0]` must be non-empty text'],
    [
      'a wildcard, which IAM would compare literally',
      ['OrderPaid', 'Order*'],
      '`functions.Ok.access.detailTypes[1]` must be the exact name of a detail type, because IAM compares the `*` in it literally, got "Order*"',
    ],
  ])('fails for %s', (_what, detailTypes, message) => {
    expect(() =>
      given((_, app) => Access.putEvents(app.addEventBus('Shop'), { detailTypes })),
    ).toThrow(message);
  });

  test.each([
    [['OrderPlaced'], 1],
    [['OrderPaid'], 0],
    [undefined, 1],
  ])('of the types %j by a function that OrderPlaced runs makes %d loops', (detailTypes, count) => {
    const { app } = quickApp();
    const eventBus = app.addEventBus('Shop');
    app
      .onEvent({ detailType: ['OrderPlaced'] }, 'ok.ts', { eventBus })
      .addAccess(Access.putEvents(eventBus, { detailTypes }));

    const loops = app.findings().filter(({ id }) => id.endsWith('event-loop'));

    expect(loops).toHaveLength(count);
  });
});

describe('to a function', () => {
  test('with an alias is to the alias', () => {
    const { stack, resources: all } = given((_, app) =>
      Access.invoke(
        app.addFunction('Price', {
          entry: 'other.ts',
          coldStart: ColdStart.provisioned({ min: 1 }),
        }),
      ),
    );

    expect(all.join()).toContain(':live');
    expect(findCycle(templateOf(stack))).toBeUndefined();
  });

  const pair = (
    options: object = {},
    props: object = {},
  ): [ServerlessApp, AppFunction, AppFunction, Stack] => {
    const { app, stack } = quickApp(props);
    const a = app.addFunction('A', { entry: 'ok.ts', ...options });
    const b = app.addFunction('B', { entry: 'other.ts' });
    return [app, a, b, stack];
  };

  test('that calls the caller fails, directly and through others', () => {
    const [app, a, b] = pair();
    const c = app.addFunction('C', { entry: 'third.ts' });
    a.calls(b);
    b.calls(c);

    expect(() => c.calls(a)).toThrow(
      '`functions.C.access` must not call a function that calls this one or is a hook of its rollout, which CloudFormation rejects as a circular dependency, got Test/App/A: give the called function a `functionName`',
    );
  });

  test('that is the hook of the caller’s rollout fails', () => {
    const { app } = quickApp({ stage: AppStage.PRODUCTION });
    const hook = app.addFunction('Hook', { entry: 'other.ts' });
    const rollout = Rollout.canary({
      percent: 10,
      interval: Duration.minutes(5),
      beforeTraffic: hook,
    });
    const caller = app.addFunction('Caller', { entry: 'ok.ts', rollout });

    expect(() => caller.calls(hook)).toThrow('is a hook of its rollout');
  });

  test('that is the caller itself fails', () => {
    const [, a] = pair();

    expect(() => a.calls(a)).toThrow('got the function itself');
  });

  test('with a name of its own may call the caller, which is a loop', () => {
    const [app, a, b, stack] = pair({ functionName: 'a' });
    a.calls(b);
    b.calls(a);

    expect(findCycle(templateOf(stack))).toBeUndefined();
    expect(
      app
        .findings()
        .map(({ message }) => message)
        .join(),
    ).toContain('A may call B; B may call A');
  });

  test('in an app with shards may call the caller', () => {
    const [app, a, b, stack] = pair({}, { sharding: Sharding.nestedStacks(2) });
    a.calls(b);
    b.calls(a);

    expect(app.functions).toHaveLength(2);
    expect(() => (stack.node.root as ReturnType<typeof quickCdkApp>).synth()).not.toThrow();
  });

  test('is part of a loop through a topic', () => {
    const { app } = quickApp();
    const topic = app.addTopic('News');
    const b = app.addFunction('B', { entry: 'other.ts' }).publishes(topic);
    app.onNotification(topic, 'ok.ts', { id: 'A' }).calls(b);

    expect(
      app
        .findings()
        .map(({ message }) => message)
        .join(),
    ).toContain('B may write Test/App/News, which triggers A; A may call B');
  });

  test('that is called by one that nothing runs is no loop', () => {
    const [app, a, b] = pair();
    a.calls(b);

    expect(app.findings()).toEqual([]);
  });
});

describe('sentences', () => {
  test('call, send and publish', () => {
    const { app, stack } = quickApp();
    const price = app.addFunction('Price', { entry: 'other.ts' });
    app
      .onRequest('GET /', 'ok.ts')
      .calls(price)
      .sends(new sqs.Queue(stack, 'Jobs'))
      .publishes(new sns.Topic(stack, 'News'));

    const actions = statementsOf(stack, 'AppOkRole').flatMap((statement) => statement.actions);
    expect(actions).toEqual(
      expect.arrayContaining(['lambda:InvokeFunction', 'sqs:SendMessage', 'sns:Publish']),
    );
  });

  test.each(['calls', 'sends', 'publishes'] as const)('%s fails without a resource', (method) => {
    const { app } = quickApp();

    const fn = app.onRequest('GET /', 'ok.ts');
    const sentence: () => AppFunction = fn[method].bind(fn);

    expect(() => sentence()).toThrow(`\`functions.Ok.${method}\` must name at least one`);
  });

  test.each<[string, (fn: AppFunction, stack: Stack) => unknown, string]>([
    [
      'calls a topic',
      (fn, stack) => fn.calls(new sns.Topic(stack, 'T')),
      'must name a function, got "Test/T": use `publishes(topic)`',
    ],
    [
      'sends to a topic',
      (fn, stack) => fn.sends(new sns.Topic(stack, 'T') as never),
      'must name a queue, got "Test/T": use `publishes(topic)`',
    ],
    [
      'reads a bus',
      (fn, stack) => fn.reads(new events.EventBus(stack, 'B')),
      'must name a table, a bucket or a stream, got "Test/B": use `addAccess(Access.putEvents(eventBus))`',
    ],
    [
      'puts on a queue',
      (fn, stack) => fn.addAccess(Access.putEvents(new sqs.Queue(stack, 'Q') as never)),
      'must name an event bus, got "Test/Q": use `sends(queue)`',
    ],
    [
      'starts a pool',
      (fn, stack) => fn.addAccess(Access.startExecution(pool(stack) as never)),
      'must name a state machine',
    ],
  ])('fails where it %s', (_what, use, message) => {
    const { app, stack } = quickApp();
    const fn = app.onRequest('GET /', 'ok.ts');

    expect(() => use(fn, stack)).toThrow(message);
  });
});

describe('to the parameters below a path', () => {
  test('grants to get them, by name and by path', () => {
    const {
      actions,
      resources: all,
      variables,
    } = given(() => Access.parametersByPath('/shop/live'));

    expect(actions).toEqual(['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath']);
    expect(all).toHaveLength(2);
    expect(all.join()).toContain(':parameter/shop/live/*');
    expect(variables).toEqual({ SHOP_LIVE_PARAMETERS_PATH: '/shop/live' });
  });

  test.each(['shop', '/shop/', '/', '/shop/*', '', '/a'.repeat(16)])(
    'fails for the path %p',
    (path) => {
      expect(() => given(() => Access.parametersByPath(path))).toThrow(
        '`functions.Ok.access.path` must be',
      );
    },
  );

  test('takes a Token with a variable', () => {
    const path = Token.asString({ Ref: 'Path' });
    const environmentVariable = 'PARAMETERS';

    expect(() => given(() => Access.parametersByPath(path))).toThrow(
      '`functions.Ok.access.environmentVariable` must be given',
    );
    expect(
      Object.keys(given(() => Access.parametersByPath(path, { environmentVariable })).variables),
    ).toEqual(['PARAMETERS']);
  });
});

describe('to receive from a queue', () => {
  test('grants to receive, hide and delete messages, and nothing else', () => {
    const {
      actions,
      resources: on,
      variables,
    } = given((stack) => Access.receive(sqs.Queue.fromQueueArn(stack, 'Jobs', arn('sqs', 'jobs'))));

    expect(actions).toEqual([
      'sqs:ChangeMessageVisibility',
      'sqs:DeleteMessage',
      'sqs:GetQueueAttributes',
      'sqs:ReceiveMessage',
    ]);
    expect(on).toEqual([JSON.stringify(arn('sqs', 'jobs'))]);
    expect(Object.keys(variables)).toEqual(['JOBS_QUEUE_URL']);
  });

  test('allows to decrypt with the key of the queue', () => {
    const { actions } = given((stack) =>
      Access.receive(new sqs.Queue(stack, 'Jobs', { encryptionMasterKey: new Key(stack, 'Key') })),
    );

    expect(actions).toContain('kms:Decrypt');
    expect(actions).not.toContain('kms:GenerateDataKey');
  });

  test('fails for another resource', () => {
    expect(() => given((_stack, app) => Access.receive(app.addTopic('News') as never))).toThrow(
      '`functions.Ok.access` must',
    );
  });

  test('and to send to it, by one function, is no loop: nothing runs it', () => {
    const { app } = quickApp();
    const jobs = app.addQueue('Jobs');
    app.onRequest('GET /', 'ok.ts').sends(jobs).addAccess(Access.receive(jobs));

    expect(app.findings().filter(({ id }) => id.endsWith('event-loop'))).toEqual([]);
  });
});

test('the schema of the model knows every level of access', () => {
  const schema = JSON.parse(
    fs.readFileSync(path.join(__dirname, '../../schema/serverless-app.schema.json'), 'utf8'),
  ) as { $defs: { access: { properties: { level: { enum: string[] } } } } };

  expect(schema.$defs.access.properties.level.enum.sort()).toEqual(
    Object.values(AccessLevel).sort(),
  );
});

describe('to metrics', () => {
  test('grants to put those of one namespace, by a condition', () => {
    const { actions, stack, variables } = given(() => Access.putMetrics('Shop'));

    expect(actions).toEqual(['cloudwatch:PutMetricData']);
    expect(JSON.stringify(templateOf(stack))).toContain(
      '"Condition":{"StringEquals":{"cloudwatch:namespace":"Shop"}}',
    );
    expect(variables).toEqual({ METRICS_NAMESPACE: 'Shop' });
  });

  test.each(['', 'AWS/Lambda', '\0', ':Shop', 'ż', 'a'.repeat(256)])(
    'fails for the namespace %j',
    (namespace) => {
      expect(() => given(() => Access.putMetrics(namespace))).toThrow(
        '`functions.Ok.access.metricNamespace` must',
      );
    },
  );

  test('may set no variable', () => {
    expect(
      given(() => Access.putMetrics('Shop', { setEnvironmentVariable: false })).variables,
    ).toEqual({});
  });
});

test.each([
  ['AdminGetUsr', 'did you mean `AdminGetUser`?'],
  ['adminGetUser', 'did you mean `AdminGetUser`?'],
  ['cognito-idp:AdminGetUser', 'did you mean `AdminGetUser`?'],
  ['AdminListUsers', 'did you mean `ListUsers`?'],
  ['ListUserPools', 'that Cognito authorizes for one user pool'],
  ['toString', 'that Cognito authorizes for one user pool'],
  ['Admin*', 'name each action, for example `AdminGetUser`'],
  ['*', 'name each action, for example `AdminGetUser`'],
])('fails for the action %p on a user pool: %s', (action, message) => {
  const give = (): unknown =>
    given((stack) => Access.userPoolAdmin(pool(stack), ['AdminGetUser', action]));

  expect(give).toThrow('`functions.Ok.access.actions[1]` must be the name of an action');
  expect(give).toThrow(message);
});

test('fails without an action on a user pool', () => {
  expect(() => given((stack) => Access.userPoolAdmin(pool(stack), []))).toThrow(
    '`functions.Ok.access.actions.length`',
  );
});

test('the estimate says in words what it does not count', () => {
  const { app } = given((stack) => Access.startExecution(machine(stack)));

  expect(app.estimate().notIncluded).toContain(
    'what functions do with each state machine they have access to',
  );
});
