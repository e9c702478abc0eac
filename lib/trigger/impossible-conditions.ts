import { Token } from 'aws-cdk-lib';
import type { PropCheck } from '../props/prop-check';
import { asJson, isPlainObject } from './pattern-json';

type Pattern = Readonly<Record<string, unknown>>;

/**
 * Rejects ranges that contain no number, exclusions of everything, and ranges that overlap and together match every number. EventBridge, SNS
 * and Lambda share the operators: https://github.com/aws/event-ruler
 *
 * Fields are checked one by one. A field of the event may be a list, of which each condition may match another value, and the condition
 * in an alternative of `$or` replaces the one that stands before `$or` for the same field. So two conditions are never a contradiction.
 */
export function refuseImpossible(prop: string, pattern: Pattern, check: PropCheck): void {
  for (const [name, part] of Object.entries(pattern)) {
    const at = prop === '' ? name : `${prop}.${name}`;
    if (name === '$or' && Array.isArray(part)) {
      part.forEach((one: unknown, i) => {
        if (isPlainObject(one)) {
          refuseImpossible(`${at}[${i}]`, one, check);
        }
      });
    } else if (Array.isArray(part)) {
      refuseImpossibleValues(at, part, check);
    } else if (isPlainObject(part)) {
      refuseImpossible(at, part, check);
    }
  }
}

/** Rejects a condition of a field that no value can match, and conditions that together match every number. */
export function refuseImpossibleValues(
  prop: string,
  conditions: readonly unknown[],
  check: PropCheck,
): void {
  conditions.forEach((condition, i) => {
    if (isImpossible(condition)) {
      throw check.error(
        `${prop}[${i}]`,
        'must be a condition that a value can match',
        asJson(condition),
        isPlainObject(condition) && condition['numeric'] !== undefined
          ? 'swap the bounds, or write two conditions, one for each range'
          : 'leave it out, or write `{ exists: false }` for events without the field',
      );
    }
  });
  const ranges = conditions.flatMap((condition) => rangeOf(condition) ?? []);
  if (matchEveryNumber(ranges)) {
    throw check.error(
      prop,
      'must not match every number: of several conditions for one field, any may match',
      asJson(conditions),
      'write both bounds into one condition, such as `{ numeric: [">", 3, "<", 5] }` (`Match.interval`, or `between` of a subscription’s filter), or, for any value, `{ exists: true }`',
    );
  }
}

function isImpossible(condition: unknown): boolean {
  const range = rangeOf(condition);
  if (range !== undefined) {
    return isEmpty(range);
  }
  const excluded = isPlainObject(condition) ? condition['anything-but'] : undefined;
  if (!isPlainObject(excluded)) {
    return false;
  }
  const { prefix, suffix } = excluded;
  return [prefix, suffix].flat().includes('');
}

interface Range {
  readonly low: number;
  readonly high: number;
  /** Whether the range includes its bounds. */
  readonly withLow: boolean;
  readonly withHigh: boolean;
}

/** The numbers that a condition `{ numeric: ['>', 0, '<=', 5] }` matches; undefined if it is another one, or known only at deployment. */
function rangeOf(condition: unknown): Range | undefined {
  const operand = isPlainObject(condition) ? condition['numeric'] : undefined;
  if (!Array.isArray(operand) || operand.length % 2 !== 0) {
    return undefined;
  }
  let range: Range = { low: -Infinity, high: Infinity, withLow: true, withHigh: true };
  for (let i = 0; i < operand.length; i += 2) {
    const [operator, bound] = [String(operand[i]), operand[i + 1] as unknown];
    if (typeof bound !== 'number' || Token.isUnresolved(bound)) {
      return undefined;
    }
    if (operator.includes('>') || operator === '=') {
      range = above(range, bound, operator.includes('='));
    }
    if (operator.includes('<') || operator === '=') {
      range = below(range, bound, operator.includes('='));
    }
  }
  return range;
}

function above(range: Range, low: number, withLow: boolean): Range {
  const isTighter = low > range.low || (low === range.low && !withLow);
  return isTighter ? { ...range, low, withLow } : range;
}

function below(range: Range, high: number, withHigh: boolean): Range {
  const isTighter = high < range.high || (high === range.high && !withHigh);
  return isTighter ? { ...range, high, withHigh } : range;
}

function isEmpty({ low, high, withLow, withHigh }: Range): boolean {
  return low > high || (low === high && !(withLow && withHigh));
}

/** Whether each number is in one of the ranges, and two of them overlap. Ranges that only meet test for any number, which may be meant. */
function matchEveryNumber(ranges: readonly Range[]): boolean {
  const sorted = [...ranges].sort((a, b) =>
    a.low === b.low ? Number(b.withLow) - Number(a.withLow) : a.low < b.low ? -1 : 1,
  );
  let [reached, included, overlap] = [-Infinity, false, false];
  for (const { low, high, withLow, withHigh } of sorted) {
    if (low > reached || (low === reached && !withLow && !included)) {
      return false;
    }
    overlap ||= low < reached;
    if (high > reached || (high === reached && withHigh)) {
      [reached, included] = [high, withHigh];
    }
  }
  return overlap && reached === Infinity;
}
