import { Duration, Stack } from 'aws-cdk-lib';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { ServerlessApp, ServerlessAppProps } from 'cdk-serverless-app';
import { resourceStatements, statementsOf } from '../support/policies';
import { HANDLERS, ids, only, quickApp, quickCdkApp, templateOf, warnings } from '../support/synth';
import { findCycle } from '../support/template-graph';

const BUCKET = 'AWS::S3::Bucket';
const QUEUE = 'AWS::SQS::Queue';

const ANY_RULE = {
  'Fn::Join': [
    '',
    [
      'arn:',
      { Ref: 'AWS::Partition' },
      ':events:',
      { Ref: 'AWS::Region' },
      ':',
      { Ref: 'AWS::AccountId' },
      ':rule/*',
    ],
  ],
};

function asynchronous(): { app: ServerlessApp; stack: Stack } {
  const made = quickApp();
  made.app.onSchedule(ScheduleExpression.rate(Duration.hours(1)), 'ok.ts');
  return made;
}

function polled(): { app: ServerlessApp; stack: Stack } {
  const made = quickApp();
  made.app.onTableChange(made.app.addTable('Orders', { partitionKey: 'id' }), 'ok.ts');
  return made;
}

/** An app that follows a table, with things of the user's. */
function bringing(bring: (stack: Stack) => ServerlessAppProps): {
  app: ServerlessApp;
  stack: Stack;
} {
  const stack = new Stack(quickCdkApp(), 'Test');
  const app = new ServerlessApp(stack, 'App', { root: HANDLERS, ...bring(stack) });
  app.onTableChange(app.addTable('Orders', { partitionKey: 'id' }), 'ok.ts');
  return { app, stack };
}

describe('the failure queue', () => {
  test('keeps events for 14 days, encrypted', () => {
    expect(only(asynchronous().stack, QUEUE)).toMatchObject({
      MessageRetentionPeriod: 1_209_600,
      SqsManagedSseEnabled: true,
    });
  });

  test('refuses requests without TLS', () => {
    expect(resourceStatements(asynchronous().stack)).toContainEqual(
      expect.objectContaining({
        effect: 'Deny',
        actions: ['sqs:*'],
        condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  });

  test('is shared by all functions', () => {
    const { app, stack } = asynchronous();

    app.onSchedule(ScheduleExpression.rate(Duration.hours(1)), 'other.ts');

    expect(ids(stack, QUEUE)).toHaveLength(1);
  });

  test('is not created for an app with only HTTP triggers', () => {
    const { app, stack } = quickApp();

    app.onRequest('GET /', 'ok.ts');

    expect(ids(stack, QUEUE)).toEqual([]);
  });

  test('is created when it is first read', () => {
    const { app } = quickApp();

    expect(app.failureQueue.node.path).toBe('Test/App/FailureQueue');
  });

  test('accepts messages from a function that is allowed to send', () => {
    const { app, stack } = asynchronous();

    const statement = statementsOf(stack, 'AppOkRole').find((s) =>
      s.actions.includes('sqs:SendMessage'),
    );
    expect(statement?.resources).toEqual([
      JSON.stringify(stack.resolve(app.failureQueue.queueArn)),
    ]);
  });
});

describe('the failure bucket', () => {
  const configuration = (): Record<string, unknown> => only(polled().stack, BUCKET);

  test('forgets records after 90 days', () => {
    expect(configuration()).toMatchObject({
      LifecycleConfiguration: {
        Rules: expect.arrayContaining([
          expect.objectContaining({ Id: 'ForgetFailures', ExpirationInDays: 90 }),
        ]) as unknown,
      },
    });
  });

  test('is named by CloudFormation, so that a new one can be created while an old one is retained', () => {
    const { stack } = polled();

    expect(only(stack, BUCKET).BucketName).toBeUndefined();
    expect(findCycle(templateOf(stack))).toBeUndefined();
  });

  test('can run functions, which receive its events through EventBridge', () => {
    const { app, stack } = polled();

    app.onObjectCreated(app.failureBucket, 'other.ts').reads(app.failureBucket);

    expect(only(stack, BUCKET).NotificationConfiguration).toEqual({
      EventBridgeConfiguration: { EventBridgeEnabled: true },
    });
    expect(ids(stack, 'AWS::Events::Rule')).toHaveLength(2);
    expect(findCycle(templateOf(stack))).toBeUndefined();
  });

  test('is closed to the public', () => {
    expect(configuration()).toMatchObject({
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
    });
  });

  test('announces each record in the failure queue', () => {
    const { app, stack } = polled();

    expect(only(stack, BUCKET).NotificationConfiguration).toEqual({
      EventBridgeConfiguration: { EventBridgeEnabled: true },
    });
    expect(only(stack, 'AWS::Events::Rule')).toMatchObject({
      EventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: {
          bucket: { name: [stack.resolve(app.failureBucket.bucketName)] },
          object: { key: [{ prefix: 'aws/lambda/' }] }, // not what `failures retry` writes there
        },
      },
      Targets: [{ Arn: stack.resolve(app.failureQueue.queueArn) as unknown }],
    });
  });

  test('sends no test message to the queue, as S3 would at the first deployment', () => {
    const { NotificationConfiguration } = only(polled().stack, BUCKET);

    expect(NotificationConfiguration).not.toHaveProperty('QueueConfigurations');
  });

  test('announces records only through a rule of this account and region', () => {
    const { stack } = polled();

    expect(resourceStatements(stack)).toContainEqual(
      expect.objectContaining({
        actions: ['sqs:SendMessage'],
        principal: { Service: 'events.amazonaws.com' },
        condition: {
          StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } },
          ArnLike: { 'aws:SourceArn': ANY_RULE },
        },
      }),
    );
  });

  test('makes no dependency cycle with the queue', () => {
    expect(findCycle(templateOf(polled().stack))).toBeUndefined();
  });

  test('accepts records of a function at the keys that Lambda uses', () => {
    const { app, stack } = polled();

    const statement = statementsOf(stack, 'AppOkRole').find((s) =>
      s.actions.includes('s3:PutObject'),
    );
    expect(statement?.resources).toHaveLength(1);
    expect(statement?.resources[0]).toContain('/aws/lambda/*');
    expect(app.failureBucket.node.path).toBe('Test/App/FailureBucket');
  });

  test('is not created for an app without table changes', () => {
    expect(ids(asynchronous().stack, BUCKET)).toEqual([]);
  });
});

