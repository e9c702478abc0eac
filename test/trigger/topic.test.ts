import { Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import {
  AppStage,
  ColdStart,
  ServerlessApp,
  Sharding,
  TopicTriggerOptions,
  Trigger,
} from 'cdk-serverless-app';
import { AppContext } from '../../lib/core/app-context';
import {
  HANDLERS,
  only,
  quickApp,
  quickCdkApp,
  resources,
  templateOf,
  Validations,
  warnings,
} from '../support/synth';
import { findCycle } from '../support/template-graph';

const SUBSCRIPTION = 'AWS::SNS::Subscription';
const PERMISSION = 'AWS::Lambda::Permission';
const env = { account: '111111111111', region: 'eu-west-1' };
const THEIRS = 'arn:aws:sns:eu-west-1:222222222222:theirs';

const isOrder = sns.SubscriptionFilter.stringFilter({ allowlist: ['order'] });
const oneOf = (count: number): sns.SubscriptionFilter =>
  sns.SubscriptionFilter.stringFilter({
    allowlist: Array.from({ length: count }, (_, i) => String(i)),
  });
const inBody = (count: number): sns.FilterOrPolicy => sns.FilterOrPolicy.filter(oneOf(count));

function withTopic(options: TopicTriggerOptions = {}): {
  app: ServerlessApp;
  stack: Stack;
  topic: sns.Topic;
} {
  const { app, stack } = quickApp();
  const topic = app.addTopic('News');
  app.onNotification(topic, 'ok.ts', { id: 'Work', ...options });
  return { app, stack, topic };
}

/** The statements for SNS in the policy of a queue. */
function snsStatements(stack: Stack, queue = ''): Array<Record<string, unknown>> {
  return Object.entries(resources(stack, 'AWS::SQS::QueuePolicy'))
    .filter(([id]) => id.includes(queue))
    .flatMap(([, { Properties }]) => {
      const { Statement } = Properties?.['PolicyDocument'] as {
        Statement: Array<Record<string, unknown>>;
      };
      return Statement.filter((one) => JSON.stringify(one).includes('sns.amazonaws.com'));
    });
}

describe('a topic trigger', () => {
  test('subscribes the function, with the failure queue as the dead-letter queue', () => {
    expect(only(withTopic().stack, SUBSCRIPTION)).toEqual({
      Protocol: 'lambda',
      TopicArn: { Ref: expect.stringMatching(/^AppNews/) as string },
      Endpoint: { 'Fn::GetAtt': [expect.stringMatching(/^AppWorkFunction/) as string, 'Arn'] },
      RedrivePolicy: {
        deadLetterTargetArn: {
          'Fn::GetAtt': [expect.stringMatching(/^AppFailureQueue/) as string, 'Arn'],
        },
      },
    });
  });

  test('lets this topic invoke the function, and nothing else', () => {
    expect(only(withTopic().stack, PERMISSION)).toMatchObject({
      Action: 'lambda:InvokeFunction',
      Principal: 'sns.amazonaws.com',
      SourceArn: { Ref: expect.stringMatching(/^AppNews/) as string },
    });
  });

  test('lets the app’s topics send to the failure queue, by one statement', () => {
    const { app, stack } = withTopic();
    app.onNotification(app.addTopic('Alerts'), 'other.ts');
    app.functions[1]?.addTrigger(Trigger.topic(app.node.findChild('News') as sns.Topic));

    expect(snsStatements(stack)).toEqual([
      {
        Action: 'sqs:SendMessage',
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Resource: { 'Fn::GetAtt': [expect.any(String) as string, 'Arn'] },
        Condition: {
          ArnLike: {
            'aws:SourceArn': [
              { Ref: expect.stringMatching(/^AppNews/) as string },
              { Ref: expect.stringMatching(/^AppAlerts/) as string },
            ],
          },
        },
      },
    ]);
  });

  test('gives the function the retries and the failure queue for asynchronous events', () => {
    Template.fromStack(withTopic().stack).hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: Match.anyValue() },
    });
  });

  test('selects messages by attributes', () => {
    const { stack } = withTopic({ filterPolicy: { kind: isOrder } });

    expect(only(stack, SUBSCRIPTION)).toMatchObject({ FilterPolicy: { kind: ['order'] } });
    expect(only(stack, SUBSCRIPTION)).not.toHaveProperty('FilterPolicyScope');
  });

  test('selects messages by their body', () => {
    const { stack } = withTopic({
      filterPolicyWithMessageBody: {
        detail: sns.FilterOrPolicy.policy({ kind: sns.FilterOrPolicy.filter(isOrder) }),
      },
    });

    expect(only(stack, SUBSCRIPTION)).toMatchObject({
      FilterPolicy: { detail: { kind: ['order'] } },
      FilterPolicyScope: 'MessageBody',
    });
  });

  test('is in the model', () => {
    const { app, topic } = withTopic({ filterPolicy: { kind: isOrder } });

    expect(AppContext.of(app).model.functions[0]?.triggers).toEqual([
      {
        kind: 'topicMessages',
        invocation: 'asynchronous',
        source: topic.node.path,
        details: expect.objectContaining({
          topicArn: topic.topicArn,
          filtered: 'attributes',
        }) as object,
      },
    ]);
  });

  test.each<[string, TopicTriggerOptions, string]>([
    [
      'two filter policies',
      { filterPolicy: { a: isOrder }, filterPolicyWithMessageBody: { a: inBody(1) } },
      '.filterPolicyWithMessageBody` must not be combined with `filterPolicy`',
    ],
    [
      'a filter policy without keys',
      { filterPolicy: {} },
      '.filterPolicy` must name at least one key',
    ],
    [
      'a body policy without keys',
      { filterPolicyWithMessageBody: { detail: sns.FilterOrPolicy.policy({}) } },
      '.filterPolicyWithMessageBody.detail` must name at least one key',
    ],
    [
      'a filter without conditions',
      { filterPolicy: { kind: sns.SubscriptionFilter.stringFilter({}) } },
      '.filterPolicy.kind` must have at least one condition',
    ],
    [
      'a pattern in plain JSON',
      { filterPolicy: { kind: ['order'] as unknown as sns.SubscriptionFilter } },
      '.filterPolicy.kind` must be a filter',
    ],
    [
      'six attributes',
      {
        filterPolicy: Object.fromEntries(
          ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, isOrder]),
        ),
      },
      '.filterPolicy` must have at most 5 keys, got 6',
    ],
    [
      '151 combinations',
      { filterPolicy: { a: oneOf(151) } },
      '.filterPolicy` must have at most 150 combinations of values, got 151',
    ],
    [
      '152 combinations below the first level',
      { filterPolicyWithMessageBody: { a: sns.FilterOrPolicy.policy({ b: inBody(76) }) } },
      '.filterPolicyWithMessageBody` must have at most 150 combinations of values, got 152',
    ],
  ])('fails for %s', (_what, options, message) => {
    expect(() => withTopic(options)).toThrow(`\`functions.Work${message}`);
  });

  test.each<[string, TopicTriggerOptions]>([
    ['150 combinations', { filterPolicy: { a: oneOf(15), b: oneOf(10) } }],
    [
      'five attributes',
      { filterPolicy: Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((n) => [n, isOrder])) },
    ],
    [
      '150 combinations below the first level',
      { filterPolicyWithMessageBody: { a: sns.FilterOrPolicy.policy({ b: inBody(75) }) } },
    ],
  ])('accepts %s', (_what, options) => {
    expect(() => templateOf(withTopic(options).stack)).not.toThrow();
  });

  test('fails for a FIFO topic, and names the way through a queue', () => {
    const { app, stack } = quickApp();
    const imported = sns.Topic.fromTopicArn(stack, 'Theirs', `${THEIRS}.fifo`);

    for (const topic of [app.addTopic('Steps', { fifo: true }), imported]) {
      expect(() =>
        app.addFunction(`On${topic.node.id}`, { entry: 'ok.ts', triggers: [Trigger.topic(topic)] }),
      ).toThrow(
        /must be a standard topic, because SNS delivers messages of a FIFO topic to queues only, got .*SqsSubscription/,
      );
    }
  });

  test('fails for a value that is not a topic', () => {
    const { app } = quickApp();

    expect(() => app.onNotification(app.addQueue('Jobs') as never, 'ok.ts')).toThrow(
      '`functions.Ok.topic` must be a topic, got Test/App/Jobs, which is not one',
    );
  });

  test('fails for one topic twice', () => {
    const { app } = quickApp();
    const topic = app.addTopic('News');

    expect(() =>
      app.addFunction('Work', {
        entry: 'ok.ts',
        triggers: [Trigger.topic(topic), Trigger.topic(topic, { filterPolicy: { a: isOrder } })],
      }),
    ).toThrow('`functions.Work.triggers` must name each topic once, got Test/App/News twice');
  });

  test('fails for a topic of another region', () => {
    const { app, stack } = quickApp({}, { env });
    const topic = sns.Topic.fromTopicArn(stack, 'Theirs', THEIRS.replace('eu-west-1', 'us-east-1'));

    expect(() => app.onNotification(topic, 'ok.ts')).toThrow(
      '`functions.Ok.topic` must be in the function’s region, eu-west-1',
    );
  });

  test('accepts a topic of another account, with a warning about its policy', () => {
    const { app, stack } = quickApp({}, { env });
    app.onNotification(sns.Topic.fromTopicArn(stack, 'Theirs', THEIRS), 'ok.ts');

    expect(only(stack, SUBSCRIPTION)).toMatchObject({ TopicArn: THEIRS });
    expect(only(stack, PERMISSION)).toMatchObject({ SourceArn: THEIRS });
    expect(warnings(stack).join()).toContain(
      'must grant `sns:Subscribe` to the account 111111111111',
    );
  });

  test('accepts an imported topic of the account, without a warning', () => {
    const { app, stack } = quickApp({}, { env });
    const arn = THEIRS.replace('222222222222', '111111111111');
    app.onNotification(sns.Topic.fromTopicArn(stack, 'Ours', arn), 'ok.ts');

    expect(only(stack, SUBSCRIPTION)).toMatchObject({ TopicArn: arn });
    expect(warnings(stack)).toEqual([]);
  });

  test('that runs a function which publishes to it is a loop, unless a filter selects', () => {
    const loops = (options: TopicTriggerOptions): string[] => {
      const { app, topic } = withTopic(options);
      app.functions.forEach((fn) => topic.grantPublish(fn));
      return app.findings().map(({ id }) => id);
    };

    expect(loops({})).toContain('cdk-serverless-app:event-loop');
    expect(loops({ filterPolicy: { kind: isOrder } })).not.toContain(
      'cdk-serverless-app:event-loop',
    );
  });
});

