import type { Duration } from 'aws-cdk-lib';
import type * as apigw from 'aws-cdk-lib/aws-apigateway';
import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { HttpDomain, HttpExistingDomain, HttpThrottle } from '../http-options';
import type { RestWebAcl } from './rest-web-acl';

/** What a request must contain. API Gateway answers other requests with 400, and the function does not run. */
export interface RequestValidation {
  /**
   * The schema of the body: a JSON Schema as plain data, or a value that provides one as defined by Standard JSON Schema (zod 4.2
   * and newer, ArkType, Valibot with its JSON Schema package). API Gateway checks the keywords of draft 4; a keyword that it does
   * not know is an error.
   *
   * @see https://standardschema.dev/json-schema
   * @default - any body
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- jsii's type for plain data; jsii has no `unknown`
  readonly body?: any;

  /**
   * The names of query parameters that must be present and not empty.
   *
   * @default - none
   */
  readonly requiredQuery?: string[];

  /**
   * The names of headers that must be present and not empty.
   *
   * @default - none
   */
  readonly requiredHeaders?: string[];
}

/** How much the holders of a plan's keys may call. The limits apply to each key separately. */
export interface UsagePlanOptions {
  /**
   * The names of the plan's API keys, each of which belongs to one plan of the API. API Gateway generates the value of each key, which
   * is not in the template: read it in the console, or with `aws apigateway get-api-key --include-value`.
   *
   * @default - no keys; add your own with `restApi`
   */
  readonly apiKeys?: string[];

  /**
   * The throttle of each key.
   *
   * @default - the throttle of the API
   */
  readonly throttle?: HttpThrottle;

  /**
   * The maximum number of requests per key in a period.
   *
   * @default - no quota
   */
  readonly quota?: UsageQuota;
}

/** A number of requests in a period. */
export interface UsageQuota {
  /** The number of requests: a whole number, at least 1. */
  readonly limit: number;

  /**
   * The period. A day, a week and a month begin at 00:00 UTC.
   *
   * @default Period.MONTH
   */
  readonly period?: apigw.Period;
}

/** A response of API Gateway itself, for a request that reaches no function. */
export interface GatewayResponseOptions {
  /**
   * The status code: 400 to 599.
   *
   * @default - the status code of API Gateway
   */
  readonly statusCode?: number;

  /**
   * Headers by name. A value that begins with `context.`, `method.request.` or `stageVariables.` is read from the request; any
   * other value is sent as it is.
   *
   * @default - those of `cors`, if the API has it
   */
  readonly headers?: { readonly [name: string]: string };

  /**
   * Bodies by media type, with `$context` variables, for example `{ 'application/json': '{"error": $context.error.messageString}' }`.
   *
   * @default - JSON with a message
   */
  readonly templates?: { readonly [mediaType: string]: string };
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
   * Your own API for the routes: a `RestApi` of the same stack, or one that `RestApi.fromRestApiAttributes(…)` imports into it with its
   * `restApiName` and `rootResourceId`. The app does not change it: you configure throttle, access log, CORS, keys and domain. Each
   * route is a method of that API, and each change of the routes deploys the API again. An imported API needs `stageName`.
   *
   * @default - the app creates a `SpecRestApi`
   */
  readonly api?: apigw.IRestApi;

  /**
   * Who may call routes without an authorizer of their own: `RouteAuthorizer.userPool(…)`, `.byFunction(…)`, `.iam()`, or
   * `.open()` for everybody. The CDK's `HttpIamAuthorizer` and `HttpNoneAuthorizer` are accepted too.
   *
   * @default - everybody; in production a warning reports each such route
   */
  readonly authorizer?: apigateway.IHttpRouteAuthorizer;

  /**
   * The scopes for routes without scopes of their own: a token must have one of them. Only a user pool's tokens have scopes.
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
   * @default - production: 1,000 requests a second with bursts of 2,000; development: 50 and 100
   */
  readonly throttle?: HttpThrottle;

  /**
   * Whether the API writes an access log, one line of JSON per request. API Gateway can write it only if the account has a role for that
   * in this
   * region; see `accountLogRole`.
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
   * @default - JSON with the request, the route, the status, the latencies, the caller's address, agent and API key, and errors
   */
  readonly accessLogFormat?: apigw.AccessLogFormat;

  /**
   * Whether the app creates the role with which API Gateway writes the logs of all REST APIs of this account and region. There is
   * one such setting per account and region, and another role would replace it, so let only one app create it. It is retained
   * when the app is deleted.
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
   * An existing domain, instead of one that the app creates. HTTP and REST APIs may share a domain.
   *
   * @default - the app's own domain, if `domain` is given
   */
  readonly existingDomain?: HttpExistingDomain;

  /**
   * The name of the API's stage, which is the first part of its path at the domain that API Gateway assigns: letters, digits, `-` and `_`.
   * With an imported `api`, the existing stage that the app moves to a new deployment when its routes change.
   *
   * @default live
   */
  readonly stageName?: string;

  /**
   * Where clients reach the API: in its region, through CloudFront's edge locations, or from VPCs only.
   *
   * @default EndpointType.REGIONAL, or EndpointType.PRIVATE with `vpcEndpoints`
   */
  readonly endpointType?: apigw.EndpointType;

  /**
   * The interface endpoints (`execute-api`) of a private API. Nothing else can call it: without a `policy`, the app adds one that
   * allows only these endpoints.
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
   * Whether each request needs an API key of a usage plan, in the header `x-api-key`. A route can override this. A key meters
   * calls; it does not authenticate the caller.
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
   * Binary media types. API Gateway passes their bodies to the function in base64.
   *
   * @default - all bodies are text
   */
  readonly binaryMediaTypes?: string[];

  /**
   * The responses of API Gateway itself by type: `UNAUTHORIZED`, `THROTTLED`, `BAD_REQUEST_BODY`, `DEFAULT_4XX` and so on. They get
   * the headers of `cors` too.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
   * @default - those of API Gateway
   */
  readonly gatewayResponses?: { readonly [type: string]: GatewayResponseOptions };

  /**
   * How long API Gateway waits for a function: 1 to 29 seconds, or up to 15 minutes if the response is streamed or AWS has raised
   * the quota “Maximum integration timeout in milliseconds” (L-E5AE38E3).
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
