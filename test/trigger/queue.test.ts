import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { FilterCriteria, FilterRule } from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AppStage, QueueTriggerOptions, ServerlessApp, Trigger } from 'cdk-serverless-app';
import { AppContext } from '../../lib/core/app-context';
import { quickApp } from '../support/synth';

const MAPPING = 'AWS::Lambda::EventSourceMapping';
const QUEUE = 'AWS::SQS::Queue';

function withQueue(
  options: QueueTriggerOptions = {},
  props: sqs.QueueProps = {},
): { app: ServerlessApp; stack: Stack; queue: sqs.Queue; template: () => Template } {
  const { app, stack } = quickApp();
  const queue = app.addQueue('Jobs', props);
  app.onMessage(queue, 'ok.ts', { id: 'Work', ...options });
  return { app, stack, queue, template: () => Template.fromStack(stack) };
}

/** The resource whose logical id begins with the text. */
function resource(template: Template, type: string, id: string): Record<string, unknown> {
  const [found] = Object.entries(template.findResources(type)).filter(([name]) =>
    name.startsWith(id),
  );
  return (found?.[1] as { Properties: Record<string, unknown> }).Properties;
}

describe('a queue trigger', () => {
  test('polls the queue in batches of ten, with partial batch response', () => {
    withQueue()
      .template()
      .hasResourceProperties(MAPPING, {
        BatchSize: 10,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        EventSourceArn: { 'Fn::GetAtt': [Match.stringLikeRegexp('^AppJobs'), 'Arn'] },
        MaximumBatchingWindowInSeconds: Match.absent(),
        ScalingConfig: Match.absent(),
      });
  });

  test('passes on the options', () => {
    withQueue({
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(5),
      maxConcurrency: 7,
      reportBatchItemFailures: false,
      enabled: false,
      filters: [FilterCriteria.filter({ body: { kind: FilterRule.isEqual('order') } })],
    })
      .template()
      .hasResourceProperties(MAPPING, {
        BatchSize: 100,
        MaximumBatchingWindowInSeconds: 5,
        ScalingConfig: { MaximumConcurrency: 7 },
        FunctionResponseTypes: Match.absent(),
        Enabled: false,
        FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["order"]}}' }] },
      });
  });

  test('lets the function receive and delete messages of this queue, and nothing else', () => {
    const role = resource(withQueue().template(), 'AWS::IAM::Role', 'AppWorkRole');
    const [{ PolicyDocument: document }] = role['Policies'] as [
      { PolicyDocument: { Statement: object[] } },
    ];

    expect(document.Statement).toContainEqual({
      Action: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
      Effect: 'Allow',
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^AppJobs/) as string, 'Arn'] },
    });
    expect(JSON.stringify(document)).not.toContain('SendMessage');
  });

  test('lets the function decrypt messages of an encrypted queue', () => {
    const { app, stack } = quickApp();
    const key = new kms.Key(stack, 'Key');
    const queue = new sqs.Queue(stack, 'Own', {
      encryptionMasterKey: key,
      visibilityTimeout: Duration.minutes(6),
    });
    app.addFunction('Work', { entry: 'ok.ts', triggers: [Trigger.queue(queue)] });

    expect(
      JSON.stringify(resource(Template.fromStack(stack), 'AWS::IAM::Role', 'AppWorkRole')),
    ).toContain('kms:Decrypt');
  });

  test('accepts an imported queue', () => {
    const { app, stack } = quickApp();
    const arn = Stack.of(app).formatArn({ service: 'sqs', resource: 'theirs' });
    const queue = sqs.Queue.fromQueueArn(stack, 'Theirs', arn);
    app.onMessage(queue, 'ok.ts', { id: 'Work' });

    Template.fromStack(stack).resourceCountIs(MAPPING, 1);
  });

  test('is in the model', () => {
    const { app, queue } = withQueue({ maxConcurrency: 5 });

    expect(AppContext.of(app).model.functions[0]?.triggers).toEqual([
      {
        kind: 'queueMessages',
        invocation: 'polled',
        source: queue.node.path,
        details: expect.objectContaining({
          batchSize: 10,
          maxConcurrency: 5,
          reportBatchItemFailures: true,
          deadLetterQueue: app.failureQueue.node.path,
        }) as object,
      },
    ]);
  });

  test.each<[string, QueueTriggerOptions, sqs.QueueProps, string]>([
    ['no message', { batchSize: 0 }, {}, '.batchSize` must be a whole number from 1 to 10000'],
    [
      'a large batch without a window',
      { batchSize: 11 },
      {},
      '.batchSize` must be a whole number from 1 to 10 messages without `maxBatchingWindow`, got 11: give `maxBatchingWindow',
    ],
    [
      'a large batch for a FIFO queue',
      { batchSize: 11 },
      { fifo: true },
      '.batchSize` must be a whole number from 1 to 10 messages for a FIFO queue, got 11',
    ],
    [
      'a window for a FIFO queue',
      { maxBatchingWindow: Duration.seconds(1) },
      { fifo: true },
      '.maxBatchingWindow` must be left out for a FIFO queue, which has no batching window, got 1 second',
    ],
    ['one invocation', { maxConcurrency: 1 }, {}, '.maxConcurrency` must be a whole number from 2'],
    [
      'a filter that `FilterCriteria.filter` did not make',
      { filters: [{ body: { kind: ['order'] } }] },
      {},
      '.filters[0]` must be created by `FilterCriteria.filter(…)`',
    ],
    [
      'a filter whose value is not in a list',
      { filters: [FilterCriteria.filter({ body: { kind: 'order' } })] },
      {},
      '.filters[0].body.kind` must be a list of the values that match, got "order"',
    ],
    ['1,001 invocations', { maxConcurrency: 1001 }, {}, '.maxConcurrency` must be a whole number'],
  ])('fails for %s', (_what, options, props, message) => {
    expect(() => withQueue(options, props)).toThrow(`\`functions.Work${message}`);
  });

  test.each<[string, QueueTriggerOptions, sqs.QueueProps]>([
    ['ten messages at once', { batchSize: 10 }, {}],
    ['ten messages of a FIFO queue', { batchSize: 10 }, { fifo: true }],
    ['a large batch', { batchSize: 10_000, maxBatchingWindow: Duration.minutes(5) }, {}],
    ['two invocations', { maxConcurrency: 2 }, {}],
    ['Tokens', { batchSize: Lazy.number({ produce: () => 3 }) }, {}],
  ])('accepts %s', (_what, options, props) => {
    expect(() => withQueue(options, props).template()).not.toThrow();
  });

  test('fails for a value that is not a queue', () => {
    const { app } = quickApp();
    const bucket = app.addBucket('Uploads') as unknown as sqs.IQueue;

    expect(() => app.onMessage(bucket, 'ok.ts')).toThrow(
      '`functions.Ok.queue` must be a queue, got Test/App/Uploads, which is not one: use `onObjectCreated` for a bucket',
    );
  });

  test('fails for the same queue twice', () => {
    const { app } = quickApp();
    const queue = app.addQueue('Jobs');

    expect(() =>
      app.addFunction('Work', {
        entry: 'ok.ts',
        triggers: [Trigger.queue(queue), Trigger.queue(queue)],
      }),
    ).toThrow('`functions.Work.triggers` must name each queue once, got Test/App/Jobs twice');
  });

  test.each<[string, QueueTriggerOptions, object]>([
    ['the defaults of Lambda', {}, { MinimumPollers: 2, MaximumPollers: 200 }],
    [
      'the limits',
      { provisionedPollers: { min: 200, max: 2000 } },
      { MinimumPollers: 200, MaximumPollers: 2000 },
    ],
    [
      'the same number',
      { provisionedPollers: { min: 2, max: 2 } },
      { MinimumPollers: 2, MaximumPollers: 2 },
    ],
  ])('has pollers of its own with %s', (_what, options, expected) => {
    withQueue({ provisionedPollers: {}, ...options })
      .template()
      .hasResourceProperties(MAPPING, {
        ProvisionedPollerConfig: expected,
        ScalingConfig: Match.absent(),
      });
  });

  test.each<[string, QueueTriggerOptions, string]>([
    ['one poller', { provisionedPollers: { min: 1 } }, 'min` must be a whole number from 2 to 200'],
    [
      '2,001 pollers',
      { provisionedPollers: { max: 2001 } },
      'max` must be a whole number from 2 to 2000',
    ],
    [
      'fewer pollers than are ready',
      { provisionedPollers: { min: 5, max: 4 } },
      'max` must not be below `min`, 5 pollers, got 4: raise it',
    ],
  ])('fails for %s', (_what, options, message) => {
    expect(() => withQueue(options)).toThrow(`\`functions.Work.provisionedPollers.${message}`);
  });

  test('fails for pollers and a maximum of invocations', () => {
    expect(() => withQueue({ provisionedPollers: {}, maxConcurrency: 5 })).toThrow(
      '`functions.Work.maxConcurrency` must not be combined with `provisionedPollers`',
    );
  });

  test('refuses retries of asynchronous events', () => {
    const { app } = quickApp();

    expect(() =>
      app.onMessage(app.addQueue('Jobs'), 'ok.ts', { id: 'Work', retryAttempts: 1 }),
    ).toThrow('`functions.Work.retryAttempts` must be left out');
  });
});

