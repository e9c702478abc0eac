import { Duration, Stack } from 'aws-cdk-lib';
import { AccessLogFormat, EndpointType, Period } from 'aws-cdk-lib/aws-apigateway';
import {
  CorsHttpMethod,
  HttpNoneAuthorizer,
  PayloadFormatVersion,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as events from 'aws-cdk-lib/aws-events';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as stepfunctions from 'aws-cdk-lib/aws-stepfunctions';
import { Template } from 'aws-cdk-lib/assertions';
import {
  AppStage,
  RequestTarget,
  RestOptions,
  RestWebAcl,
  RouteAuthorizer,
  ServerlessApp,
  Sharding,
  Trigger,
} from 'cdk-serverless-app';
import {
  all,
  HANDLERS,
  only,
  quickApp,
  quickCdkApp,
  serverlessApp,
  warnings,
  infos,
} from '../support/synth';

const API = 'AWS::ApiGateway::RestApi';
const DEPLOYMENT = 'AWS::ApiGateway::Deployment';
const STAGE = 'AWS::ApiGateway::Stage';
const PERMISSION = 'AWS::Lambda::Permission';

interface Operation {
  readonly security?: unknown;
  readonly parameters?: ReadonlyArray<{ readonly name: string; readonly in: string }>;
  readonly requestBody?: unknown;
  readonly responses?: unknown;
  readonly 'x-amazon-apigateway-request-validator'?: string;
  readonly 'x-amazon-apigateway-integration': Readonly<Record<string, unknown>>;
}

interface Body {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas?: Readonly<Record<string, unknown>>;
    readonly securitySchemes?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
  readonly 'x-amazon-apigateway-gateway-responses'?: unknown;
}

function made(
  rest: RestOptions = {},
  declare: (app: ServerlessApp, stack: Stack) => void = (app) => {
    app.onRequest('GET /orders/{id}', 'ok.ts');
  },
): { app: ServerlessApp; stack: Stack } {
  const result = quickApp({ rest });
  declare(result.app, result.stack);
  return result;
}

function bodyOf(stack: Stack): Body {
  return only(stack, API).Body as Body;
}

function operation(stack: Stack, path: string, method: string): Operation {
  const found = bodyOf(stack).paths[path]?.[method];
  if (found === undefined) {
    throw new Error(`no ${method} ${path} in ${JSON.stringify(bodyOf(stack))}`);
  }
  return found;
}

const count = (stack: Stack): number =>
  Object.keys(Template.fromStack(stack).toJSON().Resources as object).length;

describe('the API', () => {
  test('is one resource that holds all routes, with a deployment and a stage', () => {
    const { stack } = made({}, (app) => {
      app.onRequest('GET /orders/{id}', 'ok.ts');
      app.onRequest('POST /orders', 'other.ts');
    });
    expect(Object.keys(bodyOf(stack).paths).sort()).toEqual(['/orders', '/orders/{id}']);
    expect(all(stack, API)).toHaveLength(1);
    expect(all(stack, DEPLOYMENT)).toHaveLength(1);
    expect(all(stack, STAGE)).toHaveLength(1);
    expect(all(stack, 'AWS::ApiGatewayV2::Api')).toHaveLength(0);
    expect(all(stack, 'AWS::ApiGateway::Method')).toHaveLength(0);
  });

  test('gets a further route of a function without a further resource', () => {
    const one = made({}, (app) => app.onRequests(['GET /a'], 'ok.ts'));
    const five = made({}, (app) =>
      app.onRequests(
        ['GET /a', 'PUT /a', 'GET /b/{id}', 'DELETE /b/{id}', 'ANY /c/{proxy+}'],
        'ok.ts',
      ),
    );
    expect(count(five.stack)).toBe(count(one.stack));
    expect(all(five.stack, PERMISSION)).toHaveLength(1);
  });

  test('passes the CDK’s own validation of templates', () => {
    const { app, stack } = serverlessApp({
      rest: {
        cors: { allowOrigins: ['https://shop.example.com'] },
        usagePlans: { Partners: { apiKeys: ['Acme'], quota: { limit: 10 } } },
        webAcl: RestWebAcl.coreRules(),
        cache: {},
      },
    });
    app.onRequest('GET /orders', 'ok.ts');
    expect(() => Template.fromStack(stack)).not.toThrow();
  });

  test('invokes the function, which allows its stage alone to invoke it', () => {
    const { stack } = made();
    const { uri, ...rest } = operation(stack, '/orders/{id}', 'get')[
      'x-amazon-apigateway-integration'
    ];
    expect(rest).toEqual({ type: 'aws_proxy', httpMethod: 'POST' });
    expect(JSON.stringify(uri)).toMatch(
      /:lambda:path\/2015-03-31\/functions\/"?,.*"Fn::GetAtt":\["AppOk\w+","Arn"\].*\/invocations/,
    );
    expect(JSON.stringify(only(stack, PERMISSION).SourceArn)).toMatch(
      /"Ref":"AppRestApi\w+"\},"\/live\/\*"/,
    );
  });

  test('declares the parameters of the path, which API Gateway needs to know', () => {
    const { stack } = made({}, (app) => app.onRequest('GET /a/{b}/c/{d+}', 'ok.ts'));
    expect(
      operation(stack, '/a/{b}/c/{d+}', 'get').parameters?.map(({ name, in: place }) => [
        name,
        place,
      ]),
    ).toEqual([
      ['b', 'path'],
      ['d', 'path'],
    ]);
  });

  test('takes any method, and $default for everything else', () => {
    const { stack } = made({}, (app) => {
      app.onRequest('ANY /orders', 'ok.ts');
      app.onRequest('$default', 'other.ts');
    });
    const { paths } = bodyOf(stack);
    expect(Object.entries(paths).map(([path, of]) => [path, Object.keys(of)])).toEqual([
      ['/orders', ['x-amazon-apigateway-any-method']],
      ['/', ['x-amazon-apigateway-any-method']],
      ['/{proxy+}', ['x-amazon-apigateway-any-method']],
    ]);
  });

  test('leaves a method to its own route when $default comes later', () => {
    const { stack } = made({}, (app) => {
      app.onRequest('ANY /', 'ok.ts');
      app.onRequest('$default', 'other.ts');
    });
    expect(JSON.stringify(operation(stack, '/', 'x-amazon-apigateway-any-method'))).toContain(
      'AppOk',
    );
    expect(
      JSON.stringify(operation(stack, '/{proxy+}', 'x-amazon-apigateway-any-method')),
    ).toContain('AppOther');
  });

  test('gives its address with the stage, or with the domain', () => {
    const { app, stack } = made();
    expect(JSON.stringify(stack.resolve(app.url))).toMatch(
      /"Ref":"AppRestApi\w+"\},".execute-api.".*"\/live\/"/,
    );
    expect(made({ stageName: 'v1' }).app.url).toContain('/v1/');
  });

  test('fails where an app has both APIs, and where the other one is read', () => {
    expect(() => quickApp({ rest: {}, http: {} })).toThrow(
      'Test/App: `rest` must not be combined with `http`, because an app has one API, got both: leave out one of them, or create a second app',
    );
    expect(() => made().app.api).toThrow(
      '`rest` must be left out if `api`, the HTTP API, is read, got a REST API: read `restApi`',
    );
    expect(() => quickApp().app.restApi).toThrow(
      '`rest` must be given if `restApi` is read, got an HTTP API: give `rest: {}`, or read `api`',
    );
    expect(made().app.restApi.node.path).toBe('Test/App/RestApi');
  });
});

