import { Aws, Lazy, Names, Stack } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { dependOn } from '../core/depend-on';
import { AppContext } from '../core/app-context';
import type { IAppFunction, IServerlessApp } from '../core/contract';
import { HTTP_DEFAULTS, StageDefaults } from '../core/defaults';
import { makeLogGroup } from '../core/log-group';
import { logGroupModel } from '../core/log-group-model';
import { HttpModel } from '../model/app-model';
import { routeShape } from '../model/route-shape';
import { withoutUndefined } from '../props/options';
import { PropCheck, unquoted } from '../props/prop-check';
import {
  ApiDomain,
  domainOf,
  makeDomainName,
  makeRecords,
  refuseMutualTlsForSite,
} from './api-domain';
import type { ApiOrigin, AppApi } from './app-api';
import { AppRoute } from './app-route';
import { claimPath } from './domain-rules';
import { integrationOf } from './function-integration';
import { HttpOptions, HttpThrottle } from './http-options';
import { checkHttpOptions, checkRouteOptions } from './http-rules';
import { RouteKey } from './route-key';
import type { RouteOptions } from './route-options';
import { accessLogSettings, defaultLogFormat } from './access-log';

/** The members of an access log line between those of the request and those of the client. */
const LOGGED = [
  'routeKey',
  'httpMethod',
  'path',
  'status',
  'protocol',
  'responseLength',
  'responseLatency',
  'integrationLatency',
  'integrationStatus',
  'integrationError',
  'error',
  'authorizerError',
];

/** The routes of each API and their owners: several apps can add routes to one API. */
const routesOf = new WeakMap<apigateway.IHttpApi, Map<string, string>>();

const DEFAULT_PAYLOAD_FORMAT = apigateway.PayloadFormatVersion.VERSION_2_0;

/** The id of the routes' scope if the user gave the API. */
const ROUTES_ID = 'HttpRoutes';

/** A route for every method that requires authorization. */
interface ProtectedRoute {
  readonly fn: IAppFunction;
  readonly route: RouteKey;
  readonly check: PropCheck;
}

/** The HTTP API of an app, with the resources that all its routes share. */
export class AppHttpApi implements AppApi {
  readonly api: apigateway.IHttpApi;
  readonly accessLogGroup?: logs.ILogGroup;
  readonly domainName?: apigateway.DomainName;
  readonly model: HttpModel;

  private readonly routeSettings: Record<string, unknown> = {};
  private readonly protectedRoutes: ProtectedRoute[] = [];
  private readonly domain?: ApiDomain;
  private readonly stage?: apigateway.CfnStage;

  private readonly app: IServerlessApp;
  private readonly defaults: StageDefaults;
  private readonly check: PropCheck;

  constructor(
    { app, defaults, check }: AppContext,
    private readonly options: HttpOptions,
  ) {
    this.app = app;
    this.defaults = defaults;
    this.check = check;
    checkHttpOptions(options, check.at('http'));
    if (options.api !== undefined) {
      this.api = options.api;
      this.model = {
        id: this.api.node.id,
        path: this.api.node.path,
        name: this.api.apiId,
        made: false,
      };
      return;
    }
    this.domain = domainOf(options);
    this.domainName =
      options.domain && makeDomainName(app, options.domain, check.at('http.domain'));
    const api = this.makeApi();
    this.api = api;
    this.stage = api.defaultStage?.node.defaultChild as apigateway.CfnStage | undefined;
    this.accessLogGroup = this.makeAccessLog();
    const throttle = this.applyStageSettings();
    if (options.domain !== undefined && this.domainName !== undefined) {
      makeRecords(app, options.domain, this.domainName);
    }
    this.model = {
      id: api.node.id,
      path: api.node.path,
      name: api.apiId,
      made: true,
      url: this.hasUrl ? this.url : undefined,
      ...throttle,
      accessLog: this.accessLogGroup && logGroupModel(this.accessLogGroup, app),
    };
  }

