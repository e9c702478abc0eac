import { Stack } from 'aws-cdk-lib';
import { ResponseType } from 'aws-cdk-lib/aws-apigateway';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import {
  HttpDomain,
  RequestTenant,
  RestOptions,
  RouteAuthorizer,
  ServerlessApp,
} from 'cdk-serverless-app';
import { HANDLERS, only, quickApp, tempFolder } from '../support/synth';

const API = 'AWS::ApiGateway::RestApi';
const RESPONSES = 'x-amazon-apigateway-gateway-responses';
const INTEGRATION = 'x-amazon-apigateway-integration';
const { PER_TENANT } = lambda.TenancyConfig;

interface Operation {
  readonly parameters?: readonly object[];
  readonly 'x-amazon-apigateway-integration': Readonly<Record<string, unknown>>;
}

interface Body {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly 'x-amazon-apigateway-gateway-responses'?: Readonly<Record<string, object>>;
}

function bodyOf(
  rest: RestOptions,
  declare: (app: ServerlessApp, stack: Stack) => void = (app) => {
    app.onRequest('GET /', 'ok.ts');
  },
): Body {
  const { app, stack } = quickApp({ rest });
  declare(app, stack);
  return only(stack, API)['Body'] as Body;
}

describe('gateway responses', () => {
  test('have a status, headers and bodies of their own', () => {
    const body = bodyOf({
      gatewayResponses: {
        UNAUTHORIZED: {
          statusCode: 404,
          headers: { 'Cache-Control': 'no-store', 'X-Request': 'context.requestId' },
          templates: { 'application/json': '{"error": $context.error.messageString}' },
        },
      },
    });

    expect(body[RESPONSES]).toEqual({
      UNAUTHORIZED: {
        statusCode: 404,
        responseParameters: {
          'gatewayresponse.header.Cache-Control': "'no-store'",
          'gatewayresponse.header.X-Request': 'context.requestId',
        },
        responseTemplates: { 'application/json': '{"error": $context.error.messageString}' },
      },
    });
  });

  test('keep the headers of CORS, without which a page cannot read them', () => {
    const body = bodyOf({
      cors: { allowOrigins: ['https://example.com'] },
      gatewayResponses: { THROTTLED: { headers: { 'Retry-After': '1' } } },
    });

    const origin = "'https://example.com'";
    expect(body[RESPONSES]).toEqual(
      Object.fromEntries(
        ['DEFAULT_4XX', 'DEFAULT_5XX', 'THROTTLED'].map((type) => [
          type,
          {
            responseParameters: {
              'gatewayresponse.header.Access-Control-Allow-Origin': origin,
              ...(type === 'THROTTLED' ? { 'gatewayresponse.header.Retry-After': "'1'" } : {}),
            },
          },
        ]),
      ),
    );
  });

  test('can be any that the CDK knows', () => {
    const types = Object.values(ResponseType).flatMap((type: unknown) =>
      type instanceof ResponseType ? [type.responseType] : [],
    );
    expect(types.length).toBeGreaterThan(15);

    const body = bodyOf({
      gatewayResponses: Object.fromEntries(types.map((type) => [type, { statusCode: 418 }])),
    });

    expect(Object.keys(body[RESPONSES] ?? {})).toEqual(types);
  });

  test.each<[RestOptions['gatewayResponses'], string]>([
    [
      { UNAUTHORISED: {} },
      '`rest.gatewayResponses.UNAUTHORISED` must be a type of response that API Gateway knows, got "UNAUTHORISED": did you mean `UNAUTHORIZED`?',
    ],
    [
      { THROTTLED: { statusCode: 200 } },
      '`rest.gatewayResponses.THROTTLED.statusCode` must be a whole number from 400 to 599',
    ],
    [
      { THROTTLED: { headers: { 'X-A': "it's" } } },
      '`rest.gatewayResponses.THROTTLED.headers.X-A` must have no quote and no line break',
    ],
  ])('%j is an error', (gatewayResponses, message) => {
    expect(() => bodyOf({ gatewayResponses })).toThrow(message);
  });
});

