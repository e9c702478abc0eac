import { Token } from 'aws-cdk-lib';
import { PropCheck, unquoted } from '../../props/prop-check';
import { CONNECT, DEFAULT_ROUTE, DISCONNECT } from '../../kinds/web-socket-kind';
import type { WebSocketOptions } from './socket-options';
import type { SocketRouteOptions } from './socket-route-options';

const ROUTES_OF_CDK = [
  'connectRouteOptions',
  'disconnectRouteOptions',
  'defaultRouteOptions',
] as const;

const OWN_ROUTES = [CONNECT, DISCONNECT, DEFAULT_ROUTE];

/** Checks the options of the API before anything is created. */
export function checkSocketOptions(options: WebSocketOptions, check: PropCheck): void {
  const { apiOptions = {}, routeSelectionExpression } = options;
  for (const prop of ROUTES_OF_CDK) {
    if (apiOptions[prop] !== undefined) {
      throw check.error(
        `apiOptions.${prop}`,
        'must be left out, because the app creates the routes',
        unquoted('a route'),
        'declare it with `onSocket`',
      );
    }
  }
  if (routeSelectionExpression !== undefined && apiOptions.routeSelectionExpression !== undefined) {
    throw check.error(
      'apiOptions.routeSelectionExpression',
      'must not be combined with `webSocket.routeSelectionExpression`',
      unquoted('both'),
      'leave out one of them',
    );
  }
  if (options.stage !== undefined) {
    refuseWhatIsTheirs(options, check);
  }
}

/** The app cannot change these settings on the user's own stage. Ignoring them silently would look like success. */
function refuseWhatIsTheirs(options: WebSocketOptions, check: PropCheck): void {
  const { apiOptions, routeSelectionExpression, throttle, domain } = options;
  const { accessLog, accessLogGroup, accessLogFormat, accountLogRole, stageName } = options;
  const ofApi = { apiOptions, routeSelectionExpression, throttle, domain, stageName };
  const theirs = { ...ofApi, accessLog, accessLogGroup, accessLogFormat, accountLogRole };
  for (const [prop, value] of Object.entries(theirs)) {
    if (value !== undefined) {
      throw check.error(
        prop,
        'must not be combined with `webSocket.stage`, which the app does not change',
        unquoted('both'),
        'set it where you create that stage and its API, or leave out `webSocket.stage`',
      );
    }
  }
}

/** Checks a route's key and its options. */
export function checkSocketRoute(
  routeKey: string,
  { authorizer, returnsResponse = false }: SocketRouteOptions,
  check: PropCheck,
): void {
  const given: unknown = routeKey;
  if (typeof given !== 'string' || given === '' || Token.isUnresolved(given)) {
    throw check.error(
      'route',
      'must be the name of a route that is known at synthesis',
      given,
      'write `$connect`, `$disconnect`, `$default`, or a name that messages carry, for example `sendMessage`',
    );
  }
  if (routeKey.startsWith('$') && !OWN_ROUTES.includes(routeKey)) {
    throw check.error(
      'route',
      `must be \`${OWN_ROUTES.join('`, `')}\`, or a name that does not begin with \`$\``,
      routeKey,
      'write one of them, or the name that messages carry, for example `sendMessage`',
    );
  }
  if (authorizer !== undefined && routeKey !== CONNECT) {
    throw check.error(
      'authorizer',
      'must be given for `$connect` only, where API Gateway decides for the whole connection',
      routeKey,
      'give it to the route `$connect`, or to the app: `webSocket: { authorizer }`',
    );
  }
  if (returnsResponse && (routeKey === CONNECT || routeKey === DISCONNECT)) {
    throw check.error(
      'returnsResponse',
      `must be left out for \`${routeKey}\`, since there is no message to answer`,
      returnsResponse,
      'leave it out; to greet a client, answer its first message',
    );
  }
}
