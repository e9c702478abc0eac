import {
  WebSocketApi,
  WebSocketNoneAuthorizer,
  WebSocketStage,
} from 'aws-cdk-lib/aws-apigatewayv2';
import {
  WebSocketIamAuthorizer,
  WebSocketLambdaAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  Access,
  FunctionUrlTriggerOptions,
  Trigger,
  UrlFunctionOptions,
  WebSocketOptions,
  WebSocketTriggerOptions,
} from 'cdk-serverless-app';
import type { AppFunctionOptions, ServerlessApp } from 'cdk-serverless-app';
import type { Version } from '../support/versions';
import { always, both, Declare, Edit, fine, troubled, version, WARM } from './edit';

const open = { authorizer: new WebSocketNoneAuthorizer() };

const sockets = (
  route: string,
  id: string,
  options: WebSocketTriggerOptions & AppFunctionOptions = {},
): Declare =>
  both(always, (app) => {
    app.onSocket('$connect', 'third.ts', { id: 'Connect' });
    app.onSocket(route, 'ok.ts', { id, ...options });
  });

const connects: Declare = both(always, (app) => {
  app.onSocket('$connect', 'third.ts', { id: 'Connect' });
});
const leaves: Declare = (app) => {
  app.onSocket('$disconnect', 'other.ts', { id: 'Leave' });
};
const falls: Declare = (app) => {
  app.onSocket('$default', 'other.ts', { id: 'Other' });
};
/** The same routes, where `$connect` has an authorizer of its own. */
const connecting = (options: (app: ServerlessApp) => WebSocketTriggerOptions): Declare =>
  both(always, (app) => {
    app.onSocket('$connect', 'third.ts', { id: 'Connect', ...options(app) });
    app.onSocket('send', 'ok.ts', { id: 'A' });
  });
const checked = (app: ServerlessApp): WebSocketTriggerOptions => ({
  authorizer: new WebSocketLambdaAuthorizer(
    'Check',
    app.addFunction('Check', { entry: 'other.ts' }).function,
  ),
});

const api = (declare: Declare, webSocket: WebSocketOptions = open): Version =>
  version(declare, { webSocket });

const withDomain = (domainName: string, path?: string): Version => ({
  propsIn: (stack) => ({
    webSocket: {
      ...open,
      domain: {
        domainName,
        path,
        certificate: Certificate.fromCertificateArn(
          stack,
          'Certificate',
          `arn:aws:acm:${stack.region}:111111111111:certificate/1`,
        ),
      },
    },
  }),
  declare: sockets('send', 'A'),
});

const slowed = (limit: number): Version =>
  api(sockets('send', 'A', { throttle: { rateLimit: limit, burstLimit: limit } }));

const one = api(sockets('send', 'A'));

