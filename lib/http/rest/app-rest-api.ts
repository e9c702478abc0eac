import { Stack } from 'aws-cdk-lib';
import type * as apigw from 'aws-cdk-lib/aws-apigateway';
import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { AppContext } from '../../core/app-context';
import type { IAppFunction } from '../../core/contract';
import type { ForwardModel, HttpModel, ValidationModel } from '../../model/app-model';
import { PropCheck, unquoted } from '../../props/prop-check';
import type { AddedRoute, ApiOrigin, AppApi } from '../app-api';
import { checkPayloadFormat } from '../http-rules';
import type { RouteKey } from '../route-key';
import type { RouteOptions } from '../route-options';
import { MadeRestApi } from './made-rest-api';
import { OwnRestApi } from './own-rest-api';
import type { RestAuthorizer } from './rest-authorizers';
import { checkValidation, parametersOf, RestMethod } from './rest-definition';
import type { RestHost } from './rest-host';
import type { RestIntegration } from './rest-integration';
import type { RestOptions } from './rest-options';
import { methodsOf, RestPaths } from './rest-paths';
import { checkRestOptions } from './rest-rules';
import type { RequestTarget } from './request-target';
import { requireTarget, responsesOf } from './request-targets';
import { checkParts } from './part-rules';
import { checkTenant, tenantParameters } from './tenant-rules';

const PERMISSION_ID = 'RestPermission';

/** The methods of each API and their owners: several apps can add routes to one API. */
const ownersOf = new WeakMap<apigw.IRestApi, Map<string, string>>();

/** A route that the app declared, for the guards. */
export interface RestRoute {
  /** `GET /orders/{id}`. */
  readonly key: string;
  /** The function that handles it; absent if API Gateway calls a service directly. */
  readonly fn?: IAppFunction;
  /** Whether anyone can call it although the user did not state that explicitly; set only for routes without a function. */
  readonly open?: boolean;
  /** How long API Gateway waits for the function. */
  readonly waitsSeconds?: number;
}

/** The backend that answers a method. */
interface Backend {
  readonly integration: RestIntegration;
  readonly responses?: RestMethod['responses'];
  readonly parts?: RestMethod['parts'];
  readonly role?: iam.IRole;
}

/** The routes of an app on its REST API. */
export class AppRestApi implements AppApi {
  readonly routes: RestRoute[] = [];

  private readonly host: RestHost;
  private readonly paths = new RestPaths();

  constructor(
    context: AppContext,
    private readonly options: RestOptions,
  ) {
    const check = context.check.at('rest');
    checkRestOptions(options, check, context.app);
    this.host =
      options.api === undefined
        ? new MadeRestApi(context, options, check)
        : new OwnRestApi(context, options.api, options.stageName, check);
  }

  get api(): apigw.RestApiBase {
    return this.host.api as apigw.RestApiBase; // all of the CDK's REST APIs extend it, imported ones too
  }

  get model(): HttpModel {
    return this.host.model;
  }

  /** The stage that the app made. */
  get stage(): apigw.Stage | undefined {
    return this.host.stage;
  }

  get accessLogGroup(): logs.ILogGroup | undefined {
    return this.host.accessLogGroup;
  }

  get domainName(): apigateway.DomainName | undefined {
    return this.host.domainName;
  }

  get url(): string {
    return this.host.url;
  }

  get origin(): ApiOrigin {
    return this.host.origin;
  }

  /** The number of resources of the API; API Gateway allows 300. */
  get resources(): number {
    return this.host.resources;
  }

  get authorizers(): number {
    return this.host.authorizers.count;
  }

  /** The number of variables of the stage. */
  get variables(): number {
    return Object.keys(this.host.functions.stageVariables ?? {}).length;
  }

  addRoute(fn: IAppFunction, route: RouteKey, options: RouteOptions, check: PropCheck): AddedRoute {
    checkPayloadFormat(options.payloadFormat, check, ['1.0']);
    const { streaming = false } = options;
    const timeout = options.integrationTimeout ?? this.options.integrationTimeout;
    const { functions } = this.host;
    functions.add(fn);
    this.allow(fn);
    const added = this.addMethods(fn.node.path, route, options, check, {
      integration: {
        type: 'aws_proxy',
        httpMethod: 'POST',
        uri: functions.uriOf(fn, streaming),
        ...(timeout === undefined ? {} : { timeoutInMillis: timeout.toMilliseconds() }),
        ...(streaming ? { responseTransferMode: 'STREAM' } : {}),
        ...tenantParameters(options.tenantId),
      },
    });
    this.routes.push({
      key: route.key,
      fn,
      waitsSeconds: timeout?.isUnresolved() === false ? timeout.toSeconds() : undefined,
    });
    return added;
  }

  /** Adds a route that calls a service without a function. */
  forward(
    route: RouteKey,
    target: RequestTarget,
    options: RouteOptions,
    check: PropCheck,
  ): ForwardModel {
    const { kind, resource, statements, integration, parts, ...more } = requireTarget(
      target,
      check,
    );
    const role = this.forwardRole;
    const call = integration(role.roleArn);
    statements.forEach((statement) => role.addToPrincipalPolicy(statement));
    const { authorizationType, details } = this.addMethods(
      this.host.scope.node.path,
      route,
      options,
      check,
      { integration: call, responses: responsesOf(call), role, parts },
    );
    this.routes.push({ key: route.key, open: !this.isDecided(options) });
    return {
      route: route.key,
      kind,
      path: resource.node.path,
      fifo: more.fifo === true ? true : undefined,
      messageGroup: more.messageGroup,
      details: {
        method: route.method,
        path: route.path,
        authorization: authorizationType,
        ...details,
        apiKey: this.needsKey(options) ? true : undefined,
      },
    };
  }

