import { PropCheck, unquoted } from '../../props/prop-check';

type Json = Readonly<Record<string, unknown>>;

/** The keywords of JSON Schema draft 4 that API Gateway checks, and the descriptive ones. https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html */
const PLAIN = new Set(
  (
    'type title description format pattern minLength maxLength minimum maximum multipleOf minItems maxItems uniqueItems required ' +
    'enum minProperties maxProperties'
  ).split(' '),
);
/** Keywords whose value is a schema, a list of schemas, or a map of schemas. */
const NESTED = new Set(['items', 'not', 'additionalProperties', 'additionalItems']);
const LISTS = new Set(['allOf', 'anyOf', 'oneOf']);
const MAPS = new Set(['properties', 'patternProperties']);
/** Keywords that check nothing. */
const IGNORED = new Set(
  '$schema $id id $comment default examples deprecated readOnly writeOnly contentEncoding contentMediaType definitions $defs'.split(
    ' ',
  ),
);
/** Where the definition of an API has its schemas. */
export const SCHEMAS = '#/components/schemas';
const REF = /^#\/(?:\$defs|definitions)\/([^/]+)$/;

/** A schema as API Gateway reads it, with the schemas that it refers to. */
export interface ApiSchema {
  readonly schema: Json;
  /** By their names in `components.schemas`. */
  readonly others: Readonly<Record<string, Json>>;
}

/** The plain JSON Schema of the user's value: plain data, or a value of a schema library. */
export function plainSchema(given: unknown, check: PropCheck): Json {
  const standard = memberOf(given, '~standard');
  if (standard !== undefined) {
    const converter = memberOf(standard, 'jsonSchema');
    const input = memberOf(converter, 'input');
    if (typeof input !== 'function') {
      throw check.error(
        'body',
        'must give its JSON Schema',
        unquoted('a Standard Schema value without `jsonSchema`'),
        'update the library, or convert it: `z.toJSONSchema(schema, { io: "input" })`',
      );
    }
    return plainSchema(ofLibrary(input as Converter, converter, check), check);
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw check.error(
      'body',
      'must be a JSON Schema',
      given,
      'write, for example, `{ type: "object", required: ["item"], properties: { item: { type: "string" } } }`',
    );
  }
  return given as Json;
}

type Converter = (options: { readonly target: string }) => unknown;

/** The JSON Schema that a library produces for its value; some values have none. */
function ofLibrary(input: Converter, converter: unknown, check: PropCheck): unknown {
  try {
    return Reflect.apply(input, converter, [{ target: 'draft-07' }]);
  } catch (error) {
    throw check.error(
      'body',
      'must give its JSON Schema',
      unquoted(`the library’s error “${error instanceof Error ? error.message : String(error)}”`),
      'give a schema without that part, or a JSON Schema',
    );
  }
}

/**
 * Converts a schema to the keywords of draft 4, the only ones that API Gateway checks. A keyword that it would ignore is an
 * error, because otherwise requests that the schema forbids would reach the function.
 *
 * @param name the prefix for the names of the schemas that it refers to
 */
export function toApiSchema(given: Json, name: string, check: PropCheck): ApiSchema {
  const others: Record<string, Json> = {};
  const definitions = { ...mapIn(given, 'definitions'), ...mapIn(given, '$defs') };
  const nameOf = (definition: string): string =>
    `${name}${definition.replace(/[^A-Za-z0-9]/g, '')}`;
  const convert = (schema: unknown, path: string): unknown =>
    typeof schema === 'object' && schema !== null ? keywords(schema as Json, path) : schema;

  const refer = (ref: unknown, path: string): Json => {
    const [, key = ''] = typeof ref === 'string' ? (REF.exec(ref) ?? []) : [];
    if (definitions[key] === undefined) {
      throw check.error(
        path,
        'must refer to a schema in its own `$defs`',
        ref,
        'write, for example, `{ $ref: "#/$defs/Item" }`, or put the schema in its place',
      );
    }
    const target = nameOf(key);
    if (others[target] === undefined) {
      others[target] = {}; // a schema may refer to itself
      others[target] = convert(definitions[key], `body.$defs.${key}`) as Json;
    }
    return { $ref: `${SCHEMAS}/${target}` };
  };

  const keywords = (schema: Json, path: string): Json => {
    if (schema.$ref !== undefined) {
      return refer(schema.$ref, `${path}.$ref`);
    }
    const result: Record<string, unknown> = {};
    for (const [keyword, value] of Object.entries(schema)) {
      const at = `${path}.${keyword}`;
      if (PLAIN.has(keyword)) {
        result[keyword] ??= value;
      } else if (keyword === 'const') {
        result.enum = [value];
      } else if (keyword === 'exclusiveMinimum' || keyword === 'exclusiveMaximum') {
        Object.assign(result, exclusive(keyword, value));
      } else if (NESTED.has(keyword)) {
        result[keyword] = convert(value, at);
      } else if (LISTS.has(keyword) && Array.isArray(value)) {
        result[keyword] = value.map((one, i) => convert(one, `${at}[${i}]`));
      } else if (MAPS.has(keyword)) {
        const each = Object.entries(mapIn(schema, keyword));
        result[keyword] = Object.fromEntries(
          each.map(([property, one]) => [property, convert(one, `${at}.${property}`)]),
        );
      } else if (!IGNORED.has(keyword)) {
        throw check.error(
          at,
          'must be a keyword that API Gateway checks (JSON Schema draft 4)',
          keyword,
          'leave it out and check it in the function',
        );
      }
    }
    return result;
  };

  return { schema: keywords(given, 'body'), others };
}

/** Draft 4 has a flag next to `minimum` or `maximum`; later drafts have a number. */
function exclusive(keyword: string, value: unknown): Json {
  const bound = keyword === 'exclusiveMinimum' ? 'minimum' : 'maximum';
  return typeof value === 'number' ? { [bound]: value, [keyword]: true } : { [keyword]: value };
}

function mapIn(schema: Json, keyword: string): Json {
  const value = schema[keyword];
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

/** A member of an object or of a function: some libraries' schemas are functions. */
function memberOf(owner: unknown, member: string): unknown {
  return (typeof owner === 'object' && owner !== null) || typeof owner === 'function'
    ? Reflect.get(owner, member)
    : undefined;
}
