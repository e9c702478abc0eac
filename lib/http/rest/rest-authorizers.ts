import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { PropCheck, unquoted } from '../../props/prop-check';

/** What a REST API needs to know about an authorizer. */
export type RestAuthorizer =
  | { readonly kind: 'open' }
  | { readonly kind: 'iam' }
  | { readonly kind: 'cognito'; readonly id: string; readonly poolArn: string }
  | {
      readonly kind: 'function';
      readonly id: string;
      readonly handler: lambda.IFunction;
      readonly headers: readonly string[];
      readonly cacheTtl: Duration;
    };

/** The name of the scheme of signed requests. */
export const IAM_SCHEME = 'sigv4';
export const API_KEY_SCHEME = 'apiKey';

const registered = new WeakMap<apigateway.IHttpRouteAuthorizer, RestAuthorizer>();

/** The authorizers of a REST API, as security schemes of its definition. */
export class RestAuthorizers {
  static register(authorizer: apigateway.IHttpRouteAuthorizer, as: RestAuthorizer): void {
    registered.set(authorizer, as);
  }

  private readonly schemes = new Map<string, object>();
  private readonly owners = new Map<string, apigateway.IHttpRouteAuthorizer>();

  /**
   * @param scope the scope for the permissions of authorizer functions
   * @param uriOf returns the URI with which API Gateway invokes a function
   */
  constructor(
    private readonly scope: Construct,
    private readonly apiId: string,
    private readonly uriOf: (handler: lambda.IFunction) => string,
  ) {}

  /** Adds what a route needs. */
  use(authorizer: apigateway.IHttpRouteAuthorizer | undefined, check: PropCheck): RestAuthorizer {
    if (authorizer === undefined) {
      return { kind: 'open' };
    }
    const known = registered.get(authorizer) ?? ofCdk(authorizer, check);
    if (known.kind === 'iam') {
      this.schemes.set(IAM_SCHEME, SIGNED);
    } else if (known.kind === 'cognito') {
      this.claim(known.id, authorizer, check);
      this.schemes.set(known.id, userPool(known.poolArn));
    } else if (known.kind === 'function') {
      this.claim(known.id, authorizer, check);
      this.schemes.set(known.id, this.byFunction(known));
    }
    return known;
  }

  /** The number of authorizers that API Gateway counts: user pools and functions. */
  get count(): number {
    return this.owners.size;
  }

  /** For `components.securitySchemes`. */
  get securitySchemes(): Record<string, object> {
    return Object.fromEntries(this.schemes);
  }

  private claim(id: string, authorizer: apigateway.IHttpRouteAuthorizer, check: PropCheck): void {
    const owner = this.owners.get(id);
    if (owner !== undefined && owner !== authorizer) {
      throw check.error(
        'authorizer',
        'must have an id that no other authorizer of the API has',
        id,
        'give both routes the same authorizer, or change one id',
      );
    }
    this.owners.set(id, authorizer);
  }

  private byFunction(authorizer: FunctionAuthorizer): object {
    const { id, handler } = authorizer;
    if (this.scope.node.tryFindChild(`${id}Permission`) === undefined) {
      handler.addPermission(`${id}Permission`, {
        scope: this.scope,
        principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
        sourceArn: Stack.of(this.scope).formatArn({
          service: 'execute-api',
          resource: this.apiId,
          resourceName: 'authorizers/*',
        }),
      });
    }
    return {
      ...IN_AUTHORIZATION,
      'x-amazon-apigateway-authtype': 'custom',
      'x-amazon-apigateway-authorizer': {
        ...requestAuthorizer(authorizer, Lazy.string({ produce: () => this.uriOf(handler) })),
        type: 'request',
      },
    };
  }
}

/** The settings of an authorizer that is a function. */
export function requestAuthorizer(
  { headers, cacheTtl }: FunctionAuthorizer,
  authorizerUri: string,
): RequestAuthorizerSettings {
  return {
    type: 'REQUEST',
    identitySource: headers.map((name) => `method.request.header.${name}`).join(', '),
    authorizerUri,
    authorizerResultTtlInSeconds: cacheTtl.toSeconds(),
  };
}

interface RequestAuthorizerSettings {
  readonly type: string;
  readonly identitySource: string;
  readonly authorizerUri: string;
  readonly authorizerResultTtlInSeconds: number;
}

type FunctionAuthorizer = Extract<RestAuthorizer, { kind: 'function' }>;

const IN_AUTHORIZATION = { type: 'apiKey', name: 'Authorization', in: 'header' };
const SIGNED = { ...IN_AUTHORIZATION, 'x-amazon-apigateway-authtype': 'awsSigv4' };

function userPool(arn: string): object {
  return {
    ...IN_AUTHORIZATION,
    'x-amazon-apigateway-authtype': 'cognito_user_pools',
    'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: [arn] },
  };
}

/** The CDK's authorizers for HTTP APIs that need no resource work with a REST API too. */
function ofCdk(authorizer: apigateway.IHttpRouteAuthorizer, check: PropCheck): RestAuthorizer {
  const type: unknown = Reflect.get(authorizer, 'authorizationType');
  if (type === 'NONE' || type === 'AWS_IAM') {
    return { kind: type === 'NONE' ? 'open' : 'iam' };
  }
  throw check.error(
    'authorizer',
    'must be one that a REST API supports',
    unquoted(`an authorizer for HTTP APIs (${String(type)})`),
    'write `RouteAuthorizer.userPool(…)` or `RouteAuthorizer.byFunction(…)`, which work with both APIs',
  );
}

/** The type of authorization, as API Gateway names it. */
export function authorizationTypeOf({ kind }: RestAuthorizer): string {
  return AUTHORIZATION_TYPES[kind];
}

const AUTHORIZATION_TYPES = {
  open: 'NONE',
  iam: 'AWS_IAM',
  cognito: 'COGNITO_USER_POOLS',
  function: 'CUSTOM',
} as const;
