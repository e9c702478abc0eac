import { Aws, Lazy, Names, Stack } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { AppContext } from '../../core/app-context';
import type { IAppFunction } from '../../core/contract';
import { REST_DEFAULTS } from '../../core/defaults';
import { makeLogGroup } from '../../core/log-group';
import { logGroupModel } from '../../core/log-group-model';
import type { ForwardModel, HttpModel } from '../../model/app-model';
import { PropCheck, unquoted } from '../../props/prop-check';
import { provideLogRole } from '../account-log-role';
import { domainOf, makeDomainName, refuseMutualTlsForSite } from '../api-domain';
import type { AddedRoute, ApiOrigin, AppApi } from '../app-api';
import { checkPayloadFormat } from '../http-rules';
import type { RouteKey } from '../route-key';
import type { RouteOptions } from '../route-options';
import { FunctionReferences } from './function-references';
import { authorizationTypeOf, RestAuthorizer, RestAuthorizers } from './rest-authorizers';
import { checkValidation, restDefinition, RestMethod } from './rest-definition';
import type { RestOptions } from './rest-options';
import { methodsOf, RestPaths } from './rest-paths';
import { makeRestApi, mapDomain } from './rest-resources';
import { checkRestOptions } from './rest-rules';
import { RestStage } from './rest-stage';
import type { RequestTarget } from './request-target';
import { FORWARD_RESPONSES, requireTarget } from './request-targets';
import { checkTenant, tenantParameters } from './tenant-rules';
import { makeUsagePlans } from './usage-plans';
import { protectStage } from './web-acl';

const PERMISSION_ID = 'RestPermission';

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
  readonly integration: object;
  readonly responses?: object;
}

/** The REST API of an app, with the resources that all its routes share. */
export class AppRestApi implements AppApi {
  readonly api: apigw.SpecRestApi;
  readonly stage: apigw.Stage;
  readonly accessLogGroup?: logs.ILogGroup;
  readonly domainName?: apigateway.DomainName;
  readonly model: HttpModel;
  readonly routes: RestRoute[] = [];

  private readonly methods = new Map<string, RestMethod & { readonly owner: string }>();
  private readonly paths = new RestPaths();
  private readonly authorizers: RestAuthorizers;
  private readonly functions: FunctionReferences;
  private readonly ofStage: RestStage;
  private readonly check: PropCheck;

  constructor(
    private readonly context: AppContext,
    private readonly options: RestOptions,
  ) {
    const { app, check } = context;
    this.check = check.at('rest');
    checkRestOptions(options, this.check);
    this.domainName =
      options.domain && makeDomainName(app, options.domain, check.at('rest.domain'));
    this.api = this.check.withPropPath('', () => makeRestApi(app, this.apiName, options));
    (this.api.node.defaultChild as apigw.CfnRestApi).body = Lazy.any({
      produce: () =>
        restDefinition({
          title: this.apiName,
          methods: [...this.methods.values()],
          securitySchemes: this.authorizers.securitySchemes,
          cors: options.cors,
          responses: options.gatewayResponses,
        }),
    });
    this.functions = new FunctionReferences(context, () => this.api.restApiId);
    this.authorizers = new RestAuthorizers(this.api, this.api.restApiId, (handler) =>
      this.functions.authorizerUri(handler),
    );
    this.accessLogGroup = this.makeAccessLog();
    const throttle = {
      rateLimit: options.throttle?.rateLimit ?? context.defaults.httpRateLimit,
      burstLimit: options.throttle?.burstLimit ?? context.defaults.httpBurstLimit,
    };
    this.ofStage = new RestStage({
      api: this.api,
      stageName: this.stageName,
      options,
      throttle,
      accessLogGroup: this.accessLogGroup,
      variables: () => this.functions.stageVariables,
    });
    this.stage = this.ofStage.stage;
    this.api.deploymentStage = this.stage;
    provideLogRole({
      stage: this.stage,
      hasAccessLog: this.accessLogGroup !== undefined,
      notice: 'cdk-serverless-app:rest-log-role',
      kind: 'REST',
      prop: 'rest',
    });
    mapDomain(this.stage, this.domainName, options, this.check);
    makeUsagePlans(this.api, this.stage, options.usagePlans ?? {});
    if (options.webAcl !== undefined) {
      protectStage(this.api, this.stage, options.webAcl);
    }
    this.model = {
      id: this.api.node.id,
      path: this.api.node.path,
      type: 'rest',
      name: this.apiName,
      made: true,
      url: this.url,
      ...throttle,
      accessLog: this.accessLogGroup && logGroupModel(this.accessLogGroup, app),
      cacheGb: options.cache && (options.cache.sizeGb ?? REST_DEFAULTS.cacheGb),
      webAcl: options.webAcl && (options.webAcl.arn === undefined ? 'made' : 'own'),
    };
  }

  get url(): string {
    const domain = domainOf(this.options);
    if (domain !== undefined) {
      return `https://${domain.name}/${domain.path === undefined ? '' : `${domain.path}/`}`;
    }
    return `https://${this.host}/${this.stageName}/`;
  }

  private get host(): string {
    const { region } = Stack.of(this.context.app);
    return `${this.api.restApiId}.execute-api.${region}.${Aws.URL_SUFFIX}`;
  }

