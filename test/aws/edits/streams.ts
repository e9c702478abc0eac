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
  instead: 'Nothing, if the function is idempotent, as it must be anyway. Otherwise keep the `id`.',
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
    'the same with `startingPosition: LATEST`',
    [with_({ startingPosition: LATEST }), version(changes('Other', { startingPosition: LATEST }))],
    {
      kinds: ['events-lost'],
      what: 'The new mapping starts with the latest record; records that the old one had not processed are lost.',
      instead: 'Leave `startingPosition` out, or write `TRIM_HORIZON`, for the new function.',
      steps: [with_({ startingPosition: LATEST }), version(changes('Other'))],
    },
  ),
  troubled(
    'change `startingPosition`',
    [with_({ startingPosition: LATEST }), with_({ startingPosition: TRIM_HORIZON })],
    {
      kinds: ['will-fail', 'events-repeated'],
      what: 'It can be given only when a mapping is created, and Lambda refuses a second mapping of one stream to one function.',
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
    fine(`set \`${name}\` of a table’s changes, and back`, one, with_(options), one),
  ),
];
