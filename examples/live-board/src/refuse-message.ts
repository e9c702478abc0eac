import { disconnect, send } from './clients';
import type { SocketEvent } from './socket-event';

/** A client that sends what the board does not know is told so, and disconnected. */
export async function handler(event: SocketEvent): Promise<{ statusCode: number }> {
  const { connectionId } = event.requestContext;
  if (await send(connectionId, { kind: 'unknown', message: event.body })) {
    await disconnect(connectionId);
  }
  return { statusCode: 200 };
}
