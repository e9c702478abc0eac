import { isList, isMap, listOf, mapOf, Value, ValueMap } from '../../value';
import { call, code, list, Node, object, quote } from '../print';
import { NotCarried, Scope } from '../scope';
import { anyNode, mapNode, textNode } from '../values';

const PATTERN_KEYS: Readonly<Record<string, string>> = { 'detail-type': 'detailType' };

export function patternNode(pattern: ValueMap, scope: Scope): Node {
  const known = [
    'source',
    'detail-type',
    'detail',
    'account',
    'region',
    'resources',
    'id',
    'time',
    'version',
  ];
  const other = Object.keys(pattern).find((key) => !known.includes(key));
  if (other !== undefined) {
    throw new NotCarried(`the CDK’s event pattern has no \`${other}\``);
  }
  const entries = Object.entries(pattern).map(([key, value]) => {
    const node =
      key === 'detail'
        ? mapNode(mapOf(value), scope)
        : list(listOf(value).map((one) => anyNode(one, scope)));
    return [
      PATTERN_KEYS[key] ?? key,
      isMatcher(value) ? matcherNode(listOf(value), scope) : node,
    ] as const;
  });
  return object(Object.fromEntries(entries));
}

function matcherNode(values: readonly Value[], scope: Scope): Node {
  const match = `${scope.module('events')}.Match`;
  const each = values.map((value): Node => {
    const [kind, argument] = Object.entries(mapOf(value))[0] ?? [];
    if (typeof value === 'string') {
      return call(`${match}.exactString`, [quote(value)]);
    }
    if (kind === 'prefix' || kind === 'suffix' || kind === 'wildcard') {
      return call(`${match}.${kind}`, [textNode(argument, scope)]);
    }
    if (kind === 'anything-but' && !isMap(argument)) {
      return call(
        `${match}.anythingBut`,
        listOf(argument).map((one) => textNode(one, scope)),
      );
    }
    throw new NotCarried(`the migration does not know the matcher ${JSON.stringify(value)}`);
  });
  return each.length === 1 ? (each[0] ?? code('[]')) : call(`${match}.anyOf`, each);
}

/** `source: [{ prefix: 'aws.' }]`: the CDK types these members as lists of strings. */
function isMatcher(value: Value): boolean {
  return isList(value) && value.some(isMap);
}
