import { Lazy, Stack } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import {
  HttpIamAuthorizer,
  HttpJwtAuthorizer,
  HttpLambdaAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as route53 from 'aws-cdk-lib/aws-route53';
import {
  AppStage,
  HttpDomain,
  HttpOptions,
  ServerlessApp,
  ServerlessAppProps,
  Trigger,
} from 'cdk-serverless-app';
import { statementsOf } from '../support/policies';
import {
  all,
  HANDLERS,
  ids,
  only,
  quickApp,
  quickCdkApp,
  resources,
  warnings,
  Validations,
} from '../support/synth';

const API = 'AWS::ApiGatewayV2::Api';
const AUTHORIZER = 'AWS::ApiGatewayV2::Authorizer';
const INTEGRATION = 'AWS::ApiGatewayV2::Integration';
const LOG_GROUP = 'AWS::Logs::LogGroup';
const PERMISSION = 'AWS::Lambda::Permission';
const ROUTE = 'AWS::ApiGatewayV2::Route';
const STAGE = 'AWS::ApiGatewayV2::Stage';

const jwt = (): HttpJwtAuthorizer =>
  new HttpJwtAuthorizer('Jwt', 'https://issuer.example.com', { jwtAudience: ['me'] });
const open = new apigateway.HttpNoneAuthorizer();
const number = (value: number): number => Lazy.number({ produce: () => value });

/** A stack whose app has one route. */
function withRoute(
  http: HttpOptions = {},
  props: ServerlessAppProps = {},
): { app: ServerlessApp; stack: Stack } {
  const made = quickApp({ http, ...props });
  made.app.onRequest('GET /orders', 'ok.ts');
  return made;
}

function ownApi(http: HttpOptions = {}): {
  app: ServerlessApp;
  stack: Stack;
  api: apigateway.HttpApi;
} {
  const stack = new Stack(quickCdkApp(), 'Test');
  const api = new apigateway.HttpApi(stack, 'Mine');
  const app = new ServerlessApp(stack, 'App', { root: HANDLERS, http: { api, ...http } });
  return { app, stack, api };
}

describe('the API', () => {
  test('is created with the first route', () => {
    const { app, stack } = quickApp();

    app.addFunction('F', { entry: 'ok.ts' });

    expect(resources(stack, API)).toEqual({});
  });

  test('is shared by all functions', () => {
    const { app, stack } = quickApp();

    app.onRequest('GET /a', 'ok.ts');
    app.onRequest('GET /b', 'other.ts');

    expect(ids(stack, API)).toHaveLength(1);
  });

  test('can be accessed before the first route', () => {
    const { app } = quickApp();
    const { api } = app;

    app.onRequest('GET /a', 'ok.ts');

    expect(app.api).toBe(api);
  });

  test('has an address that ends with a slash', () => {
    const { app, stack } = withRoute();

    expect(JSON.stringify(stack.resolve(app.url))).toMatch(/execute-api.*"\/"\]/);
  });

  test('accepts options of the HttpApi, which override the app’s', () => {
    const { stack } = withRoute({ apiOptions: { apiName: 'mine', description: 'Orders' } });

    expect(only(stack, API)).toMatchObject({ Name: 'mine', Description: 'Orders' });
  });
});

