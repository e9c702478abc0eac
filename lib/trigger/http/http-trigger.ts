import { Duration } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { UsageAmounts } from '../../estimate/usage';
import { levelModel } from '../../estimate/usage-model';
import { acceptOptions } from '../../core/accept-options';
import { amounts } from '../../estimate/usage-prop-set';
import { ROUTE_PROPS } from '../../http/http-prop-set';
import { INTEGRATION_TIMEOUT, VALIDATION_PROPS } from '../../http/rest/rest-prop-set';
import type { RequestTenant } from '../../http/rest/request-tenant';
import type { RequestValidation } from '../../http/rest/rest-options';
import { flag, instance, struct } from '../../props/kinds';
import { propsOf } from '../../props/prop-set';
import { HttpThrottle } from '../../http/http-options';
import { parseRoute } from '../../http/route-key';
import { IAppFunction, ITrigger, InvocationType, TriggerConfig } from '../../core/contract';
import { FunctionContext } from '../../core/function-context';
import { HttpApis } from '../../http/http-apis';

/** Options of an HTTP trigger. */
export interface HttpTriggerOptions {
  /**
   * Who may call this route: a `RouteAuthorizer`, or the CDK's `HttpJwtAuthorizer`, `HttpIamAuthorizer` or
   * `HttpLambdaAuthorizer`, or `HttpNoneAuthorizer` for everybody. A REST API does not accept the CDK's JWT and Lambda
   * authorizers.
   *
   * @default - the app's `http.authorizer` or `rest.authorizer`
   */
  readonly authorizer?: apigateway.IHttpRouteAuthorizer;

  /**
   * The scopes that a token must have.
   *
   * @default - the app's `http.authorizationScopes` or `rest.authorizationScopes`
   */
  readonly authorizationScopes?: string[];

  /**
   * The throttle of this route.
   *
   * @default - the throttle of the API
   */
  readonly throttle?: HttpThrottle;

  /**
   * The format of the events that the function gets from this route: 1.0 or 2.0. A REST API sends 1.0.
   *
   * @default - the app's `http.payloadFormat`
   */
  readonly payloadFormat?: apigateway.PayloadFormatVersion;

  /**
   * Whether a request needs an API key. Only a REST API has them.
   *
   * @default - `rest.apiKeyRequired`
   */
  readonly apiKeyRequired?: boolean;

  /**
   * What a request must contain; other requests get 400. Only a REST API checks it.
   *
   * @default - any request
   */
  readonly validate?: RequestValidation;

  /**
   * Whether API Gateway streams the response to the caller while the function writes it. Wrap the handler in
   * `awslambda.streamifyResponse`, or export a module with `fetch` (docs/web-handlers.md). Only a REST API supports this.
   *
   * @default false
   */
  readonly streaming?: boolean;

  /**
   * How long a REST API waits for the function; see `rest.integrationTimeout`.
   *
   * @default - `rest.integrationTimeout`
   */
  readonly integrationTimeout?: Duration;

  /**
   * Which part of a request names the tenant, for a function with `tenancyConfig`. Only a REST API can pass it to Lambda.
   *
   * @default - no tenant
   */
  readonly tenantId?: RequestTenant;

  /**
   * The expected number of requests in a month. Only the cost estimate uses it.
   *
   * @default - `usage` of the function or the app, otherwise 100,000, 1 million and 10 million
   */
  readonly monthlyEvents?: UsageAmounts;
}

/** @internal */
export const HTTP_TRIGGER_PROPS = propsOf<HttpTriggerOptions>()({
  ...ROUTE_PROPS,
  apiKeyRequired: flag(),
  validate: struct(VALIDATION_PROPS),
  streaming: flag(),
  integrationTimeout: INTEGRATION_TIMEOUT,
  tenantId: instance('a RequestTenant', 'write `RequestTenant.claim(…)`', 'expression'),
  monthlyEvents: amounts(),
});

/**
 * An HTTP request to the app's API; see `Trigger.http`.
 *
 * @internal
 */
export class HttpTrigger implements ITrigger {
  constructor(
    private readonly route: string,
    private readonly options: HttpTriggerOptions,
  ) {}

  public bind(fn: IAppFunction): TriggerConfig {
    const check = FunctionContext.of(fn).check;
    acceptOptions(fn, this.options, HTTP_TRIGGER_PROPS);
    const route = parseRoute(this.route, check);
    const http = HttpApis.of(fn).ofApp;
    const resource = http.addRoute(fn, route, this.options, check);
    return {
      kind: 'http',
      invocation: InvocationType.SYNCHRONOUS,
      source: route.key,
      details: {
        method: route.method,
        path: route.path,
        authorization: resource.authorizationType,
        ...resource.details,
        // The route is open, and the user did not state that explicitly.
        open: http.isDecided(this.options) ? undefined : true,
        apiKey: http.needsKey(this.options) ? true : undefined,
        payload: http.payloadFormat(this.options) === '1.0' ? '1.0' : undefined,
        stream: this.options.streaming === true ? true : undefined,
        // Only if the route has its own throttle.
        rateLimit: this.options.throttle?.rateLimit,
        burstLimit: this.options.throttle?.burstLimit,
        monthlyEvents: levelModel(this.options.monthlyEvents, check.at('monthlyEvents')),
      },
    };
  }
}
