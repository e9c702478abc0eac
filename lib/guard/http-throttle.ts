import { API_LIMITS } from '../scaling/scaling-limits';
import { Found, Guard, Quota } from './guard';
import { formatNumber } from '../model/format-number';

const { accountRate, accountBurst } = API_LIMITS;

/**
 * A bound on requests above what the account lets through bounds nothing, and one of 0 answers every request with 429. API Gateway
 * takes both, so they are warnings. A burst below the rate is no fault: the account's own is.
 */
export const httpThrottle: Guard = {
  id: 'http-throttle',
  severities: ['warning'],
  what: 'A bound on requests of 0, or above what the account lets through.',
  why: 'With 0 every request is answered with 429; a bound above the account’s own bounds nothing, though it looks as if it did.',
  fix: 'Lower it, or say what AWS raised the quota to with `scaling`.',
  accept: 'The door is meant to be closed (0).',
  source: accountRate.source,
  check: ({ account, throttles }) =>
    throttles.flatMap(({ prop, rate, burst }) => [
      ...bound(`${prop}.rateLimit`, rate, 'apiRateLimit', {
        ...accountRate,
        limit: account.apiRate ?? Infinity,
      }),
      ...bound(`${prop}.burstLimit`, burst, 'apiBurstLimit', {
        ...accountBurst,
        limit: account.apiBurst ?? Infinity,
      }),
    ]),
};

function bound(prop: string, value: number | undefined, option: string, quota: Quota): Found[] {
  const given = { prop, quota } as const;
  if (value === 0) {
    const rule = 'must be more than nothing, or every request is answered with 429';
    const remedy = 'raise it, or acknowledge this warning where the door is meant to be closed';
    return [{ ...given, rule, got: '0', remedy }];
  }
  if (value === undefined || value <= quota.limit) {
    return [];
  }
  const rule = 'must be within what the account lets through, or bounds nothing';
  const remedy = `lower it, or say what AWS raised the quota to with \`scaling: { ${option}: … }\``;
  return [{ ...given, rule, got: formatNumber(value), remedy }];
}
