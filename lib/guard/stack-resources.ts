import { MAX_SHARDS, shardsThatHold } from '../model/shard-of';
import { CLOUDFORMATION_QUOTAS, Found, Guard } from './guard';
import { formatNumber } from '../model/format-number';
import { GuardInput, StackInput } from './guard-input';

const WARN_AT = 0.8;
/**
 * The number of resources in a shard that the suggested number of shards aims for; it leaves room to grow before the next
 * warning.
 */
const AIM_FOR = 300;

/** A stack has at most 500 resources: a warning from 400, an error above 500. All resources of the stack count. */
export const stackResources: Guard = {
  id: 'stack-resources',
  severities: ['error', 'warning'],
  what: 'A stack with 400 or more resources, including resources created outside the app. Each shard is counted separately. Above 500, or above the limit in the CDK’s context, it is an error.',
  why: 'CloudFormation rejects a template with more than 500 resources, and splitting an app later replaces its functions.',
  fix: 'Distribute the functions over nested stacks with `sharding: Sharding.nestedStacks(n)`; the message suggests an `n`.',
  accept: 'The app will not get more functions.',
  source: CLOUDFORMATION_QUOTAS,
  check: (input) => input.stacks.flatMap((stack) => check(input, stack)),
};

function check(input: GuardInput, stack: StackInput): Found[] {
  const { path, resources, resourceLimit: limit } = stack;
  if (limit <= 0 || resources < limit * WARN_AT) {
    return [];
  }
  const quota = {
    name: 'CloudFormation’s quota of resources',
    limit,
    source: CLOUDFORMATION_QUOTAS,
  };
  return [
    {
      severity: resources > limit ? 'error' : 'warning',

      prop: 'sharding',
      rule: 'must not need more resources than a stack may have',
      quota,
      got: `${formatNumber(resources)} in ${path}`,
      remedy: remedy(input, stack),
    },
  ];
}

function remedy(input: GuardInput, stack: StackInput): string {
  if (input.shards !== undefined && !stack.shard) {
    return 'the functions are already in shards, so move something else from that stack to another one';
  }
  const weights = new Map(input.functions.map(({ id, resources }) => [id, resources]));
  const count = shardsThatHold(weights, AIM_FOR, MAX_SHARDS);
  const call = `\`Sharding.nestedStacks(${Math.max(count, (input.shards ?? 0) + 1)})\``;
  return input.shards === undefined
    ? `give the app \`sharding\`: ${call}, which moves the functions into nested stacks (and so replaces them: docs/sharding.md)`
    : `raise it to ${call}; functions that move are replaced (docs/sharding.md)`;
}
