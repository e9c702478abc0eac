import type { TableValue } from './event-types';

/** An item in the form that it has in a record of a table stream. Members that are `undefined` are left out. */
export function tableValues(item: Readonly<Record<string, unknown>>): Record<string, TableValue> {
  const members = Object.entries(item).filter(([, value]) => value !== undefined);
  return Object.fromEntries(members.map(([name, value]) => [name, tableValue(value, name)]));
}

function tableValue(value: unknown, name: string): TableValue {
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'number':
    case 'bigint':
      return { N: String(value) };
    case 'boolean':
      return { BOOL: value };
    case 'object':
      return objectValue(value, name);
    case 'function':
    case 'symbol':
    case 'undefined':
      throw new Error(`\`${name}\` must be a DynamoDB value, got a ${typeof value}`);
  }
}

function objectValue(value: object | null, name: string): TableValue {
  if (value === null) {
    return { NULL: true };
  }
  if (value instanceof Uint8Array) {
    return { B: base64(value) };
  }
  if (value instanceof Set) {
    return setValue([...value], name);
  }
  if (Array.isArray(value)) {
    return { L: value.map((each, i) => tableValue(each, `${name}[${i}]`)) };
  }
  // A plain object has no class of its own, even if it comes from another realm, as in jest.
  if (Object.prototype.toString.call(value) !== '[object Object]') {
    throw new Error(
      `\`${name}\` must be a DynamoDB value, got a ${value.constructor.name}: write a string or a number`,
    );
  }
  return { M: tableValues(value as Readonly<Record<string, unknown>>) };
}

function setValue(members: readonly unknown[], name: string): TableValue {
  if (members.length > 0 && members.every((each) => typeof each === 'string')) {
    return { SS: members.map(String) };
  }
  if (members.length > 0 && members.every((each) => typeof each === 'number')) {
    return { NS: members.map(String) };
  }
  if (members.length > 0 && members.every((each) => each instanceof Uint8Array)) {
    return { BS: members.map(base64) };
  }
  throw new Error(
    `\`${name}\` must be a non-empty set of strings, numbers or bytes, as DynamoDB requires`,
  );
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
