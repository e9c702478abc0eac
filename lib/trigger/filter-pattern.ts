import { Token } from 'aws-cdk-lib';
import { PropCheck, unquoted } from '../props/prop-check';
import { refuseImpossible } from './impossible-conditions';
import { requireCondition } from './pattern-conditions';
import { asJson, isPlainObject } from './pattern-json';

type Pattern = Readonly<Record<string, unknown>>;

const EXAMPLE = "write `FilterCriteria.filter({ eventName: ['INSERT'] })`, with your own pattern";

/**
 * The patterns of filters, each undefined if it is known only at deployment. CloudFormation ignores every other member of a
 * filter, so a pattern that was not passed to `FilterCriteria.filter` would be deployed as `{}`.
 */
export function filterPatterns(
  filters: readonly Readonly<Record<string, unknown>>[] | undefined,
  check: PropCheck,
  example = EXAMPLE,
): ReadonlyArray<Readonly<Record<string, unknown>> | undefined> {
  return filters === undefined || Token.isUnresolved(filters)
    ? []
    : filters.map((filter, i) => patternOf(filter, check.at(`filters[${i}]`), example));
}

function patternOf(
  filter: Readonly<Record<string, unknown>>,
  check: PropCheck,
  example: string,
): Readonly<Record<string, unknown>> | undefined {
  if (Token.isUnresolved(filter)) {
    return undefined;
  }
  const { pattern, ...others } = filter;
  if (Object.keys(others).length > 0 || typeof pattern !== 'string') {
    throw check.error('', 'must be created by `FilterCriteria.filter(…)`', asJson(filter), example);
  }
  if (Token.isUnresolved(pattern)) {
    return undefined;
  }
  const parsed = parse(pattern);
  if (parsed === undefined) {
    throw check.error('pattern', 'must be the JSON of an object', pattern, example);
  }
  requireLists(parsed, check);
  refuseImpossible('', parsed, check);
  return parsed;
}

/**
 * Lambda rejects a pattern with a value that is not in a list, an empty object, an unknown operator or operand, and an `$or` of
 * fewer than two: https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
function requireLists(pattern: Pattern, check: PropCheck): void {
  for (const [name, part] of Object.entries(pattern)) {
    if (name === '$or') {
      requireAlternatives(part, check.at(name));
    } else if (isPlainObject(part)) {
      requireFields(part, name, check);
    } else if (!Array.isArray(part) || part.length === 0) {
      throw check.error(
        name,
        'must be a list of the values that match',
        asJson(part),
        `write, for example, \`${name}: [${part === undefined || Array.isArray(part) ? "'value'" : JSON.stringify(part)}]\``,
      );
    } else {
      part.forEach((one: unknown, i) => {
        requireCondition(`${name}[${i}]`, one, 'Lambda', check);
      });
    }
  }
}

function requireFields(part: Pattern, name: string, check: PropCheck): void {
  if (Object.keys(part).length === 0) {
    throw check.error(
      name,
      'must name at least one field',
      unquoted('an empty object'),
      'leave it out, or write `[{ exists: true }]` for a value that is there',
    );
  }
  requireLists(part, check.at(name));
}

function requireAlternatives(part: unknown, check: PropCheck): void {
  if (!Array.isArray(part) || part.length < 2 || !part.every(isPlainObject)) {
    throw check.error(
      '',
      'must be a list of at least two patterns',
      asJson(part),
      'write, for example, `$or: [{ total: [100] }, { kind: ["gift"] }]`',
    );
  }
  part.forEach((one, i) => {
    requireLists(one, check.at(`[${i}]`));
  });
}

function parse(pattern: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(pattern);
    return isPlainObject(parsed) ? parsed : undefined;
  } catch {
    return undefined; // the caller reports it
  }
}
