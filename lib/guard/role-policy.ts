import { Guard, IAM_QUOTAS, Quota } from './guard';
import { formatNumber } from '../model/format-number';

const QUOTA: Quota = {
  name: 'IAM’s quota of characters in a role’s inline policies',
  limit: 10_240,
  source: IAM_QUOTAS,
};

/** All inline policies of a role are limited to 10,240 characters, not counting white space. */
export const rolePolicy: Guard = {
  id: 'role-policy',
  severities: ['error'],
  what: 'A role in the app whose inline policies together exceed 10,240 characters.',
  why: 'IAM rejects the role.',
  fix: 'Split the work among several functions, or give the function its own `role` with managed policies.',
  source: IAM_QUOTAS,
  check: ({ shards, roles }) =>
    roles
      .filter(({ policyBytes }) => policyBytes > QUOTA.limit)
      .map(({ path, function: id, policyBytes }) => ({
        prop: id === undefined ? 'functions' : `functions.${id}.access`,
        rule: 'must not need longer inline policies than a role may have',
        quota: QUOTA,
        got: `at least ${formatNumber(policyBytes)} in ${path}`,
        remedy:
          id === undefined
            ? schedulesRemedy(shards)
            : 'split the work among several functions, or give the function its own `role` with managed policies, which do not count',
      })),
};

/** The role of the schedules grows with their number. */
function schedulesRemedy(shards: number | undefined): string {
  return `use \`Sharding.nestedStacks(${(shards ?? 1) + 1})\`, which gives each stack a role for its own schedules`;
}