describe('a route', () => {
  test.each(['GET /orders/{id}', 'ANY /a', 'GET /files/{proxy+}', 'ANY /{proxy+}', '$default'])(
    '%s is written unchanged',
    (route) => {
      const { app, stack } = quickApp();

      app.onRequest(route, 'ok.ts');

      expect(only(stack, ROUTE).RouteKey).toBe(route);
    },
  );

  test('runs its function with payload 2.0', () => {
    const { app, stack } = withRoute();
    const [fn] = app.functions;

    expect(only(stack, INTEGRATION)).toMatchObject({
      IntegrationType: 'AWS_PROXY',
      PayloadFormatVersion: '2.0',
      IntegrationUri: stack.resolve(fn?.function.functionArn) as unknown,
    });
  });

  test.each([
    ['FETCH /x', 'must begin with one of ANY, DELETE'],
    ['GET x', 'must have a path that starts with `/`'],
    ['GET', 'must be a method, one space and a path'],
  ])('fails for %j with the function in the path', (route, rule) => {
    expect(() => quickApp().app.onRequest(route, 'ok.ts')).toThrow(
      `Test/App: \`functions.Ok.route\` ${rule}`,
    );
  });

  test.each([
    ['GET /orders', 'GET /orders'],
    ['GET /orders/{id}', 'GET /orders/{key}'],
    ['$default', '$default'],
  ])('fails for %s if another function has %s', (one, other) => {
    const { app } = quickApp();
    app.onRequest(other, 'other.ts');

    expect(() => app.onRequest(one, 'ok.ts')).toThrow(
      `Test/App: \`functions.Ok.route\` must be unique; Test/App/Other has the same route, got "${one}": use another method or path`,
    );
  });

  test('fails if the same function has it', () => {
    const { app } = quickApp();

    const fn = app.onRequest('GET /', 'ok.ts');

    expect(() => {
      fn.addTrigger(Trigger.http('GET /'));
    }).toThrow('`functions.Ok.route` must be unique; Test/App/Ok has the same route');
  });

  test('may share its path with another method', () => {
    const { app, stack } = quickApp();

    app.onRequest('GET /orders', 'ok.ts');
    app.onRequest('POST /orders', 'other.ts');

    expect(ids(stack, ROUTE)).toHaveLength(2);
  });
});

describe('several routes of one function', () => {
  const many = (routes: string[]): Stack => {
    const { app, stack } = quickApp();
    app.addFunction('F', { entry: 'ok.ts', triggers: routes.map((route) => Trigger.http(route)) });
    return stack;
  };
  const forty = Array.from({ length: 40 }, (_, i) => `GET /r${i}`);

  test('are separate routes', () => {
    expect(ids(many(forty), ROUTE)).toHaveLength(40);
  });

  test('share one permission', () => {
    expect(ids(many(forty), PERMISSION)).toHaveLength(1);
  });

  test('share one integration', () => {
    expect(ids(many(forty), INTEGRATION)).toHaveLength(1);
  });

  test('are allowed by that permission only for this API', () => {
    const stack = many(forty);

    expect(JSON.stringify(only(stack, PERMISSION).SourceArn)).toMatch(
      /:execute-api:.*\{"Ref":"AppHttpApi[^"]*"\},"\/\*\/\*"/,
    );
  });

  test('have ids that are independent of their order', () => {
    const routes = ['GET /a', 'POST /a', '$default', 'ANY /{proxy+}', 'GET /a/{b}'];

    expect(ids(many([...routes].reverse()))).toEqual(ids(many(routes)));
  });
});

