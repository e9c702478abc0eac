import { Stack } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import type { IConstruct } from 'constructs';
import { anything, listOf, mapOf } from '../../props/kinds';
import { didYouMean } from '../../props/nearest';
import { PropCheck, unquoted } from '../../props/prop-check';
import { propsOf } from '../../props/prop-set';
import { asJson, isPlainObject } from '../pattern-json';
import { refuseImpossible } from '../impossible-conditions';

/**
 * The CDK's event pattern. A misspelt field would match nothing.
 *
 * @internal
 */
export const EVENT_PATTERN_PROPS = propsOf<events.EventPattern>(
  'aws-events/lib/event-pattern#EventPattern',
)({
  version: listOf(anything()),
  id: listOf(anything()),
  detailType: listOf(anything()),
  source: listOf(anything()),
  account: listOf(anything()),
  time: listOf(anything()),
  region: listOf(anything()),
  resources: listOf(anything()),
  detail: mapOf(anything()),
});

/** A pattern as EventBridge reads it, with CloudFormation expressions for values known only at deployment. */
export type RenderedPattern = Readonly<Record<string, unknown>>;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
const OPERATORS: Readonly<Record<string, (value: unknown) => boolean>> = {
  prefix: isTextOrIgnoringCase,
  suffix: isTextOrIgnoringCase,
  'equals-ignore-case': isText,
  wildcard: isText,
  'anything-but': isExclusion,
  numeric: isRange,
  cidr: isText,
  exists: (value) => typeof value === 'boolean',
};

/** Fields that have the same value in every event of a bus, or in nearly every one. */
const NOT_SELECTIVE: ReadonlySet<string> = new Set(['version', 'account', 'region']);

/** Fields that hold names, which never contain a `*`. */
const NAMES: ReadonlySet<string> = new Set(['source', 'detail-type']);

/** Fields that every event has, as text. https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
const TEXTS = ['version', 'id', 'detail-type', 'source', 'account', 'time', 'region'];

const EXAMPLE = "write, for example, `{ source: ['shop'], detailType: ['OrderPlaced'] }`";

/** Resolves a pattern and rejects what EventBridge rejects, or what matches no event. */
export function checkedPattern(
  scope: IConstruct,
  pattern: events.EventPattern,
  check: PropCheck,
): RenderedPattern {
  // The CDK's matchers (`Match.prefix`) are Tokens.
  const { detailType, ...others } = Stack.of(scope).resolve(pattern) as events.EventPattern;
  const rendered: RenderedPattern = {
    ...others,
    ...(detailType === undefined ? {} : { 'detail-type': detailType }),
  };
  requireFields('', rendered, check);
  requireTexts(rendered, check);
  refuseImpossible('', rendered, check);
  return rendered;
}

/** Whether a pattern matches every event of its bus: it selects by nothing, or by values that any event has. */
export function matchesEverything(pattern: RenderedPattern): boolean {
  return Object.entries(pattern).every(
    ([field, value]) =>
      NOT_SELECTIVE.has(field) ||
      (field !== 'detail' && Array.isArray(value) && value.some(matchesAnything)),
  );
}

function requireFields(
  prop: string,
  node: Readonly<Record<string, unknown>>,
  check: PropCheck,
): void {
  if (Object.keys(node).length === 0) {
    throw check.error(prop, 'must name at least one field', unquoted('an empty object'), EXAMPLE);
  }
  for (const [name, value] of Object.entries(node)) {
    const at = prop === '' ? name : `${prop}.${name}`;
    if (name === '$or') {
      requireAlternatives(at, value, check);
    } else if (isPlainObject(value)) {
      if (!isExpression(value)) {
        requireFields(at, value, check);
      }
    } else {
      requireValues(at, value, check);
    }
  }
}

