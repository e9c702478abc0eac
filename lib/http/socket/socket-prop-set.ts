import type { WebSocketApiProps } from 'aws-cdk-lib/aws-apigatewayv2';
import { WEB_SOCKET_DEFAULTS } from '../../core/defaults';
import {
  flag,
  fraction,
  fullText,
  instance,
  knownTextOf,
  passedOn,
  struct,
  text,
  textOf,
} from '../../props/kinds';
import { propsOf } from '../../props/prop-set';
import { API_DOMAIN_PROPS, API_NAME, HTTP_THROTTLE_PROPS } from '../http-prop-set';
import type { WebSocketDomain, WebSocketOptions } from './socket-options';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html */
const MAX_CONNECTION_MINUTES = 120;

const PART = 'WebSocket';

export const SOCKET_AUTHORIZER = instance(
  'an authorizer for WebSocket APIs',
  'write, for example, `new WebSocketLambdaAuthorizer(…)`, or `new WebSocketNoneAuthorizer()`',
  'bind',
);

export const WEB_SOCKET_API_PROPS = propsOf<WebSocketApiProps>(
  'aws-apigatewayv2/lib/websocket/api#WebSocketApiProps',
)({
  apiName: API_NAME,
  description: text(),
  routeSelectionExpression: fullText(),
  disableSchemaValidation: flag(),
  ...passedOn('apiKeySelectionExpression ipAddressType'),
  ...passedOn('connectRouteOptions disconnectRouteOptions defaultRouteOptions'),
});

export const WEB_SOCKET_DOMAIN_PROPS = propsOf<WebSocketDomain>()({
  ...API_DOMAIN_PROPS,
  path: knownTextOf(1, 128, { what: 'of letters, digits, `-`, `_` and `.`', fits: /^[\w.-]+$/ }),
});

export const WEB_SOCKET_PROPS = propsOf<WebSocketOptions>()({
  stage: instance(
    'a WebSocket stage',
    'write, for example, `new WebSocketStage(…)`',
    'callbackUrl',
  ).in(PART),
  apiOptions: struct(WEB_SOCKET_API_PROPS).in(PART),
  routeSelectionExpression: fullText()
    .defaultsTo(WEB_SOCKET_DEFAULTS.routeSelectionExpression)
    .in(PART),
  authorizer: SOCKET_AUTHORIZER.in(PART),
  throttle: struct(HTTP_THROTTLE_PROPS).in(PART),
  domain: struct(WEB_SOCKET_DOMAIN_PROPS).in(PART),
  accessLog: flag().defaultsTo(WEB_SOCKET_DEFAULTS.accessLog).in(PART),
  accessLogGroup: instance(
    'a log group',
    'write, for example, `new LogGroup(…)`',
    'logGroupName',
  ).in(PART),
  accessLogFormat: instance(
    'an AccessLogFormat',
    'write `AccessLogFormat.custom(…)`',
    'toString',
  ).in(PART),
  accountLogRole: flag().defaultsTo(false).in(PART),
  stageName: textOf(1, 128, { what: 'letters, digits, `-` and `_`', fits: /^[\w-]+$/ })
    .defaultsTo(WEB_SOCKET_DEFAULTS.stageName)
    .in(PART),
  connectionMinutes: fraction(0, MAX_CONNECTION_MINUTES, 'minutes'),
});
