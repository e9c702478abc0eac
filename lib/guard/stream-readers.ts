import { Guard } from './guard';

/** A shard of a stream serves few consumers at once. With more, the service throttles all of them. */
export const streamReaders: Guard = {
  id: 'stream-readers',
  severities: ['warning'],
  what: 'A stream with more consumers than its shards serve: two for a table’s stream, or one if the table has replicas in other regions, and five for a Kinesis stream, not counting those with enhanced fan-out. Consumers in all stacks of the CDK app count.',
  why: 'DynamoDB or Kinesis throttles the consumers, and all of them fall behind.',
  fix: 'Combine the work of several functions in one; forward the changes to EventBridge or SNS, which have no such limit; or, for a Kinesis stream, set `enhancedFanOut: true` on a consumer.',
  accept: 'The source rarely changes, and delays do no harm.',
  source: 'https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html',
  check: ({ streams }) =>
    streams.flatMap(({ path, global, limits, readers, function: id }) => {
      const { limitOfGlobal = limits.limit, remedy, source } = limits;
      const limit = global ? limitOfGlobal : limits.limit;
      if (readers.length <= limit) {
        return [];
      }
      return [
        {
          prop: `functions.${id}.triggers`,
          function: id,
          rule: `must not exceed the consumers that the stream of ${path} allows${global ? ', a table with replicas in other regions' : ''}`,
          quota: { name: 'concurrent consumers', limit, source },
          got: `${readers.length}: ${readers.join(', ')}`,
          remedy: `combine two of them, or ${remedy}`,
        },
      ];
    }),
};
