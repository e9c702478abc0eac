import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { UsageAmounts } from '../../estimate/usage';
import { levelModel } from '../../estimate/usage-model';
import { acceptOptions } from '../../core/accept-options';
import { amounts } from '../../estimate/usage-prop-set';
import { ROUTE_PROPS } from '../../http/http-prop-set';
import { propsOf } from '../../props/prop-set';
import { HttpThrottle } from '../../http/http-options';
import { parseRoute } from '../../http/route-key';
import { IAppFunction, ITrigger, InvocationType, TriggerConfig } from '../../core/contract';
import { FunctionContext } from '../../core/function-context';
import { HttpApis } from '../../http/http-apis';

/** Options of an HTTP trigger. */
export interface HttpTriggerOptions {
  /**
   * Who may call this route: the CDK's `HttpJwtAuthorizer`, `HttpIamAuthorizer` or `HttpLambdaAuthorizer`, or
   * `HttpNoneAuthorizer` for everybody.
   *
   * @default - the app's `http.authorizer`
   */
  readonly authorizer?: apigateway.IHttpRouteAuthorizer;

  /**
   * The scopes that a token must have.
   *
   * @default - the app's `http.authorizationScopes`
   */
  readonly authorizationScopes?: string[];

  /**
   * The throttle of this route.
   *
   * @default - the throttle of the API
   */
  readonly throttle?: HttpThrottle;

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
        // The route is open, and the user did not state that explicitly.
        open: http.isDecided(this.options) ? undefined : true,
        // Only if the route has its own throttle.
        rateLimit: this.options.throttle?.rateLimit,
        burstLimit: this.options.throttle?.burstLimit,
        monthlyEvents: levelModel(this.options.monthlyEvents, check.at('monthlyEvents')),
      },
    };
  }
}
