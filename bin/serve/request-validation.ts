import { Ajv } from 'ajv';
import { asObject, asText, JsonObject, parseJson } from '../json/unknown';

/** The requirements on a request, as in the model. */
interface Validation {
  readonly body?: unknown;
  readonly query?: readonly string[];
  readonly headers?: readonly string[];
}

/** The message of a 400 response to an invalid request; undefined if the request is valid. */
export type Validate = (request: Request, body: Buffer) => string | undefined;

/** Keywords that identify a schema, which are not needed here. */
const NAMES = new Set(['$schema', '$id', 'id']);

/** The check that a REST API makes before it invokes the function. */
export function validationOf(given: unknown): Validate | undefined {
  const { body, query = [], headers = [] } = (asObject(given) ?? {}) as Validation;
  if (body === undefined && query.length + headers.length === 0) {
    return undefined;
  }
  const isValid = body === undefined ? (): boolean => true : schemaCheck(body);
  return (request, bytes) => {
    const { searchParams } = new URL(request.url);
    const missing = [
      ...query.filter((name) => !searchParams.has(name)),
      ...headers.filter((name) => !request.headers.has(name)),
    ];
    if (missing.length > 0) {
      return `Missing required request parameters: [${missing.join(', ')}]`;
    }
    const type = request.headers.get('content-type') ?? 'application/json';
    // The schema is for JSON; a body with another content type passes.
    return /^application\/json\b/i.test(type) && !isValid(parseJson(bytes.toString('utf8')))
      ? 'Invalid request body'
      : undefined;
  };
}

function schemaCheck(schema: unknown): (value: unknown) => boolean {
  // API Gateway checks no formats.
  const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false });
  const check = ajv.compile(asNewer(schema) as JsonObject);
  return (value) => value !== undefined && check(value);
}

/** Converts a schema from draft 4, which API Gateway uses, to a newer draft, in which an exclusive limit is a number. */
function asNewer(schema: unknown, isMap = false): unknown {
  if (Array.isArray(schema)) {
    return schema.map((each) => asNewer(each));
  }
  const given = asObject(schema);
  if (given === undefined) {
    return schema;
  }
  const entries = Object.entries(given).flatMap(([key, value]): Array<[string, unknown]> => {
    if (isMap) {
      return [[key, asNewer(value)]];
    }
    const limit = /^exclusive(Minimum|Maximum)$/.exec(key)?.[1];
    if (limit !== undefined && typeof value === 'boolean') {
      return value ? [[key, given[limit.toLowerCase()]]] : [];
    }
    if (key === 'enum' || key === 'const' || key === 'default' || key === 'examples') {
      return [[key, value]];
    }
    return NAMES.has(key) && asText(value) !== undefined
      ? []
      : [[key, asNewer(value, MAPS.has(key))]];
  });
  return Object.fromEntries(entries);
}

/** Keywords whose value contains a schema for each name. */
const MAPS = new Set(['properties', 'patternProperties', 'definitions', '$defs', 'dependencies']);
