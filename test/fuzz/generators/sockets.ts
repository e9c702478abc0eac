import * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as authorizers from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as fc from 'fast-check';
import {
  WEB_SOCKET_API_PROPS,
  WEB_SOCKET_DOMAIN_PROPS,
  WEB_SOCKET_PROPS,
} from '../../../lib/http/socket/socket-prop-set';
import {
  FUNCTION_URL_CORS_PROPS,
  FUNCTION_URL_TRIGGER_PROPS,
} from '../../../lib/trigger/function-url/function-url-trigger';
import { WEB_SOCKET_TRIGGER_PROPS } from '../../../lib/trigger/web-socket/web-socket-trigger';
import { declared, NEVER, valuesOf } from '../support/declared';
import { recipe } from '../support/recipe';
import { NAME, rarely, seconds } from '../support/values';
import { AMOUNTS } from './usage';

export const SOCKET_ROUTE = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.constantFrom('$connect', '$disconnect', '$default', 'send', 'Default', 'a/b c'),
  },
  { weight: 1, arbitrary: fc.constantFrom('', '$other', 'Resource', 'ż') },
);

const AUTHORIZER = fc.oneof(
  recipe('new WebSocketNoneAuthorizer()', () => new apigateway.WebSocketNoneAuthorizer()),
  recipe('new WebSocketIamAuthorizer()', () => new authorizers.WebSocketIamAuthorizer()),
);

export const SOCKET_OPTIONS = valuesOf(WEB_SOCKET_TRIGGER_PROPS, {
  authorizer: NEVER, // it is refused for every route but `$connect`; that of the app holds for all
  monthlyEvents: AMOUNTS,
});

const API_OPTIONS = declared(WEB_SOCKET_API_PROPS, {
  routeSelectionExpression: fc.constantFrom('$request.body.action', '$request.body.kind'),
});

const DOMAIN = declared(WEB_SOCKET_DOMAIN_PROPS, {
  domainName: rarely(fc.constantFrom('live.example.com'), 'wss://a', 'api'),
  certificate: recipe('a certificate', ({ stack }) =>
    acm.Certificate.fromCertificateArn(
      stack,
      `Certificate${stack.node.children.length}`,
      'arn:aws:acm:eu-west-1:111111111111:certificate/1',
    ),
  ),
  path: rarely(fc.constantFrom('board', 'v1'), 'a/b', ''),
  hostedZone: NEVER, // it must be the zone of the name; test/trigger has it
});

export const WEB_SOCKET = declared(
  WEB_SOCKET_PROPS,
  {
    stage: NEVER, // most other options are refused beside it; test/trigger has it
    apiOptions: API_OPTIONS,
    routeSelectionExpression: fc.constantFrom('$request.body.action', '$request.body.kind'),
    authorizer: AUTHORIZER,
    domain: DOMAIN,
    accessLogGroup: recipe(
      'a log group',
      ({ stack }) => new logs.LogGroup(stack, `Sockets${stack.node.children.length}`),
    ),
    accessLogFormat: recipe('AccessLogFormat.custom()', () =>
      apigw.AccessLogFormat.custom('$context.requestId'),
    ),
    stageName: rarely(fc.constantFrom('live', 'v1'), 'a b', ''),
  },
  6,
);

const NAMES = fc.array(NAME, { maxLength: 2 });

const CORS = declared(FUNCTION_URL_CORS_PROPS, {
  allowedOrigins: fc.array(fc.constantFrom('*', 'https://example.com'), { maxLength: 1 }),
  allowedHeaders: NAMES,
  exposedHeaders: NAMES,
  allowedMethods: fc.array(fc.constantFrom('GET', '*'), { maxLength: 1 }),
  maxAge: seconds(0, 86_400),
});

export const FUNCTION_URL_OPTIONS = valuesOf(FUNCTION_URL_TRIGGER_PROPS, {
  authType: rarely(fc.constantFrom('AWS_IAM', 'NONE'), 'OPEN'),
  cors: CORS,
  monthlyEvents: AMOUNTS,
});
