import * as events from 'aws-cdk-lib/aws-events';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import { Sharding } from '../../lib';
import { quickApp, warnings } from '../support/synth';

const { EventBus, Rule } = events;
const isOurs = (text: string): boolean => /event-rules|filter-policies/.test(text);

function pattern(i: number): events.EventPattern {
  return { source: ['shop'], detailType: [`Kind${i}`] };
}

test('rules on the default bus and on others are counted apart, with those that the app did not create', () => {
  const { app, stack } = quickApp();
  const bus = new EventBus(stack, 'Bus');
  app.onEvent(pattern(0), 'ok.ts', { id: 'Default' });
  app.onEvent(pattern(0), 'ok.ts', { id: 'Own', eventBus: bus });
  for (let i = 1; i <= 300; i++) {
    new Rule(stack, `Rule${i}`, { eventBus: bus, eventPattern: pattern(i) });
  }

  expect(warnings(stack).filter(isOurs)).toEqual([
    expect.stringContaining('got 301 on Test/Bus: request a higher quota') as string,
  ]);
});

test('rules in shards count for the bus of the app’s stack', () => {
  const { app, stack } = quickApp({ sharding: Sharding.nestedStacks(2) });
  const bus = app.addEventBus('Bus');
  for (let i = 0; i < 4; i++) {
    app.onEvent(pattern(i), 'ok.ts', { id: `F${i}`, eventBus: bus });
  }
  for (let i = 4; i <= 300; i++) {
    new Rule(stack, `Rule${i}`, { eventBus: bus, eventPattern: pattern(i) });
  }

  expect(warnings(stack).filter(isOurs)).toEqual([
    expect.stringContaining('got 301 on Test/App/Bus:') as string,
  ]);
});

test.each([
  [2000, 0],
  [2100, 1],
])('a pattern with %i characters of text: %i warnings', (length, count) => {
  const { app, stack } = quickApp();
  app.onEvent({ source: ['x'.repeat(length)] }, 'ok.ts');

  expect(warnings(stack).filter(isOurs)).toHaveLength(count);
});

test.each([
  [200, 0],
  [201, 1],
])('%i filter policies of a topic: %i warnings', (policies, count) => {
  const { app, stack } = quickApp();
  const topic = new sns.Topic(stack, 'Topic', { enforceSSL: true });
  const filterPolicy = { kind: sns.SubscriptionFilter.stringFilter({ allowlist: ['a'] }) };
  app.onNotification(topic, 'ok.ts', { filterPolicy });
  for (let i = 1; i < policies; i++) {
    topic.addSubscription(
      new subscriptions.EmailSubscription(`ops${i}@example.com`, { filterPolicy }),
    );
  }
  topic.addSubscription(new subscriptions.EmailSubscription('all@example.com'));

  expect(warnings(stack).filter(isOurs)).toHaveLength(count);
});
