import type * as apigw from 'aws-cdk-lib/aws-apigateway';
import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import type * as acm from 'aws-cdk-lib/aws-certificatemanager';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type * as route53 from 'aws-cdk-lib/aws-route53';
import type { HttpThrottle } from '../http-options';

/**
 * The custom domain of a WebSocket API. No other kind of API may use it: API Gateway does not map a WebSocket API and another API to one
 * domain.
 */
export interface WebSocketDomain {
  /** The name alone, for example `live.example.com`, without `wss://` and without a path. */
  readonly domainName: string;

  /** A certificate for that name, in the API's region. */
  readonly certificate: acm.ICertificate;

  /**
   * The path of the API at the domain: 1 to 128 letters, digits, `-`, `_` and `.`. Clients then connect to `wss://live.example.com/path`.
   *
   * @default - the domain's root
   */
  readonly path?: string;

  /**
   * The hosted zone that gets the alias records (A and AAAA) for the name, which must be in that zone.
   *
   * @default - no records
   */
  readonly hostedZone?: route53.IHostedZone;
}

/** The app's WebSocket API. The first route creates it. */
export interface WebSocketOptions {
  /**
   * Your own stage, with its API, for the routes. The app does not change them: you configure the throttle, the access log and
   * `autoDeploy`, without which a new route is not deployed.
   *
   * @default - the app creates a `WebSocketApi` and a stage
   */
  readonly stage?: apigateway.IWebSocketStage;

  /**
   * Further options of the `WebSocketApi` that the app creates. They override the app's defaults. Routes are declared with `onSocket`,
   * not here.
   *
   * @default - the app's defaults
   */
  readonly apiOptions?: apigateway.WebSocketApiProps;

  /**
   * Where in a message API Gateway finds the name of its route. A message without it, or with a name that no route has, goes to
   * `$default`.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-develop-routes.html
   * @default '$request.body.action'
   */
  readonly routeSelectionExpression?: string;

  /**
   * Who may connect: the CDK's `WebSocketLambdaAuthorizer` or `WebSocketIamAuthorizer`, or `WebSocketNoneAuthorizer` for everybody. API
   * Gateway calls it at `$connect`, so with an authorizer the app must have that route. It decides for the whole connection.
   *
   * @default - everybody; in production a warning reports it
   */
  readonly authorizer?: apigateway.IWebSocketRouteAuthorizer;

  /**
   * The throttle for connections and messages of each route without a throttle of its own.
   *
   * @default - production: 1,000 a second with bursts of 2,000; development: 50 and 100
   */
  readonly throttle?: HttpThrottle;

  /**
   * A custom domain that the app creates. `app.webSocketUrl` is its address; functions send to clients at the API's own address, which
   * stays open.
   *
   * @default - API Gateway's own address
   */
  readonly domain?: WebSocketDomain;

  /**
   * Whether the API writes an access log, one line of JSON for each connection and message. API Gateway can write it only if the account
   * has a role for that in this region; see `accountLogRole`.
   *
   * @default true
   */
  readonly accessLog?: boolean;

  /**
   * The log group for the access log.
   *
   * @default - a log group of the app, kept 3 months in production and 1 week in development
   */
  readonly accessLogGroup?: logs.ILogGroup;

  /**
   * The format of the access log.
   *
   * @default - JSON with the event, the route, the connection, the status, the latency, the caller's address and agent, and errors
   */
  readonly accessLogFormat?: apigw.AccessLogFormat;

  /**
   * Whether the app creates the role with which API Gateway writes the logs of all REST and WebSocket APIs of this account and region.
   * An account has one such setting per region, and another role would replace it, so let one app create it. It is retained when the app
   * is deleted.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
   * @default false
   */
  readonly accountLogRole?: boolean;

  /**
   * The name of the stage, which is the path in the API's URL: 1 to 128 letters, digits, `-` and `_`.
   *
   * @default 'live'
   */
  readonly stageName?: string;

  /**
   * How many minutes a connection lasts on average, up to 120, after which API Gateway closes it. Only the cost estimate uses it.
   *
   * @default 10
   */
  readonly connectionMinutes?: number;
}
