import { disconnect, send } from './clients';
import type { SocketEvent } from './socket-event';

/** Answers a message that the board does not know with an error, and disconnects the client. */
export async function handler(event: SocketEvent): Promise<{ statusCode: number }> {
  const { connectionId } = event.requestContext;
  if (await send(connectionId, { kind: 'unknown', message: event.body })) {
    await disconnect(connectionId);
  }
  return { statusCode: 200 };
}
