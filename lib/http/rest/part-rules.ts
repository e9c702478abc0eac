import type { PropCheck } from '../../props/prop-check';
import type { RouteKey } from '../route-key';
import type { RequestPart } from './request-part';

type Schema = Readonly<Record<string, unknown>>;

/** Rejects a part that a request to the route may lack. API Gateway rejects requests without a query parameter or a header itself. */
export function checkParts(
  parts: readonly RequestPart[] = [],
  { key, path = '' }: RouteKey,
  body: Schema | undefined,
  check: PropCheck,
): void {
  for (const { place, value } of parts) {
    if (place === 'path' && !path.includes(`{${value}}`) && !path.includes(`{${value}+}`)) {
      throw check.error(
        'target',
        `must take a path parameter of ${key}`,
        value,
        `write a route such as \`POST /orders/{${value}}\`, or take another part of the request`,
      );
    }
    if (place === 'body' && !requires(body, value.split('.'), body)) {
      throw check.error(
        'target',
        'must take a field that `validate.body` requires and whose type is `string`, `integer` or `number`',
        value,
        `require it in the schema: ${JSON.stringify(schemaFor(value.split('.')))}`,
      );
    }
  }
}

const REF = /^#\/(\$defs|definitions)\/([^/]+)$/;
const SCALARS: readonly unknown[] = ['string', 'integer', 'number'];

function requires(given: unknown, [field, ...below]: readonly string[], root: unknown): boolean {
  const schema = resolved(given, root);
  if (field === undefined) {
    return isSchema(schema) && SCALARS.includes(schema['type']);
  }
  if (!isSchema(schema) || !Array.isArray(schema['required'])) {
    return false;
  }
  const { properties, required } = schema as { properties?: unknown; required: unknown[] };
  return (
    required.includes(field) && isSchema(properties) && requires(properties[field], below, root)
  );
}

/** The schema that a `$ref` names. It is among the schema's own definitions, and does not refer to itself. */
function resolved(schema: unknown, root: unknown, seen: readonly unknown[] = []): unknown {
  const [, place, name] = (isSchema(schema) && REF.exec(String(schema['$ref']))) || [];
  if (place === undefined || name === undefined || !isSchema(root) || seen.includes(schema)) {
    return schema;
  }
  const definitions = root[place];
  const target = isSchema(definitions) ? definitions[name] : undefined;
  return resolved(target, root, [...seen, schema]);
}

function schemaFor([field = '', ...below]: readonly string[]): Schema {
  const inner = below.length === 0 ? { type: 'string' } : schemaFor(below);
  return { type: 'object', required: [field], properties: { [field]: inner } };
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}
