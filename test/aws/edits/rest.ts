import { Duration, Stack } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import { DomainName } from 'aws-cdk-lib/aws-apigatewayv2';
import { Certificate, ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { InterfaceVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import {
  HttpTriggerOptions,
  RequestTenant,
  RestOptions,
  RestWebAcl,
  RouteAuthorizer,
  ServerlessApp,
  Trigger,
} from 'cdk-serverless-app';
import type { Version } from '../support/versions';
import { always, both, Declare, Edit, fine, route, troubled, version } from './edit';

const rest = (declare: Declare, options: RestOptions = {}): Version =>
  version(declare, { rest: options });
/** Where the options need the stack. */
const restIn = (options: (stack: Parameters<Declare>[1]) => RestOptions): Version => ({
  propsIn: (stack) => ({ rest: options(stack) }),
  declare: route('GET /a/{id}', 'A'),
});
/** The same route with an authorizer, or other options that need the app. */
const routeWith = (options: (app: ServerlessApp) => HttpTriggerOptions): Version =>
  rest(
    both(always, (app) => {
      app.onRequest('GET /a/{id}', 'ok.ts', { id: 'A', ...options(app) });
    }),
  );

const one = rest(route('GET /a/{id}', 'A'));
const with_ = (options: RestOptions): Version => rest(route('GET /a/{id}', 'A'), options);
const posted = (options: HttpTriggerOptions = {}): Version => rest(route('POST /a', 'A', options));
const backAndForth = (name: string, options: RestOptions): Edit =>
  fine(`set and unset \`${name}\` of a REST API`, one, with_(options), one);

const poolOf = (scopes?: string[]): Version =>
  routeWith((app) => ({
    authorizer: RouteAuthorizer.userPool('Users', new UserPool(app, 'Pool')),
    authorizationScopes: scopes,
  }));
const guarded = routeWith((app) => ({
  authorizer: RouteAuthorizer.byFunction(
    'Guard',
    app.addFunction('Guard', { entry: 'other.ts' }).target,
  ),
}));

const body = (...required: string[]): HttpTriggerOptions => ({
  validate: { body: { type: 'object', required } },
});
const plans = (usagePlans: RestOptions['usagePlans']): Version =>
  with_({ apiKeyRequired: true, usagePlans });

const certificateIn = (stack: Stack): ICertificate =>
  Certificate.fromCertificateArn(
    stack,
    'Certificate',
    `arn:aws:acm:${stack.region}:111111111111:certificate/1`,
  );
const domain = (path?: string, domainName = 'api.example.com'): Version =>
  restIn((stack) => ({
    domain: {
      domainName,
      path,
      certificate: certificateIn(stack),
    },
  }));
const existingDomain = (path: string): Version =>
  restIn((stack) => ({
    existingDomain: {
      domain: DomainName.fromDomainNameAttributes(stack, 'Domain', {
        name: 'api.example.com',
        regionalDomainName: 'd-1.execute-api.eu-west-1.amazonaws.com',
        regionalHostedZoneId: 'Z1',
      }),
      path,
    },
  }));
const endpointOf = (...ids: string[]): Version =>
  restIn((stack) => ({
    vpcEndpoints: ids.map((vpcEndpointId) =>
      InterfaceVpcEndpoint.fromInterfaceVpcEndpointAttributes(stack, vpcEndpointId, {
        vpcEndpointId,
        port: 443,
      }),
    ),
  }));
const policy = (...sourceIps: string[]): iam.PolicyDocument =>
  new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        principals: [new iam.AnyPrincipal()],
        actions: ['execute-api:Invoke'],
        resources: ['execute-api:/*'],
        conditions: { IpAddress: { 'aws:SourceIp': sourceIps } },
      }),
    ],
  });

const webAcl = (id: string): RestWebAcl =>
  RestWebAcl.fromArn(`arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/mine/${id}`);
const isolated = (tenantId: RequestTenant): Version =>
  posted({ tenantId, tenancyConfig: lambda.TenancyConfig.PER_TENANT } as HttpTriggerOptions);

