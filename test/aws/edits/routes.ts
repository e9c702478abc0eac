import { HttpIamAuthorizer, HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Trigger } from 'cdk-serverless-app';
import { always, both, Edit, fine, route, troubled, version } from './edit';

const one = version(route('GET /a/{id}', 'A'));
const jwt = (scopes?: string[]): ReturnType<typeof version> =>
  version((app, stack) => {
    const authorizer = new HttpJwtAuthorizer('Users', 'https://issuer.example.com', {
      jwtAudience: ['app'],
    });
    route('GET /a/{id}', 'A', { authorizer, authorizationScopes: scopes })(app, stack);
  });
const throttled = (rateLimit: number, key = 'GET /a/{id}'): ReturnType<typeof version> =>
  version(route(key, 'A', { throttle: { rateLimit, burstLimit: rateLimit } }));

const withoutApi = version((app) => void app.addFunction('A', { entry: 'ok.ts' }));
const api = version((app) => void app.onRequest('GET /a', 'ok.ts', { id: 'A' }));

export const ROUTE_EDITS: readonly Edit[] = [
  fine('add a route', version(always), one),
  fine('remove the last route, and with it the API, and add it again', api, withoutApi, api),
  fine('remove a route and add it again', one, version(always), one),
  fine('change the method or the path of a route', one, version(route('POST /b', 'A'))),
  fine(
    'add another route to a function, and remove it',
    one,
    version(
      both(always, (app) => {
        app.onRequest('GET /a/{id}', 'ok.ts', { id: 'A' }).addTrigger(Trigger.http('PUT /a/{id}'));
      }),
    ),
    one,
  ),
  fine('rename the function (or its file) of a route', one, version(route('GET /a/{id}', 'B'))),
  fine(
    'move a route to another function',
    version(both(route('GET /a', 'A'), (app) => void app.addFunction('B', { entry: 'other.ts' }))),
    version(
      both(always, (app) => {
        app.addFunction('A', { entry: 'ok.ts' });
        app.addFunction('B', { entry: 'other.ts', triggers: [Trigger.http('GET /a')] });
      }),
    ),
  ),
  fine('rename a parameter of a route', one, version(route('GET /a/{orderId}', 'A'))),
  fine(
    'add an authorizer',
    one,
    version(route('GET /a/{id}', 'A', { authorizer: new HttpIamAuthorizer() })),
  ),
  fine(
    'change from a JWT authorizer to IAM, and to no authorizer',
    jwt(),
    version(route('GET /a/{id}', 'A', { authorizer: new HttpIamAuthorizer() })),
    version(route('GET /a/{id}', 'A', { authorizer: new HttpNoneAuthorizer() })),
  ),
  fine('remove the scopes from a route with a JWT authorizer', jwt(['orders:read']), jwt()),
  fine('add a throttle to a route, and change it', one, throttled(5), throttled(10)),
  troubled('remove the throttle from a route', [throttled(5), one], {
    kinds: ['not-applied'],
    what: 'The route keeps its throttle: an update never removes a key from `RouteSettings`.',
    instead:
      'After the deployment, run `aws apigatewayv2 delete-route-settings`. Or keep a throttle on the route, as high as that of the whole API.',
    steps: [throttled(5), throttled(5000)],
  }),
  troubled(
    'remove or rename a route with a throttle',
    [throttled(5), throttled(5, 'GET /b/{id}')],
    {
      kinds: ['not-applied'],
      what: 'The stage keeps the settings of the old route, and the next change of the stage fails (“Unable to find Route by key”).',
      instead: 'Before the deployment, run `aws apigatewayv2 delete-route-settings`.',
    },
  ),
  fine(
    'allow CORS, and change the throttle of the whole API',
    one,
    version(route('GET /a/{id}', 'A'), {
      http: { cors: { allowOrigins: ['https://example.com'] }, throttle: { rateLimit: 50 } },
    }),
    one,
  ),
  troubled(
    'disable the access log of the API, and enable it again',
    [one, version(route('GET /a/{id}', 'A'), { http: { accessLog: false } }), one],
    {
      kinds: ['not-applied'],
      what: 'API Gateway may continue to write to the log group, which stays in the account.',
      instead: 'After the deployment, run `aws apigatewayv2 delete-access-log-settings`.',
    },
  ),
  fine(
    'use your own log group for the access log',
    version(both(route('GET /a/{id}', 'A'), (_, stack) => new logs.LogGroup(stack, 'Mine'))),
    {
      propsIn: (stack) => ({ http: { accessLogGroup: new logs.LogGroup(stack, 'Mine') } }),
      declare: route('GET /a/{id}', 'A'),
    },
  ),
];