describe('authorization', () => {
  const authorization = (
    http: HttpOptions,
    authorizer?: apigateway.IHttpRouteAuthorizer,
  ): unknown => {
    const { app, stack } = quickApp({ http });
    app.onRequest('GET /', 'ok.ts', { authorizer });
    return only(stack, ROUTE).AuthorizationType;
  };
  test.each<[string, () => apigateway.IHttpRouteAuthorizer | undefined, string]>([
    ['a JWT authorizer', jwt, 'JWT'],
    ['an IAM authorizer', () => new HttpIamAuthorizer(), 'AWS_IAM'],
    ['an explicit “open”', () => open, 'NONE'],
    ['nothing', () => undefined, 'NONE'],
  ])('is %s if the route says so', (_name, authorizer, type) => {
    expect(authorization({}, authorizer())).toBe(type);
  });

  test('is a Lambda authorizer if the route has one', () => {
    const { app, stack } = quickApp();
    const fn = app.addFunction('Authorize', { entry: 'other.ts' });

    app.onRequest('GET /', 'ok.ts', {
      authorizer: new HttpLambdaAuthorizer('Custom', fn.function),
    });

    expect(only(stack, ROUTE)).toMatchObject({ AuthorizationType: 'CUSTOM' });
  });

  test.each<[string, () => apigateway.IHttpRouteAuthorizer, string]>([
    ['JWT', jwt, 'JWT'],
    ['IAM', () => new HttpIamAuthorizer(), 'AWS_IAM'],
  ])('is the app’s %s authorizer if the route has none', (_name, make, type) => {
    expect(authorization({ authorizer: make() })).toBe(type);
  });

  test('is the route’s even if the app has an authorizer', () => {
    expect(authorization({ authorizer: jwt() }, open)).toBe('NONE');
  });

  test('uses one authorizer for all routes that share it', () => {
    const { app, stack } = quickApp({ http: { authorizer: jwt() } });

    app.onRequest('GET /a', 'ok.ts');
    app.onRequest('GET /b', 'other.ts');

    expect(ids(stack, AUTHORIZER)).toHaveLength(1);
  });

  test('has authorizer ids that are independent of the order of the routes', () => {
    const make = (entries: string[]): string[] => {
      const { app, stack } = quickApp({ http: { authorizer: jwt() } });
      entries.forEach((entry) => app.onRequest(`GET /${entry}`, entry));
      return ids(stack);
    };

    expect(make(['ok.ts', 'other.ts'])).toEqual(make(['other.ts', 'ok.ts']));
  });

  test('may require scopes of the route', () => {
    const { app, stack } = quickApp({ http: { authorizer: jwt(), authorizationScopes: ['all'] } });

    app.onRequest('GET /', 'ok.ts', { authorizationScopes: ['orders/read'] });

    expect(only(stack, ROUTE).AuthorizationScopes).toEqual(['orders/read']);
  });

  test('may require scopes of the app', () => {
    const { stack } = withRoute({ authorizer: jwt(), authorizationScopes: ['all'] });

    expect(only(stack, ROUTE).AuthorizationScopes).toEqual(['all']);
  });

  test('requires no scopes by default', () => {
    expect(only(withRoute({ authorizer: jwt() }).stack, ROUTE).AuthorizationScopes).toEqual([]);
  });
});

describe('an open route', () => {
  test('is reported in production', () => {
    expect(warnings(withRoute().stack).join()).toContain(
      'Test/App: `functions.Ok.authorizer` must say who may call `GET /orders` (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html), got a route that anyone can call: set `authorizer` (for this route, or in `http` or `rest` for all), or declare it public with `authorizer: RouteAuthorizer.open()`',
    );
  });

  test('is not reported if that is acknowledged, for the app or for the function', () => {
    const [ofApp, ofFunction] = [withRoute(), withRoute()];
    ofApp.app.acknowledge('cdk-serverless-app:open-route', 'a public page');
    const [fn = ofFunction.app] = ofFunction.app.functions;
    const id = 'cdk-serverless-app:open-route';
    Validations.of(fn).acknowledge({ id, reason: 'a public page' });

    expect(warnings(ofApp.stack)).toEqual([]);
    expect(warnings(ofFunction.stack)).toEqual([]);
  });

  test('is not reported in development', () => {
    expect(warnings(withRoute({}, { stage: AppStage.DEVELOPMENT }).stack)).toEqual([]);
  });

  test('is not reported if the app declares all routes open', () => {
    expect(warnings(withRoute({ authorizer: open }).stack)).toEqual([]);
  });

  test('is not reported if the route is declared open', () => {
    const { app, stack } = quickApp();

    app.onRequest('GET /', 'ok.ts', { authorizer: open });

    expect(warnings(stack)).toEqual([]);
  });

  test('is not reported if the user’s own API decides', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const api = new apigateway.HttpApi(stack, 'Mine', { defaultAuthorizer: jwt() });
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS, http: { api } });

    app.onRequest('GET /', 'ok.ts');

    expect(warnings(stack)).toEqual([]);
  });
});

