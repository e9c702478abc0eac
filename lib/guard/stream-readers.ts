import { Guard } from './guard';

const READERS = 2;
/** Replication reads the stream as well. */
const READERS_OF_GLOBAL = 1;
const SOURCE = 'https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html';

/** DynamoDB lets two processes read a shard of a stream at once, and throttles them all when there are more. */
export const streamReaders: Guard = {
  id: 'stream-readers',
  severities: ['warning'],
  what:
    'A table’s stream that more than two functions read, or more than one where the table has copies in other regions. Readers ' +
    'of all apps and stacks of the CDK app count.',
  why: 'DynamoDB throttles the readers, so all of them fall behind.',
  fix:
    'Let one function read the stream and do the work of several, or hand the changes on (EventBridge, SNS), where any number may ' +
    'listen.',
  accept: 'The table changes seldom, and being late does no harm.',
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
          rule: `must not make one reader too many of the stream of ${table}${global ? ', a table with copies in other regions' : ''}`,
          quota: { name: 'readers at the same time', limit, source: SOURCE },
          got: `${readers.length}: ${readers.join(', ')}`,
          remedy:
            'let one of them do the work of two, or hand the changes on to EventBridge or SNS, where any number may listen',
        },
      ];
    }),
};