  get origin(): ApiOrigin {
    const { vpcEndpoints } = this.options;
    refuseMutualTlsForSite(this.options, this.check);
    if (vpcEndpoints !== undefined) {
      throw this.check.error(
        'vpcEndpoints',
        'must be left out if a site serves the API, because CloudFront cannot reach a private API',
        unquoted('a private API'),
        'leave them out, or give the site `api: false`',
      );
    }
    return { host: this.host, path: this.stageName };
  }

  /** The number of resources of the API; API Gateway allows 300. */
  get resources(): number {
    return this.paths.count;
  }

  addRoute(fn: IAppFunction, route: RouteKey, options: RouteOptions, check: PropCheck): AddedRoute {
    checkPayloadFormat(options.payloadFormat, check, ['1.0']);
    const { streaming = false } = options;
    const timeout = options.integrationTimeout ?? this.options.integrationTimeout;
    this.functions.add(fn);
    this.allow(fn);
    const added = this.addMethods(fn.node.path, route, options, check, {
      integration: {
        type: 'aws_proxy',
        httpMethod: 'POST',
        uri: this.functions.uriOf(fn, streaming),
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
    const { kind, resource, statements, integration } = requireTarget(target, check);
    statements.forEach((statement) => this.forwardRole.addToPrincipalPolicy(statement));
    const { authorizationType, details } = this.addMethods(
      this.api.node.path,
      route,
      options,
      check,
      { integration: integration(this.forwardRole.roleArn), responses: FORWARD_RESPONSES },
    );
    this.routes.push({ key: route.key, open: !this.isDecided(options) });
    return {
      route: route.key,
      kind,
      path: resource.node.path,
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
      this.options.vpcEndpoints !== undefined
    );
  }

  needsKey({ apiKeyRequired = this.options.apiKeyRequired }: RouteOptions): boolean {
    return apiKeyRequired === true;
  }

  payloadFormat(): string {
    return '1.0';
  }

  complete(): void {
    // The definition is written when it is resolved.
  }

  private addMethods(
    owner: string,
    route: RouteKey,
    options: RouteOptions,
    check: PropCheck,
    backend: Backend,
  ): AddedRoute {
    const authorizer = this.authorizers.use(options.authorizer ?? this.options.authorizer, check);
    const scopes = this.scopesFor(authorizer, options, check);
    checkTenant(options.tenantId, route, authorizer, check);
    const validation =
      options.validate && checkValidation(options.validate, route.key, check.at('validate'));
    for (const { method, path } of methodsOf(route)) {
      const key = `${method} ${path}`;
      const other = this.methods.get(key);
      if (other !== undefined && route.path !== undefined) {
        throw check.error(
          'route',
          `must be unique; ${other.owner} has the same route`,
          route.key,
          'use another method or path',
        );
      }
      if (other !== undefined) {
        continue; // `$default` covers only requests that no other route matches
      }
      this.paths.add(path, route.key, check);
      this.methods.set(key, {
        ...{ method, path, authorizer, scopes, validation, ...backend, owner },
        tenant: options.tenantId,
        apiKey: this.needsKey(options),
      });
      if (options.throttle !== undefined) {
        this.ofStage.throttle(method, path, options.throttle);
      }
    }
    return {
      authorizationType: authorizationTypeOf(authorizer),
      details: {
        authorizer: 'id' in authorizer ? authorizer.id : undefined,
        scopes: scopes.length === 0 ? undefined : [...scopes],
        tenant: options.tenantId?.expression,
        validate: validation && {
          body: validation.plain,
          query: validation.query.length === 0 ? undefined : [...validation.query],
          headers: validation.headers.length === 0 ? undefined : [...validation.headers],
        },
      },
    };
  }

  /** The role with which API Gateway calls services, limited to the actions and targets of the routes. */
  private get forwardRole(): iam.Role {
    const existing = this.api.node.tryFindChild('ForwardRole') as iam.Role | undefined;
    return (
      existing ??
      new iam.Role(this.api, 'ForwardRole', {
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
    fn.target.addPermission(PERMISSION_ID, {
      scope: fn,
      principal: new iam.ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: Stack.of(fn).formatArn({
        service: 'execute-api',
        resource: this.api.restApiId,
        resourceName: `${this.stageName}/*`,
      }),
    });
    const permission = fn.node.tryFindChild(PERMISSION_ID);
    // Requests get 500 until the permission exists. A permission in another stack is deployed with that stack.
    if (permission !== undefined && Stack.of(fn) === Stack.of(this.api)) {
      this.stage.node.addDependency(permission);
    }
  }

  private get stageName(): string {
    return this.options.stageName ?? REST_DEFAULTS.stageName;
  }

  private get apiName(): string {
    return Names.uniqueResourceName(this.context.app, { maxLength: 128, separator: '-' });
  }

  private makeAccessLog(): logs.ILogGroup | undefined {
    const { accessLog = REST_DEFAULTS.accessLog, accessLogGroup } = this.options;
    const { app, defaults } = this.context;
    return accessLog ? (accessLogGroup ?? makeLogGroup(app, 'RestAccessLog', defaults)) : undefined;
  }
}
