import { CLOUDFORMATION_QUOTAS, Guard, Quota } from './guard';
import { formatNumber } from '../model/format-number';

const QUOTA: Quota = {
  name: 'CloudFormation’s quota of outputs',
  limit: 200,
  source: CLOUDFORMATION_QUOTAS,
};

/** A stack has at most 200 outputs. A shard needs one for each of its functions that something outside it references, as a bucket does. */
export const stackOutputs: Guard = {
  id: 'stack-outputs',
  severities: ['error'],
  what: 'A stack with more than 200 outputs. A shard needs one for each of its functions that a bucket or anything else outside the shard references.',
  why: 'CloudFormation rejects the template.',
  fix: 'Use more shards or remove outputs.',
  source: CLOUDFORMATION_QUOTAS,
  check: ({ stacks }) =>
    stacks
      .filter(({ outputs }) => outputs > QUOTA.limit)
      .map(({ path, outputs, shard }) => ({
        prop: shard ? 'sharding' : 'functions',
        rule: 'must not need more outputs than a stack may have',
        quota: QUOTA,
        got: `${formatNumber(outputs)} in ${path}`,
        remedy: shard
          ? 'use more shards'
          : 'remove outputs (`CfnOutput`, or references from other stacks), or move their resources to another stack',
      })),
};
