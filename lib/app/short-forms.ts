import { AppFunction } from '../function/app-function';
import { AppFunctionOptions } from '../function/app-function-props';
import { HTTP_TRIGGER_PROPS, HttpTriggerOptions } from '../trigger/http/http-trigger';
import {
  WEB_SOCKET_TRIGGER_PROPS,
  WebSocketTriggerOptions,
} from '../trigger/web-socket/web-socket-trigger';
import { Trigger } from '../trigger/trigger';
import { AppContext } from '../core/app-context';
import { IServerlessApp, ITrigger } from '../core/contract';
import { CONNECT, DISCONNECT } from '../kinds/web-socket-kind';
import { functionIdFromEntry } from '../core/names';
import { FUNCTION_OPTIONS_PROPS } from '../function/function-prop-set';
import { checkProp, requireStruct } from '../props/check-props';
import { anything, listOf, text } from '../props/kinds';
import { splitOptions } from '../props/options';
import { unquoted } from '../props/prop-check';
import type { PropSet } from '../props/prop';
import { propsOf } from '../props/prop-set';

interface ShortFormOptions extends AppFunctionOptions {
  readonly id?: string;
}

const SHORT_FORM_PROPS = propsOf<ShortFormOptions>(...FUNCTION_OPTIONS_PROPS.cdk)({
  ...FUNCTION_OPTIONS_PROPS.props,
  id: text(),
});

/** What a short form adds: the triggers of the function, and how to add them to a function that exists. */
export interface ShortForm<T> {
  readonly ofTrigger: PropSet<T>;
  readonly triggers: (options: T) => ITrigger[];
  /** What to write instead, for an error message: `onRequests([…], entry)`. */
  readonly together: string;
}

/** Adds a function with triggers, whose options are given together with the function's. */
export function addWithTriggers<T extends object>(
  app: IServerlessApp,
  entry: string,
  options: ShortFormOptions & T,
  { ofTrigger, triggers, together }: ShortForm<T>,
): AppFunction {
  const { check, functions } = AppContext.of(app);
  requireStruct(options, check, 'options');
  checkProp(options.id, 'options.id', SHORT_FORM_PROPS.props.id, check);
  const id = options.id ?? functionIdFromEntry(entry, check);
  if (options.id === undefined && functions.some(({ node }) => node.id === id)) {
    throw check.error(
      `functions.${id}`,
      'must have a unique id in the app',
      unquoted(`"${id}" twice, from the name of its file`),
      `to run one function on several events write ${together}; for a second function give it an id: \`{ id: "…" }\``,
    );
  }
  const at = check.at(`functions.${id}`);
  const { own, others } = splitOptions<T, ShortFormOptions>(
    options,
    ofTrigger,
    SHORT_FORM_PROPS,
    at,
  );
  const { id: _, ...ofFunction } = others;
  return new AppFunction(app, id, { ...ofFunction, entry, triggers: triggers(own) });
}

const ROUTES = listOf(anything(), { min: 1, max: 300, unit: 'routes' }).withRemedy(
  "write, for example, `onRequests(['GET /orders', 'POST /orders'], entry)`",
);

const SOCKET_ROUTES = listOf(anything(), { min: 1, max: 300, unit: 'routes' }).withRemedy(
  "write, for example, `onSockets(['$connect', '$disconnect'], entry)`",
);

/** Adds a function with routes of the WebSocket API, which share their options. */
export function addWithSockets(
  app: IServerlessApp,
  entry: string,
  routes: readonly string[],
  options: ShortFormOptions & WebSocketTriggerOptions,
): AppFunction {
  checkProp(routes, 'routes', SOCKET_ROUTES.required(), AppContext.of(app).check);
  return addWithTriggers(app, entry, options, {
    ofTrigger: WEB_SOCKET_TRIGGER_PROPS,
    triggers: (own) =>
      routes.map((route) => Trigger.webSocket(route, optionsOf(route, routes, own))),
    together: `\`onSockets([…, ${routes.map((route) => `'${route}'`).join(', ')}], '${entry}')\``,
  });
}

/** The options of one of several routes: the authorizer is for `$connect`, and only messages have responses. */
function optionsOf(
  route: string,
  routes: readonly string[],
  { authorizer, returnsResponse, ...others }: WebSocketTriggerOptions,
): WebSocketTriggerOptions {
  const isMessage = (key: string): boolean => key !== CONNECT && key !== DISCONNECT;
  const asks = route === CONNECT || !routes.includes(CONNECT);
  const answers = isMessage(route) || !routes.some(isMessage);
  return {
    ...others,
    authorizer: asks ? authorizer : undefined,
    returnsResponse: answers ? returnsResponse : undefined,
  };
}

/** Adds a function with routes, which share their options. */
export function addWithRoutes(
  app: IServerlessApp,
  entry: string,
  routes: readonly string[],
  options: ShortFormOptions & HttpTriggerOptions,
): AppFunction {
  checkProp(routes, 'routes', ROUTES.required(), AppContext.of(app).check);
  return addWithTriggers(app, entry, options, {
    ofTrigger: HTTP_TRIGGER_PROPS,
    triggers: (own) => routes.map((route) => Trigger.http(route, own)),
    together: `\`onRequests([…, ${routes.map((route) => `'${route}'`).join(', ')}], '${entry}')\``,
  });
}
