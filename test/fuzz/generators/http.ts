import * as authorizers from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as fc from 'fast-check';
import { RequestTenant } from 'cdk-serverless-app';
import {
  CORS_PROPS,
  HTTP_API_PROPS,
  HTTP_DOMAIN_PROPS,
  HTTP_EXISTING_DOMAIN_PROPS,
  HTTP_MUTUAL_TLS_PROPS,
  HTTP_PROPS,
} from '../../../lib/http/http-prop-set';
import { HTTP_TRIGGER_PROPS } from '../../../lib/trigger/http/http-trigger';
import { declared, valuesOf } from '../support/declared';
import { recipe, theirs } from '../support/recipe';
import { ANY_TEXT, mostly, NAME, rarely, seconds } from '../support/values';
import { AMOUNTS } from './usage';

const SEGMENT = fc.oneof(
  { weight: 60, arbitrary: NAME },
  { weight: 20, arbitrary: NAME.map((name) => `{${name}}`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '{a+}',
      '{a',
      'a}',
      '{}',
      '{a}{b}',
      'ż',
      ' ',
      '?x',
      '#',
      '%20',
      '*',
      '{proxy+}',
      '~',
      '${stageVariables.x}',
    ),
  },
);

export const ROUTE = fc.oneof(
  {
    weight: 20,
    arbitrary: fc
      .tuple(
        fc.constantFrom('GET', 'POST', 'DELETE', 'ANY', 'PATCH'),
        fc.array(SEGMENT, { maxLength: 4 }),
      )
      .map(([method, path]) => `${method} /${path.join('/')}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '$default',
      'GET',
      'GET x',
      'get /',
      'TRACE /',
      'GET  /',
      '/',
      '',
      'GET /a/',
      '$connect',
    ),
  },
);

export const AUTHORIZER = fc.oneof(
  recipe('new HttpNoneAuthorizer()', () => new apigateway.HttpNoneAuthorizer()),
  recipe('new HttpIamAuthorizer()', () => new authorizers.HttpIamAuthorizer()),
  recipe(
    'new HttpJwtAuthorizer()',
    () => new authorizers.HttpJwtAuthorizer('Jwt', 'https://example.com', { jwtAudience: ['a'] }),
  ),
);

export const SCOPES = fc.array(NAME, { maxLength: 2 });

const PAYLOAD_FORMAT = fc.constantFrom(
  recipe('PayloadFormatVersion.VERSION_1_0', () => apigateway.PayloadFormatVersion.VERSION_1_0),
  recipe('PayloadFormatVersion.VERSION_2_0', () => apigateway.PayloadFormatVersion.VERSION_2_0),
);

export const TENANT = fc.oneof(
  recipe("RequestTenant.path('a')", () => RequestTenant.path('a')),
  recipe("RequestTenant.header('X-Tenant')", () => RequestTenant.header('X-Tenant')),
  recipe("RequestTenant.claim('custom:tenant')", () => RequestTenant.claim('custom:tenant')),
  recipe("RequestTenant.authorizer('tenant')", () => RequestTenant.authorizer('tenant')),
);

export const HTTP_TRIGGER_OPTIONS = valuesOf(HTTP_TRIGGER_PROPS, {
  authorizer: AUTHORIZER,
  authorizationScopes: SCOPES,
  payloadFormat: PAYLOAD_FORMAT,
  tenantId: TENANT, // an HTTP API refuses it
  monthlyEvents: AMOUNTS,
});

export const DOMAIN = declared(HTTP_DOMAIN_PROPS, {
  mutualTls: declared(HTTP_MUTUAL_TLS_PROPS, {
    bucket: theirs('a bucket', (scope, id) => new s3.Bucket(scope, id)),
    key: mostly(fc.constantFrom('trust.pem', 'a/b.pem')),
  }),
  domainName: fc.oneof(fc.constantFrom('api.example.com', '*.example.com'), ANY_TEXT),
  certificate: recipe('a certificate', ({ stack }) =>
    acm.Certificate.fromCertificateArn(
      stack,
      `Certificate${stack.node.children.length}`,
      'arn:aws:acm:eu-west-1:111111111111:certificate/1',
    ),
  ),
  path: rarely(fc.constantFrom('v1', 'a/b'), '/v1', 'v1/', ''),
  hostedZone: recipe('a hosted zone', ({ stack }) =>
    route53.HostedZone.fromHostedZoneAttributes(stack, `Zone${stack.node.children.length}`, {
      hostedZoneId: 'Z0123456789ABCDEFGHIJ',
      zoneName: 'example.com',
    }),
  ),
});

export const EXISTING_DOMAIN = declared(HTTP_EXISTING_DOMAIN_PROPS, {
  domain: recipe('a domain', ({ stack }) =>
    apigateway.DomainName.fromDomainNameAttributes(stack, `Domain${stack.node.children.length}`, {
      name: 'api.example.com',
      regionalDomainName: 'd-1.execute-api.eu-west-1.amazonaws.com',
      regionalHostedZoneId: 'Z1',
    }),
  ),
  path: rarely(fc.constantFrom('v1', 'a/b'), '/v1'),
});

export const CORS = declared(CORS_PROPS, {
  allowOrigins: fc.array(fc.constantFrom('*', 'https://example.com'), { maxLength: 1 }),
  allowHeaders: SCOPES,
  exposeHeaders: SCOPES,
  allowMethods: fc.array(fc.constantFrom('GET', '*'), { maxLength: 1 }),
  maxAge: seconds(0, 86_400),
});

export const HTTP = declared(
  HTTP_PROPS,
  {
    authorizer: AUTHORIZER,
    payloadFormat: PAYLOAD_FORMAT,
    authorizationScopes: SCOPES,
    accessLogGroup: recipe(
      'a log group',
      ({ stack }) => new logs.LogGroup(stack, `AccessLogs${stack.node.children.length}`),
    ),
    accessLogFormat: recipe('a format', () => apigw.AccessLogFormat.clf()),
    cors: CORS,
    apiOptions: declared(HTTP_API_PROPS, { corsPreflight: CORS }),
    api: recipe(
      'an API',
      ({ stack }) => new apigateway.HttpApi(stack, `Api${stack.node.children.length}`),
    ),
    domain: DOMAIN,
    existingDomain: EXISTING_DOMAIN,
  },
  6,
);