describe('the deployment', () => {
  const deploymentId = (rest: RestOptions, declare?: Parameters<typeof made>[1]): string =>
    Object.keys(Template.fromStack(made(rest, declare).stack).findResources(DEPLOYMENT))[0] ?? '';
  const first = deploymentId({});

  test('is the same one while nothing changes', () => {
    expect(deploymentId({})).toBe(first);
    expect(deploymentId({ throttle: { rateLimit: 5 } })).toBe(first); // of the stage alone
  });

  test.each<[string, RestOptions, Parameters<typeof made>[1]]>([
    ['a path', {}, (app) => app.onRequest('GET /orders/{order}', 'ok.ts')],
    ['a method', {}, (app) => app.onRequest('PUT /orders/{id}', 'ok.ts')],
    ['the function', {}, (app) => app.onRequest('GET /orders/{id}', 'other.ts')],
    ['a further route', {}, (app) => app.onRequests(['GET /orders/{id}', 'GET /a'], 'ok.ts')],
    ['the authorizer', { authorizer: RouteAuthorizer.iam() }, undefined],
    ['CORS', { cors: { allowOrigins: ['*'] } }, undefined],
    ['an API key', { apiKeyRequired: true }, undefined],
    ['binary types', { binaryMediaTypes: ['image/png'] }, undefined],
    ['the timeout', { integrationTimeout: Duration.seconds(5) }, undefined],
    [
      'the validation',
      {},
      (app) => app.onRequest('GET /orders/{id}', 'ok.ts', { validate: { requiredQuery: ['a'] } }),
    ],
  ])('is a new one when %s changes', (_, rest, declare) => {
    expect(deploymentId(rest, declare)).not.toBe(first);
  });
});

