import { formatNumber } from '../model/format-number';
import { Guard, Quota, REST_API_QUOTAS } from './guard';

const QUOTA: Quota = {
  name: 'API Gateway’s quota of stage variables, which it does not raise',
  limit: 100,
  source: REST_API_QUOTAS,
};

/** The definition of a REST API names each function that knows the API’s address by a variable of the stage. */
export const stageVariables: Guard = {
  id: 'stage-variables',
  severities: ['error'],
  what: 'A REST API with more than 100 functions that receive its URL. The API’s definition refers to each of these functions by a stage variable, because otherwise the API and the function would depend on each other.',
  why: 'API Gateway rejects the 101st stage variable. AWS does not raise this quota.',
  fix: 'Give the URL only to functions that need it, use `sharding`, which needs no stage variables, or split the app.',
  source: REST_API_QUOTAS,
  check: ({ restApis }) =>
    restApis
      .filter(({ variables }) => variables > QUOTA.limit)
      .map(({ path, variables }) => ({
        prop: 'rest',
        rule: 'must not have more functions that know its address than the allowed number of stage variables',
        quota: QUOTA,
        got: `${formatNumber(variables)} on ${path}`,
        remedy: 'give `app.url` to fewer functions, set `sharding`, or split the app',
      })),
};
