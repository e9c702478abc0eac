import { API_LIMITS } from '../scaling/scaling-limits';
import { Found, Guard, Quota } from './guard';
import { formatNumber } from '../model/format-number';

const { accountRate, accountBurst } = API_LIMITS;

/**
 * A throttle above the account's limit has no effect, and a throttle of 0 rejects every request with 429. API Gateway accepts both, so
 * they are warnings. A burst below the rate is normal: the account's own limits are like that.
 */
export const httpThrottle: Guard = {
  id: 'http-throttle',
  severities: ['warning'],
  what: 'A throttle of 0 or above the account’s limit.',
  why: 'With 0, every request gets a 429 response. A throttle above the account’s limit looks like protection but has no effect.',
  fix: 'Lower the throttle. If AWS has granted a higher quota, declare it with `scaling`.',
  accept: 'The API is closed on purpose (0).',
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
    const rule = 'must be above 0, because at 0 every request gets a 429 response';
    const remedy = 'raise it, or acknowledge this warning if the API is closed on purpose';
    return [{ ...given, rule, got: '0', remedy }];
  }
  if (value === undefined || value <= quota.limit) {
    return [];
  }
  const rule = 'must not exceed the account’s limit, because it would have no effect';
  const remedy = `lower it, or declare the quota that AWS has granted with \`scaling: { ${option}: … }\``;
  return [{ ...given, rule, got: formatNumber(value), remedy }];
}
