import type { CorsModel } from '../model';
import { flagOf, listOf, mapOf, numberOf, Value } from '../value';

export function corsOf(value: Value): CorsModel | undefined {
  if (value === undefined || value === false) {
    return undefined;
  }
  const given = mapOf(value);
  const origins = listOf(given.origins ?? given.origin ?? given.allowedOrigins).flatMap(
    (one): readonly Value[] =>
      typeof one === 'string' ? one.split(',').map((text) => text.trim()) : [one],
  );
  return {
    origins: origins.length === 0 ? ['*'] : origins,
    headers: optionalList(given.headers ?? given.allowedHeaders),
    methods: optionalList(given.allowedMethods ?? given.methods),
    credentials: flagOf(given.allowCredentials) === true ? true : undefined,
    maxAge: numberOf(given.maxAge),
    exposed: optionalList(given.exposedResponseHeaders),
  };
}

function optionalList(value: Value): readonly Value[] | undefined {
  return value === undefined ? undefined : listOf(value);
}
