import { Guard, HTTP_API_QUOTAS, Quota } from './guard';
import { formatNumber } from '../model/format-number';

const QUOTA: Quota = { name: 'API Gateway’s quota of routes', limit: 300, source: HTTP_API_QUOTAS };

/** An HTTP API has at most 300 routes. A warning, because AWS raises the quota on request. */
export const apiRoutes: Guard = {
  id: 'api-routes',
  severities: ['warning'],
  what: 'An HTTP API with more than 300 routes, including routes that the app did not create.',
  why: 'Unless AWS has raised the quota, API Gateway rejects the 301st route in the middle of a deployment.',
  fix: 'Combine routes (`ANY /orders/{proxy+}`), or split the app into several apps, each with its own API.',
  accept: 'AWS has raised the quota for the account.',
  source: HTTP_API_QUOTAS,
  check: ({ apis }) =>
    apis
      .filter(({ routes }) => routes > QUOTA.limit)
      .map(({ path, routes }) => ({
        prop: 'http',
        rule: 'must not have more routes than an API may have',
        quota: QUOTA,
        got: `${formatNumber(routes)} on ${path}`,
        remedy:
          'combine routes (`ANY /orders/{proxy+}`), split the app into several apps, each with its own API, or have AWS raise ' +
          'the quota and acknowledge this warning',
      })),
};