  /** The address of the API for clients, with a trailing slash. */
  get url(): string {
    if (!this.hasUrl) {
      throw this.check.error(
        'http.apiOptions.disableExecuteApiEndpoint',
        'must be left out if the API’s own address is read',
        true,
        'give `http.domain`, or use the address of your own stage or domain',
      );
    }
    if (this.domain !== undefined) {
      const { name, path } = this.domain;
      return `https://${name}/${path === undefined ? '' : `${path}/`}`;
    }
    return this.api.defaultStage?.url ?? `${this.api.apiEndpoint}/`;
  }

  get origin(): ApiOrigin {
    const { api, apiOptions } = this.options;
    refuseMutualTlsForSite(this.options, this.check.at('http'));
    if (api === undefined && apiOptions?.createDefaultStage === false) {
      throw this.check.error(
        'http.apiOptions.createDefaultStage',
        'must be left out if a site serves the API',
        false,
        'leave it out, or give the site `api: false`',
      );
    }
    if (apiOptions?.disableExecuteApiEndpoint === true && this.domain !== undefined) {
      return { host: this.domain.name, path: this.domain.path };
    }
    const { region } = Stack.of(this.app);
    return this.hasUrl
      ? { host: `${this.api.apiId}.execute-api.${region}.${Aws.URL_SUFFIX}` }
      : { host: this.url };
  }

  private get hasUrl(): boolean {
    const { api, apiOptions } = this.options;
    const closed = api === undefined && apiOptions?.disableExecuteApiEndpoint === true;
    return !closed || this.domain !== undefined;
  }

  addRoute(fn: IAppFunction, route: RouteKey, options: RouteOptions, check: PropCheck): AppRoute {
    checkRouteOptions(options, check);
    this.claim(fn.node.path, route, check);
    const { integrationId } = integrationOf(fn, this.api, this.payloadFormat(options));
    const resource = this.makeRoute(fn.node.path, integrationId, route, options, check);
    if (needsPreflight(route, resource)) {
      this.protectedRoutes.push({ fn, route, check });
    }
    return resource;
  }

  /**
   * Adds a route that calls a service without a function.
   *
   * @param owner the construct path of the part that the route belongs to
   */
  addServiceRoute(
    owner: string,
    integrationId: string,
    route: RouteKey,
    options: RouteOptions,
    check: PropCheck,
  ): AppRoute {
    checkRouteOptions(options, check);
    this.claim(owner, route, check);
    return this.makeRoute(owner, integrationId, route, options, check);
  }

  private makeRoute(
    owner: string,
    integrationId: string,
    route: RouteKey,
    options: RouteOptions,
    check: PropCheck,
  ): AppRoute {
    const authorizer = options.authorizer ?? this.options.authorizer;
    const resource = new AppRoute(this.routeScope(), routeShape(route.key), {
      httpApi: this.api,
      route,
      functionPath: owner,
      integrationId,
      authorizer,
      authorizationScopes: options.authorizationScopes,
      defaultScopes: this.options.authorizationScopes ?? this.api.defaultAuthorizationScopes,
      check,
    });
    if (options.throttle !== undefined) {
      this.throttleRoute(route, resource, options.throttle, check);
    }
    return resource;
  }

  /**
   * Adds open `OPTIONS` routes next to routes that accept any method and need authorization, because browsers send a preflight
   * request without credentials. Synthesis calls it when all routes are declared: a declared `OPTIONS` route wins.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
   */
  complete(): void {
    if (this.options.cors === undefined) {
      return;
    }
    for (const { fn, route, check } of this.protectedRoutes.splice(0)) {
      for (const path of route.path === undefined ? ['/', '/{proxy+}'] : [route.path]) {
        const key = `OPTIONS ${path}`;
        if (routesOf.get(this.api)?.has(routeShape(key)) !== true) {
          const options = { authorizer: new apigateway.HttpNoneAuthorizer() };
          this.addRoute(fn, { key, method: 'OPTIONS', path }, options, check);
        }
      }
    }
  }

  /** Whether the user decided who may call a route with these options. */
  isDecided(options: RouteOptions): boolean {
    return (
      (options.authorizer ?? this.options.authorizer ?? this.api.defaultAuthorizer) !== undefined
    );
  }

  needsKey(): boolean {
    return false;
  }

  payloadFormat({ payloadFormat = this.options.payloadFormat }: RouteOptions): string {
    return (payloadFormat ?? DEFAULT_PAYLOAD_FORMAT).version;
  }

