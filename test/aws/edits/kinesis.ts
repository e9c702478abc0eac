import { Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { always, both, Edit, fine, records, troubled, version } from './edit';

const one = version(records('Count'));
const none = version(both(always, (app) => void app.addStream('Clicks')));
const with_ = (options: Parameters<typeof records>[1]): ReturnType<typeof version> =>
  version(records('Count', options));

export const KINESIS_EDITS: readonly Edit[] = [
  fine('add a function for the records of a stream', none, one),
  fine('remove the last function for the records of a stream, and add it again', one, none, one),
  troubled(
    'rename the function (or its file) of a stream’s records',
    [one, version(records('Other'))],
    {
      kinds: ['events-repeated'],
      what: 'The new mapping starts with the oldest record of the stream, so the records that the stream still holds are processed again.',
      instead:
        'Nothing, if the function is idempotent, as it must be anyway. Otherwise keep the `id`.',
    },
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
    enhancedFanOut: { enhancedFanOut: true },
    enabled: { enabled: false },
    monthlyEvents: { monthlyEvents: { moderate: 7 } },
  }).map(([name, options]) =>
    fine(`set \`${name}\` of a stream’s records, and back`, one, with_(options), one),
  ),
];
