import { unquoted } from '../props/prop-check';

/** A pattern may be long: an error shows only its beginning. */
const MAX_SHOWN = 200;

/** An object with members, not an array. */
export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A part of a pattern, formatted for an error. */
export function asJson(value: unknown): ReturnType<typeof unquoted> {
  return unquoted(JSON.stringify(value).slice(0, MAX_SHOWN));
}