/** EventBridge compares a number with numbers only: `account: [123456789012]` matches no event. */
function requireTexts(pattern: RenderedPattern, check: PropCheck): void {
  for (const name of TEXTS) {
    const values: readonly unknown[] = Array.isArray(pattern[name]) ? pattern[name] : [];
    const i = values.findIndex((value) =>
      isPlainObject(value)
        ? value['numeric'] !== undefined || value['exists'] === false
        : typeof value !== 'string',
    );
    if (i >= 0) {
      throw check.error(
        `${name}[${i}]`,
        'must be a condition for text, because every event has this field, as text',
        asJson(values[i]),
        typeof values[i] === 'number'
          ? `write \`'${String(values[i])}'\``
          : 'write text, or leave the field out',
      );
    }
  }
}

function requireAlternatives(prop: string, value: unknown, check: PropCheck): void {
  if (!Array.isArray(value) || value.length < 2 || !value.every(isPlainObject)) {
    throw check.error(
      prop,
      'must be a list of at least two patterns',
      asJson(value),
      "write, for example, `$or: [{ total: [100] }, { kind: ['gift'] }]`",
    );
  }
  value.forEach((one, i) => {
    requireFields(`${prop}[${i}]`, one, check);
  });
}

function requireValues(prop: string, value: unknown, check: PropCheck): void {
  if (!Array.isArray(value)) {
    throw check.error(prop, 'must be a list of values', value, `put it into \`[ … ]\``);
  }
  if (value.length === 0) {
    throw check.error(
      prop,
      'must have at least one value, because an empty list matches no event',
      value,
      'name the values, or leave the field out',
    );
  }
  value.forEach((one: unknown, i) => {
    requireValue(`${prop}[${i}]`, one, check);
    if (NAMES.has(prop) && typeof one === 'string' && one.includes('*')) {
      throw check.error(
        `${prop}[${i}]`,
        'must be a name, because EventBridge compares the `*` in it literally',
        one,
        `write \`Match.wildcard('${one}')\` in place of the list`,
      );
    }
  });
}

function requireValue(prop: string, value: unknown, check: PropCheck): void {
  if (Array.isArray(value)) {
    throw check.error(
      prop,
      'must be a value, not a list in a list',
      asJson(value),
      'the CDK’s `Match` already returns a list: write `field: Match.prefix("a")`, or `[...Match.prefix("a"), "b"]`',
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
      'must be an operand that EventBridge accepts',
      asJson(operand),
      'write it with the CDK’s `Match`, for example `Match.prefix("a")` or `Match.greaterThan(3)`',
    );
  }
}

/** A value known only at deployment. */
function isExpression(value: unknown): boolean {
  const [only = '', ...more] = isPlainObject(value) ? Object.keys(value) : [];
  return more.length === 0 && /^(Ref|Fn::\w+)$/.test(only);
}

function matchesAnything(value: unknown): boolean {
  if (!isPlainObject(value)) {
    return false;
  }
  const { prefix, suffix, wildcard, exists } = value;
  return prefix === '' || suffix === '' || exists === true || /^\*+$/.test(String(wildcard));
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTextOrIgnoringCase(value: unknown): boolean {
  return isText(value) || (isPlainObject(value) && isText(value['equals-ignore-case']));
}

function isExclusion(value: unknown): boolean {
  if (isPlainObject(value)) {
    const [operator = '', ...more] = Object.keys(value);
    return (
      more.length === 0 && ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'].includes(operator)
    );
  }
  return (Array.isArray(value) ? value : [value]).length > 0;
}

/** `[">", 0, "<=", 5]`, or `["=", 3]`. */
function isRange(value: unknown): boolean {
  const parts: unknown[] = Array.isArray(value) ? value : [];
  return (
    (parts.length === 2 || parts.length === 4) &&
    parts.every((part, i) =>
      i % 2 === 0
        ? ['=', '<', '<=', '>', '>='].includes(String(part))
        : typeof part === 'number' || isExpression(part),
    )
  );
}
