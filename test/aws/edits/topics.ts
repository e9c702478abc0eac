import { Duration, Stack } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import {
  AppEventBusProps,
  AppFunctionOptions,
  EventTriggerOptions,
  ServerlessApp,
  TopicTriggerOptions,
  Trigger,
} from 'cdk-serverless-app';
import { always, both, Declare, Edit, fine, troubled, version } from './edit';

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

const onDefaultBus: Declare = both(always, (app) => {
  busOf(app);
  app.onEvent(ORDERS, 'ok.ts', { id: 'Ship' });
});

/** The topic and the bus stay, only their listener goes. */
const bare: Declare = both(always, (app) => {
  app.addTopic('News');
  busOf(app);
});

const topicAlone =
  (props: sns.TopicProps = {}): Declare =>
  (app) => {
    always(app, Stack.of(app));
    app.addTopic('News', props);
  };
const withKey = (props: (key: kms.IKey) => sns.TopicProps): ReturnType<typeof version> =>
  version((app, stack) => {
    listens('Mail', {}, props(new kms.Key(stack, 'Key')))(app, stack);
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
    'add, change and remove `filterPolicy`',
    version(listens('Mail')),
    version(listens('Mail', { filterPolicy: { kind: allow('order') } })),
    version(listens('Mail', { filterPolicy: { kind: allow('order', 'refund') } })),
    version(listens('Mail')),
  ),
  fine(
    'filter by the body (`filterPolicyWithMessageBody`) instead of the attributes',
    version(listens('Mail', { filterPolicy: { kind: allow('order') } })),
    version(
      listens('Mail', {
        filterPolicyWithMessageBody: { kind: sns.FilterOrPolicy.filter(allow('order')) },
      }),
    ),
  ),
  fine(
    'move the messages of a topic to another function',
    version(both(listens('Mail'), (app) => void app.addFunction('Send', { entry: 'other.ts' }))),
    version(
      both(always, (app) => {
        app.addFunction('Mail', { entry: 'ok.ts' });
        app.addFunction('Send', {
          entry: 'other.ts',
          triggers: [Trigger.topic(app.addTopic('News'))],
        });
      }),
    ),
  ),
  fine(
    'rename a topic’s id',
    version(listens('Mail')),
    version(
      both(
        always,
        (app) => void app.onNotification(app.addTopic('Posts'), 'ok.ts', { id: 'Mail' }),
      ),
    ),
  ),
  ...Object.entries<[sns.TopicProps, string]>({
    topicName: [{ topicName: 'news' }, 'name'],
    fifo: [{ fifo: true }, 'type'],
  }).map(([name, [props]]) =>
    troubled(`set \`${name}\` of a topic`, [version(topicAlone()), version(topicAlone(props))], {
      kinds: ['downtime'],
      what: 'CloudFormation replaces the topic. The app’s functions publish to the new one, but publishers elsewhere still use the old ARN.',
      instead: 'Add a topic with another id, move the publishers, and remove the old one last.',
    }),
  ),
  ...Object.entries<sns.TopicProps>({
    displayName: { displayName: 'News' },
    signatureVersion: { signatureVersion: '2' },
    tracingConfig: { tracingConfig: sns.TracingConfig.ACTIVE },
    enforceSSL: { enforceSSL: false },
  }).map(([name, props]) =>
    fine(
      `set and unset \`${name}\` of a topic`,
      version(listens('Mail')),
      version(listens('Mail', {}, props)),
      version(listens('Mail')),
    ),
  ),
  fine(
    'set and unset `masterKey` of a topic',
    withKey(() => ({})),
    withKey((masterKey) => ({ masterKey })),
    withKey(() => ({})),
  ),
  fine(
    'set and unset `monthlyEvents` of a topic’s messages',
    version(listens('Mail')),
    version(listens('Mail', { monthlyEvents: { moderate: 7 } })),
    version(listens('Mail')),
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
    'change what a pattern matches in `detail`',
    version(hears('Ship')),
    version(hears('Ship', { ...ORDERS, detail: { total: events.Match.greaterThan(5) } })),
  ),
  ...Object.entries<EventTriggerOptions>({
    retryPolicy: { retryPolicy: { retryAttempts: 5, maxEventAge: Duration.hours(1) } },
    input: { input: events.RuleTargetInput.fromText('placed') },
    enabled: { enabled: false },
    monthlyEvents: { monthlyEvents: { moderate: 7 } },
  }).map(([name, options]) =>
    fine(
      `set and unset \`${name}\` of a pattern`,
      version(hears('Ship')),
      version(hears('Ship', ORDERS, options)),
      version(hears('Ship')),
    ),
  ),
  fine(
    'change `eventBus` of a pattern from the default bus to one of the app, and change it back',
    version(onDefaultBus),
    version(hears('Ship')),
    version(onDefaultBus),
  ),
  fine(
    'move a pattern to another function',
    version(both(hears('Ship'), (app) => void app.addFunction('Send', { entry: 'other.ts' }))),
    version(
      both(always, (app) => {
        app.addFunction('Ship', { entry: 'ok.ts' });
        app.addFunction('Send', {
          entry: 'other.ts',
          triggers: [Trigger.events(ORDERS, { eventBus: busOf(app) })],
        });
      }),
    ),
  ),
  fine(
    'add an archive, and change its retention',
    version(hears('Ship')),
    version(hears('Ship', ORDERS, {}, { archiveRetention: Duration.days(30) })),
    version(hears('Ship', ORDERS, {}, { archiveRetention: Duration.days(7) })),
  ),
  troubled(
    'remove the archive of a bus',
    [
      version(hears('Ship', ORDERS, {}, { archiveRetention: Duration.days(30) })),
      version(hears('Ship')),
    ],
    {
      kinds: ['data-loss'],
      what: 'The archive is deleted with its events.',
      instead:
        'Keep it until you no longer need its events; a shorter `archiveRetention` empties it.',
    },
  ),
  troubled(
    'rename the id of a bus with an archive',
    [
      version(hears('Ship', ORDERS, {}, { archiveRetention: Duration.days(30) })),
      version(
        both(always, (app) => {
          const eventBus = app.addEventBus('Orders', { archiveRetention: Duration.days(30) });
          app.onEvent(ORDERS, 'ok.ts', { id: 'Ship', eventBus });
        }),
      ),
    ],
    {
      kinds: ['data-loss'],
      what: 'The archive is deleted with its events, and publishers elsewhere still use the old name of the bus.',
      instead: 'Keep the id.',
    },
  ),
  fine(
    'rename the id of a bus',
    version(hears('Ship')),
    version(
      both(always, (app) => {
        app.onEvent(ORDERS, 'ok.ts', { id: 'Ship', eventBus: app.addEventBus('Orders') });
      }),
    ),
  ),
  fine(
    'add a name to a bus, and change it',
    version(hears('Ship')),
    version(hears('Ship', ORDERS, {}, { eventBusName: 'one' })),
    version(hears('Ship', ORDERS, {}, { eventBusName: 'two' })),
  ),
  fine('rename the function of a pattern', version(hears('Ship')), version(hears('Send'))),
  fine(
    'change the detail type of a pattern',
    version(hears('Ship')),
    version(hears('Ship', { ...ORDERS, detailType: ['OrderPaid'] })),
  ),
];
