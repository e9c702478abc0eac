import { Guard, HTTP_API_QUOTAS, Quota } from './guard';
import { formatNumber } from '../model/format-number';

const QUOTA: Quota = {
  name: 'API Gateway’s quota of integrations, which it does not raise',
  limit: 300,
  source: HTTP_API_QUOTAS,
};

/** 300 integrations an HTTP API: as many functions behind it, since each has one. */
export const apiIntegrations: Guard = {
  id: 'api-integrations',
  severities: ['error'],
  what: 'An HTTP API with more than 300 integrations: as many functions behind it, since each has one.',
  why: 'API Gateway refuses the integration after the 300th, in the middle of a deployment, and does not raise this quota.',
  fix: 'Let a function have several routes, or divide the app into apps with APIs of their own.',
  source: HTTP_API_QUOTAS,
  check: ({ apis }) =>
    apis
      .filter(({ integrations }) => integrations > QUOTA.limit)
      .map(({ path, integrations }) => ({
        prop: 'http',
        rule: 'must have no more functions than an API may have integrations',
        quota: QUOTA,
        got: `${formatNumber(integrations)} on ${path}`,
        remedy:
          'let a function have several routes (`addFunction` with several `Trigger.http`), or divide the app into apps with APIs of ' +
          'their own',
      })),
};
