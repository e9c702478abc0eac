import type { EventOf } from '../../model';
import { isMap, mapOf, textOf, Value } from '../../value';
import type { EventContext } from './event-context';

const CONNECT = '$connect';

/** `websocket: $connect`, or a map with its route. Without an authorizer everybody may connect, as in the source. */
export function readSocket(value: Value, { at, note }: EventContext): EventOf<'socket'> {
  const given = isMap(value) ? value : { route: value };
  const route = textOf(given.route) ?? '$default';
  note({
    kind: 'differs',
    at: `${at}.websocket`,
    text: `clients connect to another address, the \`webSocketUrl\` of the app; a function that sends to them reads the address from the event, or from WEB_SOCKET_ENDPOINT`,
  });
  if (route === CONNECT && isOther(given.authorizer)) {
    note({
      kind: 'lost',
      at: `${at}.websocket.authorizer`,
      text: 'the authorizer of `$connect` is not carried over, and IAM signatures are required until it is: write `authorizer: new WebSocketLambdaAuthorizer(…)` in its trigger',
    });
  }
  return {
    kind: 'socket',
    route,
    returnsResponse: given.routeResponseSelectionExpression !== undefined,
    ...(route === CONNECT && { authorizer: given.authorizer === undefined ? 'none' : 'iam' }),
  };
}

function isOther(authorizer: Value): boolean {
  const name = textOf(isMap(authorizer) ? mapOf(authorizer).name : authorizer);
  return authorizer !== undefined && name?.toLowerCase() !== 'aws_iam';
}