describe('authorizers', () => {
  test('are everybody, with a warning, unless the user says who', () => {
    expect(operation(made().stack, '/orders/{id}', 'get').security).toBeUndefined();
    expect(warnings(made().stack).join()).toContain('must say who may call `GET /orders/{id}`');
    for (const authorizer of [RouteAuthorizer.open(), new HttpNoneAuthorizer()]) {
      expect(warnings(made({ authorizer }).stack).join()).not.toContain('must say who may call');
    }
    expect(warnings(made({ apiKeyRequired: true }).stack).join()).not.toContain(
      'must say who may call',
    );
  });

  test('are users of a pool', () => {
    const { stack } = made({}, (app, scope) => {
      const pool = new cognito.UserPool(scope, 'Pool');
      app.onRequest('GET /orders', 'ok.ts', {
        authorizer: RouteAuthorizer.userPool('Login', pool),
        authorizationScopes: ['orders/read'],
      });
    });
    expect(operation(stack, '/orders', 'get').security).toEqual([{ Login: ['orders/read'] }]);
    expect(bodyOf(stack).components.securitySchemes?.Login).toEqual({
      type: 'apiKey',
      name: 'Authorization',
      in: 'header',
      'x-amazon-apigateway-authtype': 'cognito_user_pools',
      'x-amazon-apigateway-authorizer': {
        type: 'cognito_user_pools',
        providerARNs: [{ 'Fn::GetAtt': ['PoolD3F588B8', 'Arn'] }],
      },
    });
  });

  test.each([
    ['the library’s', RouteAuthorizer.iam()],
    ['the CDK’s', new HttpIamAuthorizer()],
  ])('are signed requests, with %s authorizer', (_, authorizer) => {
    const { stack } = made({ authorizer });
    expect(operation(stack, '/orders/{id}', 'get').security).toEqual([{ sigv4: [] }]);
    expect(bodyOf(stack).components.securitySchemes?.sigv4?.['x-amazon-apigateway-authtype']).toBe(
      'awsSigv4',
    );
  });

  test('are a function, with one permission however many routes', () => {
    const { stack } = made({}, (app) => {
      const guard = app.addFunction('Guard', { entry: 'third.ts' });
      const authorizer = RouteAuthorizer.byFunction('Partner', guard.target, {
        headers: ['X-Partner', 'Authorization'],
        cacheTtl: Duration.seconds(0),
      });
      app.onRequests(['GET /a', 'GET /b'], 'ok.ts', { authorizer });
    });
    const scheme = bodyOf(stack).components.securitySchemes?.Partner;
    expect(scheme?.['x-amazon-apigateway-authorizer']).toMatchObject({
      type: 'request',
      identitySource: 'method.request.header.X-Partner, method.request.header.Authorization',
      authorizerResultTtlInSeconds: 0,
    });
    expect(JSON.stringify(scheme)).toMatch(/AppGuard\w+","Arn"/);
    const sources = all(stack, PERMISSION).map(({ SourceArn }) => JSON.stringify(SourceArn));
    expect(sources.filter((arn) => arn.includes('/authorizers/*'))).toHaveLength(1);
  });

  test('hold for an HTTP API too', () => {
    const { app, stack } = quickApp();
    const pool = new cognito.UserPool(stack, 'Pool');
    const client = pool.addClient('Web');
    const guard = app.addFunction('Guard', { entry: 'third.ts' });
    app.onRequest('GET /a', 'ok.ts', {
      authorizer: RouteAuthorizer.userPool('Login', pool, { clients: [client] }),
    });
    app.onRequest('GET /b', 'other.ts', {
      authorizer: RouteAuthorizer.byFunction('Partner', guard.target),
    });
    app.onRequest('GET /c', 'other.ts', { id: 'C', authorizer: RouteAuthorizer.iam() });
    app.onRequest('GET /d', 'other.ts', { id: 'D', authorizer: RouteAuthorizer.open() });
    const types = all(stack, 'AWS::ApiGatewayV2::Route').map(({ RouteKey, AuthorizationType }) => [
      RouteKey,
      AuthorizationType,
    ]);
    expect(types).toEqual([
      ['GET /a', 'JWT'],
      ['GET /b', 'CUSTOM'],
      ['GET /c', 'AWS_IAM'],
      ['GET /d', 'NONE'],
    ]);
    const authorizers = all(stack, 'AWS::ApiGatewayV2::Authorizer');
    expect(authorizers.find(({ AuthorizerType }) => AuthorizerType === 'REQUEST')).toMatchObject({
      AuthorizerPayloadFormatVersion: '1.0',
      IdentitySource: ['$request.header.Authorization'],
    });
  });

  test('fail where a REST API does not know them, or scopes have no meaning', () => {
    const jwt = new HttpJwtAuthorizer('Jwt', 'https://example.com', { jwtAudience: ['a'] });
    expect(() => made({ authorizer: jwt })).toThrow(
      'must be one that a REST API supports, got an authorizer for HTTP APIs (JWT): write `RouteAuthorizer.userPool(…)`',
    );
    expect(() =>
      made({}, (app) => app.onRequest('GET /', 'ok.ts', { authorizationScopes: ['a'] })),
    ).toThrow(
      '`functions.Ok.authorizationScopes` must be left out if the authorizer is not a user pool, got no authorizer',
    );
  });

  test('fail where two of them have one id', () => {
    expect(() =>
      made({}, (app, stack) => {
        const pool = new cognito.UserPool(stack, 'Pool');
        app.onRequest('GET /a', 'ok.ts', { authorizer: RouteAuthorizer.userPool('Login', pool) });
        app.onRequest('GET /b', 'other.ts', {
          authorizer: RouteAuthorizer.userPool('Login', pool),
        });
      }),
    ).toThrow(
      '`functions.Other.authorizer` must have an id that no other authorizer of the API has, got "Login"',
    );
  });

  test.each([
    ['', /`id` must be text of 1 to 64 characters, letters and digits, got ""/],
    ['my-id', /`id` must be text of 1 to 64 characters, letters and digits, got "my-id"/],
  ])('fail with the id %j', (id, message) => {
    expect(() => RouteAuthorizer.userPool(id, new cognito.UserPool(new Stack(), 'P'))).toThrow(
      message,
    );
  });

  test.each([
    [3600, undefined],
    [3601, 'must be whole seconds from 0 seconds to 1 hour'],
  ])('keep answers at most an hour: %d seconds', (seconds, message) => {
    const { app } = quickApp();
    const guard = app.addFunction('Guard', { entry: 'third.ts' });
    const make = (): unknown =>
      RouteAuthorizer.byFunction('A', guard.target, { cacheTtl: Duration.seconds(seconds) });
    if (message === undefined) {
      expect(make).not.toThrow();
    } else {
      expect(make).toThrow(message);
    }
  });
});

describe('circular dependencies', () => {
  test('do not arise where a function knows the address of the API', () => {
    const { app, stack } = made();
    app.onRequest('GET /links', 'other.ts').function.node.addMetadata('a', 'b');
    const links = app.functions[1]?.function;
    links?.addEnvironment('API_URL', app.url);
    const text = JSON.stringify(operation(stack, '/links', 'get'));
    expect(text).not.toContain('AppOther');
    expect(text).toContain('function:${stageVariables.Other}/invocations');
    expect(only(stack, STAGE).Variables).toEqual({
      Other: { Ref: expect.stringMatching(/^AppOther/) as string },
    });
    // Another function stays named itself.
    expect(JSON.stringify(operation(stack, '/orders/{id}', 'get'))).toContain('AppOk');
  });

  test('do not arise with shards, whose functions have known names', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const app = new ServerlessApp(stack, 'App', {
      root: HANDLERS,
      rest: {},
      sharding: Sharding.nestedStacks(2),
    });
    app.onRequest('GET /a', 'ok.ts');
    app.onRequest('GET /b', 'other.ts').function.addEnvironment('API_URL', app.url);
    const text = JSON.stringify(only(stack, API));
    expect(text).not.toContain('Fn::GetAtt');
    expect(text).toMatch(/:function:Test-App-Shard\d-Ok-.*\/invocations/);
    expect(only(stack, STAGE).Variables).toBeUndefined();
  });
});

