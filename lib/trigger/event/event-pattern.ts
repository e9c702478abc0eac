import { Stack } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import type { IConstruct } from 'constructs';
import { anything, listOf, mapOf } from '../../props/kinds';
import { checkProps, requireStruct } from '../../props/check-props';
import { didYouMean } from '../../props/nearest';
import { PropCheck, unquoted } from '../../props/prop-check';
import { propsOf } from '../../props/prop-set';
import { asJson, isPlainObject } from '../pattern-json';
import { refuseImpossible } from '../impossible-conditions';
import { isExpression, requireCondition } from '../pattern-conditions';

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

/** Fields that have the same value in every event of a bus, or in nearly every one. */
const NOT_SELECTIVE: ReadonlySet<string> = new Set(['version', 'account', 'region']);

/** Fields that hold names, which never contain a `*`. */
const NAMES: ReadonlySet<string> = new Set(['source', 'detail-type']);

/** Fields that every event has, as text. https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html */
const TEXTS = ['version', 'id', 'detail-type', 'source', 'account', 'time', 'region'];

const FIELDS = [...TEXTS, 'resources', 'detail'];

/** The alternatives of a pattern, which the CDK renders, but has no type for. */
const OR = '$or';

const EXAMPLE = "write, for example, `{ source: ['shop'], detailType: ['OrderPlaced'] }`";

/** Rejects what is not a pattern, and fields that an event does not have. */
export function checkFields(pattern: events.EventPattern, check: PropCheck): void {
  requireStruct(pattern, check, 'pattern');
  const fields = Object.entries(pattern).filter(([name]) => name !== OR);
  checkProps(Object.fromEntries(fields), EVENT_PATTERN_PROPS, check, 'pattern');
}

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
  requireTexts('', rendered, check);
  requireKnown(rendered, check);
  refuseImpossible('', rendered, check);
  return rendered;
}

/** Whether a pattern matches every event of its bus: it selects by nothing, or by values that any event has. */
export function matchesEverything(pattern: RenderedPattern): boolean {
  return Object.entries(pattern).every(
    ([field, value]) =>
      NOT_SELECTIVE.has(field) ||
      (field === OR
        ? alternativesOf(pattern).some(matchesEverything)
        : field !== 'detail' && Array.isArray(value) && value.some(matchesAnything)),
  );
}

/** The condition for a field in the whole pattern; undefined if alternatives decide, of which one replaces the condition before `$or`. */
export function conditionOf(pattern: RenderedPattern, field: string): unknown {
  const decides = (one: RenderedPattern): boolean =>
    Object.hasOwn(one, field) || alternativesOf(one).some(decides);
  return alternativesOf(pattern).some(decides) ? undefined : pattern[field];
}

function alternativesOf({ [OR]: alternatives }: RenderedPattern): readonly RenderedPattern[] {
  return Array.isArray(alternatives) ? alternatives.filter(isPlainObject) : [];
}

/** An alternative consists of fields as EventBridge names them. A misspelt one would match nothing. */
function requireKnown(pattern: RenderedPattern, check: PropCheck): void {
  alternativesOf(pattern).forEach((one, i) => {
    const at = check.at(`${OR}[${i}]`);
    const unknown = Object.keys(one).find((name) => name !== OR && !FIELDS.includes(name));
    if (unknown !== undefined) {
      throw at.error(
        unknown,
        'must be a field of an event, as EventBridge names it',
        unquoted('an unknown field'),
        unknown === 'detailType'
          ? "write `'detail-type'`: the CDK translates `detailType` only outside `$or`"
          : didYouMean(unknown, FIELDS, `the fields are ${FIELDS.join(', ')}`),
      );
    }
    requireKnown(one, at);
  });
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
    if (name === OR) {
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
function requireTexts(prop: string, pattern: RenderedPattern, check: PropCheck): void {
  alternativesOf(pattern).forEach((one, i) => {
    requireTexts(`${prop}${OR}[${i}].`, one, check);
  });
  for (const name of TEXTS) {
    const values: readonly unknown[] = Array.isArray(pattern[name]) ? pattern[name] : [];
    const i = values.findIndex((value) =>
      isPlainObject(value)
        ? value['numeric'] !== undefined || value['exists'] === false
        : typeof value !== 'string',
    );
    if (i >= 0) {
      throw check.error(
        `${prop}${name}[${i}]`,
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
    requireCondition(`${prop}[${i}]`, one, 'EventBridge', check);
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

function matchesAnything(value: unknown): boolean {
  if (!isPlainObject(value)) {
    return false;
  }
  const { prefix, suffix, wildcard, exists } = value;
  return prefix === '' || suffix === '' || exists === true || /^\*+$/.test(String(wildcard));
}
