import * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import type * as s3 from 'aws-cdk-lib/aws-s3';

/**
 * The throttle, above which API Gateway answers 429: a bucket of `burstLimit` requests that is refilled at `rateLimit` per
 * second. AWS treats both as targets, not as hard limits. The warning `cdk-serverless-app:http-throttle` reports values above the
 * account's own limits (`scaling.apiRateLimit`) and 0, which rejects all requests.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html
 */
export interface HttpThrottle {
  /**
   * The sustained requests per second: 0 to 1,000,000, including fractions.
   *
   * @default - for the API 1,000 in production and 50 in development; for a route the value of the API
   */
  readonly rateLimit?: number;

  /**
   * The maximum burst of requests: a whole number, 0 to 1,000,000. It may be below the rate; it then limits short bursts.
   *
   * @default - for the API 2,000 in production and 100 in development; for a route the value of the API
   */
  readonly burstLimit?: number;
}

/** A custom domain for the API. */
export interface HttpDomain {
  /** The name alone, for example `api.example.com`, without `https://` and without a path. */
  readonly domainName: string;

  /** A certificate for that name, in the API's region. (Only CloudFront needs one in us-east-1.) */
  readonly certificate: acm.ICertificate;

  /**
   * The path of the API at the domain.
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

  /**
   * Requires clients to have a certificate. The API then answers at this domain only: the app disables its `execute-api` address,
   * where clients need no certificate.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
   * @default - clients need no certificate
   */
  readonly mutualTls?: HttpMutualTls;
}

/** Which client certificates a domain accepts. API Gateway rejects other clients before any authorizer runs. */
export interface HttpMutualTls {
  /**
   * The bucket with the truststore. Whoever deploys the stack needs permission to read it; API Gateway copies the truststore.
   * Enable versions for it, so that `version` can name one.
   */
  readonly bucket: s3.IBucket;

  /** The key of the truststore: a file with the certificates of the accepted authorities in PEM format. */
  readonly key: string;

  /**
   * The version of the object. API Gateway reads the truststore again only if the version changes.
   *
   * @default - the newest at the first deployment
   */
  readonly version?: string;
}

/** An existing domain, possibly of another app, that several APIs share, each under its own path. */
export interface HttpExistingDomain {
  /** The domain: another app's `domainName`, your own `DomainName`, or one imported by `DomainName.fromDomainNameAttributes`. */
  readonly domain: apigateway.IDomainName;

  /**
   * The path of the API at the domain, for example `orders` or `v1/orders`.
   *
   * @default - the domain's root
   */
  readonly path?: string;
}

/** The app's HTTP API. The first route creates it. */
export interface HttpOptions {
  /**
   * Your own API for the routes. The app does not change it: you configure throttle, access log, CORS and domain.
   *
   * @default - the app creates an `HttpApi`
   */
  readonly api?: apigateway.IHttpApi;

  /**
   * Further options of the `HttpApi` that the app creates. They override the app's defaults.
   *
   * @default - the app's defaults
   */
  readonly apiOptions?: apigateway.HttpApiProps;

  /**
   * Which web pages from other origins may call the API in a browser.
   *
   * @default - none: browsers reject calls from other origins
   */
  readonly cors?: apigateway.CorsPreflightOptions;

  /**
   * Who may call routes without an authorizer of their own. `new HttpNoneAuthorizer()` opens them explicitly.
   *
   * @default - everybody; in production a warning reports each such route
   */
  readonly authorizer?: apigateway.IHttpRouteAuthorizer;

  /**
   * The format of the events that functions get. With 1.0, handlers that were written for a REST API run unchanged.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
   * @default PayloadFormatVersion.VERSION_2_0
   */
  readonly payloadFormat?: apigateway.PayloadFormatVersion;

  /**
   * The scopes that a token must have for routes without scopes of their own.
   *
   * @default - no scopes
   */
  readonly authorizationScopes?: string[];

  /**
   * The throttle for all routes together.
   *
   * @default - production: 1,000 requests a second with bursts of 2,000; development: 50 and 100
   */
  readonly throttle?: HttpThrottle;

  /**
   * Whether the API writes an access log, one line of JSON per request.
   *
   * @default true
   */
  readonly accessLog?: boolean;

  /**
   * The log group for the access log.
   *
   * @default - a log group of the app that keeps logs for 3 months in production and for 1 week in development
   */
  readonly accessLogGroup?: logs.ILogGroup;

  /**
   * The format of the access log.
   *
   * @default - JSON with the request, the route, the status, the latencies, the caller's address and agent, and errors
   */
  readonly accessLogFormat?: apigw.AccessLogFormat;

  /**
   * A custom domain.
   *
   * @default - the domain that API Gateway assigns
   */
  readonly domain?: HttpDomain;

  /**
   * An existing domain, instead of one that the app creates. You manage its certificate and its records.
   *
   * @default - the app's own domain, if `domain` is given
   */
  readonly existingDomain?: HttpExistingDomain;
}
