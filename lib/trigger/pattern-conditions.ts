import { isIP } from 'node:net';
import { didYouMean } from '../props/nearest';
import type { PropCheck } from '../props/prop-check';
import { asJson, isPlainObject } from './pattern-json';

/**
 * The operators of EventBridge, which Lambda's filters share, and what each accepts:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html. Both compile patterns with
 * https://github.com/aws/event-ruler, which rejects any other operand.
 */
const OPERATORS: Readonly<Record<string, (value: unknown) => boolean>> = {
  prefix: isTextOrIgnoringCase,
  suffix: isTextOrIgnoringCase,
  'equals-ignore-case': isText,
  wildcard: isWildcard,
  'anything-but': isExclusion,
  numeric: isRange,
  cidr: isAddressRange,
  exists: (value) => typeof value === 'boolean',
};

/** What `anything-but` may exclude other than values. */
const EXCLUSIONS: Readonly<Record<string, (value: unknown) => boolean>> = {
  prefix: isText,
  suffix: isText,
  'equals-ignore-case': isText,
  wildcard: isWildcard,
};

const REMEDIES: Readonly<Record<string, string>> = {
  numeric: 'write `[">", 0]`, or the lower bound and then the upper one: `[">=", 0, "<", 5]`',
  wildcard: 'write one `*` for any text, and `\\\\*` or `\\\\\\\\` (in code) for these characters',
  cidr: 'write an address and the length of its prefix: `10.0.0.0/24`, or `2001:db8::/32`',
  'anything-but':
    'write text or a number, a list of texts or of numbers, or `{ prefix: "a" }` (also `suffix`, `wildcard`, `equals-ignore-case`)',
};

/**
 * Rejects a condition of a field that AWS rejects: an unknown operator, or an operand that the operator does not accept.
 *
 * @param who compares: `EventBridge` or `Lambda`
 */
export function requireCondition(
  prop: string,
  value: unknown,
  who: 'EventBridge' | 'Lambda',
  check: PropCheck,
): void {
  if (Array.isArray(value)) {
    throw check.error(
      prop,
      'must be a value, not a list in a list',
      asJson(value),
      'the CDK’s `Match` and `FilterRule` already return a list: write `field: Match.prefix("a")`, or `[...Match.prefix("a"), "b"]`',
    );
  }
  if (!isPlainObject(value) || isExpression(value)) {
    return;
  }
  const [operator = '', ...more] = Object.keys(value);
  const accepts = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined;
  if (accepts === undefined || more.length > 0) {
    throw check.error(
      prop,
      `must be a value or one operator of ${Object.keys(OPERATORS).join(', ')}`,
      asJson(value),
      more.length > 0
        ? 'put each operator into an object of its own'
        : `${didYouMean(operator, Object.keys(OPERATORS), 'write one of them.')} The CDK’s \`Match\` writes them`,
    );
  }
  const operand = value[operator];
  if (!accepts(operand) && !isExpression(operand)) {
    throw check.error(
      `${prop}.${operator}`,
      `must be an operand that ${who} accepts`,
      asJson(operand),
      REMEDIES[operator] ?? 'write it with the CDK’s `Match`, for example `Match.prefix("a")`',
    );
  }
}

/** A value known only at deployment, in a pattern that is resolved. */
export function isExpression(value: unknown): boolean {
  const [only = '', ...more] = isPlainObject(value) ? Object.keys(value) : [];
  return more.length === 0 && /^(Ref|Fn::\w+)$/.test(only);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isTextOrIgnoringCase(value: unknown): boolean {
  return isText(value) || (isPlainObject(value) && isText(value['equals-ignore-case']));
}

/** A backslash makes the `*` or the backslash behind it an ordinary character, and two `*` in a row are an error. */
function isWildcard(value: unknown): boolean {
  return isText(value) && /^(?:[^*\\]|\\[*\\]|\*(?!\*))*$/s.test(value);
}

/** Texts or numbers, not both; what is known at deployment may be either. */
function isExclusion(value: unknown): boolean {
  if (isPlainObject(value)) {
    const [operator = '', ...more] = Object.keys(value);
    const accepts = Object.hasOwn(EXCLUSIONS, operator) ? EXCLUSIONS[operator] : undefined;
    return accepts !== undefined && more.length === 0 && areAll(value[operator], accepts);
  }
  return areAll(value, isText) || areAll(value, isNumber);
}

/** Whether a value, or each of a list, is accepted. A list that is known at deployment is one value. */
function areAll(value: unknown, accepts: (one: unknown) => boolean): boolean {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.length > 0 && values.every((one) => accepts(one) || isExpression(one));
}

/** `["=", 3]`, `[">", 0]`, or a lower bound and then an upper one. */
function isRange(value: unknown): boolean {
  const parts: readonly unknown[] = Array.isArray(value) ? value : [];
  const [first, low, second, high, ...more] = parts;
  const isBound = (bound: unknown): boolean => isNumber(bound) || isExpression(bound);
  if (parts.length === 2) {
    return ['=', '<', '<=', '>', '>='].includes(String(first)) && isBound(low);
  }
  return (
    more.length === 0 &&
    ['>', '>='].includes(String(first)) &&
    ['<', '<='].includes(String(second)) &&
    isBound(low) &&
    isBound(high)
  );
}

function isAddressRange(value: unknown): boolean {
  const [address = '', bits = '', ...more] = isText(value) ? value.split('/') : [];
  const most = { 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= most;
}
