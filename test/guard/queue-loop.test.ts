import { Duration, Stack } from 'aws-cdk-lib';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
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
