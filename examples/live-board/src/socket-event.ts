import type { APIGatewayProxyWebsocketEventV2 } from 'aws-lambda';

/** An event of the WebSocket API, with what the authorizer says of the client. */
export type SocketEvent = APIGatewayProxyWebsocketEventV2 & {
  readonly requestContext: { readonly authorizer?: { readonly name?: string } };
};

/** The name under which a client connected. */
export function nameOf({ requestContext: { authorizer } }: SocketEvent): string {
  return authorizer?.name ?? 'somebody';
}
