import { LAMBDA_LIMITS } from '../scaling/scaling-limits';
import { Guard } from './guard';
import { formatNumber } from '../model/format-number';
import { FunctionInput } from './guard-input';

const { accountConcurrency, unreserved } = LAMBDA_LIMITS;

/**
 * Reserved and provisioned concurrency must leave 100 of the account's concurrent executions unreserved. Lambda rejects a
 * deployment that does not. If only scaling would reach the limit, Lambda rejects the scaling, and the finding is a warning.
 */
export const reservedConcurrency: Guard = {
  id: 'reserved-concurrency',
  severities: ['error', 'warning'],
  what: 'Functions that together reserve or provision so much that fewer than 100 of the account’s concurrent executions remain unreserved.',
  why: 'Lambda rejects the deployment. If only scaling would reach the limit, Lambda rejects the scaling.',
  fix: 'Reserve and provision less. If AWS has granted a higher quota, declare it: `scaling: { concurrencyLimit: … }`.',
  accept: 'The functions do not all scale up at the same time.',
  source: accountConcurrency.source,
  check: ({ functions, account }) => {
    const { concurrency } = account;
    if (concurrency === undefined) {
      return [];
    }
    const left = concurrency - unreserved.limit;
    const least = sum(functions, ({ reserved, provisionedMin }) => reserved ?? provisionedMin);
    const most = sum(functions, ({ reserved, provisionedMin, provisionedMax }) =>
      reserved === undefined ? (provisionedMax ?? provisionedMin) : reserved,
    );
    if (most === 0 || most <= left) {
      return [];
    }
    const isError = least > 0 && least > left;
    return [
      {
        severity: isError ? 'error' : 'warning',
        prop: 'functions',
        rule: `must leave ${formatNumber(unreserved.limit)} of the account’s concurrent executions unreserved`,
        quota: { ...accountConcurrency, limit: concurrency },
        got: `${formatNumber(isError ? least : most)} ${isError ? 'reserved or provisioned' : 'provisioned at most'} by ${largest(functions)}`,
        remedy:
          'reserve and provision less, or have AWS raise the quota and declare it with `scaling: { concurrencyLimit: … }`',
      },
    ];
  },
};

function sum(
  functions: readonly FunctionInput[],
  valueOf: (fn: FunctionInput) => number | undefined,
): number {
  return functions.reduce((total, fn) => total + (valueOf(fn) ?? 0), 0);
}

/** The three that matter most, so that the message stays readable. */
function largest(functions: readonly FunctionInput[]): string {
  const sizes = functions
    .map(({ id, reserved, provisionedMin = 0, provisionedMax = provisionedMin }) => ({
      id,
      size: reserved ?? provisionedMax,
    }))
    .filter(({ size }) => size > 0)
    .sort((a, b) => b.size - a.size);
  const named = sizes.slice(0, 3).map(({ id, size }) => `${id} ${formatNumber(size)}`);
  const others = sizes.length > 3 ? [`${sizes.length - 3} more`] : [];
  return [...named, ...others].join(', ');
}
