import { Guard } from './guard';
import { formatNumber } from '../model/format-number';

const SOURCE = 'https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchsettings.html';

/**
 * A shard of a stream asks for `parallelizationFactor` executions at once. A function that reserves less is throttled by each shard
 * of its own stream; Lambda takes it, so it is a warning. How many shards there are is not known at synthesis.
 */
export const streamConcurrency: Guard = {
  id: 'stream-concurrency',
  severities: ['warning'],
  what: 'A function that reserves fewer concurrent executions than one shard of its stream asks for (`parallelizationFactor`).',
  why: 'Lambda takes it, and then throttles the function by each shard of its own stream, which falls behind.',
  fix: 'Reserve `parallelizationFactor` times the number of shards, or lower `parallelizationFactor`.',
  accept: 'The stream may fall behind.',
  source: SOURCE,
  check: ({ functions }) =>
    functions
      .filter(({ reserved = 0, parallelization = 0 }) => reserved > 0 && parallelization > reserved)
      .map(({ id, reserved = 0, parallelization = 0 }) => ({
        prop: `functions.${id}.reservedConcurrentExecutions`,
        rule: 'must be no less than what one shard of its stream asks for',
        quota: { name: 'what it reserves', limit: reserved, source: SOURCE },
        got: `a \`parallelizationFactor\` of ${formatNumber(parallelization)}`,
        remedy:
          'reserve `parallelizationFactor` times the number of shards, or lower `parallelizationFactor`',
      })),
};
