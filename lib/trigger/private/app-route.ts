import { Aws, Resource } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { RouteKey } from './route-key';

export interface AppRouteProps {
  readonly httpApi: apigateway.IHttpApi;
  readonly route: RouteKey;
  readonly integrationId: string;
  readonly authorizer?: apigateway.IHttpRouteAuthorizer;
  readonly authorizationScopes?: string[];
}

/**
 * A route whose integration was made before it. The CDK's own `HttpRoute` makes the integration inside the first route
 * that uses it, so its logical id would change with the order of a function's routes.
 */
export class AppRoute extends Resource implements apigateway.IHttpRoute {
  readonly httpApi: apigateway.IHttpApi;
  readonly path?: string;
  readonly routeId: string;
  readonly routeArn: string;
  readonly routeRef: apigateway.RouteReference;
  /** `NONE`, `JWT`, `AWS_IAM` or `CUSTOM`. */
  readonly authorizationType: string;
  readonly resource: apigateway.CfnRoute;

  constructor(scope: Construct, id: string, props: AppRouteProps) {
    super(scope, id);
    const { httpApi, route } = props;
    this.httpApi = httpApi;
    this.path = route.path;
    this.routeArn = executeArn(httpApi, route);
    const authorizer = props.authorizer ?? httpApi.defaultAuthorizer;
    // An authorizer is shared by routes, so it belongs to the API.
    const scopeOfAll = Construct.isConstruct(httpApi) ? httpApi : this;
    const binding = authorizer?.bind({ route: this, scope: scopeOfAll });
    this.authorizationType = binding?.authorizationType ?? 'NONE';
    const scopes = new Set([
      ...(binding?.authorizationScopes ?? []),
      ...(props.authorizationScopes ?? []),
    ]);
    this.resource = new apigateway.CfnRoute(this, 'Resource', {
      apiId: httpApi.apiId,
      routeKey: route.key,
      target: `integrations/${props.integrationId}`,
      authorizationType: this.authorizationType,
      authorizerId: binding?.authorizerId,
      authorizationScopes: scopes.size > 0 ? [...scopes] : undefined,
    });
    this.routeId = this.resource.ref;
    this.routeRef = this.resource.routeRef;
  }

  grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['execute-api:Invoke'],
      resourceArns: [this.routeArn],
    });
  }
}

function executeArn(httpApi: apigateway.IHttpApi, route: RouteKey): string {
  const method = route.method === 'ANY' ? '*' : route.method;
  const path = (route.path ?? '/*').replace(/\{.*$/, '*');
  return `arn:${Aws.PARTITION}:execute-api:${httpApi.env.region}:${httpApi.env.account}:${httpApi.apiId}/*/${method}${path}`;
}
