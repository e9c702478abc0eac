import * as authorizers from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as fc from 'fast-check';
import { recipe } from '../support/recipe';
import { ANY_TEXT, FLAGS, NAME, options, rarely, seconds, within } from '../support/values';

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

const AUTHORIZER = fc.oneof(
  recipe('new HttpNoneAuthorizer()', () => new apigateway.HttpNoneAuthorizer()),
  recipe('new HttpIamAuthorizer()', () => new authorizers.HttpIamAuthorizer()),
  recipe(
    'new HttpJwtAuthorizer()',
    () => new authorizers.HttpJwtAuthorizer('Jwt', 'https://example.com', { jwtAudience: ['a'] }),
  ),
);

const THROTTLE = options(
  { rateLimit: within(0, 1_000_000), burstLimit: within(0, 1_000_000) },
  {},
  2,
);

export const HTTP_TRIGGER_OPTIONS = {
  authorizer: AUTHORIZER,
  authorizationScopes: fc.array(NAME, { maxLength: 2 }),
  throttle: THROTTLE,
};

const DOMAIN = options(
  { path: rarely(fc.constantFrom('v1', 'a/b'), '/v1', 'v1/', '') },
  {
    domainName: fc.oneof(fc.constantFrom('api.example.com', '*.example.com'), ANY_TEXT),
    certificate: recipe('a certificate', ({ stack }) =>
      acm.Certificate.fromCertificateArn(
        stack,
        `Certificate${stack.node.children.length}`,
        'arn:aws:acm:eu-west-1:111111111111:certificate/1',
      ),
    ),
  },
);

export const HTTP = options(
  {
    accessLog: FLAGS,
    accessLogGroup: recipe(
      'a log group',
      ({ stack }) => new logs.LogGroup(stack, `AccessLogs${stack.node.children.length}`),
    ),
    authorizer: AUTHORIZER,
    authorizationScopes: fc.array(NAME, { maxLength: 2 }),
    cors: options({
      allowOrigins: fc.array(fc.constantFrom('*', 'https://example.com'), { maxLength: 1 }),
      allowCredentials: FLAGS,
      allowHeaders: fc.array(NAME, { maxLength: 2 }),
      allowMethods: fc.array(fc.constantFrom('GET', '*'), { maxLength: 1 }),
      maxAge: seconds(0, 86_400),
    }),
    apiOptions: options({
      apiName: ANY_TEXT,
      createDefaultStage: FLAGS,
      disableExecuteApiEndpoint: FLAGS,
    }),
    api: recipe(
      'an API',
      ({ stack }) => new apigateway.HttpApi(stack, `Api${stack.node.children.length}`),
    ),
    domain: DOMAIN,
    throttle: THROTTLE,
  },
  {},
  5,
);