describe('the failure queue', () => {
  test('of another stack allows the topics of the account, without a circular dependency', () => {
    const cdk = quickCdkApp();
    const shared = new Stack(cdk, 'Shared');
    const stack = new Stack(cdk, 'Test');
    const failureQueue = new sqs.Queue(shared, 'Failures');
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS, failureQueue });
    app.onNotification(app.addTopic('News'), 'ok.ts');

    expect(JSON.stringify(snsStatements(shared))).toContain(':sns:');
    expect(JSON.stringify(snsStatements(shared))).not.toContain('ImportValue');
    expect(() => cdk.synth()).not.toThrow();
  });

  test('that is imported gets a warning', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const arn = 'arn:aws:sqs:eu-west-1:111111111111:q';
    const failureQueue = sqs.Queue.fromQueueArn(stack, 'Q', arn);
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS, failureQueue });
    app.onNotification(app.addTopic('News'), 'ok.ts');

    expect(warnings(stack).join()).toContain('sns.amazonaws.com to send messages');
  });

  test('that a key encrypts lets SNS use the key', () => {
    const cdk = quickCdkApp();
    const stack = new Stack(cdk, 'Test');
    const encryptionMasterKey = new kms.Key(stack, 'Key');
    const failureQueue = new sqs.Queue(stack, 'Failures', { encryptionMasterKey });
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS, failureQueue });
    app.onNotification(app.addTopic('News', { masterKey: encryptionMasterKey }), 'ok.ts');

    expect(JSON.stringify(resources(stack, 'AWS::KMS::Key'))).toContain('sns.amazonaws.com');
    expect(findCycle(templateOf(stack))).toBeUndefined();
  });
});

