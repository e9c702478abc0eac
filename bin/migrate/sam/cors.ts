import type { CorsModel } from '../model';
import { flagOf, isMap, listOf, mapOf, numberOf, Value } from '../value';

/** In SAM a string is a JavaScript-like literal: `"'GET,POST'"`. */
export function corsOf(value: Value): CorsModel | undefined {
  if (value === undefined || value === false) {
    return undefined;
  }
  const plain = (one: Value): Value => (typeof one === 'string' ? one.replace(/^'|'$/g, '') : one);
  const split = (one: Value): readonly Value[] | undefined =>
    one === undefined
      ? undefined
      : listOf(one).flatMap((part): readonly Value[] => {
          const text = plain(part);
          return typeof text === 'string' ? text.split(',').map((word) => word.trim()) : [text];
        });
  const given =
    isMap(value) && (value.AllowOrigin ?? value.AllowOrigins) !== undefined ? value : undefined;
  const map = mapOf(value);
  return {
    origins: split(
      given === undefined
        ? typeof value === 'string'
          ? value
          : '*'
        : (given.AllowOrigin ?? given.AllowOrigins),
    ) ?? ['*'],
    headers: split(map.AllowHeaders),
    methods: split(map.AllowMethods),
    credentials: flagOf(plain(map.AllowCredentials)) === true ? true : undefined,
    maxAge: numberOf(plain(map.MaxAge)),
  };
}
