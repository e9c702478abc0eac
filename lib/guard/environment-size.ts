import { Guard, LAMBDA_QUOTAS, Quota } from './guard';
import { formatNumber } from '../model/format-number';

const QUOTA: Quota = {
  name: 'Lambda’s quota of bytes in a function’s environment variables, as JSON',
  limit: 4096,
  source: LAMBDA_QUOTAS,
};

/** Environment variables of a function are limited to 4 KB. If values known only at deployment decide, the finding is a warning. */
export const environmentSize: Guard = {
  id: 'environment-size',
  severities: ['error', 'warning'],
  what: 'A function whose environment variables exceed 4 KB, measured as Lambda does: names and values as JSON in UTF-8. A value known only at deployment counts with its minimum length for the error and with its typical length for the warning.',
  why: 'Lambda rejects the function in the middle of a deployment.',
  fix: 'Read long values from a file in the bundle, from SSM (a parameter’s name is short) or from S3, and set only the variables a function needs.',
  accept: 'You know that the values are shorter than estimated.',
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
          rule: 'must fit into a function’s environment',
          quota: QUOTA,
          got: isError
            ? `${estimated === 0 ? '' : 'at least '}${formatNumber(least)}`
            : `about ${formatNumber(likely)}, estimated, since ${of} known only at deployment`,
          remedy: 'read long values from a file in the bundle or from SSM, or set fewer variables',
        };
      }),
};
