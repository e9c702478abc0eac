type Json = Readonly<Record<string, unknown>>;

const LOCAL = /^#(?=\/|$)/;

/**
 * A JSON Schema as part of a document: its references start at its position in the document. OpenAPI 3.1 accepts the rest
 * unchanged.
 */
export function bodySchema(schema: Json, place: string): Json {
  const { $schema: _schema, $id: _id, ...rest } = schema;
  return move(rest, place) as Json;
}

function move(value: unknown, place: string): unknown {
  if (Array.isArray(value)) {
    return value.map((one) => move(one, place));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      key === '$ref' && typeof one === 'string' ? one.replace(LOCAL, place) : move(one, place),
    ]),
  );
}
