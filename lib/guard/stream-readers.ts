import { Guard } from './guard';

const READERS = 2;
/** Replication reads the stream as well. */
const READERS_OF_GLOBAL = 1;
const SOURCE = 'https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html';

/** At most two consumers can read a DynamoDB stream's shard at once. With more, DynamoDB throttles all of them. */
export const streamReaders: Guard = {
  id: 'stream-readers',
  severities: ['warning'],
  what: 'A table stream with more than two consumers, or more than one if the table has replicas in other regions. Consumers in all stacks of the CDK app count.',
  why: 'DynamoDB throttles the consumers, and all of them fall behind.',
  fix: 'Combine the work of several functions in one, or forward the changes to EventBridge or SNS, which have no such limit.',
  accept: 'The table rarely changes, and delays do no harm.',
  source: SOURCE,
  check: ({ streams }) =>
    streams.flatMap(({ table, global, readers, function: id }) => {
      const limit = global ? READERS_OF_GLOBAL : READERS;
      if (readers.length <= limit) {
        return [];
      }
      return [
        {
          prop: `functions.${id}.triggers`,
          function: id,
          rule: `must not exceed the consumers that the stream of ${table} allows${global ? ', a table with replicas in other regions' : ''}`,
          quota: { name: 'concurrent consumers', limit, source: SOURCE },
          got: `${readers.length}: ${readers.join(', ')}`,
          remedy:
            'combine two of them, or forward the changes to EventBridge or SNS, which have no such limit',
        },
      ];
    }),
};