describe('CORS', () => {
  const origin = 'https://shop.example.com';

  test('answers preflight requests of every path without a function', () => {
    const { stack } = made({
      cors: {
        allowOrigins: [origin],
        allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.PUT],
        allowHeaders: ['Authorization'],
        exposeHeaders: ['X-Total'],
        maxAge: Duration.hours(1),
        allowCredentials: true,
      },
    });
    const { security, ...preflight } = operation(stack, '/orders/{id}', 'options');
    expect(security).toBeUndefined();
    expect(preflight['x-amazon-apigateway-integration']).toMatchObject({
      type: 'mock',
      responses: {
        default: {
          statusCode: '204',
          responseParameters: {
            'method.response.header.Access-Control-Allow-Origin': `'${origin}'`,
            'method.response.header.Access-Control-Allow-Methods': "'GET,PUT'",
            'method.response.header.Access-Control-Allow-Headers': "'Authorization'",
            'method.response.header.Access-Control-Expose-Headers': "'X-Total'",
            'method.response.header.Access-Control-Max-Age': "'3600'",
            'method.response.header.Access-Control-Allow-Credentials': "'true'",
          },
        },
      },
    });
  });

  test('lets the caller read the errors of API Gateway itself', () => {
    const headers = (allowOrigins: string[]): unknown =>
      bodyOf(made({ cors: { allowOrigins } }).stack)['x-amazon-apigateway-gateway-responses'];
    const one = {
      responseParameters: { 'gatewayresponse.header.Access-Control-Allow-Origin': `'${origin}'` },
    };
    expect(headers([origin])).toEqual({ DEFAULT_4XX: one, DEFAULT_5XX: one });
    expect(JSON.stringify(headers([origin, 'https://b.example.com']))).toContain(
      '"method.request.header.Origin"',
    );
  });

  test('chooses among several origins', () => {
    const { stack } = made({ cors: { allowOrigins: [origin, 'https://b.example.com'] } });
    const text = JSON.stringify(operation(stack, '/orders/{id}', 'options'));
    expect(text).toContain('[\\"https://shop.example.com\\", \\"https://b.example.com\\"]');
  });

  test('leaves a declared OPTIONS route alone', () => {
    const { stack } = made({ cors: { allowOrigins: ['*'] } }, (app) =>
      app.onRequests(['GET /a', 'OPTIONS /a'], 'ok.ts'),
    );
    expect(operation(stack, '/a', 'options')['x-amazon-apigateway-integration'].type).toBe(
      'aws_proxy',
    );
  });
});