export const SOCKET_EDITS: readonly Edit[] = [
  fine('add a WebSocket API, and remove it', api(always), one, api(always)),
  fine('add a message route', api(sockets('$disconnect', 'A')), one),
  fine('rename the function (or its file) of a message route', one, api(sockets('send', 'B'))),
  fine('rename a message route', one, api(sockets('sendMessage', 'A'))),
  fine(
    'move a message route to another function',
    one,
    api(
      both(always, (app) => {
        app.onSocket('$connect', 'third.ts', { id: 'Connect' });
        app.addFunction('A', { entry: 'ok.ts' });
        app.addFunction('B', { entry: 'other.ts', triggers: [Trigger.webSocket('send')] });
      }),
    ),
  ),
  fine(
    'answer messages (`returnsResponse`), and stop answering',
    one,
    api(sockets('send', 'A', { returnsResponse: true })),
    one,
  ),
  fine(
    'add an authorizer to an open WebSocket API, and remove it',
    one,
    api(sockets('send', 'A'), { authorizer: new WebSocketIamAuthorizer() }),
    one,
  ),
  fine(
    'set and unset `throttle` of a WebSocket API',
    one,
    api(sockets('send', 'A'), { ...open, throttle: { rateLimit: 5, burstLimit: 5 } }),
    one,
  ),
  troubled(
    'disable the access log of a WebSocket API (`accessLog`), and enable it again',
    [one, api(sockets('send', 'A'), { ...open, accessLog: false }), one],
    {
      kinds: ['not-applied'],
      what: 'API Gateway may continue to write to the log group, which stays in the account.',
      instead: 'After the deployment, run `aws apigatewayv2 delete-access-log-settings`.',
    },
  ),
  fine(
    'add a `domain` to a WebSocket API, change its path, and remove it',
    one,
    withDomain('live.example.com'),
    withDomain('live.example.com', 'v2'),
    one,
  ),
  troubled(
    'change the domain name of a WebSocket API',
    [withDomain('live.example.com'), withDomain('new.example.com')],
    {
      kinds: ['downtime'],
      what: 'The domain is replaced: the old name and the target of its DNS record no longer exist.',
      instead: 'Create the second domain yourself, map the API to it, and move the clients first.',
    },
  ),
  fine('add a throttle to a message route, and change it', one, slowed(5), slowed(10)),
  troubled('remove the throttle from a message route', [slowed(5), one], {
    kinds: ['not-applied'],
    what: 'The route keeps its throttle: an update never removes a key from `RouteSettings`.',
    instead:
      'After the deployment, run `aws apigatewayv2 delete-route-settings`. Or keep a throttle on the route, as high as that of the whole API.',
    steps: [slowed(5), slowed(500)],
  }),
  fine('remove a message route, and add it again', one, api(connects), one),
  fine(
    'remove `$disconnect`, and add it again',
    api(both(sockets('send', 'A'), leaves)),
    one,
    api(both(sockets('send', 'A'), leaves)),
  ),
  fine(
    'answer messages that match no route (`$default`), and stop answering',
    one,
    api(both(sockets('send', 'A'), falls)),
    one,
  ),
  fine(
    'change `authorizer` from a function to IAM, then to none',
    one,
    api(connecting(checked)),
    api(connecting(() => ({ authorizer: new WebSocketIamAuthorizer() }))),
    one,
  ),
  fine(
    'rename the function of `$connect`',
    one,
    api(
      both(always, (app) => {
        app.onSocket('$connect', 'third.ts', { id: 'Enter' });
        app.onSocket('send', 'ok.ts', { id: 'A' });
      }),
    ),
  ),
  fine(
    'set `accessLogGroup` of a WebSocket API',
    version(
      both(sockets('send', 'A'), (_, stack) => new logs.LogGroup(stack, 'Mine')),
      { webSocket: open },
    ),
    {
      propsIn: (stack) => ({
        webSocket: { ...open, accessLogGroup: new logs.LogGroup(stack, 'Mine') },
      }),
      declare: sockets('send', 'A'),
    },
  ),
  fine(
    'add a table of connections, and remove it',
    one,
    api(
      both(sockets('send', 'A'), (app) => {
        app.functions.at(-1)?.writes(app.addConnectionsTable('Connections'));
      }),
    ),
  ),
  troubled(
    'remove the table of connections',
    [api(both(sockets('send', 'A'), (app) => void app.addConnectionsTable('Connections'))), one],
    {
      kinds: ['data-loss'],
      what: 'The table is deleted. It contained only the open connections.',
      instead: 'Nothing, if no function sends to clients any more.',
    },
  ),
  ...Object.entries<WebSocketOptions>({
    apiOptions: { apiOptions: { description: 'chat' } },
    accessLogFormat: { accessLogFormat: AccessLogFormat.custom('$context.requestId') },
    connectionMinutes: { connectionMinutes: 9 },
    accountLogRole: { accountLogRole: true },
  }).map(([name, options]) =>
    fine(
      `set and unset \`${name}\` of a WebSocket API`,
      one,
      api(sockets('send', 'A'), { ...open, ...options }),
      one,
    ),
  ),
  troubled(
    'change `stageName` of a WebSocket API',
    [one, api(sockets('send', 'A'), { ...open, stageName: 'v2' })],
    {
      kinds: ['downtime'],
      what: 'The stage is part of the URL: clients of the old one get errors.',
      instead:
        'Keep the name. Clients that read the URL from the stack’s outputs reconnect by themselves.',
    },
  ),
  troubled(
    'change to a WebSocket API of your own (`stage`)',
    [
      one,
      {
        propsIn: (stack) => ({
          webSocket: {
            authorizer: new WebSocketNoneAuthorizer(),
            stage: new WebSocketStage(stack, 'Stage', {
              webSocketApi: new WebSocketApi(stack, 'Mine'),
              stageName: 'live',
            }),
          },
        }),
        declare: sockets('send', 'A'),
      },
    ],
    {
      kinds: ['downtime'],
      what: 'Your API has a different URL: clients of the app’s own API get errors.',
      instead:
        'Add the API in one deployment with a second app, move the clients, and remove the first app’s routes last.',
    },
  ),
  fine(
    'change `routeSelectionExpression` of a WebSocket API',
    one,
    api(sockets('send', 'A'), { ...open, routeSelectionExpression: '$request.body.kind' }),
  ),
  fine(
    'set and unset `monthlyEvents` of a message route',
    one,
    api(sockets('send', 'A', { monthlyEvents: { moderate: 7 } })),
    one,
  ),
  fine(
    'let a function send to clients, and revoke the grant',
    one,
    api(
      both(sockets('send', 'A'), (app) => {
        app.functions[2]?.addAccess(Access.manageConnections(app.webSocketStage));
      }),
    ),
    one,
  ),
];

