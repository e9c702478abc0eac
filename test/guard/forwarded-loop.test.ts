// Loops through rules, subscriptions and notifications that the app did not make, in its own stack and in others.
import { Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3n from 'aws-cdk-lib/aws-s3-notifications';
import * as sns from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Access, AppFunction, ServerlessApp } from 'cdk-serverless-app';
import { quickApp } from '../support/synth';

const env = { account: '111111111111', region: 'eu-west-1' };

function loops(app: ServerlessApp): string[] {
  return app.findings().flatMap(({ id, message }) => (id.endsWith('event-loop') ? [message] : []));
}

interface Parts {
  readonly app: ServerlessApp;
  readonly stack: Stack;
  readonly uploads: s3.Bucket;
}

function withUploads(): Parts {
  const { app, stack } = quickApp();
  return { app, stack, uploads: app.addBucket('Uploads', { eventBridgeEnabled: true }) };
}

function created(bucket: s3.IBucket, detail: object = {}): events.EventPattern {
  const name = { bucket: { name: [bucket.bucketName] } };
  return { source: ['aws.s3'], detailType: ['Object Created'], detail: { ...name, ...detail } };
}

/** How the events of a bucket’s objects reach a function. */
const WAYS: ReadonlyArray<[string, (parts: Parts, detail?: object) => AppFunction]> = [
  [
    'an event trigger',
    ({ app, uploads }, detail) => app.onEvent(created(uploads, detail), 'ok.ts'),
  ],
  [
    'a rule and a queue',
    ({ app, stack, uploads }, detail) => {
      const jobs = app.addQueue('Jobs');
      const eventPattern = created(uploads, detail);
      new events.Rule(stack, 'Rule', { eventPattern, targets: [new targets.SqsQueue(jobs)] });
      return app.onMessage(jobs, 'ok.ts');
    },
  ],
  [
    'a rule, a topic and a queue',
    ({ app, stack, uploads }, detail) => {
      const [news, jobs] = [app.addTopic('News'), app.addQueue('Jobs')];
      const eventPattern = created(uploads, detail);
      new events.Rule(stack, 'Rule', { eventPattern, targets: [new targets.SnsTopic(news)] });
      news.addSubscription(new SqsSubscription(jobs));
      return app.onMessage(jobs, 'ok.ts');
    },
  ],
  [
    'a rule for the function',
    ({ app, stack, uploads }, detail) => {
      const fn = app.addFunction('Ok', { entry: 'ok.ts' });
      const eventPattern = created(uploads, detail);
      const target = new targets.LambdaFunction(fn.target);
      new events.Rule(stack, 'Rule', { eventPattern, targets: [target] });
      return fn;
    },
  ],
  [
    'a workflow',
    ({ app, stack, uploads }, detail) => {
      const fn = app.addFunction('Ok', { entry: 'ok.ts' });
      const step = new LambdaInvoke(stack, 'Step', { lambdaFunction: fn.target });
      const machine = new sfn.StateMachine(stack, 'Machine', {
        definitionBody: sfn.DefinitionBody.fromChainable(step),
      });
      app.addWorkflow('Flow', machine).onEvent(created(uploads, detail));
      return fn;
    },
  ],
];

