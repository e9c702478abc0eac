import { Duration, Stack } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { EventPattern, Match, Rule } from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import { SubscriptionFilter } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Access, InvocationType, ITrigger, ServerlessApp } from 'cdk-serverless-app';
import { QUEUE_KIND } from '../../lib/kinds/queue-kind';
import { quickApp } from '../support/synth';

/** A function that receives from a queue, as the queue's trigger connects it. */
function receiver(details: object = {}): { app: ServerlessApp; stack: Stack; queue: sqs.Queue } {
  const { app, stack } = quickApp();
  const queue = new sqs.Queue(stack, 'Jobs', { visibilityTimeout: Duration.minutes(6) });
  const trigger: ITrigger = {
    bind: (fn) => {
      fn.target.addEventSource(new SqsEventSource(queue));
      return {
        kind: QUEUE_KIND.kind,
        invocation: InvocationType.POLLED,
        source: queue.node.path,
        details,
      };
    },
  };
  app.addFunction('Worker', { entry: 'ok.ts', triggers: [trigger] });
  return { app, stack, queue };
}

function loops(app: ServerlessApp): string[] {
  return app.findings().flatMap(({ id, message }) => (id.endsWith('event-loop') ? [message] : []));
}

describe('a function that receives from a queue', () => {
  test('and may send to it through a CDK grant is a loop', () => {
    const { app, queue } = receiver();
    const [worker] = app.functions;
    if (worker !== undefined) {
      queue.grantSendMessages(worker);
    }

    expect(loops(app)).toEqual([
      expect.stringContaining('Worker may write Test/Jobs, which triggers Worker'),
    ]);
  });

  test('and may send to it through its access is a loop', () => {
    const { app, queue } = receiver();
    app.functions[0]?.addAccess(Access.send(queue));

    expect(loops(app)).toHaveLength(1);
  });

  test('and may send to another queue is no loop', () => {
    const { app, stack } = receiver();
    app.functions[0]?.addAccess(Access.send(new sqs.Queue(stack, 'Other')));

    expect(loops(app)).toEqual([]);
  });

  test('is no loop if a filter selects the messages', () => {
    const { app, queue } = receiver({ filtered: true });
    app.functions[0]?.addAccess(Access.send(queue));

    expect(loops(app)).toEqual([]);
  });

  test('is no loop only because of the permissions for receiving', () => {
    expect(loops(receiver().app)).toEqual([]);
  });
});

describe('a function that receives a topic’s messages through a queue', () => {
  const publisher = (filtered: boolean): ServerlessApp => {
    const { app } = quickApp();
    const [topic, jobs] = [app.addTopic('News'), app.addQueue('Jobs')];
    const filterPolicy = { kind: SubscriptionFilter.stringFilter({ allowlist: ['new'] }) };
    topic.addSubscription(new SqsSubscription(jobs, filtered ? { filterPolicy } : {}));
    app.onMessage(jobs, 'ok.ts', { id: 'Worker' }).publishes(topic);
    return app;
  };

  test('and may publish to the topic is a loop', () => {
    expect(loops(publisher(false))).toEqual([
      expect.stringContaining('Worker may write Test/App/News, which triggers Worker'),
    ]);
  });

  test('is none if the subscription has a filter policy', () => {
    expect(loops(publisher(true))).toEqual([]);
  });
});

describe('a function that receives a bus’s events through a queue', () => {
  interface Rules {
    readonly pattern?: EventPattern;
    readonly puts?: string[];
    /** Whether a topic is between the rule and the queue. */
    readonly byTopic?: boolean;
    readonly onDefaultBus?: boolean;
  }

  function putter({ pattern, puts, byTopic = false, onDefaultBus = false }: Rules): ServerlessApp {
    const { app, stack } = quickApp();
    const bus = onDefaultBus ? app.defaultEventBus : app.addEventBus('Shop');
    const [topic, jobs] = [app.addTopic('News'), app.addQueue('Jobs')];
    topic.addSubscription(new SqsSubscription(jobs));
    new Rule(stack, 'ToJobs', {
      eventBus: onDefaultBus ? undefined : bus,
      eventPattern: { source: ['shop'], ...pattern },
      targets: [byTopic ? new targets.SnsTopic(topic) : new targets.SqsQueue(jobs)],
    });
    app
      .onMessage(jobs, 'ok.ts', { id: 'Worker' })
      .addAccess(Access.putEvents(bus, { detailTypes: puts }));
    return app;
  }

  test.each<[string, Rules]>([
    ['any events', {}],
    ['events that the rule selects', { pattern: { detailType: ['Paid'] }, puts: ['Paid', 'Sent'] }],
    [
      'events that the rule may select',
      { pattern: { detailType: Match.prefix('P') }, puts: ['Paid'] },
    ],
    ['any events of the rule, by a topic', { byTopic: true }],
    ['any events of the default bus', { onDefaultBus: true }],
  ])('and may put %s is a loop', (_, rules) => {
    expect(loops(putter(rules))).toEqual([
      expect.stringMatching(
        /Worker may write Test\/App\/(Shop|DefaultEventBus), which triggers Worker/,
      ),
    ]);
  });

  test.each<[string, Rules]>([
    ['other events', { pattern: { detailType: ['Paid'] }, puts: ['Sent'] }],
    ['events, while the rule forwards those of AWS', { pattern: { source: ['aws.s3'] } }],
  ])('and may put %s is no loop', (_, rules) => {
    expect(loops(putter(rules))).toEqual([]);
  });
});

test.each([
  ['no loop with the events of AWS services, which a function cannot put', ['aws.ecs'], 0],
  ['a loop with events that a function can put', ['shop'], 1],
  ['a loop with both', ['aws.ecs', 'shop'], 1],
])('a function that puts events on the default bus has %s', (_what, source, count) => {
  const { app } = quickApp();
  const notice = app.onEvent({ source }, 'ok.ts', { id: 'Notice' });
  notice.addAccess(Access.putEvents(app.defaultEventBus));

  expect(loops(app)).toHaveLength(count);
});