describe('the throttle of the API', () => {
  test.each([
    [AppStage.PRODUCTION, 1000, 2000],
    [AppStage.DEVELOPMENT, 50, 100],
  ])('is the default in %s', (stage, rate, burst) => {
    expect(only(withRoute({}, { stage }).stack, STAGE).DefaultRouteSettings).toMatchObject({
      ThrottlingRateLimit: rate,
      ThrottlingBurstLimit: burst,
    });
  });

  test('is the user’s if given, rate and burst separately', () => {
    expect(only(withRoute({ throttle: { rateLimit: 7 } }).stack, STAGE)).toMatchObject({
      DefaultRouteSettings: { ThrottlingRateLimit: 7, ThrottlingBurstLimit: 2000 },
    });
  });

  test('may be a token, which is not compared', () => {
    const { stack } = withRoute({ throttle: { rateLimit: number(-1), burstLimit: number(-2) } });

    expect(only(stack, STAGE).DefaultRouteSettings).toMatchObject({
      ThrottlingRateLimit: -1,
      ThrottlingBurstLimit: -2,
    });
  });

  test.each(['rateLimit', 'burstLimit'])('accepts a %s of 0 and of 1,000,000', (prop) => {
    expect(() => withRoute({ throttle: { [prop]: 0 } })).not.toThrow();
    expect(() => withRoute({ throttle: { [prop]: 1_000_000 } })).not.toThrow();
  });

  test.each([
    ['rateLimit', -1, 'must be a number from 0 to 1000000 requests a second'],
    ['rateLimit', 1_000_001, 'must be a number from 0 to 1000000 requests a second'],
    ['rateLimit', Number.NaN, 'must be a number from 0 to 1000000 requests a second'],
    ['burstLimit', -1, 'must be a whole number from 0 to 1000000 requests'],
    ['burstLimit', 1.5, 'must be a whole number from 0 to 1000000 requests'],
  ])('fails for a %s of %d', (prop, value, rule) => {
    expect(() => withRoute({ throttle: { [prop]: value } })).toThrow(
      `Test/App: \`http.throttle.${prop}\` ${rule}, got ${value}`,
    );
  });

  test('may be below one request a second', () => {
    const { stack } = withRoute({ throttle: { rateLimit: 0.5 } });

    expect(only(stack, STAGE).DefaultRouteSettings).toMatchObject({ ThrottlingRateLimit: 0.5 });
  });
});

describe('the throttle of a route', () => {
  const throttled = (throttle: { rateLimit?: number; burstLimit?: number }): Stack => {
    const { app, stack } = quickApp();
    app.onRequest('GET /slow', 'ok.ts', { throttle });
    return stack;
  };

  test('is set for that route alone', () => {
    expect(only(throttled({ rateLimit: 1, burstLimit: 2 }), STAGE).RouteSettings).toEqual({
      'GET /slow': { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2 },
    });
  });

  test('is completed by the API’s', () => {
    expect(only(throttled({ rateLimit: 1 }), STAGE).RouteSettings).toEqual({
      'GET /slow': { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 2000 },
    });
  });

  test('depends on the route', () => {
    const stack = throttled({ rateLimit: 1 });
    const [stage] = Object.values(resources(stack, STAGE));

    expect(stage?.DependsOn).toEqual(ids(stack, ROUTE));
  });

  test('is absent if no route has one', () => {
    expect(only(withRoute().stack, STAGE)).not.toHaveProperty('RouteSettings');
  });

  test('fails outside its range', () => {
    expect(() => throttled({ burstLimit: -1 })).toThrow(
      '`functions.Ok.throttle.burstLimit` must be a whole number from 0',
    );
  });

  test('fails if the API is the user’s', () => {
    const { app } = ownApi();

    expect(() => app.onRequest('GET /', 'ok.ts', { throttle: { rateLimit: 1 } })).toThrow(
      '`functions.Ok.throttle` must be left out if the API’s stage is not created by the app',
    );
  });
});

describe('CORS', () => {
  test('is off by default', () => {
    expect(only(withRoute().stack, API)).not.toHaveProperty('CorsConfiguration');
  });

  test('is set as given', () => {
    const { stack } = withRoute({
      cors: {
        allowOrigins: ['https://example.com'],
        allowMethods: [apigateway.CorsHttpMethod.GET],
      },
    });

    expect(only(stack, API).CorsConfiguration).toEqual({
      AllowOrigins: ['https://example.com'],
      AllowMethods: ['GET'],
    });
  });
});

