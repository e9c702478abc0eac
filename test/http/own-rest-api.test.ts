/** @own-modules cdk-nag looks for the newest release in `Runtime.ALL`, to which other files add releases that do not exist. */
import { Duration, Stack } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Template } from 'aws-cdk-lib/assertions';
import {
  AppStage,
  RequestTarget,
  RequestTenant,
  RestOptions,
  RestWebAcl,
  RouteAuthorizer,
  ServerlessApp,
  Sharding,
} from 'cdk-serverless-app';
import { nagFindings } from '../support/nag';
import {
  all,
  cdkApp,
  HANDLERS,
  only,
  quickCdkApp,
  resources,
  templateOf,
  warnings,
} from '../support/synth';
import { findCycle } from '../support/template-graph';

const METHOD = 'AWS::ApiGateway::Method';
const RESOURCE = 'AWS::ApiGateway::Resource';
const DEPLOYMENT = 'AWS::ApiGateway::Deployment';

type Declare = (app: ServerlessApp, stack: Stack, own: apigw.RestApi) => unknown;

const ONE = (app: ServerlessApp): unknown => app.onRequest('GET /orders/{id}', 'ok.ts');

const ONE_ROUTE: Declare = ONE;

function ownApi(
  declare: Declare = ONE_ROUTE,
  rest: RestOptions = {},
  props: apigw.RestApiProps = {},
  stage = AppStage.DEVELOPMENT,
  cdk = quickCdkApp(),
): { app: ServerlessApp; stack: Stack; own: apigw.RestApi } {
  const stack = new Stack(cdk, 'Test');
  const own = new apigw.RestApi(stack, 'Own', { cloudWatchRole: false, ...props });
  const app = new ServerlessApp(stack, 'App', {
    root: HANDLERS,
    stage,
    rest: { api: own, ...rest },
  });
  declare(app, stack, own);
  return { app, stack, own };
}

function importedApi(
  declare: (app: ServerlessApp) => unknown = ONE,
  rest: RestOptions = { stageName: 'prod' },
  notify?: string[],
): { app: ServerlessApp; stack: Stack } {
  const stack = new Stack(quickCdkApp(), 'Test');
  const api = apigw.RestApi.fromRestApiAttributes(stack, 'Theirs', {
    restApiId: 'abc123',
    rootResourceId: 'root1',
    restApiName: 'shop',
  });
  const stage = notify === undefined ? AppStage.DEVELOPMENT : AppStage.PRODUCTION;
  const props = { root: HANDLERS, stage, notify, rest: { api, ...rest } };
  const app = new ServerlessApp(stack, 'App', props);
  declare(app);
  return { app, stack };
}

const deploymentOf = (stack: Stack): string => Object.keys(resources(stack, DEPLOYMENT)).join();

