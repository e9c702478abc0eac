import { Guard, HTTP_API_QUOTAS, Quota } from './guard';
import { formatNumber } from '../model/format-number';

const QUOTA: Quota = {
  name: 'API Gateway’s quota of integrations, which it does not raise',
  limit: 300,
  source: HTTP_API_QUOTAS,
};

/** An HTTP API has at most 300 integrations. Each function behind it needs one. */
export const apiIntegrations: Guard = {
  id: 'api-integrations',
  severities: ['error'],
  what: 'An HTTP API with more than 300 integrations. Each function behind the API needs one.',
  why: 'API Gateway rejects the 301st integration in the middle of a deployment. AWS does not raise this quota.',
  fix: 'Give one function several routes, or split the app into several apps, each with its own API.',
  source: HTTP_API_QUOTAS,
  check: ({ apis }) =>
    apis
      .filter(({ integrations }) => integrations > QUOTA.limit)
      .map(({ path, integrations }) => ({
        prop: 'http',
        rule: 'must not need more integrations than an API may have',
        quota: QUOTA,
        got: `${formatNumber(integrations)} on ${path}`,
        remedy:
          'give one function several routes (`onRequests([…], entry)`), or split the app into several apps, each ' +
          'with its own API',
      })),
};
