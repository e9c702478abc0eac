import { Lazy, Names } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { AppContext } from '../../core/app-context';
import type { IAppFunction } from '../../core/contract';
import { WEB_SOCKET_DEFAULTS } from '../../core/defaults';
import { makeLogGroup } from '../../core/log-group';
import { logGroupModel } from '../../core/log-group-model';
import { WebSocketModel } from '../../model/app-model';
import { withoutUndefined } from '../../props/options';
import { PropCheck, unquoted } from '../../props/prop-check';
import { dependOn } from '../../core/depend-on';
import { provideLogRole } from '../account-log-role';
import { makeDomainName, makeRecords } from '../api-domain';
import type { HttpThrottle } from '../http-options';
import { socketIntegrationOf } from './socket-integration';
import type { WebSocketOptions } from './socket-options';
import { SocketRoute } from './socket-route';
import type { SocketRouteOptions } from './socket-route-options';
import { checkSocketOptions, checkSocketRoute } from './socket-rules';
import { CONNECT } from '../../kinds/web-socket-kind';
import { accessLogSettings, defaultLogFormat } from '../access-log';

/** The members of an access log line between those of the request and those of the client. */
const LOGGED = [
  'eventType',
  'routeKey',
  'connectionId',
  'status',
  'integrationLatency',
  'integrationStatus',
  'integrationError',
  'error',
  'authorizerError',
];

/** The routes of each API and their owners: several apps can add routes to one API. */
const routesOf = new WeakMap<apigateway.IWebSocketApi, Map<string, string>>();

/** The id of the routes' scope below the app's own API. If the user gave the API, the scope is below the app. */
const ROUTES_ID = 'Routes';
const ROUTES_OF_APP_ID = 'WebSocketRoutes';

/** The WebSocket API of an app, with the resources that all its routes share. */
export class AppSocketApi {
  readonly stage: apigateway.IWebSocketStage;
  readonly accessLogGroup?: logs.ILogGroup;
  readonly model: WebSocketModel;
  /** The routes of this app. */
  readonly routes: SocketRoute[] = [];

  private readonly check: PropCheck;
  /** By the route's key. */
  private readonly routeSettings: Record<string, unknown> = {};

  constructor(
    private readonly context: AppContext,
    private readonly options: WebSocketOptions,
  ) {
    this.check = context.check.at('webSocket');
    checkSocketOptions(options, this.check);
    const { connectionMinutes = WEB_SOCKET_DEFAULTS.connectionMinutes } = options;
    if (options.stage !== undefined) {
      this.stage = options.stage;
      this.model = { ...this.named, made: false, connectionMinutes };
      return;
    }
    this.accessLogGroup = this.makeAccessLog();
    const throttle = {
      rateLimit: options.throttle?.rateLimit ?? context.defaults.httpRateLimit,
      burstLimit: options.throttle?.burstLimit ?? context.defaults.httpBurstLimit,
    };
    this.stage = this.makeStage(throttle);
    this.addDomain();
    this.model = {
      ...this.named,
      made: true,
      ...throttle,
      logRole: options.accountLogRole === true ? true : undefined,
      accessLog: this.accessLogGroup && logGroupModel(this.accessLogGroup, context.app),
      connectionMinutes,
    };
  }

  get api(): apigateway.IWebSocketApi {
    return this.stage.api;
  }

  addRoute(
    fn: IAppFunction,
    routeKey: string,
    options: SocketRouteOptions,
    check: PropCheck,
  ): SocketRoute {
    checkSocketRoute(routeKey, options, check);
    this.claim(fn, routeKey, check);
    const route = new SocketRoute(this.routeScope(), routeKey, {
      webSocketApi: this.api,
      routeKey,
      functionPath: fn.node.path,
      integrationId: socketIntegrationOf(fn, this.api).integrationId,
      authorizer: routeKey === CONNECT ? this.authorizerOf(options) : undefined,
      returnsResponse: options.returnsResponse ?? false,
      check,
    });
    if (options.throttle !== undefined) {
      this.throttleRoute(route, options.throttle, check);
    }
    this.routes.push(route);
    return route;
  }

  /** The address for clients. */
  get url(): string {
    const { domain } = this.options;
    return domain === undefined
      ? this.stage.url
      : `wss://${[domain.domainName, ...(domain.path === undefined ? [] : [domain.path])].join('/')}`;
  }

  /** Whether the user decided who may connect. */
  isDecided(options: SocketRouteOptions): boolean {
    return this.authorizerOf(options) !== undefined;
  }

  /** Whether the API has an authorizer but no route `$connect`, the only route that calls it. */
  get lacksConnect(): boolean {
    const { authorizer } = this.options;
    return (
      authorizer !== undefined &&
      !(authorizer instanceof apigateway.WebSocketNoneAuthorizer) &&
      routesOf.get(this.api)?.has(CONNECT) !== true
    );
  }