describe('the access log', () => {
  const format = (stack: Stack): unknown => {
    const { AccessLogSettings } = only(stack, STAGE) as { AccessLogSettings: { Format: string } };
    return JSON.parse(AccessLogSettings.Format);
  };

  test.each([
    'requestId',
    'requestTime',
    'routeKey',
    'httpMethod',
    'path',
    'status',
    'responseLatency',
    'integrationLatency',
    'integrationError',
    'sourceIp',
    'userAgent',
  ])('is JSON with %s', (key) => {
    expect(format(withRoute().stack)).toHaveProperty(key);
  });

  test.each([
    [AppStage.PRODUCTION, 90],
    [AppStage.DEVELOPMENT, 7],
  ])('is kept in %s for %d days', (stage, days) => {
    const { stack } = withRoute({}, { stage });
    const groups = resources(stack, LOG_GROUP);

    expect(
      Object.entries(groups)
        .filter(([id]) => id.includes('HttpAccessLog'))
        .map(([, group]) => group.Properties?.RetentionInDays),
    ).toEqual([days]);
  });

  test('can be disabled', () => {
    const { app, stack } = withRoute({ accessLog: false });

    expect([app.accessLogGroup, only(stack, STAGE).AccessLogSettings]).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('goes to a log group of the user', () => {
    const other = new Stack();
    const accessLogGroup = logs.LogGroup.fromLogGroupArn(
      other,
      'Mine',
      'arn:aws:logs:eu-west-1:111111111111:log-group:mine',
    );
    const { app, stack } = withRoute({ accessLogGroup });

    expect([app.accessLogGroup, ids(stack, LOG_GROUP).length]).toEqual([accessLogGroup, 1]);
  });

  test('has the format given by the user', () => {
    const { stack } = withRoute({ accessLogFormat: apigw.AccessLogFormat.custom('{"id":1}') });

    expect(format(stack)).toEqual({ id: 1 });
  });
});

describe('a custom domain', () => {
  const certificateArn = 'arn:aws:acm:eu-west-1:111111111111:certificate/x';
  const withDomain = (
    more: (stack: Stack) => Partial<HttpDomain> = () => ({}),
  ): { app: ServerlessApp; stack: Stack } => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', certificateArn);
    const domain = { domainName: 'api.example.com', certificate, ...more(stack) };
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS, http: { domain } });
    app.onRequest('GET /', 'ok.ts');
    return { app, stack };
  };
  const zone = (stack: Stack): Partial<HttpDomain> => ({
    hostedZone: route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', {
      hostedZoneId: 'Z1',
      zoneName: 'example.com',
    }),
  });

  test('has TLS 1.2 and the certificate', () => {
    expect(only(withDomain().stack, 'AWS::ApiGatewayV2::DomainName')).toMatchObject({
      DomainName: 'api.example.com',
      DomainNameConfigurations: [{ CertificateArn: certificateArn, SecurityPolicy: 'TLS_1_2' }],
    });
  });

  test('is the app’s address', () => {
    expect(withDomain().app.url).toBe('https://api.example.com/');
  });

  test('may have a path', () => {
    const { app, stack } = withDomain(() => ({ path: 'v1' }));

    expect([app.url, only(stack, 'AWS::ApiGatewayV2::ApiMapping').ApiMappingKey]).toEqual([
      'https://api.example.com/v1/',
      'v1',
    ]);
  });

  test('has no records without a hosted zone', () => {
    expect(resources(withDomain().stack, 'AWS::Route53::RecordSet')).toEqual({});
  });

  test('has records for IPv4 and IPv6 in a hosted zone', () => {
    expect(
      all(withDomain(zone).stack, 'AWS::Route53::RecordSet').map((r) => [r.Name, r.Type]),
    ).toEqual([
      ['api.example.com.', 'A'],
      ['api.example.com.', 'AAAA'],
    ]);
  });

  test('is available as a property of the app', () => {
    expect(withDomain().app.domainName).toBeInstanceOf(apigateway.DomainName);
  });

  test('is undefined by default', () => {
    expect(withRoute().app.domainName).toBeUndefined();
  });
});

