import type { Duration } from 'aws-cdk-lib';
import type * as apigw from 'aws-cdk-lib/aws-apigateway';
import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { HttpDomain, HttpExistingDomain, HttpThrottle } from '../http-options';
import type { RestWebAcl } from './rest-web-acl';

/** What a request must have. API Gateway answers 400 to others, and the function does not run. */
export interface RequestValidation {
  /**
   * The schema of the body: a JSON Schema as plain data, or a value that gives its own, as Standard JSON Schema defines it (zod 4.2 and
   * newer, ArkType, Valibot with its package for JSON Schema). API Gateway checks the keywords of draft 4; a keyword that it does not know is an error.
   *
   * @see https://standardschema.dev/json-schema
   * @default - any body
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- jsii's type for plain data; jsii has no `unknown`
  readonly body?: any;

  /**
   * The names of query parameters that a request must have, not empty.
   *
   * @default - none
   */
  readonly requiredQuery?: string[];

  /**
   * The names of headers that a request must have, not empty.
   *
   * @default - none
   */
  readonly requiredHeaders?: string[];
}

/** How much the holders of a plan's keys may call, each key by itself. */
export interface UsagePlanOptions {
  /**
   * The names of the API keys of the plan. API Gateway chooses each key, which is in no template: read it in the console, or by
   * `aws apigateway get-api-key --include-value`.
   *
   * @default - no keys; add your own by `restApi`
   */
  readonly apiKeys?: string[];

  /**
   * The throttle of each key.
   *
   * @default - the throttle of the API
   */
  readonly throttle?: HttpThrottle;

  /**
   * The requests of each key in a period.
   *
   * @default - no quota
   */
  readonly quota?: UsageQuota;
}

/** A number of requests in a period. */
export interface UsageQuota {
  /** The requests: a whole number from 1. */
  readonly limit: number;

  /**
   * The period. A day, a week and a month begin at 00:00 UTC.
   *
   * @default Period.MONTH
   */
  readonly period?: apigw.Period;
}

/** The cache of a REST API. AWS bills it by the hour, whether or not it is used. */
export interface RestCache {
  /**
   * The size in GB: 0.5, 1.6, 6.1, 13.5, 28.4, 58.2, 118 or 237.
   *
   * @default 0.5
   */
  readonly sizeGb?: number;

  /**
   * How long a response is kept: 1 second to 1 hour.
   *
   * @default Duration.minutes(5)
   */
  readonly ttl?: Duration;
}

/** The app's REST API. The first route creates it. */
export interface RestOptions {
  /**
   * Who may call routes without an authorizer of their own: `RouteAuthorizer.userPool(…)`, `.byFunction(…)`, `.iam()`, or `.open()` for
   * everybody. The CDK's `HttpIamAuthorizer` and `HttpNoneAuthorizer` hold too.
   *
   * @default - everybody; in production a warning reports each such route
   */
  readonly authorizer?: apigateway.IHttpRouteAuthorizer;

  /**
   * The scopes, one of which a token must have, for routes without scopes of their own. Only a user pool's tokens have scopes.
   *
   * @default - no scopes
   */
  readonly authorizationScopes?: string[];

  /**
   * Which web pages from other origins may call the API in a browser. The app answers preflight requests, and adds the header to the errors
   * of API Gateway itself. In other responses the function sets `Access-Control-Allow-Origin`.
   *
   * @default - none: browsers reject calls from other origins
   */
  readonly cors?: apigateway.CorsPreflightOptions;

  /**
   * The throttle for all routes together.
   *
   * @default - production: 1,000 requests a second and 2,000 at once; development: 50 and 100
   */
  readonly throttle?: HttpThrottle;

  /**
   * Whether the API writes an access log, one line of JSON per request. API Gateway can write it only if the account has a role for that in this
   * region; see `accountLogRole`.
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
   * @default - JSON with the request, the route, the status, the latencies, the caller's address, agent and API key, and errors
   */
  readonly accessLogFormat?: apigw.AccessLogFormat;

  /**
   * Whether the app creates the role with which API Gateway writes the logs of all REST APIs of this account and region. An account has
   * one such setting a region, and another role would replace it, so let one app create it. It is retained when the app is deleted.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
   * @default false
   */
  readonly accountLogRole?: boolean;

  /**
   * A custom domain, for a regional API.
   *
   * @default - the domain that API Gateway assigns
   */
  readonly domain?: HttpDomain;

  /**
   * A domain that exists already, instead of one that the app makes. HTTP and REST APIs may share a domain.
   *
   * @default - the app's own domain, if `domain` is given
   */
  readonly existingDomain?: HttpExistingDomain;

  /**
   * The name of the API's stage, which is the first part of its path at the domain that API Gateway assigns: letters, digits, `-` and `_`.
   *
   * @default live
   */
  readonly stageName?: string;

  /**
   * Where the API is reached: in its region, through CloudFront's edge locations, or from VPCs only.
   *
   * @default EndpointType.REGIONAL, or EndpointType.PRIVATE with `vpcEndpoints`
   */
  readonly endpointType?: apigw.EndpointType;

  /**
   * The interface endpoints (`execute-api`) of a private API. Nothing else can call it: without a `policy` the app's own one allows these endpoints alone.
   *
   * @default - not private
   */
  readonly vpcEndpoints?: ec2.IVpcEndpoint[];

  /**
   * The resource policy.
   *
   * @default - none; for a private API one that allows its endpoints
   */
  readonly policy?: iam.PolicyDocument;

  /**
   * Whether each request needs an API key of a usage plan, in the header `x-api-key`. A route can say otherwise. A key counts calls; it does not prove who calls.
   *
   * @default false
   */
  readonly apiKeyRequired?: boolean;

  /**
   * The usage plans by name, with their API keys.
   *
   * @default - no plans
   */
  readonly usagePlans?: { readonly [name: string]: UsagePlanOptions };

  /**
   * The AWS WAF web ACL that checks each request: `RestWebAcl.coreRules()` or `RestWebAcl.fromArn(…)`.
   *
   * @default - no web ACL
   */
  readonly webAcl?: RestWebAcl;

  /**
   * Media types that are binary. API Gateway gives the function their bodies in base64.
   *
   * @default - all bodies are text
   */
  readonly binaryMediaTypes?: string[];

  /**
   * How long API Gateway waits for a function: 1 to 29 seconds, or up to 15 minutes where the response is streamed or AWS has raised the quota “Maximum integration timeout
   * in milliseconds” (L-E5AE38E3).
   *
   * @default Duration.seconds(29)
   */
  readonly integrationTimeout?: Duration;

  /**
   * The cache for `GET` requests.
   *
   * @default - no cache
   */
  readonly cache?: RestCache;

  /**
   * Whether X-Ray traces the requests.
   *
   * @default false
   */
  readonly tracing?: boolean;
}
