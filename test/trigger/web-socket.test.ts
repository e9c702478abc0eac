import { Duration, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as apigateway from 'aws-cdk-lib/aws-apigatewayv2';
import {
  WebSocketIamAuthorizer,
  WebSocketLambdaAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import * as logs from 'aws-cdk-lib/aws-logs';
import {
  Access,
  AppStage,
  ColdStart,
  Load,
  ServerlessApp,
  ServerlessAppProps,
  Sharding,
  Trigger,
  WebSocketDomain,
  WebSocketOptions,
} from 'cdk-serverless-app';
import { AppContext } from '../../lib/core/app-context';
import { shardsOf, templatesOf } from '../support/shards';
import {
  all,
  HANDLERS,
  ids,
  infos,
  only,
  quickApp,
  quickCdkApp,
  resources,
  templateOf,
} from '../support/synth';
import { findCycle } from '../support/template-graph';

const API = 'AWS::ApiGatewayV2::Api';
const ROUTE = 'AWS::ApiGatewayV2::Route';
const RESPONSE = 'AWS::ApiGatewayV2::RouteResponse';
const INTEGRATION = 'AWS::ApiGatewayV2::Integration';
const STAGE = 'AWS::ApiGatewayV2::Stage';
const AUTHORIZER = 'AWS::ApiGatewayV2::Authorizer';
const PERMISSION = 'AWS::Lambda::Permission';
const TABLE = 'AWS::DynamoDB::GlobalTable';

const open = (): apigateway.WebSocketNoneAuthorizer => new apigateway.WebSocketNoneAuthorizer();

function withSockets(
  webSocket: WebSocketOptions = { authorizer: open() },
  props: ServerlessAppProps = {},
): { app: ServerlessApp; stack: Stack } {
  const { app, stack } = quickApp({ webSocket, ...props });
  app.onSockets(['$connect', '$disconnect'], 'ok.ts', { id: 'Track' });
  app.onSocket('send', 'other.ts', { id: 'Send' });
  return { app, stack };
}

/** The messages of a guard. */
const findingsOf = (app: ServerlessApp, guard: string): string[] =>
  app
    .findings()
    .filter(({ id }) => id === `cdk-serverless-app:${guard}`)
    .map(({ message }) => message);

const ref = (start: string): { Ref: unknown } => ({
  Ref: expect.stringMatching(new RegExp(`^${start}`)),
});

describe('a WebSocket trigger', () => {
  test('makes one API for all routes, with one stage', () => {
    const { stack } = withSockets();

    expect(only(stack, API)).toMatchObject({
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
    });
    expect(only(stack, STAGE)).toMatchObject({
      StageName: 'live',
      AutoDeploy: true,
      DefaultRouteSettings: { ThrottlingRateLimit: 1000, ThrottlingBurstLimit: 2000 },
    });
  });

  test('makes one integration and one permission for each function', () => {
    const { stack } = withSockets();

    expect(ids(stack, INTEGRATION)).toHaveLength(2);
    expect(all(stack, INTEGRATION)[0]).toMatchObject({ IntegrationType: 'AWS_PROXY' });
    expect(JSON.stringify(all(stack, INTEGRATION)[0])).toContain('/2015-03-31/functions/');
    expect(ids(stack, PERMISSION)).toHaveLength(2);
    expect(all(stack, PERMISSION)[0]).toMatchObject({
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
    });
    expect(JSON.stringify(all(stack, PERMISSION)[0]?.['SourceArn'])).toMatch(
      /execute-api:.*\{"Ref":"AppWebSocketApi\w+"\},"\/\*\/\*"\]/,
    );
  });

  test('makes a route for each key, whose id does not depend on the function', () => {
    const { stack } = withSockets();
    const moved = quickApp({ webSocket: { authorizer: open() } });
    moved.app.onSockets(['send', '$connect', '$disconnect'], 'third.ts');

    expect(
      all(stack, ROUTE)
        .map(({ RouteKey }) => RouteKey)
        .sort(),
    ).toEqual(['$connect', '$disconnect', 'send']);
    expect(ids(moved.stack, ROUTE)).toEqual(ids(stack, ROUTE));
  });

  test('answers a message only where the handler’s response is asked for', () => {
    const { app, stack } = withSockets();
    app.onSocket('ask', 'third.ts', { returnsResponse: true });

    expect(only(stack, RESPONSE)).toMatchObject({
      ApiId: ref('AppWebSocketApi'),
      RouteId: ref('AppWebSocketApiRoutesask'),
      RouteResponseKey: '$default',
    });
    expect(
      all(stack, ROUTE).flatMap(({ RouteKey, RouteResponseSelectionExpression }) =>
        RouteResponseSelectionExpression === undefined ? [] : [RouteKey],
      ),
    ).toEqual(['ask']);
  });

  test('takes the name `Default` or `Resource` for a route', () => {
    const { app, stack } = withSockets();
    app.onSockets(['Default', 'Resource', 'a/b', 'with space'], 'third.ts');

    expect(ids(stack, ROUTE)).toHaveLength(7);
  });

  test('invokes the alias of a function that has one', () => {
    const { app, stack } = withSockets();
    app.onSocket('$default', 'third.ts', { coldStart: ColdStart.provisioned({ min: 1 }) });

    expect(JSON.stringify(all(stack, INTEGRATION))).toMatch(/"Ref":"AppThirdLive/);
    expect(
      all(stack, PERMISSION).some(({ FunctionName }) =>
        JSON.stringify(FunctionName).includes('AppThirdLive'),
      ),
    ).toBe(true);
  });

  test('bounds the timeout of the function to what API Gateway waits', () => {
    const { app, stack } = quickApp({ webSocket: { authorizer: open() } });
    app.onSocket('$connect', 'ok.ts');
    app.onSocket('late', 'other.ts', { timeout: Duration.seconds(30) });
    app.onSocket('just', 'third.ts', { timeout: Duration.seconds(29) });

    expect(all(stack, 'AWS::Lambda::Function')[0]).toMatchObject({ Timeout: 10 });
    expect(findingsOf(app, 'http-timeout')).toEqual([
      expect.stringMatching(/`functions\.Other\.timeout`.*a WebSocket API waits: 29;/),
    ]);
  });

  test('has a URL for clients and one for functions', () => {
    const { app, stack } = withSockets();
    const { url, callbackUrl } = app.webSocketStage;

    expect(JSON.stringify(stack.resolve(url))).toMatch(/"wss:\/\/".*\.execute-api\..*"\/live"/);
    expect(JSON.stringify(stack.resolve(callbackUrl))).toMatch(/"https:\/\/".*"\/live"/);
  });

  test('is in the model, with what is known of the API', () => {
    const { app } = withSockets({});
    const { functions, webSocket } = AppContext.of(app).model;

    expect(functions.find(({ id }) => id === 'Track')?.triggers).toMatchObject([
      { kind: 'webSocket', source: '$connect', details: { authorization: 'NONE', open: true } },
      { kind: 'webSocket', source: '$disconnect', details: {} },
    ]);
    expect(webSocket).toMatchObject({
      id: 'WebSocketApi',
      made: true,
      rateLimit: 1000,
      burstLimit: 2000,
      connectionMinutes: 10,
      accessLog: { id: 'WebSocketAccessLog', retentionDays: 90 },
    });
  });

  test('leaves the template without a circle', () => {
    const { app, stack } = withSockets();
    app.onTableChange(app.addTable('T', { partitionKey: 'id' }), 'third.ts');

    expect(findCycle(templateOf(stack))).toBeUndefined();
  });

  test.each([
    ['$other', '`functions.Ok.route` must be `$connect`, `$disconnect`, `$default`'],
    ['', '`functions.Ok.route` must be the name of a route'],
  ])('fails on the route "%s"', (route, message) => {
    const { app } = quickApp();

    expect(() => app.onSocket(route, 'ok.ts')).toThrow(message);
  });

  test('fails on a route that another function has', () => {
    const { app } = withSockets();

    expect(() => app.onSocket('send', 'third.ts')).toThrow(
      '`functions.Third.route` must be unique; Test/App/Send has the same route',
    );
  });

  test('fails on no routes', () => {
    const { app } = quickApp();

    expect(() => app.onSockets([], 'ok.ts')).toThrow(
      '`routes.length` must be a whole number from 1 to 300 routes',
    );
  });
});

describe('who may connect', () => {
  test('is decided at `$connect` alone, by the app’s authorizer', () => {
    const { stack } = withSockets({ authorizer: new WebSocketIamAuthorizer() });

    expect(
      Object.fromEntries(
        all(stack, ROUTE).map(({ RouteKey, AuthorizationType }) => [RouteKey, AuthorizationType]),
      ),
    ).toEqual({ $connect: 'AWS_IAM', $disconnect: 'NONE', send: 'NONE' });
  });

  test('is decided by a function of the app', () => {
    const { app, stack } = quickApp();
    const check = app.addFunction('Check', { entry: 'third.ts' });
    app.onSocket('$connect', 'ok.ts', {
      authorizer: new WebSocketLambdaAuthorizer('Token', check.target, {
        identitySource: ['route.request.querystring.token'],
      }),
    });

    expect(only(stack, AUTHORIZER)).toMatchObject({
      AuthorizerType: 'REQUEST',
      IdentitySource: ['route.request.querystring.token'],
    });
    expect(only(stack, ROUTE)).toMatchObject({
      AuthorizationType: 'CUSTOM',
      AuthorizerId: ref('AppWebSocketApiToken'),
    });
    expect(findingsOf(app, 'open-socket')).toEqual([]);
  });

  test('is reported in production if nobody decided it', () => {
    const { app } = withSockets({});

    expect(findingsOf(app, 'open-socket')).toEqual([
      expect.stringContaining('`functions.Track.authorizer` must say who may connect'),
    ]);
  });

  test('is reported without a route `$connect` too', () => {
    const { app } = quickApp();
    app.onSocket('send', 'ok.ts');

    expect(findingsOf(app, 'open-socket')).toEqual([
      expect.stringContaining('`webSocket.authorizer` must say who may connect'),
    ]);
  });

  test.each<[string, ServerlessAppProps]>([
    ['if the API is opened on purpose', { webSocket: { authorizer: open() } }],
    ['in development', { stage: AppStage.DEVELOPMENT }],
  ])('is not reported %s', (_when, props) => {
    const { app } = quickApp(props);
    app.onSocket('send', 'ok.ts');

    expect(findingsOf(app, 'open-socket')).toEqual([]);
    expect(findingsOf(app, 'socket-authorizer')).toEqual([]);
  });

  test('fails with an authorizer that no `$connect` lets API Gateway ask', () => {
    const { app } = quickApp({ webSocket: { authorizer: new WebSocketIamAuthorizer() } });
    app.onSocket('send', 'ok.ts');

    expect(findingsOf(app, 'socket-authorizer')).toEqual([
      expect.stringContaining('`webSocket.authorizer` must have a route `$connect`'),
    ]);

    app.onSocket('$connect', 'other.ts');

    expect(findingsOf(app, 'socket-authorizer')).toEqual([]);
  });

  test('fails for a message', () => {
    const { app } = quickApp();

    expect(() => app.onSocket('send', 'ok.ts', { authorizer: open() })).toThrow(
      '`functions.Ok.authorizer` must be given for `$connect` only',
    );
  });

  test('holds for `$connect` where several routes share the options', () => {
    const { app, stack } = quickApp();
    app.onSockets(['$connect', 'send'], 'ok.ts', {
      authorizer: new WebSocketIamAuthorizer(),
      returnsResponse: true,
    });

    expect(all(stack, ROUTE)).toMatchObject([
      { RouteKey: '$connect', AuthorizationType: 'AWS_IAM' },
      { RouteKey: 'send', RouteResponseSelectionExpression: '$default' },
    ]);
  });

  test.each(['$connect', '$disconnect'])('fails with a response to %s', (route) => {
    const { app } = quickApp();

    expect(() => app.onSocket(route, 'ok.ts', { returnsResponse: true })).toThrow(
      '`functions.Ok.returnsResponse` must be left out',
    );
  });
});

describe('the options of the API', () => {
  test('set the stage, the expression, the throttle and the log', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const app = new ServerlessApp(stack, 'App', {
      root: HANDLERS,
      webSocket: {
        authorizer: open(),
        apiOptions: { description: 'News' },
        routeSelectionExpression: '$request.body.kind',
        stageName: 'v1',
        throttle: { rateLimit: 5 },
        accessLogGroup: new logs.LogGroup(stack, 'Mine'),
        accessLogFormat: apigw.AccessLogFormat.custom('$context.requestId'),
      },
    });
    app.onSocket('$default', 'ok.ts');

    expect(only(stack, API)).toMatchObject({
      Description: 'News',
      RouteSelectionExpression: '$request.body.kind',
    });
    expect(only(stack, STAGE)).toMatchObject({
      StageName: 'v1',
      DefaultRouteSettings: { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 2000 },
      AccessLogSettings: {
        DestinationArn: { 'Fn::GetAtt': [expect.stringMatching(/^Mine/), 'Arn'] },
        Format: '$context.requestId',
      },
    });
  });

  test('write a log by default, and say which role that needs', () => {
    const { stack } = withSockets();

    expect(only(stack, STAGE)).toMatchObject({
      AccessLogSettings: { Format: expect.stringContaining('"connectionId"') as string },
    });
    expect(infos(stack).join()).toContain('set `webSocket: { accountLogRole: true }`');
  });

  test('can leave the log out', () => {
    const { stack } = withSockets({ authorizer: open(), accessLog: false });

    expect(only(stack, STAGE)).not.toHaveProperty('AccessLogSettings');
    expect(infos(stack).join()).not.toContain('accountLogRole');
  });

  test('can make the role, which stays', () => {
    const { stack } = withSockets({ authorizer: open(), accountLogRole: true });
    const [[account, resource] = []] = Object.entries(resources(stack, 'AWS::ApiGateway::Account'));

    expect(resource).toMatchObject({ DeletionPolicy: 'Retain' });
    expect(Object.values(resources(stack, STAGE))[0]?.DependsOn).toContain(account);
    expect(infos(stack).join()).not.toContain('accountLogRole');
  });

  test.each(['rest', 'webSocket'] as const)(
    'share one role with a REST API, whichever asks for it: %s',
    (asking) => {
      const { app, stack } = quickApp({
        rest: { accessLog: true, accountLogRole: asking === 'rest' },
        webSocket: { accountLogRole: asking === 'webSocket' },
      });
      app.onRequest('GET /', 'ok.ts');
      app.onSocket('$connect', 'other.ts');
      const [account, ...others] = ids(stack, 'AWS::ApiGateway::Account');

      expect(others).toEqual([]);
      for (const type of [STAGE, 'AWS::ApiGateway::Stage']) {
        expect(Object.values(resources(stack, type))[0]?.DependsOn).toContain(account);
      }
      expect(infos(stack).join()).not.toContain('accountLogRole');
    },
  );

  test('can be a stage of the user’s, which stays as it is', () => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const webSocketApi = new apigateway.WebSocketApi(stack, 'Theirs');
    const stage = new apigateway.WebSocketStage(stack, 'Stage', {
      webSocketApi,
      stageName: 'theirs',
    });
    const app = new ServerlessApp(stack, 'App', {
      root: HANDLERS,
      webSocket: { stage, authorizer: open() },
    });
    app.onSocket('$connect', 'ok.ts');

    expect(ids(stack, API)).toHaveLength(1);
    expect(only(stack, STAGE)).toEqual({ ApiId: ref('Theirs'), StageName: 'theirs' });
    expect(only(stack, ROUTE)).toMatchObject({ ApiId: ref('Theirs'), RouteKey: '$connect' });
    expect(app.webSocketStage).toBe(stage);
    expect(AppContext.of(app).model.webSocket).toMatchObject({ id: 'Theirs', made: false });
  });

  test.each<[string, WebSocketOptions]>([
    ['accessLog', { accessLog: false }],
    ['throttle', { throttle: { rateLimit: 1 } }],
    ['stageName', { stageName: 'other' }],
    ['apiOptions', { apiOptions: {} }],
  ])('fails with `%s` beside a stage of the user’s', (prop, options) => {
    const stack = new Stack(quickCdkApp(), 'Test');
    const webSocketApi = new apigateway.WebSocketApi(stack, 'Theirs');
    const stage = new apigateway.WebSocketStage(stack, 'Stage', { webSocketApi, stageName: 'a' });
    const app = new ServerlessApp(stack, 'App', {
      root: HANDLERS,
      webSocket: { stage, ...options },
    });

    expect(() => app.onSocket('$connect', 'ok.ts')).toThrow(
      `\`webSocket.${prop}\` must not be combined with \`webSocket.stage\``,
    );
  });

  test('fails with routes of the CDK', () => {
    const { app } = quickApp({
      webSocket: { apiOptions: { connectRouteOptions: {} as apigateway.WebSocketRouteOptions } },
    });

    expect(() => app.onSocket('send', 'ok.ts')).toThrow(
      '`webSocket.apiOptions.connectRouteOptions` must be left out',
    );
  });

  test('fails with two expressions', () => {
    const { app } = quickApp({
      webSocket: {
        routeSelectionExpression: '$request.body.a',
        apiOptions: { routeSelectionExpression: '$request.body.b' },
      },
    });

    expect(() => app.onSocket('send', 'ok.ts')).toThrow('must not be combined with');
  });
});