describe('an API of the user', () => {
  test('gets the routes', () => {
    const { app, stack, api } = ownApi();

    app.onRequest('GET /', 'ok.ts');

    expect(only(stack, ROUTE).ApiId).toEqual(stack.resolve(api.apiId));
  });

  test('is the only API', () => {
    const { app, stack } = ownApi();

    app.onRequest('GET /', 'ok.ts');

    expect(ids(stack, API)).toHaveLength(1);
  });

  test('is returned by `api`', () => {
    const { app, api } = ownApi();

    expect(app.api).toBe(api);
  });

  test('is not reconfigured', () => {
    const { app, stack } = ownApi();

    app.onRequest('GET /', 'ok.ts');

    expect(Object.keys(only(stack, STAGE)).sort()).toEqual(['ApiId', 'AutoDeploy', 'StageName']);
  });

  test('may be imported', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const api = apigateway.HttpApi.fromHttpApiAttributes(stack, 'Mine', { httpApiId: 'abc' });
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS, http: { api } });

    app.onRequest('GET /', 'ok.ts');

    expect(only(stack, ROUTE).ApiId).toBe('abc');
  });

  test('may be imported, with an authorizer', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const api = apigateway.HttpApi.fromHttpApiAttributes(stack, 'Mine', { httpApiId: 'abc' });
    const app = new ServerlessApp(stack, 'App', {
      root: HANDLERS,
      http: { api, authorizer: jwt() },
    });

    app.onRequest('GET /', 'ok.ts');

    expect(only(stack, AUTHORIZER).ApiId).toBe('abc');
  });

  test.each<[string, HttpOptions]>([
    ['cors', { cors: {} }],
    ['throttle', { throttle: { rateLimit: 1 } }],
    ['accessLog', { accessLog: true }],
    ['accessLogFormat', { accessLogFormat: apigw.AccessLogFormat.clf() }],
    ['apiOptions', { apiOptions: {} }],
    [
      'accessLogGroup',
      { accessLogGroup: logs.LogGroup.fromLogGroupName(new Stack(), 'L', 'mine') },
    ],
  ])('fails together with `%s`, which would have no effect', (prop, http) => {
    const { app } = ownApi(http);

    expect(() => app.onRequest('GET /', 'ok.ts')).toThrow(
      `Test/App: \`http.${prop}\` must not be combined with \`http.api\`, which the app does not change, got both: set it where you create that API`,
    );
  });
});

describe('an API without a default stage', () => {
  test('leaves stages to the user', () => {
    const { stack } = withRoute({ apiOptions: { createDefaultStage: false } });

    expect(resources(stack, STAGE)).toEqual({});
  });

  test('fails with the throttle of a route', () => {
    const { app } = quickApp({ http: { apiOptions: { createDefaultStage: false } } });

    expect(() => app.onRequest('GET /', 'ok.ts', { throttle: { rateLimit: 1 } })).toThrow(
      'must be left out if the API’s stage is not created by the app',
    );
  });
});

describe('scopes of all routes', () => {
  const scopes = (stack: Stack): unknown => only(stack, ROUTE).AuthorizationScopes;

  test('come from the user’s own API if the app gives none', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const api = new apigateway.HttpApi(stack, 'Mine', {
      defaultAuthorizer: jwt(),
      defaultAuthorizationScopes: ['theirs'],
    });
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS, http: { api } });

    app.onRequest('GET /', 'ok.ts');

    expect(scopes(stack)).toEqual(['theirs']);
  });

  test('may come from `apiOptions`', () => {
    const { stack } = withRoute({
      apiOptions: { defaultAuthorizer: jwt(), defaultAuthorizationScopes: ['given'] },
    });

    expect(scopes(stack)).toEqual(['given']);
  });

  test.each<[string, apigateway.IHttpRouteAuthorizer]>([
    ['an open route', open],
    ['a route for IAM', new HttpIamAuthorizer()],
  ])('do not apply to %s, where API Gateway refuses them', (_, authorizer) => {
    const { app, stack } = quickApp({ http: { authorizer: jwt(), authorizationScopes: ['s'] } });

    app.onRequest('GET /', 'ok.ts', { authorizer });

    expect(scopes(stack)).toBeUndefined();
  });

  test('fail on a route without a token', () => {
    const { app } = quickApp();

    expect(() =>
      app.onRequest('GET /', 'ok.ts', {
        authorizer: new HttpIamAuthorizer(),
        authorizationScopes: ['s'],
      }),
    ).toThrow(
      'Test/App: `functions.Ok.authorizationScopes` must be left out if the authorizer does not check JWTs, got "AWS_IAM"',
    );
  });
});

