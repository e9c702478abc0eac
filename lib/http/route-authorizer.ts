import { Duration } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import type * as cognito from 'aws-cdk-lib/aws-cognito';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { anyDuration, instance, listOf, knownTextOf, fullText } from '../props/kinds';
import { checkProp, checkProps } from '../props/check-props';
import { PropCheck } from '../props/prop-check';
import { propsOf } from '../props/prop-set';
import { RestAuthorizers } from './rest/rest-authorizers';

/** Options of `RouteAuthorizer.byFunction`. */
export interface FunctionAuthorizerOptions {
  /**
   * The headers that say who calls. A request without one of them gets 401, and the function does not run. They are the key of the cache.
   *
   * @default ['Authorization']
   */
  readonly headers?: string[];

  /**
   * How long API Gateway keeps the function's answer: 0 (not at all) to 1 hour. The answer holds for all routes, so the policy must name all that the
   * caller may call, not only the route of the request.
   *
   * @default Duration.minutes(5)
   */
  readonly cacheTtl?: Duration;
}

/** Options of `RouteAuthorizer.userPool`. */
export interface UserPoolAuthorizerOptions {
  /**
   * The clients of the pool whose tokens are accepted. A REST API accepts the tokens of all clients, so there give `authorizationScopes` instead.
   *
   * @default - for an HTTP API none: give them
   */
  readonly clients?: cognito.IUserPoolClient[];
}

/** @internal */
export const FUNCTION_AUTHORIZER_PROPS = propsOf<FunctionAuthorizerOptions>()({
  headers: listOf(fullText(), { min: 1, max: 10, unit: 'headers' }),
  cacheTtl: anyDuration(),
});

/** @internal */
export const USER_POOL_AUTHORIZER_PROPS = propsOf<UserPoolAuthorizerOptions>()({
  clients: listOf(instance('a client', 'write `pool.addClient(…)`', 'userPoolClientId')),
});

const ID = knownTextOf(1, 64, { what: 'letters and digits', fits: /^[A-Za-z][A-Za-z0-9]*$/ });
const MAX_TTL_SECONDS = 3600;

/** The CDK's authorizers of HTTP APIs. Loaded here, because most apps need none. */
function ofCdk(): typeof import('aws-cdk-lib/aws-apigatewayv2-authorizers') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the library
  return require('aws-cdk-lib/aws-apigatewayv2-authorizers') as typeof import('aws-cdk-lib/aws-apigatewayv2-authorizers');
}

/** Who may call a route. It holds for an HTTP API and for a REST API, so the routes stay as they are when the API changes. */
export class RouteAuthorizer implements apigateway.IHttpRouteAuthorizer {
  /** Everybody. */
  static open(): RouteAuthorizer {
    const authorizer = new RouteAuthorizer(() => new apigateway.HttpNoneAuthorizer());
    RestAuthorizers.register(authorizer, { kind: 'open' });
    return authorizer;
  }

  /** Principals of AWS that may `execute-api:Invoke`, with signed requests. */
  static iam(): RouteAuthorizer {
    const authorizer = new RouteAuthorizer(() => new (ofCdk().HttpIamAuthorizer)());
    RestAuthorizers.register(authorizer, { kind: 'iam' });
    return authorizer;
  }

  /**
   * Users of a Cognito user pool, with a token in the header `Authorization`. A REST API takes the identity token, or the access token where
   * `authorizationScopes` are given; an HTTP API takes both.
   *
   * @param id the authorizer's name: letters and digits, unique in the API
   */
  static userPool(
    id: string,
    pool: cognito.IUserPool,
    options: UserPoolAuthorizerOptions = {},
  ): RouteAuthorizer {
    const check = new PropCheck('RouteAuthorizer.userPool', '');
    checkProp(id, 'id', ID.required(), check);
    checkProp(
      pool,
      'pool',
      instance('a user pool', 'write `new UserPool(…)`', 'userPoolArn').required(),
      check,
    );
    checkProps(options, USER_POOL_AUTHORIZER_PROPS, check, 'options');
    const authorizer = new RouteAuthorizer(
      () => new (ofCdk().HttpUserPoolAuthorizer)(id, pool, { userPoolClients: options.clients }),
    );
    RestAuthorizers.register(authorizer, { kind: 'cognito', id, poolArn: pool.userPoolArn });
    return authorizer;
  }

  /**
   * Whoever a function lets in. It gets a request (`APIGatewayRequestAuthorizerEvent`) and returns an IAM policy (`APIGatewayAuthorizerResult`), with either API.
   *
   * @param id the authorizer's name: letters and digits, unique in the API
   * @param handler for example `app.addFunction(…).target`
   */
  static byFunction(
    id: string,
    handler: lambda.IFunction,
    options: FunctionAuthorizerOptions = {},
  ): RouteAuthorizer {
    const check = new PropCheck('RouteAuthorizer.byFunction', '');
    checkProp(id, 'id', ID.required(), check);
    const aFunction = instance(
      'a function',
      'give for example `app.addFunction(…).target`',
      'addPermission',
    );
    checkProp(handler, 'handler', aFunction.required(), check);
    checkProps(options, FUNCTION_AUTHORIZER_PROPS, check, 'options');
    const { headers = ['Authorization'], cacheTtl = Duration.minutes(5) } = options;
    check.duration('options.cacheTtl', cacheTtl, { min: 0, max: MAX_TTL_SECONDS });
    const authorizer = new RouteAuthorizer(
      () =>
        new (ofCdk().HttpLambdaAuthorizer)(id, handler, {
          responseTypes: [ofCdk().HttpLambdaResponseType.IAM],
          identitySource: headers.map((name) => `$request.header.${name}`),
          resultsCacheTtl: cacheTtl,
        }),
    );
    RestAuthorizers.register(authorizer, { kind: 'function', id, handler, headers, cacheTtl });
    return authorizer;
  }

  private http?: apigateway.IHttpRouteAuthorizer;

  private constructor(private readonly makeHttp: () => apigateway.IHttpRouteAuthorizer) {}

  /** Connects the authorizer to a route of an HTTP API. The CDK calls it. */
  public bind(
    options: apigateway.HttpRouteAuthorizerBindOptions,
  ): apigateway.HttpRouteAuthorizerConfig {
    this.http ??= this.makeHttp();
    return this.http.bind(options);
  }
}