  private authorizerOf({
    authorizer = this.options.authorizer,
  }: SocketRouteOptions): apigateway.IWebSocketRouteAuthorizer | undefined {
    return authorizer;
  }

  private get named(): Pick<WebSocketModel, 'id' | 'path' | 'name' | 'url'> {
    const { api, url } = this;
    return { id: api.node.id, path: api.node.path, name: api.apiId, url };
  }

  private claim(fn: IAppFunction, routeKey: string, check: PropCheck): void {
    const routes = routesOf.get(this.api) ?? new Map<string, string>();
    const owner = routes.get(routeKey);
    if (owner !== undefined) {
      throw check.error(
        'route',
        `must be unique; ${owner} has the same route`,
        routeKey,
        'use another name, or let one function do both',
      );
    }
    routesOf.set(this.api, routes.set(routeKey, fn.node.path));
  }

  /**
   * The scope of all routes. Their ids depend on the route, not on the function, so a route that moves to another function is updated
   * in place: API Gateway rejects a second route with the same key.
   */
  private routeScope(): Construct {
    const made = this.options.stage === undefined;
    const [scope, id] = made ? [this.api, ROUTES_ID] : [this.context.app, ROUTES_OF_APP_ID];
    const existing = scope.node.tryFindChild(id);
    return existing ?? new Construct(scope, id);
  }

  private makeStage(throttle: apigateway.ThrottleSettings): apigateway.WebSocketStage {
    const { options, accessLogGroup } = this;
    const { app } = this.context;
    const make = (): apigateway.WebSocketApi =>
      new apigateway.WebSocketApi(app, 'WebSocketApi', {
        apiName: Names.uniqueResourceName(app, { maxLength: 128, separator: '-' }),
        routeSelectionExpression:
          options.routeSelectionExpression ?? WEB_SOCKET_DEFAULTS.routeSelectionExpression,
        ...withoutUndefined(options.apiOptions ?? {}),
      });
    const webSocketApi = this.check.withPropPath('', make);
    const stage = new apigateway.WebSocketStage(webSocketApi, 'Stage', {
      webSocketApi,
      stageName: options.stageName ?? WEB_SOCKET_DEFAULTS.stageName,
      autoDeploy: true,
      throttle,
    });
    const resource = stage.node.defaultChild as apigateway.CfnStage;
    resource.routeSettings = Lazy.any({
      produce: () => (Object.keys(this.routeSettings).length > 0 ? this.routeSettings : undefined),
    });
    if (accessLogGroup !== undefined) {
      const format = options.accessLogFormat ?? defaultLogFormat(LOGGED);
      resource.accessLogSettings = accessLogSettings(accessLogGroup, format);
    }
    provideLogRole({
      stage,
      hasAccessLog: accessLogGroup !== undefined,
      notice: 'cdk-serverless-app:web-socket-log-role',
      kind: 'WebSocket',
      prop: 'webSocket',
    });
    return stage;
  }

  private addDomain(): void {
    const { domain } = this.options;
    if (domain === undefined) {
      return;
    }
    const { app } = this.context;
    const id = 'WebSocketDomain';
    const domainName = makeDomainName(app, domain, this.check.at('domain'), id);
    new apigateway.ApiMapping(app, `${id}Mapping`, {
      api: this.api,
      domainName,
      stage: this.stage,
      apiMappingKey: domain.path,
    });
    makeRecords(app, domain, domainName, id);
  }

  private throttleRoute(route: SocketRoute, throttle: HttpThrottle, check: PropCheck): void {
    if (!this.model.made) {
      throw check.error(
        'throttle',
        'must be left out if the API’s stage is not created by the app',
        unquoted('a throttle'),
        'set it on your own stage (`routeSettings`), or let the app create the API',
      );
    }
    this.routeSettings[route.routeKey] = {
      ThrottlingRateLimit: throttle.rateLimit ?? this.model.rateLimit,
      ThrottlingBurstLimit: throttle.burstLimit ?? this.model.burstLimit,
    };
    // API Gateway rejects settings for a route that does not exist yet.
    dependOn(
      this.stage.node.defaultChild as apigateway.CfnStage,
      route.node.defaultChild as apigateway.CfnRoute,
    );
  }

  private makeAccessLog(): logs.ILogGroup | undefined {
    const { accessLog = WEB_SOCKET_DEFAULTS.accessLog, accessLogGroup } = this.options;
    const { app, defaults } = this.context;
    return accessLog
      ? (accessLogGroup ?? makeLogGroup(app, 'WebSocketAccessLog', defaults))
      : undefined;
  }
}