test('fails for one authorizer in two APIs', () => {
  const stack = new Stack(quickCdkApp(), 'Test');
  const authorizer = jwt();
  const [one, two] = ['One', 'Two'].map(
    (id) => new ServerlessApp(stack, id, { root: HANDLERS, http: { authorizer } }),
  );
  one?.onRequest('GET /', 'ok.ts');

  expect(() => two?.onRequest('GET /', 'ok.ts')).toThrow(
    'Test/Two: `functions.Ok.authorizer` must not be used by another API, because it is created inside one API, got "Test/One/HttpApi": create an authorizer for each app',
  );
});

test('one “open” or IAM authorizer may serve two APIs', () => {
  const stack = new Stack(quickCdkApp(), 'Test');

  for (const id of ['One', 'Two']) {
    const app = new ServerlessApp(stack, id, { root: HANDLERS, http: { authorizer: open } });
    app.onRequest('GET /', 'ok.ts');
  }

  expect(all(stack, ROUTE)).toHaveLength(2);
});

test('fails for a route that another app added to the same API', () => {
  const { stack, api, app } = ownApi();
  app.onRequest('GET /', 'ok.ts');
  const other = new ServerlessApp(stack, 'Other', { root: HANDLERS, http: { api } });

  expect(() => other.onRequest('GET /', 'ok.ts')).toThrow(
    'Test/Other: `functions.Ok.route` must be unique; Test/App/Ok has the same route',
  );
});

test.each(['/v1', 'v1/', ''])('fails for a domain’s path of "%s"', (path) => {
  const { app, stack } = quickApp();
  const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:::c');
  const domain = { domainName: 'api.example.com', certificate, path };
  const web = new ServerlessApp(stack, 'Web', { root: app.root, http: { domain } });

  expect(() => web.url).toThrow(
    `Test/Web: \`http.domain.path\` must not begin or end with \`/\`, got "${path}": write, for example, \`v1\``,
  );
});

test('fails for a throttle if the stage is not the app’s', () => {
  const http = { apiOptions: { createDefaultStage: false }, throttle: { rateLimit: 5 } };

  expect(() => withRoute(http)).toThrow(
    'Test/App: `http.throttle` must not be combined with `apiOptions.createDefaultStage: false`',
  );
});

test('an undefined option of the API does not override the app’s', () => {
  const { stack } = withRoute({
    cors: { allowOrigins: ['*'] },
    apiOptions: { corsPreflight: undefined },
  });

  expect(only(stack, API).CorsConfiguration).toEqual({ AllowOrigins: ['*'] });
});

test.each<[string, (app: ServerlessApp) => unknown]>([
  ['access log group', (app) => app.accessLogGroup],
  ['domain', (app) => app.domainName],
])('reading the %s creates no API', (_, ask) => {
  const { app, stack } = quickApp();
  app.addFunction('F', { entry: 'ok.ts' });

  expect([ask(app), ids(stack, API)]).toEqual([undefined, []]);
});

test('a caller is allowed by its role', () => {
  const { app, stack } = quickApp();
  app.onRequest('GET /orders/{id}', 'ok.ts', { authorizer: new HttpIamAuthorizer() });
  const route = app.api.node.findChild('GET --orders--{}') as apigateway.HttpRoute;
  const caller = app.addFunction('Caller', { entry: 'other.ts' });

  route.grantInvoke(caller);

  const [statement] = statementsOf(stack, 'AppCallerRole').filter(({ actions }) =>
    actions.includes('execute-api:Invoke'),
  );
  expect(statement?.resources[0]).toContain('/*/GET/orders/*');
});
