import * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as route53 from 'aws-cdk-lib/aws-route53';

/**
 * How many requests API Gateway lets through before it answers 429: a bucket of `burstLimit` requests that is refilled at `rateLimit` a
 * second. AWS calls both targets, not ceilings. What is above the account's own bounds (`scaling.apiRateLimit`), and a bound of 0, which lets
 * nobody in, are reported with the warning `cdk-serverless-app:http-throttle`.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 */
export interface HttpThrottle {
  /**
   * Requests a second, sustained: 0 to 1,000,000, fractions too.
   *
   * @default - for the API 1,000 in production and 50 in development; for a route what the API has
   */
  readonly rateLimit?: number;

  /**
   * Requests at once: a whole number, 0 to 1,000,000. It may be below the rate: then it bounds what comes in one moment.
   *
   * @default - for the API 2,000 in production and 100 in development; for a route what the API has
   */
  readonly burstLimit?: number;
}

/** A domain of your own for the API. */
export interface HttpDomain {
  /** The name alone, for example `api.example.com`, without `https://` and without a path. */
  readonly domainName: string;

  /** A certificate for that name, in the API's region. (Only CloudFront needs one in us-east-1.) */
  readonly certificate: acm.ICertificate;

  /**
   * The path under which the API appears at the domain.
   *
   * @default - the domain's root
   */
  readonly path?: string;

  /**
   * The hosted zone that gets the alias records (A and AAAA) of the name, which must be in that zone.
   *
   * @default - no records are made
   */
  readonly hostedZone?: route53.IHostedZone;
}

/** A domain that exists, or that another app makes: several APIs share it, each under a path of its own. */
export interface HttpExistingDomain {
  /** The domain: another app's `domainName`, a `DomainName` of your own, or one imported by `DomainName.fromDomainNameAttributes`. */
  readonly domain: apigateway.IDomainName;

  /**
   * The path under which the API appears at the domain, for example `orders` or `v1/orders`.
   *
   * @default - the domain's root
   */
  readonly path?: string;
}

/** The app's HTTP API. It is made when the first route is. */
export interface HttpOptions {
  /**
   * An API of your own to put the routes on. The app does not change it: throttle, access log, CORS and domain stay yours.
   *
   * @default - an `HttpApi` of the app
   */
  readonly api?: apigateway.IHttpApi;

  /**
   * Further options of the `HttpApi` that the app makes. They go before the app's defaults.
   *
   * @default - the app's defaults
   */
  readonly apiOptions?: apigateway.HttpApiProps;

  /**
   * Which pages of other origins may call the API from a browser.
   *
   * @default - none: browsers refuse calls from other origins
   */
  readonly cors?: apigateway.CorsPreflightOptions;

  /**
   * Who may call the routes that do not say it themselves. `new HttpNoneAuthorizer()` says that everybody may.
   *
   * @default - everybody, and in production each such route is reported with a warning
   */
  readonly authorizer?: apigateway.IHttpRouteAuthorizer;

  /**
   * The scopes that a token must have for the routes that do not say it themselves.
   *
   * @default - no scopes
   */
  readonly authorizationScopes?: string[];

  /**
   * The bound on what all routes together let through.
   *
   * @default - production: 1,000 requests a second and 2,000 at once; development: 50 and 100
   */
  readonly throttle?: HttpThrottle;

  /**
   * Write a line of JSON for each request.
   *
   * @default true
   */
  readonly accessLog?: boolean;

  /**
   * Where those lines go.
   *
   * @default - a log group of the app, kept 3 months in production and 1 week in development
   */
  readonly accessLogGroup?: logs.ILogGroup;

  /**
   * What those lines hold.
   *
   * @default - JSON with the request, the route, the status, the latencies, the caller's address and agent, and errors
   */
  readonly accessLogFormat?: apigw.AccessLogFormat;

  /**
   * A domain of your own.
   *
   * @default - the domain that API Gateway gives
   */
  readonly domain?: HttpDomain;

  /**
   * A domain that exists already, instead of one that the app makes. Its certificate and its records stay yours.
   *
   * @default - the app's own domain, if `domain` is given
   */
  readonly existingDomain?: HttpExistingDomain;
}
