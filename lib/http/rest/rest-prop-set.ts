import { EndpointType, Period } from 'aws-cdk-lib/aws-apigateway';
import { REST_DEFAULTS } from '../../core/defaults';
import {
  anything,
  duration,
  flag,
  fullText,
  instance,
  integer,
  listOf,
  mapOf,
  number,
  oneOf,
  struct,
  knownTextOf,
  textOf,
} from '../../props/kinds';
import { propsOf } from '../../props/prop-set';
import {
  CORS_PROPS,
  HTTP_DOMAIN_PROPS,
  HTTP_EXISTING_DOMAIN_PROPS,
  HTTP_THROTTLE_PROPS,
} from '../http-prop-set';
import type {
  GatewayResponseOptions,
  RequestValidation,
  RestCache,
  RestOptions,
  UsagePlanOptions,
  UsageQuota,
} from './rest-options';

const MAX_CACHE_SECONDS = 3600;
/** The limit for a streamed response: https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html */
const MAX_TIMEOUT_SECONDS = 900;
const MAX_VPC_ENDPOINTS = 100;

export const INTEGRATION_TIMEOUT = duration(1, MAX_TIMEOUT_SECONDS, { tokenUnit: 'millis' });

export const VALIDATION_PROPS = propsOf<RequestValidation>()({
  body: anything(), // a schema has its own rules and messages
  requiredQuery: listOf(fullText()),
  requiredHeaders: listOf(fullText()),
});

export const QUOTA_PROPS = propsOf<UsageQuota>()({
  limit: integer(1, undefined, 'requests').required(),
  period: oneOf('Period', () => Period),
});

export const USAGE_PLAN_PROPS = propsOf<UsagePlanOptions>()({
  apiKeys: listOf(knownTextOf(1, 100, { what: 'letters, digits, `-` and `_`', fits: /^[\w-]+$/ })),
  throttle: struct(HTTP_THROTTLE_PROPS),
  quota: struct(QUOTA_PROPS),
});

export const GATEWAY_RESPONSE_PROPS = propsOf<GatewayResponseOptions>()({
  statusCode: integer(400, 599),
  headers: mapOf(fullText().required()),
  templates: mapOf(fullText().required()),
});

export const CACHE_PROPS = propsOf<RestCache>()({
  sizeGb: number(),
  ttl: duration(1, MAX_CACHE_SECONDS),
});

export const REST_PROPS = propsOf<RestOptions>()({
  api: instance('a REST API', 'write, for example, `new RestApi(…)`', 'restApiId').in('REST'),
  authorizer: instance(
    'an authorizer',
    'write, for example, `RouteAuthorizer.userPool(…)`, or `RouteAuthorizer.open()`',
    'bind',
  ).in('REST'),
  authorizationScopes: listOf(fullText()),
  cors: struct(CORS_PROPS).in('REST'),
  throttle: struct(HTTP_THROTTLE_PROPS).in('REST'),
  accessLog: flag().defaultsTo(REST_DEFAULTS.accessLog).in('REST'),
  accessLogGroup: instance(
    'a log group',
    'write, for example, `new LogGroup(…)`',
    'logGroupName',
  ).in('REST'),
  accessLogFormat: instance(
    'an AccessLogFormat',
    'write `AccessLogFormat.custom(…)`',
    'toString',
  ).in('REST'),
  accountLogRole: flag().defaultsTo(false).in('REST'),
  domain: struct(HTTP_DOMAIN_PROPS).in('REST'),
  existingDomain: struct(HTTP_EXISTING_DOMAIN_PROPS).in('REST'),
  stageName: textOf(1, 128, { what: 'letters, digits, `-` and `_`', fits: /^[\w-]+$/ })
    .defaultsTo(REST_DEFAULTS.stageName)
    .in('REST'),
  endpointType: oneOf('EndpointType', () => EndpointType).in('REST'),
  vpcEndpoints: listOf(
    instance('a VPC endpoint', 'write `vpc.addInterfaceEndpoint(…)`', 'vpcEndpointId'),
    { min: 1, max: MAX_VPC_ENDPOINTS, unit: 'endpoints' },
  ).in('REST'),
  policy: instance('a policy document', 'write `new PolicyDocument(…)`', 'addStatements').in(
    'REST',
  ),
  apiKeyRequired: flag().defaultsTo(false).in('REST'),
  usagePlans: mapOf(struct(USAGE_PLAN_PROPS).required()).in('REST'),
  webAcl: instance('a RestWebAcl', 'write `RestWebAcl.coreRules()`', 'arn').in('REST'),
  binaryMediaTypes: listOf(fullText()).in('REST'),
  gatewayResponses: mapOf(struct(GATEWAY_RESPONSE_PROPS).required()).in('REST'),
  integrationTimeout: INTEGRATION_TIMEOUT.in('REST'),
  cache: struct(CACHE_PROPS).in('REST'),
  tracing: flag().defaultsTo(false).in('REST'),
});
