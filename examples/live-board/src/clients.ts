import {
  ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { environment } from './environment';

/** `Access.manageConnections` sets the address. */
const api = new ApiGatewayManagementApiClient({ endpoint: environment('WEB_SOCKET_ENDPOINT') });

/** Sends a message to a client. Returns false if it has gone. */
export async function send(connectionId: string, message: unknown): Promise<boolean> {
  try {
    await api.send(
      new PostToConnectionCommand({ ConnectionId: connectionId, Data: JSON.stringify(message) }),
    );
    return true;
  } catch (error) {
    if (error instanceof GoneException) {
      return false;
    }
    throw error;
  }
}

/** Closes a connection. */
export async function disconnect(connectionId: string): Promise<void> {
  await api.send(new DeleteConnectionCommand({ ConnectionId: connectionId }));
}
