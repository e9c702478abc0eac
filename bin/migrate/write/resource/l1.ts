import schema from '../../l1-schema.json';
import {
  ByStage,
  Code,
  intrinsicOf,
  isList,
  isMap,
  Join,
  mapOf,
  Value,
  ValueMap,
} from '../../value';
import { list, Node, object } from '../print';
import type { Scope } from '../scope';
import { anyNode, flagNode, isNoValue, keyText, listNode, numberNode, textNode } from '../values';

interface L1 {
  readonly module: string;
  readonly class: string;
  readonly props: string;
  readonly attributes: readonly string[];
}

const RESOURCES: Readonly<Record<string, L1 | undefined>> = schema.resources;
const STRUCTS: Readonly<Record<string, Readonly<Record<string, string>> | undefined>> =
  schema.structs;

/** The CDK's L1 construct for a resource type; undefined if the type is written as a `CfnResource`. */
export function l1Of(type: string): L1 | undefined {
  return Object.hasOwn(RESOURCES, type) ? RESOURCES[type] : undefined;
}

/** The properties of a resource as the CDK names and types them, or undefined if a property does not fit the type. */
export function propsNode(type: string, properties: ValueMap, scope: Scope): Node | undefined {
  const l1 = l1Of(type);
  return l1 === undefined ? undefined : structNode(properties, l1.props, scope);
}

function structNode(value: Value, name: string, scope: Scope): Node | undefined {
  const struct = STRUCTS[name];
  if (struct === undefined || !isMap(value) || intrinsicOf(value) !== undefined) {
    return undefined;
  }
  const byLowerCase = new Map(Object.keys(struct).map((prop) => [prop.toLowerCase(), prop]));
  const entries: Record<string, Node> = {};
  for (const [key, one] of Object.entries(value)) {
    if (one === null || one === undefined || isNoValue(one)) {
      continue;
    }
    const prop = byLowerCase.get(key.toLowerCase());
    const node = prop === undefined ? undefined : kindNode(one, struct[prop] ?? 'any', scope);
    if (prop === undefined || node === undefined) {
      return undefined;
    }
    entries[prop] = node;
  }
  return object(entries);
}

function kindNode(value: Value, kind: string, scope: Scope): Node | undefined {
  const [name] = intrinsicOf(value) ?? [];
  if (kind === 'any') {
    return anyNode(value, scope);
  }
  if (name === 'Fn::If' && kind !== 'string') {
    return undefined;
  }
  if (kind === 'string') {
    return isList(value) ? undefined : textNode(value, scope);
  }
  if (kind === 'number') {
    return numberNode(value, scope);
  }
  if (kind === 'boolean') {
    return isMap(value) ? undefined : flagNode(value, scope);
  }
  const [collection, ...element] = kind.split(' ');
  if (collection === 'list') {
    return listOfKind(value, element.join(' '), scope);
  }
  if (collection === 'map') {
    const entries = Object.entries(mapOf(value)).map(
      ([key, one]) => [keyText(key), kindNode(one, element.join(' '), scope)] as const,
    );
    return entries.some(([, one]) => one === undefined)
      ? undefined
      : object(Object.fromEntries(entries));
  }
  return structNode(value, kind, scope);
}

function listOfKind(value: Value, kind: string, scope: Scope): Node | undefined {
  const given = value;
  const isComputed =
    given instanceof Code ||
    given instanceof Join ||
    given instanceof ByStage ||
    intrinsicOf(given) !== undefined;
  if (isComputed) {
    return kind === 'string' ? listNode(given, scope) : undefined;
  }
  const items = (isList(given) ? given : [given])
    .filter((one) => !isNoValue(one))
    .map((one) => kindNode(one, kind, scope));
  return items.some((one) => one === undefined) ? undefined : list(items as Node[]);
}
