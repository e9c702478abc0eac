import { finding, Guard, HTTP_API_QUOTAS, Quota, show } from './guard';

const QUOTA: Quota = { name: 'API Gateway’s quota of routes', limit: 300, source: HTTP_API_QUOTAS };

/** 300 routes an HTTP API. A warning, since AWS raises it for an API on request. */
export const apiRoutes: Guard = ({ app, apis }) =>
  apis
    .filter(({ routes }) => routes > QUOTA.limit)
    .map(({ path, routes }) =>
      finding({
        guard: 'api-routes',
        severity: 'warning',
        app,
        prop: 'http',
        rule: 'must have no more routes than an API may have',
        quota: QUOTA,
        got: `${show(routes)} on ${path}`,
        remedy:
          'put several routes into one (`ANY /orders/{proxy+}`), divide the app into apps with APIs of their own, or have AWS raise ' +
          'the quota and acknowledge this warning',
      }),
    );
