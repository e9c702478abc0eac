import {
  CorsHttpMethod,
  type CorsPreflightOptions,
  type HttpApiProps,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HTTP_DEFAULTS } from '../core/defaults';
import {
  anyDuration,
  flag,
  fraction,
  fullText,
  instance,
  integer,
  knownText,
  listOf,
  oneOf,
  struct,
  text,
  textOf,
  passedOn,
} from '../props/kinds';
import { propsOf } from '../props/prop-set';
import type {
  HttpDomain,
  HttpExistingDomain,
  HttpMutualTls,
  HttpOptions,
  HttpThrottle,
} from './http-options';

const MAX_THROTTLE = 1_000_000;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-api.html */
export const API_NAME = textOf(1, 128, {
  what: 'without control characters',
  fits: /^\P{Cc}*$/u,
});

export const HTTP_THROTTLE_PROPS = propsOf<HttpThrottle>()({
  rateLimit: fraction(0, MAX_THROTTLE, 'requests a second'),
  burstLimit: integer(0, MAX_THROTTLE, 'requests'),
});

/** The options that a route and the whole API share. */
export const ROUTE_PROPS = {
  authorizer: instance(
    'an authorizer',
    'write, for example, `new HttpJwtAuthorizer(…)`, or `new HttpNoneAuthorizer()`',
    'bind',
  ).in('HTTP'),
  authorizationScopes: listOf(fullText()),
  throttle: struct(HTTP_THROTTLE_PROPS).in('HTTP'),
  payloadFormat: instance(
    'a PayloadFormatVersion',
    'write `PayloadFormatVersion.VERSION_1_0` or `VERSION_2_0`',
    'version',
  ).in('HTTP'),
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html */
export const CORS_PROPS = propsOf<CorsPreflightOptions>(
  'aws-apigatewayv2/lib/http/api#CorsPreflightOptions',
)({
  allowCredentials: flag(),
  allowHeaders: listOf(fullText()),
  allowMethods: listOf(oneOf('CorsHttpMethod', () => CorsHttpMethod)),
  allowOrigins: listOf(fullText()),
  exposeHeaders: listOf(fullText()),
  maxAge: anyDuration(),
});

export const HTTP_API_PROPS = propsOf<HttpApiProps>('aws-apigatewayv2/lib/http/api#HttpApiProps')({
  apiName: API_NAME,
  description: text(),
  createDefaultStage: flag(),
  disableExecuteApiEndpoint: flag(),
  corsPreflight: struct(CORS_PROPS),
  ...passedOn('defaultIntegration defaultDomainMapping defaultAuthorizer'),
  ...passedOn('defaultAuthorizationScopes routeSelectionExpression ipAddressType'),
});

/** https://docs.aws.amazon.com/apigateway/latest/api/API_MutualTlsAuthentication.html */
export const HTTP_MUTUAL_TLS_PROPS = propsOf<HttpMutualTls>()({
  bucket: instance(
    'a bucket',
    'write, for example, `Bucket.fromBucketName(…)`',
    'bucketName',
  ).required(),
  key: fullText().required(),
  version: fullText(),
});

/** The options of the domain of any API. */
export const API_DOMAIN_PROPS = {
  domainName: fullText().required(),
  certificate: instance(
    'a certificate',
    'give the `certificate` of the domain',
    'certificateArn',
  ).required(),
  hostedZone: instance('a hosted zone', 'import it with `HostedZone.from…`', 'hostedZoneId'),
};

export const HTTP_DOMAIN_PROPS = propsOf<HttpDomain>()({
  ...API_DOMAIN_PROPS,
  path: knownText(),
  mutualTls: struct(HTTP_MUTUAL_TLS_PROPS),
});

export const HTTP_EXISTING_DOMAIN_PROPS = propsOf<HttpExistingDomain>()({
  domain: instance(
    'a domain name',
    'give another app’s `domainName`, which exists once that app has a route, or `DomainName.fromDomainNameAttributes(…)`',
    'regionalHostedZoneId',
  ).required(),
  path: knownText(),
});

export const HTTP_PROPS = propsOf<HttpOptions>()({
  ...ROUTE_PROPS,
  api: instance('an HTTP API', 'write, for example, `new HttpApi(…)`', 'apiId').in('HTTP'),
  apiOptions: struct(HTTP_API_PROPS).in('HTTP'),
  cors: struct(CORS_PROPS).in('HTTP'),
  accessLog: flag().defaultsTo(HTTP_DEFAULTS.accessLog).in('HTTP'),
  accessLogGroup: instance(
    'a log group',
    'write, for example, `new LogGroup(…)`',
    'logGroupName',
  ).in('HTTP'),
  accessLogFormat: instance(
    'an AccessLogFormat',
    'write `AccessLogFormat.custom(…)`',
    'toString',
  ).in('HTTP'),
  domain: struct(HTTP_DOMAIN_PROPS).in('HTTP'),
  existingDomain: struct(HTTP_EXISTING_DOMAIN_PROPS).in('HTTP'),
});
