import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { ROUTE_PROPS } from '../http-prop-set';
import type { HttpThrottle } from '../http-options';
import { flag, struct } from '../../props/kinds';
import { propsOf } from '../../props/prop-set';
import { UsageAmounts } from '../../estimate/usage';
import { amounts } from '../../estimate/usage-prop-set';
import type { RequestValidation } from './rest-options';
import { VALIDATION_PROPS } from './rest-prop-set';

/** Options of `forwardRequest`. */
export interface ForwardOptions {
  /**
   * Who may call the route; see `RouteAuthorizer`.
   *
   * @default - `rest.authorizer`
   */
  readonly authorizer?: apigateway.IHttpRouteAuthorizer;

  /**
   * The scopes that a token must have.
   *
   * @default - `rest.authorizationScopes`
   */
  readonly authorizationScopes?: string[];

  /**
   * The throttle of this route.
   *
   * @default - the throttle of the API
   */
  readonly throttle?: HttpThrottle;

  /**
   * Whether a request needs an API key.
   *
   * @default - `rest.apiKeyRequired`
   */
  readonly apiKeyRequired?: boolean;

  /**
   * What a request must contain; other requests get 400.
   *
   * @default - any request
   */
  readonly validate?: RequestValidation;

  /**
   * The expected number of requests in a month. Only the cost estimate uses it.
   *
   * @default - 100,000, 1 million and 10 million
   */
  readonly monthlyEvents?: UsageAmounts;
}

/** @internal */
export const FORWARD_PROPS = propsOf<ForwardOptions>()({
  authorizer: ROUTE_PROPS.authorizer,
  authorizationScopes: ROUTE_PROPS.authorizationScopes,
  throttle: ROUTE_PROPS.throttle,
  apiKeyRequired: flag(),
  validate: struct(VALIDATION_PROPS),
  monthlyEvents: amounts(),
});
