/** What is followed of a JSON schema. */
interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** The path of the first part that a schema requires and a value lacks: `functions[3].rollout`. */
export function missingPart(value: unknown, schema: object): string | undefined {
  return missing(value, schema, schema)?.replace(/^\./, '');
}

function missing(value: unknown, schema: Schema, root: Schema): string | undefined {
  if (schema.$ref !== undefined) {
    const definition = root.$defs?.[schema.$ref.slice('#/$defs/'.length)];
    return definition && missing(value, definition, root);
  }
  if (Array.isArray(value)) {
    const { items } = schema;
    return items && firstOf(value, (item, i) => prefixed(`[${i}]`, missing(item, items, root)));
  }
  if (typeof value !== 'object' || value === null) {
    return schema.required === undefined && schema.items === undefined ? undefined : '';
  }
  const parts = value as Readonly<Record<string, unknown>>;
  const lacks = schema.required?.find((name) => parts[name] === undefined);
  return lacks === undefined
    ? firstOf(Object.entries(schema.properties ?? {}), ([name, part]) =>
        parts[name] === undefined
          ? undefined
          : prefixed(`.${name}`, missing(parts[name], part, root)),
      )
    : `.${lacks}`;
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
