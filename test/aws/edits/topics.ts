import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  AppEventBusProps,
  AppFunctionOptions,
  EventTriggerOptions,
  ServerlessApp,
  TopicTriggerOptions,
} from 'cdk-serverless-app';
import { always, both, Declare, Edit, fine, version } from './edit';

const allow = (...allowlist: string[]): sns.SubscriptionFilter =>
  sns.SubscriptionFilter.stringFilter({ allowlist });

const listens = (
  id: string,
  options: TopicTriggerOptions & AppFunctionOptions = {},
  props: sns.TopicProps = {},
): Declare =>
  both(always, (app) => {
    app.onNotification(app.addTopic('News', props), 'ok.ts', { id, ...options });
  });

const ORDERS: events.EventPattern = { source: ['shop'], detailType: ['OrderPlaced'] };
const busOf = (app: ServerlessApp, props: AppEventBusProps = {}): events.EventBus =>
  app.addEventBus('Shop', props);
const hears = (
  id: string,
  pattern = ORDERS,
  options: EventTriggerOptions & AppFunctionOptions = {},
  props: AppEventBusProps = {},
): Declare =>
  both(always, (app) => {
    app.onEvent(pattern, 'ok.ts', { id, eventBus: busOf(app, props), ...options });
  });

/** The topic and the bus stay, only their listener goes. */
const bare: Declare = both(always, (app) => {
  app.addTopic('News');
  busOf(app);
});

export const TOPIC_EDITS: readonly Edit[] = [
  fine(
    'add a topic with a function, and remove it',
    version(always),
    version(listens('Mail')),
    version(always),
  ),
  fine(
    'remove the function of a topic, and add it again',
    version(listens('Mail')),
    version(bare),
    version(listens('Mail')),
  ),
  fine(
    'add, change and remove a filter policy',
    version(listens('Mail')),
    version(listens('Mail', { filterPolicy: { kind: allow('order') } })),
    version(listens('Mail', { filterPolicy: { kind: allow('order', 'refund') } })),
    version(listens('Mail')),
  ),
  fine(
    'select by the body instead of the attributes',
    version(listens('Mail', { filterPolicy: { kind: allow('order') } })),
    version(
      listens('Mail', {
        filterPolicyWithMessageBody: { kind: sns.FilterOrPolicy.filter(allow('order')) },
      }),
    ),
  ),
  fine('rename the function of a topic', version(listens('Mail')), version(listens('Send'))),
];

export const EVENT_EDITS: readonly Edit[] = [
  fine(
    'add a bus with a function, and remove it',
    version(always),
    version(hears('Ship')),
    version(always),
  ),
  fine(
    'change what a pattern selects in `detail`',
    version(hears('Ship')),
    version(hears('Ship', { ...ORDERS, detail: { total: events.Match.greaterThan(5) } })),
  ),
  fine(
    'change the retries, the input, and switch a rule off',
    version(hears('Ship')),
    version(
      hears('Ship', ORDERS, {
        retryPolicy: { retryAttempts: 5, maxEventAge: Duration.hours(1) },
        input: events.RuleTargetInput.fromText('placed'),
        enabled: false,
      }),
    ),
  ),
  fine(
    'add an archive, change its retention, and remove it',
    version(hears('Ship')),
    version(hears('Ship', ORDERS, {}, { archiveRetention: Duration.days(30) })),
    version(hears('Ship', ORDERS, {}, { archiveRetention: Duration.days(7) })),
    version(hears('Ship')),
  ),
  fine('rename the function of a pattern', version(hears('Ship')), version(hears('Send'))),
  fine(
    'change the detail type of a pattern',
    version(hears('Ship')),
    version(hears('Ship', { ...ORDERS, detailType: ['OrderPaid'] })),
  ),
];
