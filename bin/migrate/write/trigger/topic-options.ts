import type { EventOf } from '../../model';
import { isList, isMap, listOf, textOf, Value, ValueMap } from '../../value';
import { call, code, list, Node, object } from '../print';
import { NotCarried, Scope } from '../scope';
import { keyText, numberNode, textNode } from '../values';

export function topicOptions({ filter, filterBody }: EventOf<'topic'>, scope: Scope): Node {
  if (filter === undefined) {
    return object({});
  }
  if (filterBody === true) {
    return object({ filterPolicyWithMessageBody: bodyFilter(filter, scope) });
  }
  const entries = Object.entries(filter).map(
    ([key, value]) => [keyText(key), filterPolicy(value, scope)] as const,
  );
  return object({ filterPolicy: object(Object.fromEntries(entries)) });
}

function bodyFilter(filter: ValueMap, scope: Scope): Node {
  const policy = `${scope.module('sns')}.FilterOrPolicy`;
  const entries = Object.entries(filter).map(
    ([key, value]) =>
      [
        keyText(key),
        isMap(value)
          ? call(`${policy}.policy`, [bodyFilter(value, scope)])
          : call(`${policy}.filter`, [filterPolicy(value, scope)]),
      ] as const,
  );
  return object(Object.fromEntries(entries));
}

/** The conditions on one attribute as the CDK’s filter. */
function filterPolicy(value: Value, scope: Scope): Node {
  const filter = `${scope.module('sns')}.SubscriptionFilter`;
  const all = isList(value) ? value : [value];
  const [first] = all;
  if (all.length === 1 && isMap(first) && 'exists' in first) {
    return code(`${filter}.${first.exists === false ? 'notExistsFilter' : 'existsFilter'}()`);
  }
  const texts = all.filter((one) => typeof one === 'string');
  const numbers = all.filter((one) => typeof one === 'number');
  const others = all.filter(isMap);
  const known = (name: string): readonly Value[] =>
    others.flatMap((one) => (name in one ? listOf(one[name]) : []));
  const fits = others.every(
    (one) =>
      ['prefix', 'suffix', 'anything-but', 'numeric'].includes(Object.keys(one)[0] ?? '') &&
      !isMap(Object.values(one)[0]),
  );
  const numeric = known('numeric');
  if (fits && numbers.length === all.length) {
    return call(`${filter}.numericFilter`, [
      object({ allowlist: list(numbers.map((one) => code(String(one)))) }),
    ]);
  }
  if (fits && numeric.length === 2 && all.length === 1) {
    const operators: Readonly<Record<string, string>> = {
      '>': 'greaterThan',
      '>=': 'greaterThanOrEqualTo',
      '<': 'lessThan',
      '<=': 'lessThanOrEqualTo',
    };
    const operator = operators[textOf(numeric[0]) ?? ''];
    if (operator !== undefined) {
      return call(`${filter}.numericFilter`, [
        object({ [operator]: numberNode(numeric[1], scope) }),
      ]);
    }
  }
  if (!fits || numbers.length > 0 || numeric.length > 0) {
    throw new NotCarried(`the CDK has no filter for ${JSON.stringify(value)}`);
  }
  const part = (values: readonly Value[]): Node | undefined =>
    values.length === 0 ? undefined : list(values.map((one) => textNode(one, scope)));
  return call(`${filter}.stringFilter`, [
    object({
      allowlist: part(texts),
      denylist: part(known('anything-but')),
      matchPrefixes: part(known('prefix')),
      matchSuffixes: part(known('suffix')),
    }),
  ]);
}