  isDecided(options: RouteOptions): boolean {
    return (
      (options.authorizer ?? this.options.authorizer) !== undefined ||
      this.needsKey(options) ||
      this.host.byDefault.decided
    );
  }

  needsKey({ apiKeyRequired = this.options.apiKeyRequired }: RouteOptions): boolean {
    return apiKeyRequired ?? this.host.byDefault.needsKey;
  }

  payloadFormat(): string {
    return '1.0';
  }

  complete(): void {
    this.host.complete();
  }

  private addMethods(
    owner: string,
    route: RouteKey,
    options: RouteOptions,
    check: PropCheck,
    backend: Backend,
  ): AddedRoute {
    const chosen = options.authorizer ?? this.options.authorizer;
    const authorizer = this.host.authorizers.use(chosen, check);
    const scopes = this.scopesFor(authorizer, options, check);
    checkTenant(options.tenantId, route, authorizer, check);
    const validation =
      options.validate && checkValidation(options.validate, route.key, check.at('validate'));
    checkParts(backend.parts, route, validation?.plain, check);
    let authorizationType = '';
    for (const { method, path } of methodsOf(route)) {
      const other = this.ownerOf(method, path);
      if (other !== undefined && route.path !== undefined) {
        throw check.error(
          'route',
          `must be unique; ${other} has the same route`,
          route.key,
          'use another method or path',
        );
      }
      if (other !== undefined) {
        continue; // `$default` covers only requests that no other route matches
      }
      this.paths.add(path, route.key, check);
      this.claim(method, path, owner);
      authorizationType = this.host.add(
        {
          ...{ method, path, authorizer, scopes, validation, ...backend },
          undecided: chosen === undefined,
          tenant: options.tenantId,
          apiKey: this.needsKey(options),
        },
        check,
      );
      if (options.throttle !== undefined) {
        this.host.throttle(method, path, options.throttle, check);
      }
    }
    return {
      authorizationType,
      details: {
        authorizer: 'id' in authorizer ? authorizer.id : undefined,
        scopes: scopes.length === 0 ? undefined : [...scopes],
        tenant: options.tenantId?.expression,
        validate: requiredOf({ path: '', validation, tenant: options.tenantId, ...backend }),
      },
    };
  }

  private ownerOf(method: string, path: string): string | undefined {
    return ownersOf.get(this.host.api)?.get(`${method} ${path}`) ?? this.host.ownerOf(method, path);
  }

  private claim(method: string, path: string, owner: string): void {
    const owners = ownersOf.get(this.host.api) ?? new Map<string, string>();
    ownersOf.set(this.host.api, owners.set(`${method} ${path}`, owner));
  }

  /** The role with which API Gateway calls services, limited to the actions and targets of the routes. */
  private get forwardRole(): iam.Role {
    const { scope } = this.host;
    const existing = scope.node.tryFindChild('ForwardRole') as iam.Role | undefined;
    return (
      existing ??
      new iam.Role(scope, 'ForwardRole', {
        assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com'),
      })
    );
  }

  private scopesFor(
    { kind }: RestAuthorizer,
    { authorizationScopes: own }: RouteOptions,
    check: PropCheck,
  ): readonly string[] {
    if (kind === 'cognito') {
      return own ?? this.options.authorizationScopes ?? [];
    }
    if (own !== undefined && own.length > 0) {
      throw check.error(
        'authorizationScopes',
        'must be left out if the authorizer is not a user pool',
        unquoted(kind === 'open' ? 'no authorizer' : `an authorizer of kind ${kind}`),
        'give the route `RouteAuthorizer.userPool(…)`, or leave the scopes out',
      );
    }
    return [];
  }

  /** One permission for all routes of a function, because a function's policy is limited to 20 KB. */
  private allow(fn: IAppFunction): void {
    if (fn.node.tryFindChild(PERMISSION_ID) !== undefined) {
      return;
    }
    const { api, stageName } = this.host;
    fn.target.addPermission(PERMISSION_ID, {
      scope: fn,
      principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: Stack.of(fn).formatArn({
        service: 'execute-api',
        resource: api.restApiId,
        resourceName: `${stageName}/*`,
      }),
    });
    const permission = fn.node.tryFindChild(PERMISSION_ID);
    // Requests get 500 until the permission exists. A permission in another stack is deployed with that stack.
    if (permission !== undefined && Stack.of(fn) === Stack.of(api)) {
      this.host.deployAfter(permission);
    }
  }
}

/** What a request must contain, for the API's callers. */
function requiredOf(method: Parameters<typeof parametersOf>[0]): ValidationModel | undefined {
  const { query, headers } = parametersOf(method);
  const body = method.validation?.plain;
  return body === undefined && query.length + headers.length === 0
    ? undefined
    : {
        body,
        query: query.length === 0 ? undefined : query,
        headers: headers.length === 0 ? undefined : headers,
      };
}
