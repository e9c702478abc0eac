import { Validations } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import type { AppFunction } from '../function/app-function';
import { STAGE_DEFAULTS } from '../private/defaults';
import { UsageAmounts } from '../cost/usage';
import { levelFacts } from '../private/usage-facts';
import { HttpThrottle } from './http-options';
import { parseRoute } from './private/route-key';
import { InvocationType, ITrigger, TriggerConfig } from './trigger-config';

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

/** An HTTP request to the app's API; see `Trigger.http`. */
export class HttpTrigger implements ITrigger {
  constructor(
    private readonly route: string,
    private readonly options: HttpTriggerOptions,
  ) {}

  public bind(fn: AppFunction): TriggerConfig {
    const check = fn._check;
    const route = parseRoute(this.route, check);
    const http = fn.app._http;
    const resource = http.addRoute(fn, route, this.options, check);
    if (!http.isDecided(this.options) && STAGE_DEFAULTS[fn.app.stage].reportOpenRoutes) {
      Validations.of(fn).addWarning(
        'cdk-serverless-app:open-route',
        `${fn.node.path}: \`${route.key}\` can be called by anyone: give \`authorizer\` (for this route, or \`http.authorizer\` for ` +
          'all), or say that it is meant to be open with `authorizer: new HttpNoneAuthorizer()`',
      );
    }
    return {
      kind: 'http',
      invocation: InvocationType.SYNCHRONOUS,
      source: route.key,
      details: {
        method: route.method,
        path: route.path,
        authorization: resource.authorizationType,
        // Only where the route has a bound of its own.
        rateLimit: this.options.throttle?.rateLimit,
        burstLimit: this.options.throttle?.burstLimit,
        monthlyEvents: levelFacts(this.options.monthlyEvents, check.at('monthlyEvents')),
      },
    };
  }
}