describe('the stage', () => {
  test('has the throttle of the app’s stage, and those of routes', () => {
    const { stack } = made({}, (app) => {
      app.onRequest('GET /orders/{id}', 'ok.ts', { throttle: { rateLimit: 5 } });
    });
    expect(only(stack, STAGE).MethodSettings).toEqual([
      {
        ResourcePath: '/*',
        HttpMethod: '*',
        ThrottlingRateLimit: 1000,
        ThrottlingBurstLimit: 2000,
      },
      {
        ResourcePath: '/~1orders~1{id}',
        HttpMethod: 'GET',
        ThrottlingRateLimit: 5,
        ThrottlingBurstLimit: 2000,
      },
    ]);
    const development = quickApp({ rest: {}, stage: AppStage.DEVELOPMENT });
    development.app.onRequest('GET /', 'ok.ts');
    expect(only(development.stack, STAGE).MethodSettings).toMatchObject([
      { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
    ]);
  });

  test('logs each request, one line of JSON, unless the user says otherwise', () => {
    const { app, stack } = made();
    const { AccessLogSetting } = only(stack, STAGE);
    expect((AccessLogSetting as { Format: string }).Format).toContain(
      '"apiKeyId":"$context.identity.apiKeyId"',
    );
    expect(app.accessLogGroup?.node.path).toBe('Test/App/RestAccessLog');
    expect(only(made({ accessLog: false }).stack, STAGE).AccessLogSetting).toBeUndefined();
    const format = AccessLogFormat.custom('$context.requestId');
    expect(only(made({ accessLogFormat: format }).stack, STAGE).AccessLogSetting).toMatchObject({
      Format: '$context.requestId',
    });
    const own = new Stack(quickCdkApp(), 'Test');
    const group = new logs.LogGroup(own, 'Mine');
    const second = new ServerlessApp(own, 'Second', {
      root: HANDLERS,
      rest: { accessLogGroup: group },
    });
    second.onRequest('GET /', 'ok.ts');
    expect(JSON.stringify(only(own, STAGE).AccessLogSetting)).toContain('Mine');
  });

  test('changes the log role of the account only on request, and leaves it when the app goes', () => {
    expect(all(made().stack, 'AWS::ApiGateway::Account')).toHaveLength(0);
    const { stack } = made({ accountLogRole: true });
    Template.fromStack(stack).hasResource('AWS::ApiGateway::Account', { DeletionPolicy: 'Retain' });
  });

  test('can trace, and cache', () => {
    const { stack } = made({ tracing: true, cache: { sizeGb: 1.6, ttl: Duration.minutes(1) } });
    expect(only(stack, STAGE)).toMatchObject({
      TracingEnabled: true,
      CacheClusterEnabled: true,
      CacheClusterSize: '1.6',
      MethodSettings: [{ CachingEnabled: true, CacheDataEncrypted: true, CacheTtlInSeconds: 60 }],
    });
  });
});

test.each([
  [{}, 1],
  [{ accountLogRole: true }, 0],
  [{ accessLog: false }, 0],
])('with %j, %d info message names the role that the access log needs', (rest, count) => {
  const found = infos(made(rest).stack).filter((text) => text.includes('accountLogRole: true'));

  expect(found).toHaveLength(count);
});

describe('API keys', () => {
  const plans: RestOptions = {
    apiKeyRequired: true,
    usagePlans: {
      Partners: {
        apiKeys: ['Acme', 'Globex'],
        throttle: { rateLimit: 5, burstLimit: 10 },
        quota: { limit: 1000, period: Period.DAY },
      },
      Trial: { apiKeys: ['Initech'], quota: { limit: 5 } },
    },
  };

  test('belong to plans, and no template has their values', () => {
    const { stack } = made(plans);
    expect(all(stack, 'AWS::ApiGateway::UsagePlan')).toMatchObject([
      {
        Throttle: { RateLimit: 5, BurstLimit: 10 },
        Quota: { Limit: 1000, Period: 'DAY' },
        ApiStages: [{}],
      },
      { Quota: { Limit: 5, Period: 'MONTH' } },
    ]);
    expect(all(stack, 'AWS::ApiGateway::UsagePlanKey')).toHaveLength(3);
    const keys = all(stack, 'AWS::ApiGateway::ApiKey');
    expect(keys).toHaveLength(3);
    expect(keys.every((key) => key.Value === undefined)).toBe(true);
  });

  test('are required of all routes but those that say otherwise', () => {
    const { stack } = made(plans, (app) => {
      app.onRequest('GET /a', 'ok.ts');
      app.onRequest('GET /b', 'other.ts', {
        apiKeyRequired: false,
        authorizer: RouteAuthorizer.iam(),
      });
      app.onRequest('GET /c', 'other.ts', { id: 'C', authorizer: RouteAuthorizer.iam() });
    });
    expect(operation(stack, '/a', 'get').security).toEqual([{ apiKey: [] }]);
    expect(operation(stack, '/b', 'get').security).toEqual([{ sigv4: [] }]);
    expect(operation(stack, '/c', 'get').security).toEqual([{ sigv4: [] }, { apiKey: [] }]);
  });

  test('fail on an HTTP API, with the remedy', () => {
    expect(() => quickApp().app.onRequest('GET /', 'ok.ts', { apiKeyRequired: true })).toThrow(
      'Test/App: `functions.Ok.apiKeyRequired` must be left out on an HTTP API, because only a REST API can do it, got true: give the app `rest: {}` instead of `http`, or leave it out',
    );
  });

  test('fail with a plan whose name an id cannot have', () => {
    expect(() => made({ usagePlans: { 'a b': {} } })).toThrow(
      '`rest.usagePlans.a b` must have a name of letters, digits',
    );
  });

  test.each<[string, RestOptions['usagePlans']]>([
    ['two plans', { Partners: { apiKeys: ['Acme'] }, Trial: { apiKeys: ['Acme'] } }],
    ['one plan twice', { Partners: {}, Trial: { apiKeys: ['Acme', 'Acme'] } }],
  ])('fail with a key in %s', (_, usagePlans) => {
    expect(() => made({ usagePlans })).toThrow(
      /`rest\.usagePlans\.Trial\.apiKeys` must name keys that no plan names already.*got `Acme`, which is in `usagePlans\.(Partners|Trial)`/,
    );
  });
});

describe('AWS WAF', () => {
  test('checks requests with AWS’s core rules', () => {
    const { stack } = made({ webAcl: RestWebAcl.coreRules() });
    expect(only(stack, 'AWS::WAFv2::WebACL')).toMatchObject({
      Scope: 'REGIONAL',
      DefaultAction: { Allow: {} },
      Rules: [
        {
          Statement: {
            ManagedRuleGroupStatement: { Name: 'AWSManagedRulesCommonRuleSet', VendorName: 'AWS' },
          },
        },
      ],
    });
    const { ResourceArn, WebACLArn } = only(stack, 'AWS::WAFv2::WebACLAssociation');
    expect(JSON.stringify(ResourceArn)).toMatch(/:apigateway:.*::\/restapis\/.*\/stages\//);
    expect(JSON.stringify(WebACLArn)).toContain('AppRestApiWebAcl');
  });

  test('checks requests with a web ACL of the user’s', () => {
    const arn = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/mine/1';
    const { stack } = made({ webAcl: RestWebAcl.fromArn(arn) });
    expect(all(stack, 'AWS::WAFv2::WebACL')).toHaveLength(0);
    expect(only(stack, 'AWS::WAFv2::WebACLAssociation').WebACLArn).toBe(arn);
    expect(() => RestWebAcl.fromArn(arn.replace('regional', 'global'))).toThrow(
      '`arn` must be the ARN of a regional web ACL',
    );
  });
});

describe('where the API is reached', () => {
  test('is its region, or the edge', () => {
    expect(only(made().stack, API).EndpointConfiguration).toEqual({ Types: ['REGIONAL'] });
    expect(
      only(made({ endpointType: EndpointType.EDGE }).stack, API).EndpointConfiguration,
    ).toEqual({ Types: ['EDGE'] });
  });

  test.each<[string, (endpoint: ec2.IVpcEndpoint) => RestOptions, string]>([
    [
      'an endpoint',
      (endpoint) => ({ vpcEndpoints: [endpoint, endpoint] }),
      '`rest.vpcEndpoints` must not repeat an item, got "vpce-1" twice',
    ],
    [
      'a media type',
      () => ({ binaryMediaTypes: ['image/png', 'image/*', 'image/png'] }),
      '`rest.binaryMediaTypes` must not repeat an item, got "image/png" twice',
    ],
  ])('fails with %s twice, which CloudFormation rejects', (_, options, message) => {
    const endpoint = ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(
      new Stack(),
      'Endpoint',
      { vpcEndpointId: 'vpce-1', port: 443 },
    );
    expect(() => made(options(endpoint))).toThrow(message);
  });

  test('is a VPC, whose endpoints alone may call', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const vpcEndpoint = ec2.InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, 'E', {
      vpcEndpointId: 'vpce-1',
      port: 443,
    });
    const app = new ServerlessApp(stack, 'Private', {
      root: HANDLERS,
      rest: { vpcEndpoints: [vpcEndpoint] },
    });
    app.onRequest('GET /', 'ok.ts');
    expect(only(stack, API)).toMatchObject({
      EndpointConfiguration: { Types: ['PRIVATE'], VpcEndpointIds: ['vpce-1'] },
      Policy: {
        Statement: [
          {
            Effect: 'Allow',
            Resource: 'execute-api:/*',
            Condition: { StringEquals: { 'aws:SourceVpce': ['vpce-1'] } },
          },
        ],
      },
    });
    expect(() => made({ endpointType: EndpointType.PRIVATE })).toThrow(
      '`rest.vpcEndpoints` must be given for a private API, and only for one, got endpointType PRIVATE without endpoints',
    );
    expect(() =>
      quickApp({
        rest: { endpointType: EndpointType.EDGE, vpcEndpoints: [vpcEndpoint] },
      }).app.onRequest('GET /', 'ok.ts'),
    ).toThrow('got endpointType EDGE with endpoints');
  });

  test('is a domain, which another API may share', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const certificate = acm.Certificate.fromCertificateArn(
      stack,
      'C',
      'arn:aws:acm:eu-west-1:1:certificate/1',
    );
    const first = new ServerlessApp(stack, 'First', {
      root: HANDLERS,
      rest: { domain: { domainName: 'api.example.com', certificate, path: 'v1' } },
    });
    first.onRequest('GET /', 'ok.ts');
    expect(first.url).toBe('https://api.example.com/v1/');
    const domain = first.domainName;
    if (domain === undefined) {
      throw new Error('no domain');
    }
    const second = new ServerlessApp(stack, 'Second', {
      root: HANDLERS,
      http: { existingDomain: { domain, path: 'v2' } },
    });
    second.onRequest('GET /', 'ok.ts');
    expect(all(stack, 'AWS::ApiGatewayV2::ApiMapping')).toMatchObject([
      { ApiMappingKey: 'v1', Stage: { Ref: expect.stringContaining('Stage') as string } },
      { ApiMappingKey: 'v2' },
    ]);
    expect(() => {
      const third = new ServerlessApp(stack, 'Third', {
        root: HANDLERS,
        rest: { existingDomain: { domain, path: 'v2' } },
      });
      third.onRequest('GET /', 'ok.ts');
    }).toThrow('`rest.existingDomain.path` must not be used by another API at this domain');
    const edge = new ServerlessApp(stack, 'Edge', {
      root: HANDLERS,
      rest: { endpointType: EndpointType.EDGE, existingDomain: { domain } },
    });
    expect(() => edge.onRequest('GET /', 'ok.ts')).toThrow(
      '`rest.existingDomain` must be left out if the API is not regional',
    );
  });
});