describe('a failure queue of the user’s', () => {
  test('replaces the app’s', () => {
    const { app, stack } = bringing((scope) => ({ failureQueue: new sqs.Queue(scope, 'Mine') }));

    expect([ids(stack, QUEUE).length, app.failureQueue.node.path]).toEqual([1, 'Test/Mine']);
  });

  test('accepts the announcements of the failure bucket', () => {
    const { app, stack } = bringing((scope) => ({ failureQueue: new sqs.Queue(scope, 'Mine') }));

    expect(only(stack, 'AWS::Events::Rule').Targets).toMatchObject([
      { Arn: stack.resolve(app.failureQueue.queueArn) as unknown },
    ]);
  });

  test('that is encrypted grants functions its key', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const encryptionMasterKey = new kms.Key(stack, 'Key');
    const failureQueue = new sqs.Queue(stack, 'Mine', { encryptionMasterKey });
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS, failureQueue });

    app.addFunction('F', { entry: 'ok.ts' });

    expect(statementsOf(stack, 'AppFRole')).toContainEqual(
      expect.objectContaining({
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: [JSON.stringify(stack.resolve(encryptionMasterKey.keyArn))],
      }),
    );
  });

  test.each<[string, (app: ServerlessApp, stack: Stack) => void]>([
    [
      'the failure bucket',
      (app) => {
        app.onTableChange(app.addTable('Orders', { partitionKey: 'id' }), 'ok.ts');
      },
    ],
    [
      'a rule',
      (app, stack) => {
        app.onObjectCreated(s3.Bucket.fromBucketName(stack, 'Theirs', 'theirs'), 'other.ts');
      },
    ],
  ])('that is encrypted grants EventBridge of this account its key for %s', (_, declare) => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const encryptionMasterKey = new kms.Key(stack, 'Key');
    const failureQueue = new sqs.Queue(stack, 'Mine', { encryptionMasterKey });
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS, failureQueue });

    declare(app, stack);

    expect(only(stack, 'AWS::KMS::Key')).toMatchObject({
      KeyPolicy: {
        Statement: expect.arrayContaining([
          expect.objectContaining({
            Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
            Principal: { Service: 'events.amazonaws.com' },
          }),
        ]) as unknown,
      },
    });
  });

  test('that is imported receives failed events', () => {
    const arn = 'arn:aws:sqs:eu-west-1:111111111111:theirs';
    const stack = new Stack(quickCdkApp(), 'Test');
    const failureQueue = sqs.Queue.fromQueueArn(stack, 'Mine', arn);
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS, failureQueue });

    app.addFunction('F', { entry: 'ok.ts' });

    expect(only(stack, 'AWS::Lambda::EventInvokeConfig').DestinationConfig).toEqual({
      OnFailure: { Destination: arn },
    });
  });

  const imported = (scope: Stack): sqs.IQueue =>
    sqs.Queue.fromQueueArn(scope, 'Mine', 'arn:aws:sqs:eu-west-1:111111111111:theirs');

  test('that is imported is reported if its policy must allow the failure bucket', () => {
    const { stack } = bringing((scope) => ({ failureQueue: imported(scope) }));

    expect(warnings(stack).join()).toContain(
      'Test/App: `failureQueue` is imported, so the app cannot change its policy: it must allow events.amazonaws.com to send messages',
    );
  });

  test('that is imported is reported once if its policy must allow rules', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS, failureQueue: imported(stack) });
    const bucket = new s3.Bucket(stack, 'Files', { eventBridgeEnabled: true });

    app.onObjectCreated(bucket, 'ok.ts');
    app.onObjectCreated(bucket, 'other.ts');

    expect(warnings(stack)).toEqual([expect.stringContaining('`failureQueue` is imported')]);
  });

  test.each<[string, (queue: sqs.CfnQueue) => void]>([
    [
      'its `redrivePolicy`',
      (queue) => {
        queue.redrivePolicy = { deadLetterTargetArn: 'arn', maxReceiveCount: 3 };
      },
    ],
    [
      'an override',
      (queue) => {
        queue.addPropertyOverride('RedrivePolicy', { maxReceiveCount: 3 });
      },
    ],
  ])('fails at synthesis if an escape hatch gives it a dead-letter queue by %s', (_, change) => {
    const own = quickApp();
    own.app.onObjectCreated(own.app.addBucket('In'), 'ok.ts');
    const given = quickApp();
    const mine = new sqs.Queue(given.stack, 'Mine');
    const other = new ServerlessApp(given.stack, 'Other', { root: HANDLERS, failureQueue: mine });
    other.onObjectCreated(other.addBucket('In'), 'ok.ts');

    change(own.app.failureQueue.node.defaultChild as sqs.CfnQueue);
    change(mine.node.defaultChild as sqs.CfnQueue);

    expect(() => templateOf(own.stack)).toThrow(
      '`failureQueue` must have no dead-letter queue, because listing its failures would count as receives and move them there, got "Test/App/FailureQueue, whose resource has a `redrivePolicy`": remove the `redrivePolicy` of its `CfnQueue`',
    );
    expect(() => templateOf(given.stack)).toThrow('got "Test/Mine, whose resource has a');
  });

  test('fails if it has a dead-letter queue, to which the `failures` commands would move messages', () => {
    const { app, stack } = quickApp();
    const queue = new sqs.Queue(stack, 'Dead');
    const mine = new sqs.Queue(stack, 'Mine', { deadLetterQueue: { queue, maxReceiveCount: 3 } });

    expect(() => {
      new ServerlessApp(stack, 'Other', { root: app.root, failureQueue: mine }).addFunction('Ok', {
        entry: 'ok.ts',
      });
    }).toThrow(
      'Test/Other: `failureQueue` must have no dead-letter queue, because listing its failures would count as receives and move them there, got "Test/Mine, whose dead-letter queue is Test/Dead": create it without `deadLetterQueue`',
    );
  });

  test('fails if it is a FIFO queue', () => {
    expect(() =>
      bringing((scope) => ({ failureQueue: new sqs.Queue(scope, 'Mine', { fifo: true }) })),
    ).toThrow(
      'Test/App: `failureQueue` must be a standard queue, because Lambda and EventBridge send failures to no other type, got "Test/Mine, which is a FIFO queue": create it without `fifo`',
    );
  });

  test('fails if it is an imported FIFO queue', () => {
    const arn = 'arn:aws:sqs:eu-west-1:111111111111:theirs.fifo';

    expect(() =>
      bringing((scope) => ({ failureQueue: sqs.Queue.fromQueueArn(scope, 'Mine', arn) })),
    ).toThrow('Test/App: `failureQueue` must be a standard queue');
  });
});

