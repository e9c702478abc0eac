import { PropCheck, unquoted } from '../../props/prop-check';
import type { RouteKey } from '../route-key';
import type { RestAuthorizer } from './rest-authorizers';
import type { RequestTenant } from './request-tenant';

const HEADER = 'integration.request.header.X-Amz-Tenant-Id';

/** Rejects a tenant that no request to the route can have. */
export function checkTenant(
  tenant: RequestTenant | undefined,
  { key, path = '' }: RouteKey,
  authorizer: RestAuthorizer,
  check: PropCheck,
): void {
  if (tenant === undefined) {
    return;
  }
  const { expression, pathParameter } = tenant;
  if (pathParameter !== undefined && !path.includes(`{${pathParameter}}`)) {
    throw check.error(
      'tenantId',
      `must name a path parameter of ${key}`,
      pathParameter,
      `write a route such as \`GET /{${pathParameter}}/orders\`, or take another part of the request`,
    );
  }
  const needed = expression.startsWith('context.authorizer.claims.')
    ? 'cognito'
    : expression.startsWith('context.authorizer.')
      ? 'function'
      : undefined;
  if (needed !== undefined && authorizer.kind !== needed) {
    throw check.error(
      'tenantId',
      `must not need ${needed === 'cognito' ? 'a user pool' : 'an authorizer function'} that the route does not have`,
      unquoted(authorizer.kind === 'open' ? 'no authorizer' : `one by ${authorizer.kind}`),
      needed === 'cognito'
        ? 'give the route `authorizer: RouteAuthorizer.userPool(…)`'
        : 'give the route `authorizer: RouteAuthorizer.byFunction(…)`',
    );
  }
}

/** Maps the tenant of a request to the header that Lambda reads. */
export function tenantParameters(tenant: RequestTenant | undefined): object {
  return tenant === undefined ? {} : { requestParameters: { [HEADER]: tenant.expression } };
}
