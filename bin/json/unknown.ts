/**
 * Data from a queue, a bucket, a log or a file. Anyone may have written it, so fields are read only through these functions,
 * which return `undefined` if the type is not the expected one.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The value of a JSON text; `undefined` if the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
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