describe('a failure queue that apps share', () => {
  /** Two apps in stacks of their own, each with everything that EventBridge may put into the queue. */
  function sharing(props: sqs.QueueProps = {}, keyed = false): { queues: Stack; stacks: Stack[] } {
    const cdk = quickCdkApp();
    const queues = new Stack(cdk, 'Queues');
    const encryptionMasterKey = keyed ? new kms.Key(queues, 'Key') : undefined;
    const failureQueue = new sqs.Queue(queues, 'Mine', { ...props, encryptionMasterKey });
    const stacks = ['One', 'Two'].map((name) => {
      const stack = new Stack(cdk, name);
      const app = new ServerlessApp(stack, 'App', { root: HANDLERS, failureQueue });
      app.onTableChange(app.addTable('Orders', { partitionKey: 'id' }), 'ok.ts');
      const bucket = new s3.Bucket(stack, 'Files', { eventBridgeEnabled: true });
      app.onObjectCreated(bucket, 'other.ts');
      app.onObjectCreated(bucket, 'third.ts');
      return stack;
    });
    return { queues, stacks };
  }

  test.each([
    ['a key', true],
    ['no key', false],
  ])('may be in another stack, with %s', (_, keyed) => {
    const { queues, stacks } = sharing({}, keyed);

    expect(() => templateOf(queues)).not.toThrow();
    expect(queues.dependencies).toEqual([]);
    expect(stacks.map((stack) => stack.dependencies)).toEqual([[queues], [queues]]);
  });

  test('has one statement for EventBridge', () => {
    const statements = resourceStatements(sharing().queues);

    expect(statements).toMatchObject([
      {
        actions: ['sqs:SendMessage'],
        principal: { Service: 'events.amazonaws.com' },
        condition: { ArnLike: { 'aws:SourceArn': ANY_RULE } },
      },
    ]);
  });

  test('has one statement for EventBridge in the policy of its key', () => {
    const { KeyPolicy } = only(sharing({}, true).queues, 'AWS::KMS::Key') as {
      KeyPolicy: { Statement: { Principal: unknown }[] };
    };

    const theirs = KeyPolicy.Statement.filter(
      ({ Principal }) => JSON.stringify(Principal) === '{"Service":"events.amazonaws.com"}',
    );
    expect(theirs).toHaveLength(1);
  });

  test('may belong to an app in the same stack', () => {
    const { app, stack } = polled();
    const other = new ServerlessApp(stack, 'Other', {
      root: HANDLERS,
      failureQueue: app.failureQueue,
    });

    other.onTableChange(other.addTable('Orders', { partitionKey: 'id' }), 'ok.ts');

    const sends = resourceStatements(stack).filter(({ actions }) =>
      actions.includes('sqs:SendMessage'),
    );
    expect(sends).toHaveLength(1);
    expect(findCycle(templateOf(stack))).toBeUndefined();
  });
});

