import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import type { Duration } from 'aws-cdk-lib';
import type { HttpThrottle } from './http-options';
import type { RequestTenant } from './rest/request-tenant';
import type { RequestValidation } from './rest/rest-options';

/** The options of a route that the API reads. */
export interface RouteOptions {
  readonly authorizer?: apigateway.IHttpRouteAuthorizer;
  readonly authorizationScopes?: string[];
  readonly throttle?: HttpThrottle;
  readonly payloadFormat?: apigateway.PayloadFormatVersion;
  readonly apiKeyRequired?: boolean;
  readonly validate?: RequestValidation;
  readonly streaming?: boolean;
  readonly integrationTimeout?: Duration;
  readonly tenantId?: RequestTenant;
}
