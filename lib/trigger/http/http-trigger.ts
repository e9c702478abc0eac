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
   * Who may call this route: the CDK's `HttpJwtAuthorizer`, `HttpIamAuthorizer`, `HttpLambdaAuthorizer`, or
   * `HttpNoneAuthorizer` to say that everybody may.
   *
   * @default - what the app's `http.authorizer` says
   */
  readonly authorizer?: apigateway.IHttpRouteAuthorizer;

  /**
   * The scopes that a token must have.
   *
   * @default - what the app's `http.authorizationScopes` says
   */
  readonly authorizationScopes?: string[];

  /**
   * The bound on what this route lets through.
   *
   * @default - the bound of the API
   */
  readonly throttle?: HttpThrottle;

  /**
   * How many requests you expect in a month, for the estimate of the cost; nothing else follows from it.
   *
   * @default - what the function's or the app's `usage` says; else 100,000, 1 million and 10 million
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
        // Anyone may call it, and nobody said that it is meant.
        open: http.isDecided(this.options) ? undefined : true,
        // Only where the route has a bound of its own.
        rateLimit: this.options.throttle?.rateLimit,
        burstLimit: this.options.throttle?.burstLimit,
        monthlyEvents: levelModel(this.options.monthlyEvents, check.at('monthlyEvents')),
      },
    };
  }
}
