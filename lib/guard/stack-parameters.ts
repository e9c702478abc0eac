import { CLOUDFORMATION_QUOTAS, Guard, Quota } from './guard';
import { formatNumber } from '../model/format-number';

const QUOTA: Quota = {
  name: 'CloudFormation’s quota of parameters',
  limit: 200,
  source: CLOUDFORMATION_QUOTAS,
};

/** A stack has at most 200 parameters. A shard needs one for each attribute of a resource outside the shard that its functions reference. */
export const stackParameters: Guard = {
  id: 'stack-parameters',
  severities: ['error'],
  what: 'A stack with more than 200 parameters. A shard needs one for each attribute of a resource outside the shard that its functions reference.',
  why: 'CloudFormation rejects the template.',
  fix: 'Let the functions of a shard reference fewer resources, or use more shards.',
  source: CLOUDFORMATION_QUOTAS,
  check: ({ stacks }) =>
    stacks
      .filter(({ parameters }) => parameters > QUOTA.limit)
      .map(({ path, parameters, shard }) => ({
        prop: shard ? 'sharding' : 'functions',
        rule: 'must not need more parameters than a stack may have',
        quota: QUOTA,
        got: `${formatNumber(parameters)} in ${path}`,
        remedy: shard
          ? 'let the functions of a shard reference fewer resources, for example by using more shards or one SSM parameter that lists them'
          : 'move something from that stack to another one',
      })),
};