describe('a table of connections', () => {
  test('has the key, the time to live, and no backup; it goes with the stack', () => {
    const { app, stack } = withSockets();
    app.addConnectionsTable('Connections');
    const [[, table] = []] = Object.entries(resources(stack, TABLE));

    expect(table).toMatchObject({
      DeletionPolicy: 'Delete',
      Properties: {
        KeySchema: [{ AttributeName: 'connectionId', KeyType: 'HASH' }],
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
        Replicas: [
          {
            DeletionProtectionEnabled: false,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false },
          },
        ],
      },
    });
    expect(findingsOf(app, 'destroyed-storage')).toEqual([]);
  });

  test('takes indexes, and no other key', () => {
    const { app, stack } = withSockets();
    const partitionKey = { name: 'room', type: 'S' as never };
    app.addConnectionsTable('Connections', {
      globalSecondaryIndexes: [{ indexName: 'byRoom', partitionKey }],
    });

    expect(only(stack, TABLE)).toMatchObject({
      GlobalSecondaryIndexes: [{ IndexName: 'byRoom' }],
    });
    expect(() => app.addConnectionsTable('More', { partitionKey: 'id' } as object)).toThrow(
      '`tables.More.partitionKey`',
    );
  });
});

test('a function in a shard has its routes in the app’s stack, without a circle', () => {
  const stack = new Stack(quickCdkApp(), 'Test');
  const app = new ServerlessApp(stack, 'App', {
    root: HANDLERS,
    sharding: Sharding.nestedStacks(3),
  });
  const check = app.addFunction('Check', { entry: 'ok.ts' });
  const authorizer = new WebSocketLambdaAuthorizer('Token', check.target);
  for (const letter of ['A', 'B', 'C', 'D']) {
    app.onSocket(letter === 'A' ? '$connect' : letter, 'ok.ts', {
      id: letter,
      ...(letter === 'A' ? { authorizer } : {}),
    });
  }
  const templates = templatesOf(stack);

  expect(Object.keys(shardsOf(stack)).length).toBeGreaterThan(1);
  expect(ids(stack, ROUTE)).toHaveLength(4);
  for (const template of Object.values(templates)) {
    expect(findCycle(template)).toBeUndefined();
  }
});