describe('integrations', () => {
  test('stream, and wait longer then', () => {
    const { stack } = made({ integrationTimeout: Duration.seconds(20) }, (app) => {
      app.onRequest('GET /chat', 'ok.ts', {
        streaming: true,
        integrationTimeout: Duration.minutes(10),
        timeout: Duration.minutes(10),
      });
      app.onRequest('GET /short', 'other.ts');
    });
    const chat = operation(stack, '/chat', 'get')['x-amazon-apigateway-integration'];
    expect(chat).toMatchObject({ responseTransferMode: 'STREAM', timeoutInMillis: 600_000 });
    expect(JSON.stringify(chat.uri)).toMatch(
      /2021-11-15\/functions.*\/response-streaming-invocations/,
    );
    expect(operation(stack, '/short', 'get')['x-amazon-apigateway-integration']).toMatchObject({
      timeoutInMillis: 20_000,
    });
    expect(warnings(stack).join()).not.toContain('http-timeout');
  });

  test('wait 29 seconds, which a longer timeout of the function exceeds', () => {
    const timeout = (seconds: number): string =>
      warnings(
        made({}, (app) => app.onRequest('GET /', 'ok.ts', { timeout: Duration.seconds(seconds) }))
          .stack,
      ).join();
    expect(timeout(29)).not.toContain('http-timeout');
    expect(timeout(30)).toContain(
      '`functions.Ok.timeout` must not exceed the time its caller waits (seconds a REST API waits: 29;',
    );
  });

  test.each([
    [Duration.seconds(900), undefined],
    [
      Duration.seconds(901),
      '`rest.integrationTimeout` must be whole seconds from 1 second to 15 minutes',
    ],
  ])('wait %s at most', (integrationTimeout, message) => {
    const make = (): unknown => made({ integrationTimeout });
    if (message === undefined) {
      expect(make).not.toThrow();
    } else {
      expect(make).toThrow(message);
    }
  });

  test('send events of format 1.0 alone', () => {
    const route = (payloadFormat: PayloadFormatVersion): unknown =>
      made({}, (app) => app.onRequest('GET /', 'ok.ts', { payloadFormat }));
    expect(() => route(PayloadFormatVersion.VERSION_1_0)).not.toThrow();
    expect(() => route(PayloadFormatVersion.VERSION_2_0)).toThrow(
      '`functions.Ok.payloadFormat` must be 1.0, got "2.0": leave it out, or use an HTTP API',
    );
  });
});