describe('a failure bucket of the user’s', () => {
  test('replaces the app’s', () => {
    const { app, stack } = bringing((scope) => ({ failureBucket: new s3.Bucket(scope, 'Mine') }));

    expect([ids(stack, BUCKET).length, app.failureBucket.node.path]).toEqual([1, 'Test/Mine']);
  });

  test('is not reconfigured', () => {
    const { stack } = bringing((scope) => ({ failureBucket: new s3.Bucket(scope, 'Mine') }));

    expect(only(stack, BUCKET)).toEqual({});
  });

  test('that is encrypted grants functions its key', () => {
    const { stack } = bringing((scope) => ({
      failureBucket: new s3.Bucket(scope, 'Mine', { encryption: s3.BucketEncryption.KMS }),
    }));

    expect(statementsOf(stack, 'AppOkRole')).toContainEqual(
      expect.objectContaining({ actions: ['kms:Decrypt', 'kms:GenerateDataKey'] }),
    );
  });

  test('that is imported receives records', () => {
    const { stack } = bringing((scope) => ({
      failureBucket: s3.Bucket.fromBucketName(scope, 'Mine', 'theirs'),
    }));

    expect(
      JSON.stringify(only(stack, 'AWS::Lambda::EventSourceMapping').DestinationConfig),
    ).toContain(':s3:::theirs');
  });
});
