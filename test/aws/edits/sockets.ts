import { WebSocketNoneAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { FunctionUrlAuthType } from 'aws-cdk-lib/aws-lambda';
import {
  Access,
  FunctionUrlTriggerOptions,
  Trigger,
  UrlFunctionOptions,
  WebSocketOptions,
  WebSocketTriggerOptions,
} from 'cdk-serverless-app';
import type { AppFunctionOptions } from 'cdk-serverless-app';
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

const api = (declare: Declare, webSocket: WebSocketOptions = open): Version =>
  version(declare, { webSocket });

const one = api(sockets('send', 'A'));

export const SOCKET_EDITS: readonly Edit[] = [
  fine('add a WebSocket API, and remove it', api(always), one, api(always)),
  fine('add a route of messages', api(sockets('$disconnect', 'A')), one),
  fine('rename the function (or its file) of a route of messages', one, api(sockets('send', 'B'))),
  fine('rename a route of messages', one, api(sockets('sendMessage', 'A'))),
  fine(
    'move a route of messages to another function',
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
    'answer messages, then stop answering',
    one,
    api(sockets('send', 'A', { returnsResponse: true })),
    one,
  ),
  fine(
    'close an open WebSocket API, and open it again',
    one,
    api(sockets('send', 'A'), { authorizer: new WebSocketIamAuthorizer() }),
    one,
  ),
  fine(
    'change the throttle of a WebSocket API, and back',
    one,
    api(sockets('send', 'A'), { ...open, throttle: { rateLimit: 5, burstLimit: 5 } }),
    one,
  ),
  troubled(
    'switch the access log of a WebSocket API off, and on again',
    [one, api(sockets('send', 'A'), { ...open, accessLog: false }), one],
    {
      kinds: ['not-applied'],
      what: 'API Gateway may go on logging to the log group, which stays in the account.',
      instead: 'After the deployment run `aws apigatewayv2 delete-access-log-settings`.',
    },
  ),
  fine(
    'let a function send to clients, then revoke it',
    one,
    api(
      both(sockets('send', 'A'), (app) => {
        app.functions[2]?.addAccess(Access.manageConnections(app.webSocketStage));
      }),
    ),
    one,
  ),
];

const url = (id: string, options: FunctionUrlTriggerOptions & UrlFunctionOptions = {}): Version =>
  version(
    both(always, (app) => {
      app.onFunctionUrl('ok.ts', { id, ...options });
    }),
  );
const withoutUrl = version(
  both(always, (app) => {
    app.addFunction('A', { entry: 'ok.ts' });
  }),
);

export const FUNCTION_URL_EDITS: readonly Edit[] = [
  fine(
    'give a function a URL, take it away, and give it one again',
    withoutUrl,
    url('A'),
    withoutUrl,
    url('A'),
  ),
  fine(
    'open a function URL, and close it',
    url('A'),
    url('A', { authType: FunctionUrlAuthType.NONE }),
    url('A'),
  ),
  troubled('give a function with a URL provisioned concurrency', [url('A'), url('A', WARM)], {
    kinds: ['downtime'],
    what: 'The URL belongs to the alias now, so it is another one: clients of the old one get errors.',
    instead:
      'Add another function with the same entry, `coldStart` and a URL, let the clients use that, and remove the first URL last. Behind CloudFront clients see no difference.',
  }),
  fine('stream the responses of a function URL', url('A'), url('A', { stream: true })),
  fine(
    'let other pages call a function URL',
    url('A'),
    url('A', { cors: { allowedOrigins: ['https://example.com'] } }),
    url('A'),
  ),
];