describe('paths', () => {
  test.each<[string, string[], RegExp]>([
    [
      'two names for one parameter',
      ['GET /orders/{id}', 'GET /orders/{order}/lines'],
      /must name the parameter after `\/orders\/` as `GET \/orders\/\{id\}` does, because a REST API allows only one there: `\{id\}`, got "GET \/orders\/\{order\}\/lines": write `\{id\}` in both/,
    ],
    [
      'a greedy one beside it',
      ['GET /{id}', 'GET /{proxy+}'],
      /got "GET \/\{proxy\+\}": change the path of one of them, or use an HTTP API/,
    ],
    ['other characters', ['GET /a*b'], /./],
    [
      'an umlaut',
      ['GET /größe'],
      /must have a path of letters, digits and .* in a REST API, got "größe"/,
    ],
    [
      'a route twice',
      ['GET /a', 'GET /a'],
      /must be unique; Test\/App\/Ok has the same route, got "GET \/a"/,
    ],
  ])('fail with %s', (_, routes, message) => {
    expect(() => made({}, (app) => app.onRequests(routes, 'ok.ts'))).toThrow(message);
  });
});

describe('validation', () => {
  test('is part of the definition: the schema, the parameters, and which of them API Gateway checks', () => {
    const { stack } = made({}, (app) => {
      app.onRequest('POST /orders', 'ok.ts', {
        validate: {
          body: {
            type: 'object',
            properties: { a: { $ref: '#/$defs/A' } },
            $defs: { A: { type: 'string' } },
          },
        },
      });
      app.onRequest('GET /orders', 'other.ts', { validate: { requiredQuery: ['page'] } });
      app.onRequest('PUT /orders/{id}', 'third.ts', {
        validate: { body: { type: 'object' }, requiredHeaders: ['If-Match'] },
      });
    });
    const validator = 'x-amazon-apigateway-request-validator';
    expect(operation(stack, '/orders', 'post')).toMatchObject({
      [validator]: 'body',
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/POSTOrders' } } },
      },
    });
    expect(operation(stack, '/orders', 'get')).toMatchObject({
      [validator]: 'parameters',
      parameters: [{ name: 'page', in: 'query', required: true }],
    });
    expect(operation(stack, '/orders/{id}', 'put')[validator]).toBe('all');
    expect(bodyOf(stack).components.schemas).toEqual({
      POSTOrders: {
        type: 'object',
        properties: { a: { $ref: '#/components/schemas/POSTOrdersA' } },
      },
      POSTOrdersA: { type: 'string' },
      PUTOrdersId: { type: 'object' },
    });
  });
});

