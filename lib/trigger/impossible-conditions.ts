import type { PropCheck } from '../props/prop-check';
import { asJson, isPlainObject } from './pattern-json';

type Pattern = Readonly<Record<string, unknown>>;

/**
 * Rejects conditions of a pattern that nothing can match, and such as match every number. EventBridge, SNS and Lambda share the operators, and
 * accept most of these: the function would never run, or always.
 *
 * A field of the event may be a list, of which each condition may match another value. So two different values for one field are no
 * contradiction, but a field that must be absent and present is one.
 */
export function refuseImpossible(prop: string, pattern: Pattern, check: PropCheck): void {
  refuseFields(prop, pattern, new Map(), check);
}

/** Rejects the conditions for one field of which each, or all together, are impossible or match every number. */
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
          ? 'swap the bounds, or put the two ranges into conditions of their own, of which one must match'
          : 'leave it out, or write `{ exists: false }` for events without the field',
      );
    }
  });
  const ranges = conditions.flatMap((condition) => rangeOf(condition) ?? []);
  if (ranges.length > 1 && coversAll(ranges)) {
    throw check.error(
      prop,
      'must not match every number: of several conditions for one field, any may match',
      asJson(conditions),
      'write both bounds into one condition, such as `{ numeric: [">", 3, "<", 5] }` (`Match.interval`, or `between` of a subscription’s filter), or `{ exists: true }`',
    );
  }
}

/** Fields whose only condition is that they are absent (`false`), or that they are there (`true`). */
type Presence = ReadonlyMap<string, boolean>;

function refuseFields(prop: string, pattern: Pattern, outside: Presence, check: PropCheck): void {
  const known = new Map(outside);
  const alternatives: [string, Pattern][] = [];
  for (const [name, part] of Object.entries(pattern)) {
    const at = prop === '' ? name : `${prop}.${name}`;
    if (name === '$or' && Array.isArray(part)) {
      part.forEach((one: unknown, i) => {
        if (isPlainObject(one)) {
          alternatives.push([`${at}[${i}]`, one]);
        }
      });
    } else if (Array.isArray(part)) {
      refuseImpossibleValues(at, part, check);
      const isThere = presenceOf(part);
      if (isThere !== undefined && outside.get(name) === !isThere) {
        throw check.error(
          at,
          'must not contradict the condition for the same field beside `$or`, because both must match',
          asJson(part),
          'move the condition beside `$or` into the alternatives',
        );
      }
      if (isThere !== undefined) {
        known.set(name, isThere);
      }
    } else if (isPlainObject(part)) {
      refuseFields(at, part, new Map(), check);
    }
  }
  alternatives.forEach(([at, one]) => {
    refuseFields(at, one, known, check);
  });
}

/** Whether the field must be there; undefined if it need not. */
function presenceOf(conditions: readonly unknown[]): boolean | undefined {
  const absent = conditions.filter((one) => isPlainObject(one) && one['exists'] === false);
  if (absent.length === 0) {
    return true;
  }
  return absent.length === conditions.length ? false : undefined;
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
  const { prefix, suffix, wildcard } = excluded;
  return (
    [prefix, suffix].some((part) => part === '' || (Array.isArray(part) && part.includes(''))) ||
    [wildcard].flat().some((part) => typeof part === 'string' && /^\*+$/.test(part))
  );
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
    if (typeof bound !== 'number') {
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

/** Whether each number is in one of the ranges. */
function coversAll(ranges: readonly Range[]): boolean {
  const sorted = [...ranges].sort((a, b) =>
    a.low === b.low ? Number(b.withLow) - Number(a.withLow) : a.low < b.low ? -1 : 1,
  );
  let [reached, included] = [-Infinity, true];
  for (const { low, high, withLow, withHigh } of sorted) {
    if (low > reached || (low === reached && !withLow && !included)) {
      return false;
    }
    if (high > reached || (high === reached && withHigh)) {
      [reached, included] = [high, withHigh];
    }
  }
  return reached === Infinity;
}
