import { Guard } from './guard';
import { formatNumber } from '../model/format-number';

const SOURCE = 'https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchsettings.html';

/**
 * Each shard of a stream uses up to `parallelizationFactor` concurrent executions. A function that reserves fewer is throttled by every
 * shard. Lambda accepts that, so it is a warning. The number of shards is unknown at synthesis.
 */
export const streamConcurrency: Guard = {
  id: 'stream-concurrency',
  severities: ['warning'],
  what: 'A function that reserves fewer concurrent executions than a single shard of its stream uses (`parallelizationFactor`).',
  why: 'Lambda accepts this, then throttles the function on every shard, and the function falls behind the stream.',
  fix: 'Reserve `parallelizationFactor` times the number of shards, or lower `parallelizationFactor`.',
  accept: 'The function may fall behind the stream.',
  source: SOURCE,
  check: ({ functions }) =>
    functions
      .filter(({ reserved = 0, parallelization = 0 }) => reserved > 0 && parallelization > reserved)
      .map(({ id, reserved = 0, parallelization = 0 }) => ({
        prop: `functions.${id}.reservedConcurrentExecutions`,
        rule: 'must be at least what one shard of its stream uses',
        quota: { name: 'its reserved concurrency', limit: reserved, source: SOURCE },
        got: `a \`parallelizationFactor\` of ${formatNumber(parallelization)}`,
        remedy:
          'reserve `parallelizationFactor` times the number of shards, or lower `parallelizationFactor`',
      })),
};