describe.each(WAYS)('objects that run a function by %s', (_, listen) => {
  test.each<[string, object]>([
    ['of any key', {}],
    ['of a prefix that it may write', { object: { key: [{ prefix: 'out/' }] } }],
    ['of a suffix', { object: { key: [{ suffix: '.jpg' }] } }],
    ['of a prefix and a suffix', { object: { key: [{ wildcard: 'out/*.jpg' }] } }],
    ['of one of several prefixes', { object: { key: [{ prefix: 'in/' }, { prefix: 'out/' }] } }],
    ['that it puts itself', { reason: ['PutObject'] }],
  ])('%s, are a loop if it may write them', (_name, detail) => {
    const parts = withUploads();
    parts.uploads.grantPut(listen(parts, detail), 'out/*');

    expect(loops(parts.app)).toEqual([
      expect.stringMatching(/may (write|start the workflow Flow).*Test\/App\/Uploads/),
    ]);
  });

  test.each<[string, object]>([
    ['a prefix that it may not write', { object: { key: [{ prefix: 'in/' }] } }],
    ['a prefix and a suffix', { object: { key: [{ wildcard: 'in/*.jpg' }] } }],
    [
      'keys that a condition excludes',
      { object: { key: [{ 'anything-but': { prefix: 'out/' } }] } },
    ],
    ['sizes', { object: { size: [{ numeric: ['>', 5] }] } }],
  ])('of %s are no loop', (_name, detail) => {
    const parts = withUploads();
    parts.uploads.grantPut(listen(parts, detail), 'out/*');

    expect(loops(parts.app)).toEqual([]);
  });

  test('are no loop if it writes to another bucket, or removes objects only', () => {
    const parts = withUploads();
    const fn = listen(parts).writes(parts.app.addBucket('Results'));
    parts.uploads.grantDelete(fn);

    expect(loops(parts.app)).toEqual([]);
  });
});

describe('notifications of a bucket, which the CDK sets with a custom resource,', () => {
  const notifying = (type: s3.EventType, prefix?: string): ServerlessApp => {
    const { app, stack } = quickApp();
    const [bucket, jobs] = [new s3.Bucket(stack, 'Theirs'), app.addQueue('Jobs')];
    const filters = prefix === undefined ? [] : [{ prefix }];
    bucket.addEventNotification(type, new s3n.SqsDestination(jobs), ...filters);
    bucket.grantPut(app.onMessage(jobs, 'ok.ts'), 'out/*');
    return app;
  };

  test.each<[string, s3.EventType, string | undefined, number]>([
    ['for all keys', s3.EventType.OBJECT_CREATED, undefined, 1],
    ['for its keys', s3.EventType.OBJECT_CREATED_PUT, 'out/', 1],
    ['for others', s3.EventType.OBJECT_CREATED, 'in/', 0],
    ['for removed objects', s3.EventType.OBJECT_REMOVED, undefined, 0],
  ])('to the queue of a function that writes there, %s', (_, type, prefix, count) => {
    expect(loops(notifying(type, prefix))).toHaveLength(count);
  });

  test('to a function', () => {
    const { app, stack } = quickApp();
    const bucket = new s3.Bucket(stack, 'Theirs');
    const fn = app.addFunction('Ok', { entry: 'ok.ts' }).writes(bucket);
    bucket.addEventNotification(s3.EventType.OBJECT_CREATED, new s3n.LambdaDestination(fn.target));

    expect(loops(app)).toHaveLength(1);
  });

  test('of its own settings', () => {
    const { app, stack } = quickApp();
    const jobs = app.addQueue('Jobs');
    const bucket = new s3.Bucket(stack, 'Theirs');
    const filter = { s3Key: { rules: [{ name: 'prefix', value: 'in/' }] } };
    (bucket.node.defaultChild as s3.CfnBucket).notificationConfiguration = {
      queueConfigurations: [{ event: 's3:ObjectCreated:*', queue: jobs.queueArn, filter }],
    };
    const fn = app.onMessage(jobs, 'ok.ts');
    bucket.grantPut(fn, 'out/*');

    expect(loops(app)).toEqual([]);
    bucket.grantPut(fn, 'in/*');
    expect(loops(app)).toHaveLength(1);
  });
});