describe('an API of one’s own', () => {
  test('gets a method for each route, and nothing else changes', () => {
    const { app, stack } = ownApi();
    expect(all(stack, 'AWS::ApiGateway::RestApi')).toHaveLength(1);
    expect(all(stack, RESOURCE).map(({ PathPart: part }) => part)).toEqual(['orders', '{id}']);
    expect(only(stack, METHOD)).toMatchObject({
      HttpMethod: 'GET',
      AuthorizationType: 'NONE',
      RequestParameters: { 'method.request.path.id': true },
      Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST' },
    });
    expect(stack.resolve(app.url)).toEqual({
      'Fn::Join': [
        '',
        [
          'https://',
          { Ref: 'Own30425842' },
          '.execute-api.',
          { Ref: 'AWS::Region' },
          '.',
          { Ref: 'AWS::URLSuffix' },
          '/prod/',
        ],
      ],
    });
  });

  test('lets its stage alone invoke the function, and serves only when it may', () => {
    const { stack } = ownApi(ONE_ROUTE, {}, { deployOptions: { stageName: 'v1' } });
    const permissions = resources(stack, 'AWS::Lambda::Permission');
    expect(JSON.stringify(permissions)).toMatch(/"\/v1\/\*"/);
    const [stage] = Object.values(
      Template.fromStack(stack).findResources('AWS::ApiGateway::Stage'),
    );
    expect(stage?.DependsOn).toContain(Object.keys(permissions)[0]);
  });

  test.each<[string, Declare]>([
    ['a further route', (app) => app.onRequests(['GET /orders/{id}', 'GET /a'], 'ok.ts')],
    ['another function', (app) => app.onRequest('GET /orders/{id}', 'other.ts')],
    [
      'another authorizer',
      (app) => app.onRequest('GET /orders/{id}', 'ok.ts', { authorizer: RouteAuthorizer.iam() }),
    ],
    [
      'a validation',
      (app) => app.onRequest('GET /orders/{id}', 'ok.ts', { validate: { requiredQuery: ['q'] } }),
    ],
    [
      'a required key',
      (app) => app.onRequest('GET /orders/{id}', 'ok.ts', { apiKeyRequired: true }),
    ],
    [
      'another timeout',
      (app) =>
        app.onRequest('GET /orders/{id}', 'ok.ts', { integrationTimeout: Duration.seconds(5) }),
    ],
  ])('is deployed again after %s', (_, changed) => {
    expect(deploymentOf(ownApi().stack)).toBe(deploymentOf(ownApi().stack));
    expect(deploymentOf(ownApi(changed).stack)).not.toBe(deploymentOf(ownApi().stack));
  });

  test('is deployed again when a schema or the settings of an authorizer change', () => {
    const withSchema = (type: string): string =>
      deploymentOf(
        ownApi((app) => app.onRequest('POST /a', 'ok.ts', { validate: { body: { type } } })).stack,
      );
    const withHeader = (header: string): string =>
      deploymentOf(
        ownApi((app) => {
          const guard = app.addFunction('Guard', { entry: 'other.ts' });
          const authorizer = RouteAuthorizer.byFunction('G', guard.target, { headers: [header] });
          app.onRequest('GET /a', 'ok.ts', { authorizer });
        }).stack,
      );
    expect(withSchema('object')).not.toBe(withSchema('array'));
    expect(withSchema('object')).toBe(withSchema('object'));
    expect(withHeader('A')).not.toBe(withHeader('B'));
  });

  test('deploys what its methods refer to', () => {
    const { stack } = ownApi((app) => {
      app.onRequest('POST /a', 'ok.ts', {
        validate: { body: { type: 'object' }, requiredHeaders: ['X-Trace'] },
      });
    });
    const [deployment] = Object.values(Template.fromStack(stack).findResources(DEPLOYMENT));
    const ids = [METHOD, 'AWS::ApiGateway::Model', 'AWS::ApiGateway::RequestValidator'].flatMap(
      (type) => Object.keys(resources(stack, type)),
    );
    expect(deployment?.DependsOn).toEqual(expect.arrayContaining(ids));
  });

  test('validates, with schemas that refer to others and to themselves', () => {
    const { stack } = ownApi((app) => {
      app.onRequest('POST /a', 'ok.ts', {
        validate: {
          body: {
            type: 'object',
            properties: { tree: { $ref: '#/$defs/Tree' } },
            $defs: { Tree: { type: 'object', properties: { left: { $ref: '#/$defs/Tree' } } } },
          },
          requiredQuery: ['q'],
        },
      });
    });
    expect(only(stack, 'AWS::ApiGateway::Model')).toMatchObject({
      ContentType: 'application/json',
      Schema: {
        $schema: 'http://json-schema.org/draft-04/schema#',
        properties: { tree: { $ref: '#/definitions/POSTATree' } },
        definitions: {
          POSTATree: { properties: { left: { $ref: '#/definitions/POSTATree' } } },
        },
      },
    });
    expect(only(stack, 'AWS::ApiGateway::RequestValidator')).toMatchObject({
      ValidateRequestBody: true,
      ValidateRequestParameters: true,
    });
    const [modelId] = Object.keys(resources(stack, 'AWS::ApiGateway::Model'));
    expect(only(stack, METHOD)).toMatchObject({
      RequestModels: { 'application/json': { Ref: modelId } },
      RequestParameters: { 'method.request.querystring.q': true },
    });
  });

  test('has authorizers: a user pool with scopes, a function with one permission, and IAM', () => {
    const { stack } = ownApi((app, scope) => {
      const login = RouteAuthorizer.userPool('Login', new cognito.UserPool(scope, 'Pool'));
      const guard = app.addFunction('Guard', { entry: 'other.ts' });
      const partner = RouteAuthorizer.byFunction('Partner', guard.target, { headers: ['X-P'] });
      app.onRequest('GET /a', 'ok.ts', { authorizer: login, authorizationScopes: ['a/read'] });
      app.onRequests(['GET /b', 'PUT /b'], 'third.ts', { authorizer: partner });
      const authorizer = RouteAuthorizer.iam();
      app.onRequest('GET /c', 'third.ts', { id: 'C', authorizer });
    });
    expect(all(stack, 'AWS::ApiGateway::Authorizer')).toEqual([
      expect.objectContaining({
        Type: 'COGNITO_USER_POOLS',
        Name: 'Test-App-RestRoutes-29FA42B7-AuthorizerLogin',
      }),
      expect.objectContaining({
        Type: 'REQUEST',
        IdentitySource: 'method.request.header.X-P',
        AuthorizerResultTtlInSeconds: 300,
      }),
    ]);
    expect(all(stack, METHOD).map((it) => [it.AuthorizationType, it.AuthorizationScopes])).toEqual([
      ['COGNITO_USER_POOLS', ['a/read']],
      ['CUSTOM', undefined],
      ['CUSTOM', undefined],
      ['AWS_IAM', undefined],
    ]);
    const permissions = JSON.stringify(all(stack, 'AWS::Lambda::Permission'));
    expect(permissions.match(/authorizers\/\*/g)).toHaveLength(1);
  });

  test('keeps the authorizer and the keys that its routes have by default', () => {
    const defaults = { authorizationType: apigw.AuthorizationType.IAM, apiKeyRequired: true };
    const declare: Declare = (app) => {
      app.onRequest('GET /a', 'ok.ts');
      app.onRequest('GET /b', 'other.ts', {
        authorizer: RouteAuthorizer.open(),
        apiKeyRequired: false,
      });
    };
    const { stack } = ownApi(declare, {}, { defaultMethodOptions: defaults });
    expect(all(stack, METHOD).map((it) => [it.AuthorizationType, it.ApiKeyRequired])).toEqual([
      ['AWS_IAM', true],
      ['NONE', false],
    ]);
  });

  test('forwards to a service, with a role for that alone', () => {
    const { stack } = ownApi((app) => {
      const later = app.addQueue('Later');
      app.forwardRequest('POST /later', RequestTarget.queue(later));
      app.onMessage(later, 'ok.ts');
    });
    const role = all(stack, 'AWS::IAM::Policy').map(({ PolicyDocument: it }) => it);
    expect(JSON.stringify(role)).toMatch(
      /"Action":"sqs:SendMessage","Effect":"Allow","Resource":\{/,
    );
    expect(only(stack, METHOD)).toMatchObject({
      Integration: {
        Type: 'AWS',
        PassthroughBehavior: 'NEVER',
        IntegrationResponses: [
          expect.objectContaining({ StatusCode: '202', SelectionPattern: '2\\d{2}' }),
          expect.objectContaining({ StatusCode: '502' }),
        ],
      },
      MethodResponses: [{ StatusCode: '202' }, { StatusCode: '502' }],
    });
  });

  test('streams, and names tenants', () => {
    const { stack } = ownApi((app) => {
      app.onRequest('GET /a', 'ok.ts', { streaming: true });
      app.onRequest('GET /b', 'other.ts', {
        tenancyConfig: lambda.TenancyConfig.PER_TENANT,
        tenantId: RequestTenant.header('X-Tenant'),
      });
    });
    const [streamed, tenant] = all(stack, METHOD);
    expect(streamed).toMatchObject({ Integration: { ResponseTransferMode: 'STREAM' } });
    expect(JSON.stringify(streamed)).toMatch('response-streaming-invocations');
    expect(tenant).toMatchObject({
      RequestParameters: { 'method.request.header.X-Tenant': true },
      RequestValidatorId: expect.anything() as unknown,
      Integration: {
        RequestParameters: {
          'integration.request.header.X-Amz-Tenant-Id': 'method.request.header.X-Tenant',
        },
      },
    });
  });

  test('takes everything else by $default, but not what it serves already', () => {
    const { stack } = ownApi((app, _, own) => {
      own.root.addMethod('ANY', new apigw.MockIntegration());
      app.onRequest('$default', 'ok.ts');
    });
    expect(all(stack, METHOD)).toHaveLength(2);
    expect(all(stack, RESOURCE).map(({ PathPart: part }) => part)).toEqual(['{proxy+}']);
  });

  test('has no circular dependency where a function knows the address', () => {
    const { stack } = ownApi((app) => {
      app.onRequest('GET /a', 'ok.ts', { environment: { URL: app.url } });
    });
    expect(findCycle(templateOf(stack))).toBeUndefined();
  });

  test('fails where a function knows the stage, which depends on it', () => {
    const { stack } = ownApi((app, _, own) => {
      app.onRequest('GET /a', 'ok.ts', { environment: { URL: own.url } });
    });
    expect(() => Template.fromStack(stack)).toThrow(
      /Test.App.Ok, because the stage depends on the function, got `url` or `urlForPath\(\)` of the API: use `app.url`/,
    );
  });

  test('works with shards', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const own = new apigw.RestApi(stack, 'Own', { cloudWatchRole: false });
    const app = new ServerlessApp(stack, 'App', {
      root: HANDLERS,
      stage: AppStage.DEVELOPMENT,
      rest: { api: own },
      sharding: Sharding.nestedStacks(2),
    });
    app.onRequest('GET /a', 'ok.ts');
    app.onRequest('GET /b', 'other.ts');
    expect(all(stack, METHOD)).toHaveLength(2);
    expect(findCycle(templateOf(stack))).toBeUndefined();
  });

  test('serves two apps, each its routes', () => {
    const { stack, own } = ownApi();
    const second = new ServerlessApp(stack, 'Second', {
      root: HANDLERS,
      stage: AppStage.DEVELOPMENT,
      rest: { api: own },
    });
    expect(() => second.onRequest('GET /orders/{id}', 'other.ts')).toThrow(
      'must be unique; Test/App/Ok has the same route, got "GET /orders/{id}"',
    );
    second.onRequest('PUT /orders/{id}', 'third.ts');
    expect(all(stack, METHOD)).toHaveLength(2);
  });

  test('says that a route is open, unless the API’s default or the user decides', () => {
    const open = (props: apigw.RestApiProps, declare = ONE_ROUTE): boolean =>
      /open-route/.test(warnings(ownApi(declare, {}, props, AppStage.PRODUCTION).stack).join());
    const defaults = { authorizationType: apigw.AuthorizationType.IAM };
    expect(open({})).toBe(true);
    expect(open({ defaultMethodOptions: defaults })).toBe(false);
    expect(
      open({}, (app) => app.onRequest('GET /a', 'ok.ts', { authorizer: RouteAuthorizer.open() })),
    ).toBe(false);
  });
});

