import { Lazy } from 'aws-cdk-lib';
import { ServerlessApp } from '../../lib';
import { quickApp } from '../support/synth';

type Add = (app: ServerlessApp, name: string) => unknown;

/** How each named resource is made, and the longest name that AWS takes. */
const RESOURCES: readonly (readonly [string, Add, number])[] = [
  ['queues.X.queueName', (app, queueName) => app.addQueue('X', { queueName }), 80],
  ['topics.X.topicName', (app, topicName) => app.addTopic('X', { topicName }), 256],
  ['streams.X.streamName', (app, streamName) => app.addStream('X', { streamName }), 128],
  ['eventBuses.X.eventBusName', (app, eventBusName) => app.addEventBus('X', { eventBusName }), 256],
  [
    'tables.X.tableName',
    (app, tableName) => app.addTable('X', { partitionKey: 'id', tableName }),
    255,
  ],
];

const adding = (add: Add, name: string) => (): unknown => add(quickApp().app, name);

describe.each(RESOURCES)('%s', (path, add, longest) => {
  test.each(['\0', 'a b', 'é', 'a/b', 'a:b', ''])('%j is not a name', (name) => {
    expect(adding(add, name)).toThrow(`\`${path}\` must be text of`);
  });

  test('must not be too long', () => {
    expect(adding(add, 'x'.repeat(longest))).not.toThrow();
    expect(adding(add, 'x'.repeat(longest + 1))).toThrow(`\`${path}\` must be text of`);
  });

  test('can be known only at deployment', () => {
    const name = Lazy.string({ produce: () => 'later' });
    expect(adding(add, name)).not.toThrow();
  });
});

test('the name of a FIFO queue or topic ends with .fifo', () => {
  const { app } = quickApp();
  app.addQueue('Q', { queueName: 'orders.fifo', fifo: true });
  app.addTopic('T', { topicName: 'orders.fifo', fifo: true });
  expect(() => app.addQueue('P', { queueName: 'a.b.fifo', fifo: true })).toThrow(
    '`queues.P.queueName` must be text of 1 to 80 characters',
  );
});
