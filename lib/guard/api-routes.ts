import { Guard, HTTP_API_QUOTAS, Quota } from './guard';
import { formatNumber } from '../model/format-number';

const QUOTA: Quota = { name: 'API Gateway’s quota of routes', limit: 300, source: HTTP_API_QUOTAS };

/** 300 routes an HTTP API. A warning, since AWS raises it for an API on request. */
export const apiRoutes: Guard = {
  id: 'api-routes',
  severities: ['warning'],
  what: 'An HTTP API with more than 300 routes, whoever made them.',
  why: 'API Gateway refuses the route after the 300th, in the middle of a deployment, unless AWS has raised the quota.',
  fix: 'Put several routes into one (`ANY /orders/{proxy+}`), or divide the app into apps with APIs of their own.',
  accept: 'AWS has raised the quota for the account.',
  source: HTTP_API_QUOTAS,
  check: ({ apis }) =>
    apis
      .filter(({ routes }) => routes > QUOTA.limit)
      .map(({ path, routes }) => ({
        prop: 'http',
        rule: 'must have no more routes than an API may have',
        quota: QUOTA,
        got: `${formatNumber(routes)} on ${path}`,
        remedy:
          'put several routes into one (`ANY /orders/{proxy+}`), divide the app into apps with APIs of their own, or have AWS raise ' +
          'the quota and acknowledge this warning',
      })),
};