export const REST_EDITS: readonly Edit[] = [
  fine('add a route to a REST API', rest(always), one),
  fine(
    'remove the last route, and with it the REST API, and add it again',
    rest((app) => void app.onRequest('GET /a', 'ok.ts', { id: 'A' })),
    rest((app) => void app.addFunction('A', { entry: 'ok.ts' })),
    rest((app) => void app.onRequest('GET /a', 'ok.ts', { id: 'A' })),
  ),
  fine('remove a route of a REST API, and add it again', one, rest(always), one),
  fine('change the method or the path of a REST route', one, rest(route('POST /b', 'A'))),
  fine('rename a parameter of a REST route', one, rest(route('GET /a/{orderId}', 'A'))),
  fine('rename the function (or its file) of a REST route', one, rest(route('GET /a/{id}', 'B'))),
  fine(
    'add another REST route to a function, and remove it',
    one,
    rest(
      both(always, (app) => {
        app.onRequest('GET /a/{id}', 'ok.ts', { id: 'A' }).addTrigger(Trigger.http('PUT /a/{id}'));
      }),
    ),
    one,
  ),
  fine(
    'move a REST route to another function',
    rest(both(route('GET /a', 'A'), (app) => void app.addFunction('B', { entry: 'other.ts' }))),
    rest(
      both(always, (app) => {
        app.addFunction('A', { entry: 'ok.ts' });
        app.addFunction('B', { entry: 'other.ts', triggers: [Trigger.http('GET /a')] });
      }),
    ),
  ),
  fine(
    'pass the URL of its REST API to a function, and remove it',
    one,
    rest(
      both(always, (app) => {
        app.onRequest('GET /a/{id}', 'ok.ts', { id: 'A', environment: { URL: app.url } });
      }),
    ),
    one,
  ),
  fine(
    'change the `authorizer` of a REST route: IAM, a user pool, a function, none',
    one,
    routeWith(() => ({ authorizer: RouteAuthorizer.iam() })),
    poolOf(),
    guarded,
    routeWith(() => ({ authorizer: RouteAuthorizer.open() })),
    one,
  ),
  fine(
    'change `authorizationScopes` of a REST route',
    poolOf(['read']),
    poolOf(['write']),
    poolOf(),
  ),
  fine(
    'change `authorizer` and `authorizationScopes` of the whole REST API',
    one,
    with_({ authorizer: RouteAuthorizer.iam() }),
    with_({ authorizer: RouteAuthorizer.open() }),
    one,
  ),
  fine(
    'change `validate` of a REST route, and remove it',
    posted(),
    posted(body('id')),
    posted(body('id', 'name')),
    posted({ validate: { requiredQuery: ['q'], requiredHeaders: ['X-Trace'] } }),
    posted(),
  ),
  fine(
    'set and unset `streaming` and `integrationTimeout` of a REST route',
    posted(),
    posted({ streaming: true, integrationTimeout: Duration.minutes(1) }),
    posted({ integrationTimeout: Duration.seconds(5) }),
    posted(),
  ),
  fine(
    'set `throttle` of a REST route, change it, and remove it',
    posted(),
    posted({ throttle: { rateLimit: 5, burstLimit: 5 } }),
    posted({ throttle: { rateLimit: 9, burstLimit: 9 } }),
    posted(),
  ),
  fine(
    'change `tenantId` of a REST route',
    isolated(RequestTenant.header('X-Tenant')),
    isolated(RequestTenant.header('X-Customer')),
  ),
  fine(
    'set and unset `apiKeyRequired` of a REST route',
    posted(),
    posted({ apiKeyRequired: true }),
    posted(),
  ),
  fine(
    'set and unset `monthlyEvents` of a REST route',
    posted(),
    posted({ monthlyEvents: { moderate: 7 } }),
    posted(),
  ),
  fine(
    'add `usagePlans` and keys, change throttle and quota, and remove them',
    one,
    plans({ Partners: { apiKeys: ['Acme'] } }),
    plans({ Partners: { apiKeys: ['Acme', 'Globex'], quota: { limit: 5 } } }),
    plans({ Partners: { apiKeys: ['Acme'], throttle: { rateLimit: 5, burstLimit: 5 } } }),
    one,
  ),
  troubled(
    'rename a key in `apiKeys`',
    [plans({ Partners: { apiKeys: ['Acme'] } }), plans({ Partners: { apiKeys: ['Ajax'] } })],
    {
      kinds: ['downtime'],
      what: 'The new key has a different value: callers that send the old one get 403.',
      instead:
        'Add the new key in one deployment. Remove the old one once the caller uses the new one.',
      steps: [
        plans({ Partners: { apiKeys: ['Acme'] } }),
        plans({ Partners: { apiKeys: ['Acme', 'Ajax'] } }),
        plans({ Partners: { apiKeys: ['Ajax'] } }),
      ],
    },
  ),
  troubled(
    'rename a usage plan, or move a key to another plan',
    [plans({ Partners: { apiKeys: ['Acme'] } }), plans({ Gold: { apiKeys: ['Acme'] } })],
    {
      kinds: ['will-fail'],
      what: 'API Gateway accepts a key in only one plan of a stage, and CloudFormation adds it to the new plan before it removes it from the old one.',
      instead:
        'Before the deployment, run `aws apigateway delete-usage-plan-key`: the key keeps its value, but requests with it get 403 until the deployment is complete. Or give the caller another key in the new plan.',
      steps: [
        plans({ Partners: { apiKeys: ['Acme'] } }),
        plans({ Partners: { apiKeys: ['Acme'] }, Gold: { apiKeys: ['AcmeGold'] } }),
        plans({ Gold: { apiKeys: ['AcmeGold'] } }),
      ],
    },
  ),
  fine(
    'add a `webAcl` to a REST API, and remove it',
    one,
    with_({ webAcl: RestWebAcl.coreRules() }),
    one,
    with_({ webAcl: webAcl('1') }),
  ),
  troubled(
    'replace the web ACL of a REST API',
    [with_({ webAcl: webAcl('1') }), with_({ webAcl: webAcl('2') })],
    {
      kinds: ['not-applied'],
      what: 'The API may be left without a web ACL: CloudFormation removes the old association last, and AWS WAF then removes whichever web ACL the stage has.',
      instead:
        'After the deployment, check `aws wafv2 get-web-acl-for-resource`. Or remove the web ACL in one deployment, and add the new one in the next; in between, the API has none.',
      steps: [with_({ webAcl: webAcl('1') }), one, with_({ webAcl: webAcl('2') })],
    },
  ),
  fine(
    'add a `domain` to a REST API, change its path, and remove it',
    one,
    domain('v1'),
    domain('v2'),
    one,
  ),
  fine(
    'map a REST API to an `existingDomain`, change its path, and remove it',
    one,
    existingDomain('v1'),
    existingDomain('v2'),
    one,
  ),
  troubled('change the domain name of a REST API', [domain(), domain(undefined, 'b.example.com')], {
    kinds: ['downtime'],
    what: 'The domain is replaced: the old name and the target of its DNS record no longer exist.',
    instead:
      'Create the second domain yourself, map the API to it with `existingDomain` in a second app, and move the clients first.',
  }),
  fine(
    'change the `policy` of a REST API',
    one,
    with_({ policy: policy('10.0.0.1') }),
    with_({ policy: policy('10.0.0.2') }),
    one,
  ),
  fine(
    'make a REST API private (`vpcEndpoints`), change its endpoints, and make it public',
    one,
    endpointOf('vpce-1'),
    endpointOf('vpce-1', 'vpce-2'),
    one,
  ),
  fine(
    'change `endpointType` between regional and edge',
    one,
    with_({ endpointType: apigw.EndpointType.EDGE }),
    one,
  ),
  troubled(
    'change a private REST API to edge-optimized',
    [endpointOf('vpce-1'), with_({ endpointType: apigw.EndpointType.EDGE })],
    {
      kinds: ['will-fail'],
      what: 'API Gateway rejects this change.',
      instead: 'Make it regional in one deployment, and edge-optimized in the next.',
      steps: [endpointOf('vpce-1'), one, with_({ endpointType: apigw.EndpointType.EDGE })],
    },
  ),
  fine(
    'add a `cache` to a REST API, change it, and remove it',
    one,
    with_({ cache: {} }),
    with_({ cache: { sizeGb: 1.6, ttl: Duration.seconds(9) } }),
    one,
  ),
  backAndForth('cors', { cors: { allowOrigins: ['https://example.com'] } }),
  backAndForth('throttle', { throttle: { rateLimit: 5, burstLimit: 5 } }),
  backAndForth('accessLogFormat', { accessLogFormat: apigw.AccessLogFormat.clf() }),
  backAndForth('accountLogRole', { accountLogRole: true }),
  backAndForth('binaryMediaTypes', { binaryMediaTypes: ['image/png'] }),
  backAndForth('gatewayResponses', { gatewayResponses: { THROTTLED: { statusCode: 503 } } }),
  backAndForth('integrationTimeout', { integrationTimeout: Duration.seconds(5) }),
  backAndForth('tracing', { tracing: true }),
  fine(
    'disable the access log of a REST API (`accessLog`), and enable it again',
    one,
    with_({ accessLog: false }),
    one,
  ),
  fine(
    'set `accessLogGroup` of a REST API',
    rest(both(route('GET /a/{id}', 'A'), (_, stack) => new logs.LogGroup(stack, 'Mine'))),
    restIn((stack) => ({ accessLogGroup: new logs.LogGroup(stack, 'Mine') })),
  ),
  troubled('change `stageName` of a REST API', [one, with_({ stageName: 'v2' })], {
    kinds: ['downtime'],
    what: 'The stage is part of the URL: clients of the old one get errors.',
    instead: 'Keep the name, or give the API a domain.',
  }),
];
