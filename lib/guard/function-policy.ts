import { Guard, LAMBDA_QUOTAS, Quota } from './guard';
import { formatNumber } from '../model/format-number';

const QUOTA: Quota = {
  name: 'Lambda’s quota of bytes in a function’s resource-based policy',
  limit: 20_480,
  source: LAMBDA_QUOTAS,
};

/** A function's resource-based policy is limited to 20 KB. The app needs one statement for each API, bucket and rule, not for each route. */
export const functionPolicy: Guard = {
  id: 'function-policy',
  severities: ['error'],
  what: 'A function whose resource-based policy exceeds 20 KB. The app itself needs one statement for each API, bucket and rule, not for each route.',
  why: 'Lambda rejects the permission that no longer fits, in the middle of a deployment.',
  fix: 'Let one permission cover several sources (an ARN that ends in `*`), or move some of the events to another function with the same `entry`.',
  source: LAMBDA_QUOTAS,
  check: ({ functions }) =>
    functions
      .filter(({ policyBytes = 0 }) => policyBytes > QUOTA.limit)
      .map(({ id, policyBytes = 0, permissions }) => ({
        prop: `functions.${id}.triggers`,
        rule: 'must not need a longer policy than a function may have',
        quota: QUOTA,
        got: `at least ${formatNumber(policyBytes)} in ${permissions} permissions`,
        remedy:
          'let one permission cover several sources (an ARN that ends in `*`), or move some of the events to another function with ' +
          'the same `entry`',
      })),
};
