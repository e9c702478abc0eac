import type { EventOf } from '../../model';
import { authorizerNode } from '../api/authorizers';
import { code, list, Node, object, quote } from '../print';
import type { Scope } from '../scope';
import { anyNode, textNode } from '../values';

/** The library writes parameters as an HTTP API does: `{proxy+}`, `{id}`. */
export function routeOf(route: string): string {
  return route.replace(
    /\{([^}+]+)(\+?)\}/g,
    (_, name: string, plus: string) => `{${name.replace(/[^\w.-]/g, '_')}${plus}}`,
  );
}

export function httpOptions(event: EventOf<'http'>, scope: Scope): Node {
  const { authorizer, requiredQuery, requiredHeaders, body } = event;
  const validate = object({
    requiredQuery: requiredQuery && list(requiredQuery.map(quote)),
    requiredHeaders: requiredHeaders && list(requiredHeaders.map(quote)),
    body: body === undefined ? undefined : anyNode(body, scope),
  });
  return object({
    authorizer: authorizer && authorizerNode(authorizer, scope),
    authorizationScopes:
      authorizer?.scopes && list(authorizer.scopes.map((one) => textNode(one, scope))),
    apiKeyRequired: event.apiKey === true ? code('true') : undefined,
    validate: validate.entries.length === 0 ? undefined : validate,
  });
}
