import type * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import { acceptOptions } from '../../core/accept-options';
import { IAppFunction, InvocationType, ITrigger, TriggerConfig } from '../../core/contract';
import { FunctionContext } from '../../core/function-context';
import { UsageAmounts } from '../../estimate/usage';
import { levelModel } from '../../estimate/usage-model';
import { amounts } from '../../estimate/usage-prop-set';
import { AppFunctionOptions } from '../../function/app-function-props';
import type { HttpThrottle } from '../../http/http-options';
import { HTTP_THROTTLE_PROPS } from '../../http/http-prop-set';
import { SocketApis } from '../../http/socket/socket-apis';
import { SOCKET_AUTHORIZER } from '../../http/socket/socket-prop-set';
import { CONNECT, WEB_SOCKET_KIND } from '../../kinds/web-socket-kind';
import { flag, struct } from '../../props/kinds';
import { propsOf } from '../../props/prop-set';

/** Options of a WebSocket trigger. */
export interface WebSocketTriggerOptions {
  /**
   * Who may connect. Only for `$connect`.
   *
   * @default - the app's `webSocket.authorizer`
   */
  readonly authorizer?: apigateway.IWebSocketRouteAuthorizer;

  /**
   * Whether the client gets the `body` that the handler returns. Not for `$connect` and `$disconnect`. Without it, the function
   * sends messages with `Access.manageConnections`.
   *
   * @default false
   */
  readonly returnsResponse?: boolean;

  /**
   * The throttle of this route. A message above it gets an error.
   *
   * @default - the throttle of the API
   */
  readonly throttle?: HttpThrottle;

  /**
   * The expected number of connections or messages in a month. Only the cost estimate uses it.
   *
   * @default - `usage` of the function or the app, otherwise 10,000, 100,000 and 1 million
   */
  readonly monthlyEvents?: UsageAmounts;
}

/** @internal */
export const WEB_SOCKET_TRIGGER_PROPS = propsOf<WebSocketTriggerOptions>()({
  authorizer: SOCKET_AUTHORIZER.in('WebSocket'),
  returnsResponse: flag().defaultsTo(false).in('WebSocket'),
  throttle: struct(HTTP_THROTTLE_PROPS).in('WebSocket'),
  monthlyEvents: amounts(),
});

/** Options of `onSocket`: those of the function and of the trigger. */
export interface SocketFunctionOptions extends AppFunctionOptions, WebSocketTriggerOptions {
  /**
   * The function's id.
   *
   * @default - the entry's file name: `send-message.ts` gives `SendMessage`
   */
  readonly id?: string;
}

/**
 * Connections and messages of the app's WebSocket API; see `Trigger.webSocket`.
 *
 * @internal
 */
export class WebSocketTrigger implements ITrigger {
  constructor(
    private readonly route: string,
    private readonly options: WebSocketTriggerOptions,
  ) {}

  public bind(fn: IAppFunction): TriggerConfig {
    const { check } = FunctionContext.of(fn);
    const options = acceptOptions(fn, this.options, WEB_SOCKET_TRIGGER_PROPS);
    const api = SocketApis.of(fn).ofApp;
    const route = api.addRoute(fn, this.route, this.options, check);
    const connects = this.route === CONNECT;
    return {
      kind: WEB_SOCKET_KIND.kind,
      invocation: InvocationType.SYNCHRONOUS,
      source: this.route,
      details: {
        authorization: connects ? route.authorizationType : undefined,
        // Anyone may connect, and the user did not state that explicitly.
        open: connects && !api.isDecided(this.options) ? true : undefined,
        returnsResponse: options.returnsResponse ? true : undefined,
        // Only if the route has its own throttle.
        rateLimit: this.options.throttle?.rateLimit,
        burstLimit: this.options.throttle?.burstLimit,
        monthlyEvents: levelModel(options.monthlyEvents, check.at('monthlyEvents')),
      },
    };
  }
}
