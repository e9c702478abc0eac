import type { EventOf } from '../../model';
import { call, code, Node, object } from '../print';
import type { Scope } from '../scope';

export function socketOptions(event: EventOf<'socket'>, scope: Scope): Node {
  return object({
    authorizer:
      event.authorizer === undefined ? undefined : authorizerNode(event.authorizer, scope),
    returnsResponse: event.returnsResponse ? code('true') : undefined,
  });
}

function authorizerNode(authorizer: 'none' | 'iam', scope: Scope): Node {
  return authorizer === 'none'
    ? call(`new ${scope.module('apigateway')}.WebSocketNoneAuthorizer`, [])
    : call(`new ${scope.module('authorizers')}.WebSocketIamAuthorizer`, []);
}
