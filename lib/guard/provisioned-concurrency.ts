import { Found, Guard } from './guard';
import { formatNumber } from '../model/format-number';
import { FunctionInput } from './guard-input';

const SOURCE = 'https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html';

/**
 * Provisioned concurrency is part of the reserved concurrency. Lambda rejects a `min` above it at deployment, and a `max` above it only
 * when the function scales, which is a warning.
 */
export const provisionedConcurrency: Guard = {
  id: 'provisioned-concurrency',
  severities: ['error', 'warning'],
  what: 'A function that provisions more concurrency than it reserves, or whose `max` is below its `min`.',
  why: 'Lambda rejects a `min` above the reserved concurrency at deployment, and a `max` above it when the function scales up.',
  fix: 'Reserve more or provision less.',
  accept: 'The function is meant to stop scaling at its reserved concurrency.',
  source: SOURCE,
  check: ({ functions }) => functions.flatMap((fn) => foundOf(fn)),
};

function foundOf(fn: FunctionInput): Found[] {
  const { id, reserved = Infinity, provisionedMin: min = 0, provisionedMax: max = min } = fn;
  const given = { prop: `functions.${id}.coldStart` };
  if (max < min) {
    return [
      {
        ...given,
        severity: 'error',
        rule: 'must not have a `max` below its `min`',
        quota: { name: 'its `min`', limit: min, source: SOURCE },
        got: `a \`max\` of ${formatNumber(max)}`,
        remedy: 'raise `max` or lower `min`',
      },
    ];
  }
  if (max <= reserved) {
    return [];
  }
  const isError = min > reserved;
  return [
    {
      ...given,
      severity: isError ? 'error' : 'warning',
      rule: 'must not provision more than the function reserves',
      quota: { name: 'its reserved concurrency', limit: reserved, source: SOURCE },
      got: `${formatNumber(isError ? min : max)} provisioned`,
      remedy:
        reserved === 0
          ? 'remove `disabled` from the function, or its provisioned concurrency'
          : 'reserve more (`reservedConcurrentExecutions`), or provision less',
    },
  ];
}
