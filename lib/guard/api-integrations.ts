import { finding, Guard, HTTP_API_QUOTAS, Quota, show } from './guard';

const QUOTA: Quota = {
  name: 'API Gateway’s quota of integrations, which it does not raise',
  limit: 300,
  source: HTTP_API_QUOTAS,
};

/** 300 integrations an HTTP API: as many functions behind it, since each has one. */
export const apiIntegrations: Guard = ({ app, apis }) =>
  apis
    .filter(({ integrations }) => integrations > QUOTA.limit)
    .map(({ path, integrations }) =>
      finding({
        guard: 'api-integrations',
        severity: 'error',
        app,
        prop: 'http',
        rule: 'must have no more functions than an API may have integrations',
        quota: QUOTA,
        got: `${show(integrations)} on ${path}`,
        remedy:
          'let a function have several routes (`addFunction` with several `Trigger.http`), or divide the app into apps with APIs of ' +
          'their own',
      }),
    );
