import { Guard } from './guard';

const SOURCE =
  'https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html';

/** A production WebSocket API to which anybody may connect, although the user did not state that. */
export const openSocket: Guard = {
  id: 'open-socket',
  severities: ['warning'],
  what: 'A production WebSocket API to which anyone may connect, although neither its route `$connect` nor `webSocket.authorizer` declares it open. `new WebSocketNoneAuthorizer()` opens it on purpose.',
  why: 'Anyone who finds the URL can connect, send messages and receive what is sent to all, and run up the bill: open connections cost money too.',
  fix: 'Set `webSocket.authorizer`, or an `authorizer` on `$connect`. For a public API, set `authorizer: new WebSocketNoneAuthorizer()`.',
  accept: 'The function behind `$connect` checks the client itself and rejects strangers.',
  source: SOURCE,
  check: ({ production, sockets }) =>
    sockets
      .filter(({ open }) => production && open)
      .map(({ path, connectFunction }) => ({
        prop:
          connectFunction === undefined
            ? 'webSocket.authorizer'
            : `functions.${connectFunction}.authorizer`,
        function: connectFunction,
        rule: 'must say who may connect',
        got: `${path}, to which anyone can connect`,
        remedy:
          'set `authorizer` (on `$connect`, or in `webSocket`), or declare the API public with ' +
          '`webSocket: { authorizer: new WebSocketNoneAuthorizer() }`',
      })),
};

/** API Gateway calls an authorizer at `$connect` only. */
export const socketAuthorizer: Guard = {
  id: 'socket-authorizer',
  severities: ['error'],
  what: 'A WebSocket API with `webSocket.authorizer` but no route `$connect`.',
  why: 'API Gateway calls an authorizer at `$connect` only. Without that route it is never called, and anyone may connect.',
  fix: 'Add a route `$connect`, whose handler may return `{ statusCode: 200 }` and do nothing else.',
  source: SOURCE,
  check: ({ sockets }) =>
    sockets
      .filter(({ lacksConnect }) => lacksConnect)
      .map(({ path }) => ({
        prop: 'webSocket.authorizer',
        rule: 'must have a route `$connect`, where API Gateway calls it',
        got: `none on ${path}, so anyone could connect`,
        remedy:
          'add `onSocket("$connect", entry)`, whose handler returns `{ statusCode: 200 }`, or leave the authorizer out',
      })),
};
