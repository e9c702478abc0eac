import { Guard, LAMBDA_QUOTAS, Quota } from './guard';
import { formatNumber } from '../model/format-number';

const QUOTA: Quota = {
  name: 'Lambda’s quota of bytes in a function’s environment variables, as JSON',
  limit: 4096,
  source: LAMBDA_QUOTAS,
};

/** 4 KB for all variables of a function. What is known only at deployment is estimated, and then it is a warning. */
export const environmentSize: Guard = {
  id: 'environment-size',
  severities: ['error', 'warning'],
  what:
    'A function whose environment variables are longer than 4 KB, measured as Lambda does: names and values as JSON, in UTF-8. ' +
    'Values that only the deployment knows count with their shortest length for the error, and with their usual length for the ' +
    'warning.',
  why: 'Lambda refuses the function, in the middle of a deployment.',
  fix:
    'Read what is long from a file in the bundle, from SSM (a parameter’s name is short), or from S3; give a function no more ' +
    'than it needs.',
  accept: 'You know the values to be shorter than was estimated.',
  source: LAMBDA_QUOTAS,
  check: ({ functions }) =>
    functions
      .filter(({ environment }) => environment.likely > QUOTA.limit)
      .map(({ id, environment: { least, likely, estimated } }) => {
        const isError = least > QUOTA.limit;
        const of = estimated === 1 ? '1 value is' : `${estimated} values are`;
        return {
          severity: isError ? 'error' : 'warning',
          prop: `functions.${id}.environment`,
          function: id,
          rule: 'must need no more than a function’s environment may have',
          quota: QUOTA,
          got: isError
            ? `${estimated === 0 ? '' : 'at least '}${formatNumber(least)}`
            : `about ${formatNumber(likely)}, estimated, since ${of} known only at deployment`,
          remedy:
            'read what is long from a file in the bundle or from SSM, or give the function fewer variables',
        };
      }),
};
