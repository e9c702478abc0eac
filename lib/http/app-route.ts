import { Aws, Resource } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { PropCheck } from '../props/prop-check';
import { RouteKey } from './route-key';

export interface AppRouteProps {
  readonly httpApi: apigateway.IHttpApi;
  readonly route: RouteKey;
  /** The construct path of the function that handles the route. */
  readonly functionPath: string;
  readonly integrationId: string;
  readonly authorizer?: apigateway.IHttpRouteAuthorizer;
  /** The route's own scopes: rejected if its authorizer does not support scopes. */
  readonly authorizationScopes?: string[];
  /** The scopes of all routes: ignored if the route's authorizer does not support scopes. */
  readonly defaultScopes?: string[];
  readonly check: PropCheck;
}

/** The API in which an authorizer was created. It is created once, and API Gateway rejects an authorizer of another API. */
const apiOfAuthorizer = new WeakMap<apigateway.IHttpRouteAuthorizer, apigateway.IHttpApi>();

/**
 * A route whose integration exists before it. The CDK's own `HttpRoute` creates the integration inside the first route that uses
 * it, so the logical id of the integration would change with the order of a function's routes.
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
  /** The construct path of the function that handles the route. */
  readonly functionPath: string;

  constructor(scope: Construct, id: string, props: AppRouteProps) {
    super(scope, id);
    const { httpApi, route } = props;
    this.httpApi = httpApi;
    this.functionPath = props.functionPath;
    this.path = route.path;
    this.routeArn = executeArn(httpApi, route);
    const authorizer = props.authorizer ?? httpApi.defaultAuthorizer;
    // Routes share an authorizer, so it belongs to the API.
    const scopeOfAll = Construct.isConstruct(httpApi) ? httpApi : this;
    // The CDK rejects two authorizers with the same name.
    const bind = (): apigateway.HttpRouteAuthorizerConfig | undefined =>
      authorizer?.bind({ route: this, scope: scopeOfAll });
    const binding = props.check.withPropPath('authorizer', bind);
    if (authorizer !== undefined && binding?.authorizerId !== undefined) {
      requireOneApi(authorizer, httpApi, props.check);
    }
    this.authorizationType = binding?.authorizationType ?? 'NONE';
    const scopes = this.scopes(binding?.authorizationScopes ?? [], props);
    this.resource = new apigateway.CfnRoute(this, 'Resource', {
      apiId: httpApi.apiId,
      routeKey: route.key,
      target: `integrations/${props.integrationId}`,
      authorizationType: this.authorizationType,
      authorizerId: binding?.authorizerId,
      // Explicitly empty, because an update without scopes keeps the old ones.
      authorizationScopes: this.authorizationType === 'JWT' ? scopes : undefined,
    });
    this.routeId = this.resource.ref;
    this.routeRef = this.resource.routeRef;
  }

  /** Only tokens have scopes; API Gateway rejects scopes with any other authorization. */
  private scopes(ofAuthorizer: readonly string[], props: AppRouteProps): string[] {
    const { authorizationScopes: own, defaultScopes = [], check } = props;
    if (this.authorizationType === 'JWT') {
      return [...new Set([...ofAuthorizer, ...(own ?? defaultScopes)])];
    }
    if (own !== undefined && own.length > 0) {
      throw check.error(
        'authorizationScopes',
        'must be left out if the authorizer does not check JWTs',
        this.authorizationType,
        'give the route a `HttpJwtAuthorizer` or `HttpUserPoolAuthorizer`, or leave the scopes out',
      );
    }
    return [];
  }

  grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return iam.Grant.addToPrincipal({
      grantee,
      actions: ['execute-api:Invoke'],
      resourceArns: [this.routeArn],
    });
  }
}

function requireOneApi(
  authorizer: apigateway.IHttpRouteAuthorizer,
  httpApi: apigateway.IHttpApi,
  check: PropCheck,
): void {
  const other = apiOfAuthorizer.get(authorizer);
  if (other !== undefined && other !== httpApi) {
    throw check.error(
      'authorizer',
      'must not be used by another API, because it is created inside one API',
      other.node.path,
      'create an authorizer for each app',
    );
  }
  apiOfAuthorizer.set(authorizer, httpApi);
}

function executeArn(httpApi: apigateway.IHttpApi, route: RouteKey): string {
  const method = route.method === 'ANY' ? '*' : route.method;
  const path = (route.path ?? '/*').replace(/\{.*$/, '*');
  return `arn:${Aws.PARTITION}:execute-api:${httpApi.env.region}:${httpApi.env.account}:${httpApi.apiId}/*/${method}${path}`;
}
