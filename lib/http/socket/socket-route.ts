import { Resource } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import { PropCheck } from '../../props/prop-check';

export interface SocketRouteProps {
  readonly webSocketApi: apigateway.IWebSocketApi;
  readonly routeKey: string;
  /** The construct path of the function that handles the route. */
  readonly functionPath: string;
  readonly integrationId: string;
  readonly authorizer?: apigateway.IWebSocketRouteAuthorizer;
  readonly returnsResponse: boolean;
  readonly check: PropCheck;
}

/** The key of the response that API Gateway selects for each message. */
const RESPONSE_KEY = '$default';

/**
 * A route whose integration exists before it. The CDK's own `WebSocketRoute` creates the integration inside the first route that uses
 * it, so the logical id of the integration would change with the order of a function's routes.
 */
export class SocketRoute extends Resource implements apigateway.IWebSocketRoute {
  readonly webSocketApi: apigateway.IWebSocketApi;
  readonly routeKey: string;
  readonly routeId: string;
  readonly routeRef: apigateway.RouteReference;
  /** `NONE`, `AWS_IAM` or `CUSTOM`. */
  readonly authorizationType: string;
  /** The construct path of the function that handles the route. */
  readonly functionPath: string;

  constructor(scope: Construct, id: string, props: SocketRouteProps) {
    super(scope, id);
    const { webSocketApi, routeKey, authorizer, returnsResponse } = props;
    this.webSocketApi = webSocketApi;
    this.routeKey = routeKey;
    this.functionPath = props.functionPath;
    // The CDK rejects an authorizer of another API, and two authorizers with the same name.
    const bind = (): apigateway.WebSocketRouteAuthorizerConfig | undefined =>
      authorizer?.bind({
        route: this,
        scope: Construct.isConstruct(webSocketApi) ? webSocketApi : this,
      });
    const binding = props.check.withPropPath('authorizer', bind);
    this.authorizationType = binding?.authorizationType ?? 'NONE';
    const resource = new apigateway.CfnRoute(this, 'Resource', {
      apiId: webSocketApi.apiId,
      routeKey,
      target: `integrations/${props.integrationId}`,
      authorizationType: this.authorizationType,
      authorizerId: binding?.authorizerId,
      routeResponseSelectionExpression: returnsResponse ? RESPONSE_KEY : undefined,
    });
    this.routeId = resource.ref;
    this.routeRef = resource.routeRef;
    if (returnsResponse) {
      new apigateway.CfnRouteResponse(this, 'Response', {
        apiId: webSocketApi.apiId,
        routeId: resource.ref,
        routeResponseKey: RESPONSE_KEY,
      });
    }
  }
}
