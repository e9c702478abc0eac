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
   * The headers that identify the caller. A request without one of them gets 401, and the function does not run. Together they
   * are the cache key.
   *
   * @default ['Authorization']
   */
  readonly headers?: string[];

  /**
   * How long API Gateway caches the function's answer: 0 (no caching) to 1 hour. A cached answer applies to all routes, so the
   * policy must name every route that the caller may call, not only the requested one.
   *
   * @default Duration.minutes(5)
   */
  readonly cacheTtl?: Duration;
}

/** Options of `RouteAuthorizer.userPool`. */
export interface UserPoolAuthorizerOptions {
  /**
   * The pool's clients whose tokens are accepted. A REST API accepts the tokens of all clients, so use `authorizationScopes`
   * there instead.
   *
   * @default - none; give them for an HTTP API
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

/** The CDK's authorizers for HTTP APIs. Loaded on first use, because most apps need none. */
function ofCdk(): typeof import('aws-cdk-lib/aws-apigatewayv2-authorizers') {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- an import would load it with the library
  return require('aws-cdk-lib/aws-apigatewayv2-authorizers') as typeof import('aws-cdk-lib/aws-apigatewayv2-authorizers');
}

/**
 * Who may call a route. It works with HTTP APIs and REST APIs, so the routes stay as they are when the app switches between them.
 */
export class RouteAuthorizer implements apigateway.IHttpRouteAuthorizer {
  /** Everybody. */
  static open(): RouteAuthorizer {
    const authorizer = new RouteAuthorizer(() => new apigateway.HttpNoneAuthorizer());
    RestAuthorizers.register(authorizer, { kind: 'open' });
    return authorizer;
  }

  /** AWS principals with permission for `execute-api:Invoke`, which sign their requests. */
  static iam(): RouteAuthorizer {
    const authorizer = new RouteAuthorizer(() => new (ofCdk().HttpIamAuthorizer)());
    RestAuthorizers.register(authorizer, { kind: 'iam' });
    return authorizer;
  }

  /**
   * Users of a Cognito user pool, with a token in the header `Authorization`. A REST API accepts the identity token, or the
   * access token if `authorizationScopes` are given; an HTTP API accepts both.
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
   * Callers that a function admits. The function gets a request (`APIGatewayRequestAuthorizerEvent`) and returns an IAM policy
   * (`APIGatewayAuthorizerResult`), for both kinds of API.
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
      'give, for example, `app.addFunction(…).target`',
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