describe('a request without a function', () => {
  const forward = (target: (stack: Stack, app: ServerlessApp) => RequestTarget): Stack =>
    made({ authorizer: RouteAuthorizer.iam() }, (app, stack) => {
      app.onRequest('GET /a', 'ok.ts');
      app.forwardRequest('POST /jobs', target(stack, app), { throttle: { rateLimit: 5 } });
    }).stack;
  const policyOf = (stack: Stack): unknown =>
    (
      all(stack, 'AWS::IAM::Policy').find(({ PolicyName }) =>
        String(PolicyName).includes('ForwardRole'),
      )?.PolicyDocument as { Statement: unknown }
    ).Statement;

  test('goes to a queue, by a role that may do that alone', () => {
    const stack = forward((_, app) => RequestTarget.queue(app.addQueue('Jobs')));
    const { responses, security, ...rest } = operation(stack, '/jobs', 'post');
    expect(security).toEqual([{ sigv4: [] }]);
    expect(Object.keys(responses as object)).toEqual(['202', '502']);
    expect(rest['x-amazon-apigateway-integration']).toMatchObject({
      type: 'aws',
      passthroughBehavior: 'never',
      requestTemplates: {
        'application/json': 'Action=SendMessage&MessageBody=$util.urlEncode($input.body)',
      },
    });
    expect(policyOf(stack)).toEqual([
      {
        Action: 'sqs:SendMessage',
        Effect: 'Allow',
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^AppJobs/), 'Arn'] },
      },
    ]);
    expect(only(stack, STAGE).MethodSettings).toContainEqual(
      expect.objectContaining({ ResourcePath: '/~1jobs', ThrottlingRateLimit: 5 }),
    );
  });

  test('goes to an encrypted queue with the permissions on its key', () => {
    const stack = forward((scope) =>
      RequestTarget.queue(
        new sqs.Queue(scope, 'Q', { encryptionMasterKey: new kms.Key(scope, 'K') }),
      ),
    );
    expect(JSON.stringify(policyOf(stack))).toContain('["kms:Decrypt","kms:GenerateDataKey"]');
  });

  test('goes to an event bus, whose refusal the caller sees', () => {
    const stack = forward((scope) =>
      RequestTarget.eventBus(new events.EventBus(scope, 'Bus'), {
        source: 'shop',
        detailType: 'Placed',
      }),
    );
    const text = JSON.stringify(
      operation(stack, '/jobs', 'post')['x-amazon-apigateway-integration'],
    );
    expect(text).toContain('\\"Source\\":\\"shop\\",\\"DetailType\\":\\"Placed\\"');
    expect(text).toContain('FailedEntryCount');
    expect(JSON.stringify(policyOf(stack))).toMatch(/"events:PutEvents".*"Bus/);
  });

  test('goes to a state machine', () => {
    const stack = forward((scope) =>
      RequestTarget.stateMachine(
        stepfunctions.StateMachine.fromStateMachineArn(
          scope,
          'M',
          'arn:aws:states:eu-west-1:111122223333:stateMachine:m',
        ),
      ),
    );
    const text = JSON.stringify(
      operation(stack, '/jobs', 'post')['x-amazon-apigateway-integration'],
    );
    expect(text).toContain('stateMachine:m');
    expect(JSON.stringify(policyOf(stack))).toContain('"states:StartExecution"');
  });

  test('is reported where anybody can send it', () => {
    const { stack } = made({}, (app) => {
      app.onRequest('GET /a', 'ok.ts', { authorizer: RouteAuthorizer.open() });
      app.forwardRequest('POST /jobs', RequestTarget.queue(app.addQueue('Jobs')));
    });
    expect(warnings(stack).join()).toContain(
      '`rest.authorizer` must say who may call `POST /jobs`',
    );
  });

  test('costs the request and the message', () => {
    const { app } = made({ cache: {}, webAcl: RestWebAcl.coreRules(), accessLog: false }, (it) => {
      it.onRequest('GET /a', 'ok.ts', { monthlyEvents: { moderate: 1_000_000 } });
      it.forwardRequest('POST /jobs', RequestTarget.queue(it.addQueue('Jobs')), {
        monthlyEvents: { moderate: 2_000_000 },
      });
    });
    const parts = app.estimate().moderate.parts;
    const dollars = (price: string): number =>
      parts.filter((part) => part.price === price).reduce((sum, part) => sum + part.dollars, 0);
    expect(dollars('apiGateway.restRequests')).toBeCloseTo(3 * 3.5, 6);
    expect(dollars('sqs.requests')).toBeCloseTo(2 * 0.4, 6);
    expect(dollars('apiGateway.cache0_5')).toBeCloseTo(730 * 0.02, 6);
    expect(dollars('waf.webAcls') + dollars('waf.rules')).toBe(6);
    expect(dollars('waf.requests')).toBeCloseTo(3 * 0.6, 6);
    expect(dollars('apiGateway.httpRequests')).toBe(0);
  });

  test('fails on an HTTP API, with a FIFO queue, with something else, and with a route of the app', () => {
    expect(() => {
      const { app } = quickApp();
      app.forwardRequest('POST /jobs', RequestTarget.queue(app.addQueue('Jobs')));
    }).toThrow(
      '`rest` must be given if `forwardRequest` is called, because only a REST API can do it, got an HTTP API: give `rest: {}` instead of `http`',
    );
    expect(() =>
      forward((_, app) => RequestTarget.queue(app.addQueue('Jobs', { fifo: true }))),
    ).toThrow(
      '`options.messageGroup` must say which group a message belongs to, because the queue is a FIFO queue',
    );
    expect(() => forward((_, app) => app.addQueue('Jobs'))).toThrow(
      '`forwardRequest.POST /jobs.target` must be a RequestTarget',
    );
    expect(() =>
      made({}, (app) => {
        app.onRequest('POST /jobs', 'ok.ts');
        app.forwardRequest('POST /jobs', RequestTarget.queue(app.addQueue('Jobs')));
      }),
    ).toThrow('must be unique; Test/App/Ok has the same route');
  });
});

describe('the format of events', () => {
  test('of an HTTP API is chosen for the app or a route, with one integration each and one permission', () => {
    const { app, stack } = quickApp({ http: { payloadFormat: PayloadFormatVersion.VERSION_1_0 } });
    const fn = app.onRequests(['GET /a', 'GET /b'], 'ok.ts');
    fn.addTrigger(Trigger.http('GET /c', { payloadFormat: PayloadFormatVersion.VERSION_2_0 }));
    const integrations = all(stack, 'AWS::ApiGatewayV2::Integration');
    expect(integrations.map((it) => it.PayloadFormatVersion)).toEqual(['1.0', '2.0']);
    expect(all(stack, PERMISSION)).toHaveLength(1);
  });

  test('fails with another one', () => {
    expect(() =>
      quickApp({ http: { payloadFormat: PayloadFormatVersion.custom('3.0') } }).app.onRequest(
        'GET /',
        'ok.ts',
      ),
    ).toThrow(
      '`http.payloadFormat` must be 1.0 or 2.0, got "3.0": write `PayloadFormatVersion.VERSION_1_0` or `VERSION_2_0`',
    );
  });
});

describe('alarms and the number of resources', () => {
  test('know the API by its name, as CloudWatch does', () => {
    const { app, stack } = quickApp({ rest: {}, notify: ['ops@example.com'] });
    app.onRequest('GET /', 'ok.ts');
    const text = JSON.stringify(all(stack, 'AWS::CloudWatch::Alarm'));
    const { Name } = only(stack, API);
    expect(text).toContain(`{"Name":"ApiName","Value":"${String(Name)}"}`);
    expect(text).toContain('"MetricName":"5XXError"');
    expect(text).not.toContain('"Name":"ApiId"');
  });

  test.each([
    [299, false],
    [300, true],
  ])('of %d paths beside the root are reported above 300: %s', (paths, reported) => {
    const { stack } = made({ authorizer: RouteAuthorizer.open() }, (app) => {
      app.onRequests(
        Array.from({ length: 150 }, (_, i) => `GET /a${i}`),
        'ok.ts',
      );
      app.onRequests(
        Array.from({ length: paths - 150 }, (_, i) => `GET /b${i}`),
        'other.ts',
      );
    });
    expect(
      warnings(stack)
        .join()
        .includes('`rest` must not have more resources than a REST API may have'),
    ).toBe(reported);
  });
});