describe('in another stack,', () => {
  const twoStacks = (): { app: ServerlessApp; stack: Stack; other: Stack } => {
    const { app, stack } = quickApp({}, { env });
    return { app, stack, other: new Stack(stack.node.root, 'Other', { env }) };
  };
  const visibilityTimeout = Duration.minutes(6);

  test('a rule, its bus and the queue', () => {
    const { app, other } = twoStacks();
    const eventBus = new events.EventBus(other, 'Bus');
    const jobs = new sqs.Queue(other, 'Jobs', { visibilityTimeout });
    const eventPattern = { source: ['shop'] };
    new events.Rule(other, 'Rule', {
      eventBus,
      eventPattern,
      targets: [new targets.SqsQueue(jobs)],
    });
    app.onMessage(jobs, 'ok.ts').addAccess(Access.putEvents(eventBus));

    expect(loops(app)).toEqual([expect.stringContaining('may write Other/Bus')]);
  });

  test('a subscription, its topic and the queue', () => {
    const { app, other } = twoStacks();
    const news = new sns.Topic(other, 'News');
    const jobs = new sqs.Queue(other, 'Jobs', { visibilityTimeout });
    news.addSubscription(new SqsSubscription(jobs));
    app.onMessage(jobs, 'ok.ts').publishes(news);

    expect(loops(app)).toEqual([expect.stringContaining('may write Other/News')]);
  });

  test('a queue with the same logical id as one of the app is another queue', () => {
    const { app, stack, other } = twoStacks();
    const [ours, theirs] = [stack, other].map(
      (it) => new sqs.Queue(it, 'Jobs', { visibilityTimeout }),
    );
    const eventBus = app.addEventBus('Bus');
    if (ours === undefined || theirs === undefined) {
      throw new Error('two queues are needed');
    }
    const eventPattern = { source: ['shop'] };
    new events.Rule(other, 'Rule', {
      eventBus,
      eventPattern,
      targets: [new targets.SqsQueue(theirs)],
    });
    app.onMessage(ours, 'ok.ts').addAccess(Access.putEvents(eventBus));

    expect(loops(app)).toEqual([]);
  });
});

describe('a rule that sends the events of a bus', () => {
  function chain(first: events.EventPattern, second: events.EventPattern): ServerlessApp {
    const { app, stack } = quickApp();
    const [from, to] = [app.addEventBus('From'), app.addEventBus('To')];
    const target = new targets.EventBus(to);
    new events.Rule(stack, 'Rule', { eventBus: from, eventPattern: first, targets: [target] });
    app.onEvent(second, 'ok.ts', { eventBus: to }).addAccess(Access.putEvents(from));
    return app;
  }
  const source = ['shop'];

  test.each<[string, events.EventPattern, events.EventPattern, number]>([
    ['all events', { source }, { source }, 1],
    [
      'events that both select',
      { source, detailType: ['A', 'B'] },
      { source, detailType: ['B'] },
      1,
    ],
    [
      'events that the second does not select',
      { source, detailType: ['A'] },
      { source, detailType: ['B'] },
      0,
    ],
  ])('to another bus: %s', (_, first, second, count) => {
    expect(loops(chain(first, second))).toHaveLength(count);
  });

  test('to a stream', () => {
    const { app, stack } = quickApp();
    const [eventBus, clicks] = [app.addEventBus('Bus'), app.addStream('Clicks')];
    const eventPattern = { source };
    new events.Rule(stack, 'Rule', {
      eventBus,
      eventPattern,
      targets: [new targets.KinesisStream(clicks)],
    });
    app.onRecord(clicks, 'ok.ts').addAccess(Access.putEvents(eventBus));

    expect(loops(app)).toHaveLength(1);
  });

  test('to each other ends', () => {
    const { app, stack } = quickApp();
    const [one, two] = [app.addEventBus('One'), app.addEventBus('Two')];
    const eventPattern = { source };
    new events.Rule(stack, 'There', {
      eventBus: one,
      eventPattern,
      targets: [new targets.EventBus(two)],
    });
    new events.Rule(stack, 'Back', {
      eventBus: two,
      eventPattern,
      targets: [new targets.EventBus(one)],
    });
    app.onEvent({ source }, 'ok.ts', { eventBus: two });

    expect(loops(app)).toEqual([]);
  });
});