test('a topic of another account may use the key of the failure queue', () => {
  const stack = new Stack(quickCdkApp(), 'Test', { env });
  const encryptionMasterKey = new kms.Key(stack, 'Key');
  const failureQueue = new sqs.Queue(stack, 'Failures', { encryptionMasterKey });
  const app = new ServerlessApp(stack, 'App', { root: HANDLERS, failureQueue });
  app.onNotification(sns.Topic.fromTopicArn(stack, 'Theirs', THEIRS), 'ok.ts');

  expect(JSON.stringify(resources(stack, 'AWS::KMS::Key'))).toContain(
    ':sns:eu-west-1:222222222222:*',
  );
});

test('functions in shards listen to a topic of the app’s own stack', () => {
  const { app, stack } = quickApp({ sharding: Sharding.nestedStacks(2) });
  const topic = app.addTopic('News');
  app.onNotification(topic, 'ok.ts', { id: 'A' });
  app.onNotification(topic, 'ok.ts', { id: 'B' });

  expect(() => (stack.node.root as ReturnType<typeof quickCdkApp>).synth()).not.toThrow();
});

describe('a topic of the app', () => {
  test('accepts TLS only', () => {
    const { app, stack } = quickApp({ stage: AppStage.DEVELOPMENT });
    app.addTopic('News');
    app.addFunction('F', { entry: 'ok.ts' });

    Template.fromStack(stack).hasResourceProperties('AWS::SNS::TopicPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({
            Effect: 'Deny',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ],
      },
    });
  });

  test('takes the user’s options', () => {
    const { app, stack } = quickApp();
    app.addTopic('News', { topicName: 'news', enforceSSL: false, displayName: undefined });
    app.addFunction('F', { entry: 'ok.ts' });

    expect(only(stack, 'AWS::SNS::Topic')).toEqual({ TopicName: 'news' });
    Template.fromStack(stack).resourceCountIs('AWS::SNS::TopicPolicy', 0);
  });

  test.each<[string, string, object, string]>([
    ['an id that another part has', 'Jobs', {}, '`topics.Jobs` must have a unique id'],
    [
      'a name that another topic has',
      'B',
      { topicName: 'a' },
      '`topics.B.topicName` must be unique',
    ],
    ['an unknown option', 'B', { name: 'a' }, '`topics.B.name` must be an option that exists'],
  ])('fails for %s', (_what, id, props, message) => {
    const { app } = quickApp();
    app.addQueue('Jobs');
    app.addTopic('A', { topicName: 'a' });

    expect(() => app.addTopic(id, props)).toThrow(message);
  });
});

test.each([
  [
    'is said to be right if it names the alias of the function',
    ColdStart.provisioned({ min: 2 }),
    1,
  ],
  ['needs no such word if it names the function', ColdStart.onDemand(), 0],
])('a subscription %s, which the CDK’s rules take for a mistake', (_, coldStart, count) => {
  const { app } = quickApp();
  const fn = app.onNotification(app.addTopic('News'), 'ok.ts', { coldStart });

  const acknowledged = fn.node
    .findAll()
    .flatMap(({ node }) => node.metadata)
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
  expect(JSON.stringify(acknowledged).split('W3694').length - 1).toBe(count);
});