describe('a queue of the app', () => {
  test('is encrypted, keeps messages for 14 days, and hides them for six timeouts of its slowest reader', () => {
    const { app, stack } = quickApp();
    const queue = app.addQueue('Jobs');
    app.onMessage(queue, 'ok.ts', { id: 'Fast', timeout: Duration.seconds(5) });
    app.onMessage(queue, 'ok.ts', {
      id: 'Slow',
      timeout: Duration.seconds(20),
      maxBatchingWindow: Duration.seconds(30),
    });

    expect(resource(Template.fromStack(stack), QUEUE, 'AppJobs')).toMatchObject({
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 1_209_600,
      VisibilityTimeout: 150,
    });
  });

  test('moves a message to the failure queue after five receives', () => {
    const template = withQueue().template();

    expect(resource(template, QUEUE, 'AppJobs')['RedrivePolicy']).toEqual({
      deadLetterTargetArn: {
        'Fn::GetAtt': [expect.stringMatching(/^AppFailureQueue/) as string, 'Arn'],
      },
      maxReceiveCount: 5,
    });
  });

  test('of FIFO type has a FIFO failure queue with an alarm', () => {
    const { app, stack } = quickApp({ notify: ['ops@example.com'] });
    app.onMessage(app.addQueue('Jobs', { fifo: true }), 'ok.ts');
    const template = Template.fromStack(stack);

    expect(resource(template, QUEUE, 'AppJobs')).toMatchObject({
      FifoQueue: true,
      RedrivePolicy: {
        deadLetterTargetArn: {
          'Fn::GetAtt': [expect.stringMatching(/^AppFifoFailureQueue/) as string, 'Arn'],
        },
      },
    });
    expect(app.tryGetAlarm('FifoFailuresWaiting')).toBeDefined();
    expect(app.tryGetAlarm('FailuresWaiting')).toBeUndefined();
  });

  test.each<[string, sqs.QueueProps]>([
    ['alone', {}],
    ['with its scope', { deduplicationScope: sqs.DeduplicationScope.MESSAGE_GROUP }],
    ['of the FIFO type', { fifo: true }],
  ])('with a throughput for each message group, given %s, is FIFO', (_what, props) => {
    const template = withQueue(
      {},
      { fifoThroughputLimit: sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID, ...props },
    ).template();

    expect(resource(template, QUEUE, 'AppJobs')).toMatchObject({
      FifoQueue: true,
      FifoThroughputLimit: 'perMessageGroupId',
      DeduplicationScope: 'messageGroup',
      RedrivePolicy: {
        deadLetterTargetArn: {
          'Fn::GetAtt': [expect.stringMatching(/^AppFifoFailureQueue/) as string, 'Arn'],
        },
      },
    });
  });

  test('with a throughput for each message group fails for another scope', () => {
    expect(() =>
      withQueue(
        {},
        {
          fifoThroughputLimit: sqs.FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
          deduplicationScope: sqs.DeduplicationScope.QUEUE,
        },
      ),
    ).toThrow('`queues.Jobs.deduplicationScope` must be MESSAGE_GROUP if the throughput');
  });

  test.each<[string, sqs.QueueProps, object]>([
    ['visibility timeout', { visibilityTimeout: Duration.minutes(9) }, { VisibilityTimeout: 540 }],
    [
      'retention',
      { retentionPeriod: Duration.days(1) },
      { MessageRetentionPeriod: 86_400, SqsManagedSseEnabled: true },
    ],
    ['name', { queueName: 'jobs' }, { QueueName: 'jobs' }],
    ['no value', { fifo: undefined, queueName: undefined }, { SqsManagedSseEnabled: true }],
  ])('accepts the user’s %s', (_what, props, expected) => {
    expect(resource(withQueue({}, props).template(), QUEUE, 'AppJobs')).toMatchObject(expected);
  });

  test('accepts the user’s dead-letter queue', () => {
    const { app, stack } = quickApp();
    const own = new sqs.Queue(stack, 'Own');
    app.addQueue('Jobs', { deadLetterQueue: { queue: own, maxReceiveCount: 9 } });
    app.addFunction('F', { entry: 'ok.ts' });

    expect(resource(Template.fromStack(stack), QUEUE, 'AppJobs')['RedrivePolicy']).toEqual({
      deadLetterTargetArn: { 'Fn::GetAtt': [expect.stringMatching(/^Own/) as string, 'Arn'] },
      maxReceiveCount: 9,
    });
  });

  test('keeps the default visibility timeout of SQS without a reader', () => {
    const { app, stack } = quickApp();
    app.addQueue('Jobs');
    app.addFunction('F', { entry: 'ok.ts' });

    expect(resource(Template.fromStack(stack), QUEUE, 'AppJobs')).not.toHaveProperty(
      'VisibilityTimeout',
    );
  });

  test('is deleted with a development stack', () => {
    const { app, stack } = quickApp({ stage: AppStage.DEVELOPMENT });
    app.onMessage(app.addQueue('Jobs'), 'ok.ts');

    Template.fromStack(stack).allResources(QUEUE, { DeletionPolicy: 'Delete' });
  });

  test('fails for an id that is taken', () => {
    const { app } = quickApp();
    app.addTable('Jobs', { partitionKey: 'id' });

    expect(() => app.addQueue('Jobs')).toThrow('`queues.Jobs` must have a unique id');
  });

  test('that triggers a function which sends to it is a loop', () => {
    const { app } = quickApp();
    const queue = app.addQueue('Jobs');
    const fn = app.onMessage(queue, 'ok.ts', { id: 'Work' });
    queue.grantSendMessages(fn);

    expect(app.findings().map(({ id }) => id)).toContain('cdk-serverless-app:event-loop');
  });
});