describe('the tenant of a request', () => {
  const isolated = { tenancyConfig: PER_TENANT };
  const pool = (stack: Stack): RouteAuthorizer =>
    RouteAuthorizer.userPool('Users', new cognito.UserPool(stack, 'Pool'));

  test.each([
    ['a claim', RequestTenant.claim('custom:tenant'), 'context.authorizer.claims.custom:tenant'],
    ['a part of the path', RequestTenant.path('tenant'), 'method.request.path.tenant'],
    ['a header', RequestTenant.header('X-Tenant'), 'method.request.header.X-Tenant'],
  ])('comes from %s', (_name, tenantId, expression) => {
    const { paths } = bodyOf({}, (app, stack) => {
      app.onRequest('GET /{tenant}/orders', 'ok.ts', {
        ...isolated,
        tenantId,
        authorizer: pool(stack),
      });
    });

    expect(paths['/{tenant}/orders']?.['get']?.[INTEGRATION]).toMatchObject({
      requestParameters: { 'integration.request.header.X-Amz-Tenant-Id': expression },
    });
  });

  test('in a header is a parameter of the method, without which API Gateway passes nothing', () => {
    const { paths } = bodyOf({}, (app) => {
      app.onRequest('GET /', 'ok.ts', { ...isolated, tenantId: RequestTenant.header('X-Tenant') });
    });

    expect(paths['/']?.['get']?.parameters).toEqual([
      { name: 'X-Tenant', in: 'header', required: true, schema: { type: 'string' } },
    ]);
  });

  test('comes from the context of an authorizer function', () => {
    const { paths } = bodyOf({}, (app) => {
      const guard = app.addFunction('Guard', { entry: 'ok.ts' });
      app.onRequest('GET /', 'ok.ts', {
        ...isolated,
        tenantId: RequestTenant.authorizer('tenant'),
        authorizer: RouteAuthorizer.byFunction('Guard', guard.target),
      });
    });

    expect(paths['/']?.['get']?.[INTEGRATION]).toMatchObject({
      requestParameters: {
        'integration.request.header.X-Amz-Tenant-Id': 'context.authorizer.tenant',
      },
    });
  });

  test.each<[string, RestOptions, object, string]>([
    [
      'a function without isolation',
      {},
      { tenantId: RequestTenant.header('X-Tenant') },
      '.tenantId` must be left out for a function without tenant isolation',
    ],
    [
      'an isolated function without a tenant',
      {},
      isolated,
      '.tenancyConfig` must be left out for a trigger whose events carry no tenant id, got "http": use a route of a REST API with `tenantId',
    ],
    [
      'a parameter that the path lacks',
      {},
      { ...isolated, tenantId: RequestTenant.path('tenant') },
      '.tenantId` must name a path parameter of GET /, got "tenant"',
    ],
    [
      'a claim without a user pool',
      {},
      { ...isolated, tenantId: RequestTenant.claim('tenant') },
      '.tenantId` must not need a user pool that the route does not have, got no authorizer',
    ],
    [
      'a context without an authorizer function',
      {},
      { ...isolated, tenantId: RequestTenant.authorizer('tenant') },
      '.tenantId` must not need an authorizer function that the route does not have',
    ],
  ])('%s is an error', (_name, rest, options, message) => {
    expect(() =>
      bodyOf(rest, (app) => {
        app.onRequest('GET /', 'ok.ts', options);
      }),
    ).toThrow(message);
  });

  test('on an HTTP API is an error', () => {
    const { app } = quickApp();
    const tenantId = RequestTenant.header('X-Tenant');

    expect(() => app.onRequest('GET /', 'ok.ts', { ...isolated, tenantId })).toThrow(
      '.tenantId` must be left out on an HTTP API, because only a REST API can do it',
    );
  });

  test.each(['', 'a b', "x'", 'a\nb'])('%j is not a name', (name) => {
    expect(() => RequestTenant.header(name)).toThrow(
      '`name` must be a name of letters, digits, `_`, `-`, `.` and `:`',
    );
  });
});

describe.each(['http', 'rest'] as const)('mutual TLS on the domain of %s', (api) => {
  const TYPES = { http: 'AWS::ApiGatewayV2::Api', rest: API };
  const domainOf = (stack: Stack): HttpDomain => ({
    domainName: 'api.example.com',
    certificate: acm.Certificate.fromCertificateArn(
      stack,
      'Certificate',
      'arn:aws:acm:eu-west-1:111111111111:certificate/1',
    ),
    mutualTls: {
      bucket: s3.Bucket.fromBucketName(stack, 'Trust', 'trust'),
      key: 'clients.pem',
      version: 'v1',
    },
  });
  const made = (): { app: ServerlessApp; stack: Stack } => {
    const { stack } = quickApp();
    const app = new ServerlessApp(stack, 'Secured', {
      root: HANDLERS,
      [api]: { domain: domainOf(stack) },
    });
    app.onRequest('GET /', 'ok.ts');
    return { app, stack };
  };

  test('has the truststore, and no other address of the API', () => {
    const { app, stack } = made();
    quiet(stack);

    expect(only(stack, 'AWS::ApiGatewayV2::DomainName')['MutualTlsAuthentication']).toEqual({
      TruststoreUri: 's3://trust/clients.pem',
      TruststoreVersion: 'v1',
    });
    expect(only(stack, TYPES[api])).toMatchObject({ DisableExecuteApiEndpoint: true });
    expect(app.url).toBe('https://api.example.com/');
  });

  test('cannot be behind a site', () => {
    const { app, stack } = made();
    app.addSite(tempFolder({ 'index.html': '' }));
    quiet(stack);

    expect(() => only(stack, API)).toThrow(
      `\`${api}.domain.mutualTls\` must be left out if a site serves the API`,
    );
  });
});

/** The first app of the stack must have a function. */
function quiet(stack: Stack): void {
  (stack.node.findChild('App') as ServerlessApp).addFunction('Quiet', { entry: 'ok.ts' });
}
