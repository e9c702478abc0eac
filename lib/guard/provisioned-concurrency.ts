import { Found, Guard } from './guard';
import { formatNumber } from '../model/format-number';
import { FunctionResources } from './guard-facts';

const SOURCE = 'https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html';

/**
 * Provisioned concurrency comes out of what the function reserves. Lambda refuses a least that is above it at deployment, and
 * a most that is above it when scaling comes to it, so that is a warning. A most below the least is no range.
 */
export const provisionedConcurrency: Guard = {
  id: 'provisioned-concurrency',
  severities: ['error', 'warning'],
  what: 'A function that provisions more execution environments than it reserves, or a `max` below its `min`.',
  why: 'Lambda refuses a `min` above what is reserved at deployment, and a `max` above it when scaling comes to it.',
  fix: 'Reserve more, or provision less.',
  accept: 'Scaling is meant to stop at what is reserved.',
  source: SOURCE,
  check: ({ functions }) => functions.flatMap((fn) => foundOf(fn)),
};

function foundOf(fn: FunctionResources): Found[] {
  const { id, reserved = Infinity, provisionedMin: min = 0, provisionedMax: max = min } = fn;
  const given = { prop: `functions.${id}.coldStart` };
  if (max < min) {
    return [
      {
        ...given,
        severity: 'error',
        rule: 'must provision at most no less than at least',
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
      rule: 'must provision no more than the function reserves',
      quota: { name: 'what it reserves', limit: reserved, source: SOURCE },
      got: `${formatNumber(isError ? min : max)} provisioned`,
      remedy:
        reserved === 0
          ? 'take `switchedOff` from the function, or its provisioned concurrency'
          : 'reserve more (`reservedConcurrentExecutions`), or provision less',
    },
  ];
}
