import { asObject } from './json/unknown';

/** The keywords of JSON Schema that are checked. */
interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** The path of the first part that is missing or whose type differs from the schema: `functions[3].rollout`. */
export function invalidPart(value: unknown, schema: object): string | undefined {
  return invalid(value, schema, schema)?.replace(/^\./, '');
}

function invalid(value: unknown, schema: Schema, root: Schema): string | undefined {
  if (schema.$ref !== undefined) {
    const definition = root.$defs?.[schema.$ref.slice('#/$defs/'.length)];
    return definition && invalid(value, definition, root);
  }
  if (!hasType(value, schema.type)) {
    return '';
  }
  if (Array.isArray(value)) {
    const { items } = schema;
    return items && firstOf(value, (item, i) => prefixed(`[${i}]`, invalid(item, items, root)));
  }
  const parts = asObject(value);
  if (parts === undefined) {
    return undefined;
  }
  const lacks = schema.required?.find((name) => parts[name] === undefined);
  return lacks === undefined
    ? firstOf(Object.entries(schema.properties ?? {}), ([name, part]) =>
        parts[name] === undefined
          ? undefined
          : prefixed(`.${name}`, invalid(parts[name], part, root)),
      )
    : `.${lacks}`;
}

function hasType(value: unknown, type: string | undefined): boolean {
  switch (type) {
    case 'object':
      return asObject(value) !== undefined;
    case 'array':
      return Array.isArray(value);
    case 'string':
    case 'number':
    case 'boolean':
      return typeof value === type;
    case 'integer':
      return Number.isInteger(value);
    case undefined:
    default:
      return true;
  }
}

function prefixed(prefix: string, path: string | undefined): string | undefined {
  return path === undefined ? undefined : `${prefix}${path}`;
}

function firstOf<T>(
  items: readonly T[],
  find: (item: T, index: number) => string | undefined,
): string | undefined {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}