test('`Trigger.webSocket` adds a route to a function', () => {
  const { app, stack } = withSockets();
  app.addFunction('Both', { entry: 'third.ts', triggers: [Trigger.webSocket('$default')] });

  expect(all(stack, ROUTE).map(({ RouteKey }) => RouteKey)).toContain('$default');
});

describe('a custom domain', () => {
  const domain = (stack: Stack, more: Partial<WebSocketDomain> = {}): WebSocketDomain => ({
    domainName: 'live.example.com',
    certificate: Certificate.fromCertificateArn(
      stack,
      'Certificate',
      'arn:aws:acm:eu-west-1:123456789012:certificate/1',
    ),
    ...more,
  });
  const inStack = (
    more: (stack: Stack) => Partial<WebSocketDomain> = () => ({}),
  ): { app: ServerlessApp; stack: Stack } => {
    const stack = new Stack(quickCdkApp(), 'Test', {
      env: { account: '123456789012', region: 'eu-west-1' },
    });
    const webSocket = { authorizer: open(), domain: domain(stack, more(stack)) };
    const app = new ServerlessApp(stack, 'App', { root: HANDLERS, webSocket });
    app.onSocket('$connect', 'ok.ts');
    return { app, stack };
  };

  test('is mapped to the stage, and is the address for clients', () => {
    const { app, stack } = inStack();

    expect(only(stack, 'AWS::ApiGatewayV2::DomainName').DomainName).toBe('live.example.com');
    const [mapping] = Object.values(resources(stack, 'AWS::ApiGatewayV2::ApiMapping'));
    expect(mapping?.Properties).toMatchObject({
      ApiId: { Ref: ids(stack, API)[0] },
      Stage: 'live',
    });
    expect(mapping?.DependsOn).toEqual(ids(stack, STAGE));
    expect(app.webSocketUrl).toBe('wss://live.example.com');
    expect(AppContext.of(app).model.webSocket?.url).toBe('wss://live.example.com');
  });

  test('may have a path, and records in a zone', () => {
    const { app, stack } = inStack((scope) => ({
      path: 'board',
      hostedZone: HostedZone.fromHostedZoneAttributes(scope, 'Zone', {
        hostedZoneId: 'Z1',
        zoneName: 'example.com',
      }),
    }));

    expect(only(stack, 'AWS::ApiGatewayV2::ApiMapping').ApiMappingKey).toBe('board');
    expect(all(stack, 'AWS::Route53::RecordSet').map(({ Type }) => Type)).toEqual(['A', 'AAAA']);
    expect(app.webSocketUrl).toBe('wss://live.example.com/board');
  });

  test('leaves the address for functions that send messages as it is', () => {
    const { app, stack } = inStack();
    app.addFunction('Push', {
      entry: 'ok.ts',
      access: [Access.manageConnections(app.webSocketStage)],
    });

    expect(JSON.stringify(templateOf(stack))).toMatch(/WEB_SOCKET_ENDPOINT.{0,300}execute-api/);
  });

  test.each<[string, (stack: Stack) => Partial<WebSocketDomain>, string]>([
    [
      'an address',
      () => ({ domainName: 'wss://live.example.com' }),
      '`webSocket.domain.domainName` must be a name alone',
    ],
    [
      'a path of two parts',
      () => ({ path: 'a/b' }),
      '`webSocket.domain.path` must be text of 1 to',
    ],
    [
      'a certificate of another region',
      (stack) => ({
        certificate: Certificate.fromCertificateArn(
          stack,
          'Other',
          'arn:aws:acm:us-east-1:123456789012:certificate/1',
        ),
      }),
      '`webSocket.domain.certificate` must be in the API’s region',
    ],
  ])('fails for %s', (_name, more, message) => {
    expect(() => inStack(more)).toThrow(message);
  });

  test('fails if the HTTP API has it too, since API Gateway maps no WebSocket API beside another API', () => {
    const stack = new Stack(quickCdkApp(), 'Test', {
      env: { account: '123456789012', region: 'eu-west-1' },
    });
    const same = domain(stack);
    const app = new ServerlessApp(stack, 'App', {
      root: HANDLERS,
      http: { domain: same },
      webSocket: { domain: same },
    });
    app.onRequest('GET /', 'ok.ts');

    expect(() => app.onSocket('$connect', 'ok.ts', { id: 'S' })).toThrow(
      '`webSocket.domain.domainName` must not be created by another API',
    );
  });
});

