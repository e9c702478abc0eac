import { formatNumber } from '../model/format-number';
import { Guard, HTTP_API_QUOTAS, Quota, REST_API_QUOTAS } from './guard';

const quota = (source: string): Quota => ({
  name: 'API Gateway’s quota of authorizers per API',
  limit: 10,
  source,
});

const HTTP = quota(HTTP_API_QUOTAS);
const REST = quota(REST_API_QUOTAS);

/** An HTTP or REST API has at most 10 authorizers. A warning, because AWS raises the quota on request. */
export const apiAuthorizers: Guard = {
  id: 'api-authorizers',
  severities: ['warning'],
  what: 'An API with more than 10 authorizers. Each user pool, function or token issuer that authorizes requests counts as one; IAM and open routes need none.',
  why: 'Unless AWS has raised the quota, API Gateway rejects the eleventh authorizer, and with it the deployment.',
  fix: 'Give several routes the same authorizer, or split the app into several apps, each with its own API.',
  accept: 'AWS has raised the quota for this API.',
  source: REST_API_QUOTAS,
  check: ({ apis, restApis }) =>
    [
      ...apis.map((api) => ({ ...api, prop: 'http', quota: HTTP })),
      ...restApis.map((api) => ({ ...api, prop: 'rest', quota: REST })),
    ]
      .filter(({ authorizers }) => authorizers > REST.limit)
      .map(({ path, prop, authorizers, quota: broken }) => ({
        prop,
        rule: 'must not have more authorizers than an API may have',
        quota: broken,
        got: `${formatNumber(authorizers)} on ${path}`,
        remedy:
          'give several routes the same authorizer, split the app into several apps, each with its own API, or have AWS raise the ' +
          'quota and acknowledge this warning',
      })),
};
