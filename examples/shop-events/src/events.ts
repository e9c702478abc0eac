import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { environment } from './environment';
import type { Order } from './order';

const client = new EventBridgeClient();

/** Puts an event on the shop’s bus. EventBridge may refuse an event without failing the call. */
export async function putEvent(detailType: string, order: Order): Promise<void> {
  const { Entries = [], FailedEntryCount = 0 } = await client.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: environment('SHOP_EVENT_BUS_NAME'),
          Source: 'shop',
          DetailType: detailType,
          Detail: JSON.stringify(order),
        },
      ],
    }),
  );
  if (FailedEntryCount > 0) {
    throw new Error(`${detailType} of ${order.id} was refused: ${Entries[0]?.ErrorMessage ?? ''}`);
  }
}
