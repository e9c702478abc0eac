import type { RouteDetails } from '../model/app-model';

type Json = Readonly<Record<string, unknown>>;
type Details = Partial<RouteDetails>;

const API_KEY = 'apiKey';
const BEARER = { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' };
const IN_AUTHORIZATION = { type: 'apiKey', in: 'header', name: 'Authorization' };

/** How a caller proves who it is, by the type of authorization. */
const SCHEMES: Readonly<Record<string, { readonly name: string; readonly scheme: Json }>> = {
  JWT: { name: 'jwt', scheme: BEARER },
  COGNITO_USER_POOLS: { name: 'userPool', scheme: BEARER },
  AWS_IAM: {
    name: 'sigv4',
    scheme: { ...IN_AUTHORIZATION, description: 'an AWS Signature Version 4 signature' },
  },
  CUSTOM: {
    name: 'custom',
    scheme: { ...IN_AUTHORIZATION, description: 'what the authorizer’s function expects' },
  },
};

/** The security schemes that routes need. */
export function securitySchemes(routes: readonly Details[]): Json {
  return Object.fromEntries(
    routes.flatMap((details) => {
      const own = schemeOf(details);
      return [
        ...(own === undefined ? [] : [[own.name, own.scheme] as const]),
        ...(details.apiKey === true
          ? [[API_KEY, { type: 'apiKey', in: 'header', name: 'x-api-key' }] as const]
          : []),
      ];
    }),
  );
}

/** The schemes that a caller of a route needs, all together. An open route has an empty list. */
export function securityOf(details: Details): { readonly security: readonly Json[] } {
  const own = schemeOf(details);
  const demands = {
    ...(own === undefined ? {} : { [own.name]: details.scopes ?? [] }),
    ...(details.apiKey === true ? { [API_KEY]: [] } : {}),
  };
  return { security: Object.keys(demands).length === 0 ? [] : [demands] };
}

function schemeOf({
  authorization = 'NONE',
  authorizer,
}: Details): (typeof SCHEMES)[string] | undefined {
  const known = SCHEMES[authorization];
  return known && { ...known, name: authorizer ?? known.name };
}
