import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { AppFunctionOptions, QueueTriggerOptions, Trigger } from 'cdk-serverless-app';
import type { Version } from '../support/versions';
import { always, both, Declare, Edit, fine, troubled, version } from './edit';

const messages = (
  id: string,
  options: QueueTriggerOptions & AppFunctionOptions = {},
  props: sqs.QueueProps = {},
): Declare =>
  both(always, (app) => {
    app.onMessage(app.addQueue('Jobs', props), 'ok.ts', { id, ...options });
  });
const of = (props: sqs.QueueProps): Version => version(messages('Work', {}, props));

const one = version(messages('Work'));
const none = version(both(always, (app) => void app.addQueue('Jobs')));
const without = version(always);

const NEW_QUEUE = {
  what: 'The app has a new, empty queue. The old one stays in the account with its messages, but nothing reads them any more.',
  instead:
    'Add a queue with another id next to the old one, send to it, and remove the old one when it is empty.',
} as const;

export const QUEUE_EDITS: readonly Edit[] = [
  fine('add a queue', without, none),
  fine('add a function for the messages of a queue', none, one),
  fine('remove the function of a queue, and add it again', one, none, one),
  fine('rename the function (or its file) of a queue', one, version(messages('Other'))),
  fine(
    'move the messages of a queue to another function',
    version(both(messages('Work'), (app) => void app.addFunction('Other', { entry: 'other.ts' }))),
    version(
      both(always, (app) => {
        app.addFunction('Work', { entry: 'ok.ts' });
        app.addFunction('Other', {
          entry: 'other.ts',
          triggers: [Trigger.queue(app.addQueue('Jobs'))],
        });
      }),
    ),
  ),
  troubled('remove a queue, and add it again', [one, without, one], {
    kinds: ['left-behind'],
    what: 'The removed queue stays in the account with its messages; the new one is empty.',
    instead: 'Remove it only when it is empty. Or reference the old one with `Queue.fromQueueArn`.',
  }),
  troubled(
    'rename a queue’s id',
    [
      one,
      version(
        both(always, (app) => void app.onMessage(app.addQueue('Tasks'), 'ok.ts', { id: 'Work' })),
      ),
    ],
    { ...NEW_QUEUE, kinds: ['left-behind'] },
  ),
  troubled('change a queue to a FIFO queue', [one, of({ fifo: true })], {
    ...NEW_QUEUE,
    kinds: ['data-replaced', 'downtime'],
  }),
  troubled('add a name to a queue', [one, of({ queueName: 'jobs' })], {
    ...NEW_QUEUE,
    kinds: ['data-replaced', 'downtime'],
  }),
  ...Object.entries<sqs.QueueProps>({
    retentionPeriod: { retentionPeriod: Duration.days(2) },
    deliveryDelay: { deliveryDelay: Duration.seconds(9) },
    maxMessageSizeBytes: { maxMessageSizeBytes: 2048 },
    receiveMessageWaitTime: { receiveMessageWaitTime: Duration.seconds(9) },
    visibilityTimeout: { visibilityTimeout: Duration.hours(1) },
    encryption: { encryption: sqs.QueueEncryption.KMS_MANAGED },
    removalPolicy: { removalPolicy: RemovalPolicy.DESTROY },
  }).map(([name, props]) => fine(`set and unset \`${name}\` of a queue`, one, of(props), one)),
  ...Object.entries<QueueTriggerOptions>({
    batchSize: { batchSize: 5 },
    maxBatchingWindow: { maxBatchingWindow: Duration.seconds(5) },
    maxConcurrency: { maxConcurrency: 4 },
    provisionedPollers: { provisionedPollers: { min: 2, max: 9 } },
    filters: { filters: [lambda.FilterCriteria.filter({ body: { kind: ['order'] } })] },
    reportBatchItemFailures: { reportBatchItemFailures: false },
    enabled: { enabled: false },
    monthlyEvents: { monthlyEvents: { moderate: 7 } },
  }).map(([name, options]) =>
    fine(
      `set and unset \`${name}\` of a queue’s messages`,
      one,
      version(messages('Work', options)),
      one,
    ),
  ),
];