describe('a throttle of a route', () => {
  test('is in the settings of the stage, which waits for the route', () => {
    const { app, stack } = withSockets();
    app.onSocket('draw', 'third.ts', { throttle: { rateLimit: 5 } });

    const [stageId = ''] = ids(stack, STAGE);
    const draw = Object.entries(resources(stack, ROUTE)).find(
      ([, { Properties }]) => Properties?.RouteKey === 'draw',
    );
    expect(only(stack, STAGE).RouteSettings).toEqual({
      draw: { ThrottlingRateLimit: 5, ThrottlingBurstLimit: 2000 },
    });
    expect(resources(stack, STAGE)[stageId]?.DependsOn).toEqual([draw?.[0]]);
  });

  test('makes no cycle with a function that sends to clients and knows the address', () => {
    const { app, stack } = withSockets();
    app
      .onSocket('draw', 'third.ts', {
        throttle: { rateLimit: 5 },
        environment: { SOCKET_URL: app.webSocketUrl },
      })
      .addAccess(Access.manageConnections(app.webSocketStage));

    expect(findCycle(templateOf(stack))).toBeUndefined();
  });

  test('is what a load meets', () => {
    const { app } = withSockets();
    const fn = app.onSocket('draw', 'third.ts', { throttle: { rateLimit: 5, burstLimit: 10 } });

    expect(Load.of(fn)).toMatchObject({ rateLimit: 5, burstLimit: 10 });
  });

  test('of 0 is reported', () => {
    const { app } = withSockets();
    app.onSocket('draw', 'third.ts', { throttle: { rateLimit: 0 } });

    expect(findingsOf(app, 'http-throttle')).toEqual([
      expect.stringContaining('`functions.Third.throttle.rateLimit` must be above 0'),
    ]);
  });

  test('fails with the user’s own stage', () => {
    const { app, stack } = quickApp();
    const webSocketApi = new apigateway.WebSocketApi(stack, 'Theirs');
    const stage = new apigateway.WebSocketStage(stack, 'TheirStage', {
      webSocketApi,
      stageName: 'v1',
      autoDeploy: true,
    });
    const other = new ServerlessApp(stack, 'Other', { root: HANDLERS, webSocket: { stage } });

    expect(() => other.onSocket('draw', 'third.ts', { throttle: { rateLimit: 5 } })).toThrow(
      '`functions.Third.throttle` must be left out if the API’s stage is not created by the app',
    );
    expect(app.functions).toEqual([]);
  });
});
