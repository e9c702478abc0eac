import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Trigger } from 'cdk-serverless-app';
import { always, both, changes, Edit, fine, tableOf, troubled, version } from './edit';

const { LATEST, TRIM_HORIZON } = lambda.StartingPosition;
const one = version(changes('Project'));
const none = version(both(always, (app) => void tableOf(app)));
const with_ = (options: Parameters<typeof changes>[1]): ReturnType<typeof version> =>
  version(changes('Project', options));

const REPEATED = {
  kinds: ['events-repeated'],
  what: 'The new mapping starts with the oldest record of the stream, so changes of the last 24 hours are processed again.',
  instead:
    'Nothing, if the function is idempotent, as streams require anyway. Otherwise keep the `id`.',
} as const;

export const STREAM_EDITS: readonly Edit[] = [
  fine('add a function for the changes of a table', none, one),
  fine('remove the last function for the changes of a table, and add it again', one, none, one),
  troubled(
    'rename the function (or its file) of a table’s changes',
    [one, version(changes('Other'))],
    REPEATED,
  ),
  troubled(
    'move the changes of a table to another function',
    [
      version(
        both(changes('Project'), (app) => void app.addFunction('Other', { entry: 'other.ts' })),
      ),
      version(
        both(always, (app) => {
          app.addFunction('Project', { entry: 'ok.ts' });
          app.addFunction('Other', {
            entry: 'other.ts',
            triggers: [Trigger.tableChanges(tableOf(app))],
          });
        }),
      ),
    ],
    REPEATED,
  ),
  troubled(
    'move the changes of a table to another function, with `startingPosition: LATEST`',
    [with_({ startingPosition: LATEST }), version(changes('Other', { startingPosition: LATEST }))],
    {
      kinds: ['events-lost'],
      what: 'The new mapping starts with the latest record; records that the old one had not yet processed are lost.',
      instead: 'For the new function, omit `startingPosition`, or set it to `TRIM_HORIZON`.',
      steps: [with_({ startingPosition: LATEST }), version(changes('Other'))],
    },
  ),
  troubled(
    'change `startingPosition`',
    [with_({ startingPosition: LATEST }), with_({ startingPosition: TRIM_HORIZON })],
    {
      kinds: ['will-fail', 'events-repeated'],
      what: 'It can be set only when a mapping is created, and Lambda rejects a second mapping from the same stream to the same function.',
      instead:
        'Leave it unchanged: it has no effect on an existing mapping. Or remove the trigger in one deployment, and add it again in the next.',
      steps: [with_({ startingPosition: LATEST }), none, with_({ startingPosition: TRIM_HORIZON })],
    },
  ),
  ...Object.entries({
    batchSize: { batchSize: 10 },
    maxBatchingWindow: { maxBatchingWindow: Duration.seconds(5) },
    filters: { filters: [lambda.FilterCriteria.filter({ eventName: ['INSERT'] })] },
    parallelizationFactor: { parallelizationFactor: 4 },
    tumblingWindow: { tumblingWindow: Duration.seconds(30) },
    maxRetryAttempts: { maxRetryAttempts: 2 },
    maxRecordAge: { maxRecordAge: Duration.hours(2) },
    bisectBatchOnError: { bisectBatchOnError: false },
    reportBatchItemFailures: { reportBatchItemFailures: false },
    enabled: { enabled: false },
    monthlyEvents: { monthlyEvents: { moderate: 7 } },
  }).map(([name, options]) =>
    fine(`set and unset \`${name}\` of a table’s changes`, one, with_(options), one),
  ),
];