const urlOf =
  (
    id: string,
    entry = 'ok.ts',
    options: FunctionUrlTriggerOptions & UrlFunctionOptions = {},
  ): Declare =>
  (app) => {
    app.onFunctionUrl(entry, { id, ...options });
  };
const url = (id: string, options: FunctionUrlTriggerOptions & UrlFunctionOptions = {}): Version =>
  version(both(always, urlOf(id, 'ok.ts', options)));
const withoutUrl = version(
  both(always, (app) => {
    app.addFunction('A', { entry: 'ok.ts' });
  }),
);

export const FUNCTION_URL_EDITS: readonly Edit[] = [
  fine(
    'add a function URL, remove it, and add it again',
    withoutUrl,
    url('A'),
    withoutUrl,
    url('A'),
  ),
  fine(
    'make a function URL public (`authType`), and private again',
    url('A'),
    url('A', { authType: FunctionUrlAuthType.NONE }),
    url('A'),
  ),
  troubled('add provisioned concurrency to a function with a URL', [url('A'), url('A', WARM)], {
    kinds: ['downtime'],
    what: 'The URL now belongs to the alias, so it changes: clients of the old one get errors.',
    instead:
      'Add another function with the same entry, `coldStart` and a URL, move the clients to it, and remove the first URL last. Clients behind CloudFront notice no difference.',
  }),
  troubled('rename the function (or its file) of a URL', [url('A'), url('B')], {
    kinds: ['downtime'],
    what: 'The new function has a different URL: clients of the old one get errors.',
    instead:
      'Keep the `id`. Or add the function under the new id next to the old one, move the clients to its URL, and remove the old one last.',
    steps: [url('A'), version(both(always, urlOf('A'), urlOf('B'))), url('B')],
  }),
  troubled(
    'move a URL to another function',
    [
      version(both(always, urlOf('A'), (app) => void app.addFunction('B', { entry: 'other.ts' }))),
      version(
        both(
          always,
          urlOf('B', 'other.ts'),
          (app) => void app.addFunction('A', { entry: 'ok.ts' }),
        ),
      ),
    ],
    {
      kinds: ['downtime'],
      what: 'A URL belongs to its function: clients of the old one get errors.',
      instead:
        'Change the code of the function instead. Or add the new URL first, and remove the old one last.',
    },
  ),
  fine('set and unset `stream` of a function URL', url('A'), url('A', { stream: true }), url('A')),
  fine(
    'set and unset `monthlyEvents` of a function URL',
    url('A'),
    url('A', { monthlyEvents: { moderate: 7 } }),
    url('A'),
  ),
  fine(
    'set and unset `cors` of a function URL',
    url('A'),
    url('A', { cors: { allowedOrigins: ['https://example.com'] } }),
    url('A'),
  ),
];