  private claim(newOwner: string, route: RouteKey, check: PropCheck): void {
    const shape = routeShape(route.key);
    const routes = routesOf.get(this.api) ?? new Map<string, string>();
    const owner = routes.get(shape);
    if (owner !== undefined) {
      throw check.error(
        'route',
        `must be unique; ${owner} has the same route`,
        route.key,
        'use another method or path (a different parameter name does not make a different route)',
      );
    }
    routesOf.set(this.api, routes.set(shape, newOwner));
  }

  /**
   * The scope of all routes. Their ids depend on method and path, not on the function, so a route that moves to another function,
   * or renames a parameter, is updated in place: API Gateway rejects a second route with the same key.
   */
  private routeScope(): Construct {
    if (this.options.api === undefined) {
      return this.api;
    }
    const existing = this.app.node.tryFindChild(ROUTES_ID);
    return existing ?? new Construct(this.app, ROUTES_ID);
  }

  private makeApi(): apigateway.HttpApi {
    const { options, domainName } = this;
    const mappedTo = domainName ?? options.existingDomain?.domain;
    if (mappedTo !== undefined) {
      const at = this.check.at(domainName === undefined ? 'http.existingDomain' : 'http.domain');
      claimPath(mappedTo.name, this.domain?.path, this.app, at);
    }
    const props = {
      apiName: Names.uniqueResourceName(this.app, { maxLength: 128, separator: '-' }),
      corsPreflight: options.cors,
      defaultDomainMapping: mappedTo && { domainName: mappedTo, mappingKey: this.domain?.path },
      disableExecuteApiEndpoint: options.domain?.mutualTls && true,
      ...withoutUndefined(options.apiOptions ?? {}),
    };
    const make = (): apigateway.HttpApi => new apigateway.HttpApi(this.app, 'HttpApi', props);
    return this.check.withPropPath('http', make);
  }

  private makeAccessLog(): logs.ILogGroup | undefined {
    const { accessLog = HTTP_DEFAULTS.accessLog, accessLogGroup } = this.options;
    if (!accessLog || this.stage === undefined) {
      return undefined;
    }
    return accessLogGroup ?? makeLogGroup(this.app, 'HttpAccessLog', this.defaults);
  }

  private applyStageSettings(): HttpThrottle {
    const rateLimit = this.options.throttle?.rateLimit ?? this.defaults.httpRateLimit;
    const burstLimit = this.options.throttle?.burstLimit ?? this.defaults.httpBurstLimit;
    const { stage } = this;
    if (stage === undefined) {
      return {}; // `createDefaultStage: false`: the user creates the stages with their throttles.
    }
    stage.defaultRouteSettings = {
      throttlingRateLimit: rateLimit,
      throttlingBurstLimit: burstLimit,
    };
    stage.routeSettings = Lazy.any({
      produce: () => (Object.keys(this.routeSettings).length > 0 ? this.routeSettings : undefined),
    });
    if (this.accessLogGroup !== undefined) {
      const format = this.options.accessLogFormat ?? defaultLogFormat(LOGGED);
      stage.accessLogSettings = accessLogSettings(this.accessLogGroup, format);
    }
    return { rateLimit, burstLimit };
  }

  private throttleRoute(
    route: RouteKey,
    resource: AppRoute,
    throttle: HttpThrottle,
    check: PropCheck,
  ): void {
    if (this.stage === undefined) {
      throw check.error(
        'throttle',
        'must be left out if the API’s stage is not created by the app',
        unquoted('a throttle'),
        'set it on your own stage (`routeSettings`), or let the app create the API',
      );
    }
    this.routeSettings[route.key] = {
      ThrottlingRateLimit: throttle.rateLimit ?? this.model.rateLimit,
      ThrottlingBurstLimit: throttle.burstLimit ?? this.model.burstLimit,
    };
    // API Gateway rejects settings for a route that does not exist yet.
    dependOn(this.stage, resource.resource);
  }
}

function needsPreflight(route: RouteKey, { authorizationType }: AppRoute): boolean {
  return route.method === 'ANY' && authorizationType !== 'NONE';
}
