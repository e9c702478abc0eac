import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import type { HttpThrottle } from '../http-options';

/** The options of a route that the WebSocket API reads. */
export interface SocketRouteOptions {
  readonly authorizer?: apigateway.IWebSocketRouteAuthorizer;
  readonly returnsResponse?: boolean;
  readonly throttle?: HttpThrottle;
}
