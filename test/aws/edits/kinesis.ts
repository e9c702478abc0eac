import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as kinesis from 'aws-cdk-lib/aws-kinesis';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Trigger } from 'cdk-serverless-app';
import { always, both, Edit, fine, records, troubled, version } from './edit';

const one = version(records('Count'));
const none = version(both(always, (app) => void app.addStream('Clicks')));
const with_ = (options: Parameters<typeof records>[1]): ReturnType<typeof version> =>
  version(records('Count', options));

const streams = (props: kinesis.StreamProps): ReturnType<typeof version> =>
  version(
    both(always, (app) => {
      app.onRecord(app.addStream('Clicks', props), 'ok.ts', { id: 'Count' });
    }),
  );

const REPEATED = {
  kinds: ['events-repeated'],
  what: 'The new mapping starts with the oldest record of the stream, so the records that the stream still holds are processed again.',
  instead:
    'Nothing, if the function is idempotent, as streams require anyway. Otherwise keep the `id`.',
} as const;

export const KINESIS_EDITS: readonly Edit[] = [
  fine('add a function for the records of a stream', none, one),
  fine('remove the last function for the records of a stream, and add it again', one, none, one),
  troubled(
    'rename the function (or its file) of a stream’s records',
    [one, version(records('Other'))],
    REPEATED,
  ),
  troubled(
    'rename the function of a stream’s records that has `enhancedFanOut`',
    [with_({ enhancedFanOut: true }), version(records('Other', { enhancedFanOut: true }))],
    REPEATED,
  ),
  ...[
    ['set', one, with_({ enhancedFanOut: true })] as const,
    ['unset', with_({ enhancedFanOut: true }), one] as const,
  ].map(([what, before, after]) =>
    troubled(`${what} \`enhancedFanOut\` of a stream’s records`, [before, after], {
      ...REPEATED,
      instead: 'Nothing, if the function is idempotent, as streams require anyway.',
    }),
  ),
  troubled(
    'move the records of a stream to another function',
    [
      version(
        both(records('Count'), (app) => void app.addFunction('Other', { entry: 'other.ts' })),
      ),
      version(
        both(always, (app) => {
          app.addFunction('Count', { entry: 'ok.ts' });
          app.addFunction('Other', {
            entry: 'other.ts',
            triggers: [Trigger.stream(app.addStream('Clicks'))],
          });
        }),
      ),
    ],
    REPEATED,
  ),
  troubled(
    'change `startingPosition` or `startingPositionTimestamp` of a stream’s records',
    [
      one,
      with_({
        startingPosition: lambda.StartingPosition.AT_TIMESTAMP,
        startingPositionTimestamp: new Date('2026-11-01'),
      }),
    ],
    {
      kinds: ['will-fail', 'events-repeated'],
      what: 'They can be set only when a mapping is created, and Lambda rejects a second mapping from the same stream to the same function.',
      instead:
        'Leave them unchanged: they have no effect on an existing mapping. Or remove the trigger in one deployment, and add it again in the next.',
      steps: [one, none, with_({ startingPosition: lambda.StartingPosition.LATEST })],
    },
  ),
  fine('add a stream', version(always), none),
  troubled('remove a stream, and add it again', [none, version(always), none], {
    kinds: ['left-behind'],
    what: 'The removed stream stays in the account with its records; the new one is empty.',
    instead: 'Reference the old one with `Stream.fromStreamArn`.',
  }),
  troubled(
    'rename a stream’s id',
    [
      one,
      version(
        both(always, (app) => void app.onRecord(app.addStream('Views'), 'ok.ts', { id: 'Count' })),
      ),
    ],
    {
      kinds: ['left-behind'],
      what: 'The app has a new, empty stream. The old one stays in the account, but nothing reads its records any more.',
      instead:
        'Add a stream with another id next to the old one, write to it, and remove the old one once its records are processed.',
    },
  ),
  troubled('add a name to a stream', [one, streams({ streamName: 'clicks' })], {
    kinds: ['data-replaced'],
    what: 'The app has a new, empty stream. The old one stays in the account, but nothing reads its records any more.',
    instead:
      'Add a stream with another id next to the old one, write to it, and remove the old one once its records are processed.',
  }),
  ...Object.entries<kinesis.StreamProps>({
    retentionPeriod: { retentionPeriod: Duration.days(7) },
    shardCount: { shardCount: 2 },
    removalPolicy: { removalPolicy: RemovalPolicy.DESTROY },
  }).map(([name, props]) =>
    fine(`set and unset \`${name}\` of a stream`, one, streams(props), one),
  ),
  ...Object.entries({
    batchSize: { batchSize: 10 },
    maxBatchingWindow: { maxBatchingWindow: Duration.seconds(5) },
    filters: { filters: [lambda.FilterCriteria.filter({ partitionKey: ['a'] })] },
    parallelizationFactor: { parallelizationFactor: 4 },
    tumblingWindow: { tumblingWindow: Duration.seconds(30) },
    maxRetryAttempts: { maxRetryAttempts: 2 },
    maxRecordAge: { maxRecordAge: Duration.hours(2) },
    bisectBatchOnError: { bisectBatchOnError: false },
    reportBatchItemFailures: { reportBatchItemFailures: false },
    enabled: { enabled: false },
    monthlyEvents: { monthlyEvents: { moderate: 7 } },
  }).map(([name, options]) =>
    fine(`set and unset \`${name}\` of a stream’s records`, one, with_(options), one),
  ),
];