describe('an API of one’s own fails', () => {
  test('with a route that it has already', () => {
    const declare: Declare = (app, _, own) => {
      own.root.addResource('a').addMethod('GET', new apigw.MockIntegration());
      app.onRequest('GET /a', 'ok.ts');
    };
    expect(() => ownApi(declare)).toThrow(
      'must be unique; Test/Own/Default/a/GET has the same route, got "GET /a"',
    );
  });

  test('with another parameter in the place of one', () => {
    const declare: Declare = (app, _, own) => {
      own.root.resourceForPath('/orders/{order}').addMethod('GET', new apigw.MockIntegration());
      app.onRequest('PUT /orders/{id}', 'ok.ts');
    };
    expect(() => ownApi(declare)).toThrow('got "/orders/{id}": write `{order}`');
  });

  test.each<[string, RestOptions]>([
    ['cors', { cors: {} }],
    ['throttle', { throttle: { rateLimit: 1 } }],
    ['accessLog', { accessLog: true }],
    ['accountLogRole', { accountLogRole: false }],
    ['endpointType', { endpointType: apigw.EndpointType.EDGE }],
    ['policy', { policy: new iam.PolicyDocument() }],
    ['usagePlans', { usagePlans: {} }],
    ['webAcl', { webAcl: RestWebAcl.coreRules() }],
    ['binaryMediaTypes', { binaryMediaTypes: ['image/*'] }],
    ['gatewayResponses', { gatewayResponses: {} }],
    ['cache', { cache: {} }],
    ['tracing', { tracing: true }],
  ])('together with `%s`, which belongs to the API', (prop, rest) => {
    expect(() => ownApi(ONE_ROUTE, rest)).toThrow(
      `Test/App: \`rest.${prop}\` must not be combined with \`rest.api\`, which the app does not change, got both: set it where you create that API`,
    );
  });

  test('together with the endpoints of a private API', () => {
    const declare = (): void => {
      const stack = new Stack(quickCdkApp(), 'Test');
      const vpcEndpoints = [
        ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'E', {
          vpcEndpointId: 'vpce-1',
          port: 443,
        }),
      ];
      ownApi(ONE_ROUTE, { vpcEndpoints });
    };
    expect(declare).toThrow('`rest.vpcEndpoints` must not be combined with `rest.api`');
  });

  test('with the throttle of a route, and the name of a stage', () => {
    const throttled: Declare = (app) =>
      app.onRequest('GET /a', 'ok.ts', { throttle: { rateLimit: 1 } });
    expect(() => ownApi(throttled)).toThrow(
      'functions.Ok.throttle` must not be combined with `rest.api`',
    );
    expect(() => ownApi(ONE_ROUTE, { stageName: 'prod' })).toThrow(
      '`rest.stageName` must not be combined with `rest.api`, unless it is imported, got "prod"',
    );
  });

  test('if it does not deploy itself', () => {
    expect(() => ownApi(ONE_ROUTE, {}, { deploy: false })).toThrow(
      '`rest.api` must deploy itself, because otherwise a change of the routes would not be deployed',
    );
  });

  test('if it has a definition, passes on everything, is elsewhere, or is known by its id alone', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const add = (api: apigw.IRestApi, id: string) => (): void => {
      const props = { root: HANDLERS, rest: { api, stageName: undefined } };
      new ServerlessApp(stack, id, props).onRequest('GET /a', 'ok.ts');
    };
    const defined = new apigw.SpecRestApi(stack, 'Spec', {
      apiDefinition: apigw.ApiDefinition.fromInline({ openapi: '3.0.1' }),
    });
    expect(add(defined, 'A')).toThrow('must not have a definition');
    const elsewhere = new apigw.RestApi(new Stack(stack, 'Other'), 'Api');
    expect(add(elsewhere, 'B')).toThrow('must be in the stack of the app');
    const byId = apigw.RestApi.fromRestApiId(stack, 'ById', 'abc');
    expect(add(byId, 'C')).toThrow(/`rest.api` must be valid for the CDK.*fromRestApiAttributes/);
    const handler = new lambda.Function(stack, 'F', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('1'),
    });
    const proxy = new apigw.LambdaRestApi(stack, 'Proxy', { handler });
    expect(add(proxy, 'D')).toThrow(/functions.Ok.route` must be valid for the CDK.*proxy/);
  });

  test('if a site or a reader needs an address that it does not have', () => {
    const { app } = ownApi(ONE_ROUTE, {}, { disableExecuteApiEndpoint: true });
    expect(() => app.url).toThrow('`rest.api` must have its `execute-api` endpoint');
  });
});

describe('an imported API', () => {
  test('gets methods, and a deployment that moves its stage', () => {
    const { app, stack } = importedApi();
    expect(only(stack, METHOD)).toMatchObject({ RestApiId: 'abc123', HttpMethod: 'GET' });
    expect(only(stack, DEPLOYMENT)).toMatchObject({ RestApiId: 'abc123', StageName: 'prod' });
    expect(all(stack, 'AWS::ApiGateway::Stage')).toHaveLength(0);
    const [deployment] = Object.values(Template.fromStack(stack).findResources(DEPLOYMENT));
    expect(deployment).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
    expect(deployment?.DependsOn).toEqual(
      expect.arrayContaining([
        ...Object.keys(resources(stack, METHOD)),
        ...Object.keys(resources(stack, 'AWS::Lambda::Permission')),
      ]),
    );
    expect(JSON.stringify(stack.resolve(app.url))).toMatch(
      /https:\/\/abc123\.execute-api\..*\/prod\//,
    );
  });

  test('is deployed again when a route changes, and not otherwise', () => {
    const ids = [
      importedApi(),
      importedApi(),
      importedApi((app) => app.onRequest('GET /orders/{id}', 'other.ts')),
      importedApi((app) => app.onRequests(['GET /orders/{id}', 'GET /a'], 'ok.ts')),
    ].map(({ stack }) => deploymentOf(stack));
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(3);
  });

  test('fails without the name of its stage, or its own name', () => {
    expect(() => importedApi(undefined, {})).toThrow(
      '`rest.stageName` must name the stage that serves the routes',
    );
    const stack = new Stack(quickCdkApp(), 'Test');
    const api = apigw.RestApi.fromRestApiAttributes(stack, 'Theirs', {
      restApiId: 'abc123',
      rootResourceId: 'root1',
    });
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS, rest: { api, stageName: 'p' } });
    expect(() => app.onRequest('GET /a', 'ok.ts')).toThrow('must have its name');
  });

  test('has its alarms by its name', () => {
    const { app, stack } = importedApi(ONE, { stageName: 'prod' }, ['ops@example.com']);
    expect(app.restApi.restApiId).toBe('abc123');
    const alarms = JSON.stringify(all(stack, 'AWS::CloudWatch::Alarm'));
    expect(alarms).toMatch('{"Name":"ApiName","Value":"shop"}');
  });
});

test('cdk-nag finds nothing about methods that the user protects', () => {
  const cdk = cdkApp();
  const declare: Declare = (app, scope) => {
    const pool = cognito.UserPool.fromUserPoolId(scope, 'Pool', 'eu-central-1_x');
    const authorizer = RouteAuthorizer.userPool('Login', pool);
    const validate = { requiredQuery: ['q'] };
    app.onRequest('POST /a', 'ok.ts', { authorizer, validate });
    app.forwardRequest('POST /b', RequestTarget.queue(app.addQueue('Later')), { authorizer });
  };
  ownApi(declare, {}, {}, AppStage.PRODUCTION, cdk);
  cdk.synth();
  expect(
    nagFindings(cdk).filter((text) => !/Test\/Own\/(Resource|DeploymentStage)/.test(text)),
  ).toEqual([]);
});
