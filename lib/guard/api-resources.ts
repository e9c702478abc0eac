import { Guard, Quota, REST_API_QUOTAS } from './guard';
import { formatNumber } from '../model/format-number';

const QUOTA: Quota = {
  name: 'API Gateway’s quota of resources per REST API',
  limit: 300,
  source: REST_API_QUOTAS,
};

/** A REST API has at most 300 resources, which are the parts of its paths. A warning, because AWS raises the quota on request. */
export const apiResources: Guard = {
  id: 'api-resources',
  severities: ['warning'],
  what: 'A REST API with more than 300 resources. Each part of a path is one: `/`, `/orders` and `/orders/{id}` are three, with any number of methods.',
  why: 'Unless AWS has raised the quota, API Gateway rejects the API’s definition, and with it the deployment.',
  fix: 'Combine paths (`ANY /orders/{proxy+}`), or split the app into several apps, each with its own API.',
  accept: 'AWS has raised the quota for the account.',
  source: REST_API_QUOTAS,
  check: ({ restApis }) =>
    restApis
      .filter(({ resources }) => resources > QUOTA.limit)
      .map(({ path, resources }) => ({
        prop: 'rest',
        rule: 'must not have more resources than a REST API may have',
        quota: QUOTA,
        got: `${formatNumber(resources)} on ${path}`,
        remedy:
          'combine paths (`ANY /orders/{proxy+}`), split the app into several apps, each with its own API, or have AWS raise ' +
          'the quota and acknowledge this warning',
      })),
};
