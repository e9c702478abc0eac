/**
 * Data from a queue, a bucket, a log or a file. Anyone may have written it, so fields are read only through these functions,
 * which return `undefined` if the type is not the expected one.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Deeper values cannot be written again: `JSON.stringify` recurses, and an indented text grows with the square of the depth. */
const MAX_DEPTH = 500;

/** The value of a JSON text; `undefined` if the text is not JSON, or is nested more than 500 levels deep. */
export function parseJson(text: string): unknown {
  try {
    return depthOf(text) > MAX_DEPTH ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

/** The depth of objects and arrays in a JSON text, without those in strings. */
function depthOf(text: string): number {
  let [depth, deepest] = [0, 0];
  for (const [mark] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[[{\]}]/gs)) {
    if (mark === '[' || mark === '{') {
      depth++;
      deepest = Math.max(deepest, depth);
    } else if (mark === ']' || mark === '}') {
      depth--;
    }
  }
  return deepest;
}

export function parseJsonObject(text: string): JsonObject | undefined {
  return asObject(parseJson(text));
}

/** Arrays are not objects. */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** `undefined` if the text is not a date. */
export function asDate(value: unknown): Date | undefined {
  const date = typeof value === 'string' ? new Date(value) : undefined;
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date;
}

/** The value at a path of member names and array indexes. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value;
  for (const step of path) {
    const isMember =
      typeof step === 'number'
        ? Array.isArray(found)
        : asObject(found) !== undefined && Object.hasOwn(found as object, step);
    if (!isMember) {
      return undefined;
    }
    found = (found as Record<string | number, unknown>)[step];
  }
  return found;
}
