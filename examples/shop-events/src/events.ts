import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { EventToPut } from 'cdk-serverless-app/events';
import { environment } from './environment';
import type { Order } from './order';

/** The details of the shop’s events, by their detail types: those who put events and those who receive them share it. */
export interface ShopEvents {
  readonly OrderPlaced: Order;
  readonly OrderPaid: Order;
}

const client = new EventBridgeClient();

/** Puts an event on the shop’s bus. EventBridge may refuse an event without failing the call. */
export async function putEvent(...[detailType, detail]: EventToPut<ShopEvents>): Promise<void> {
  const { Entries = [], FailedEntryCount = 0 } = await client.send(
    new PutEventsCommand({
      Entries: [
        {
          EventBusName: environment('SHOP_EVENT_BUS_NAME'),
          Source: 'shop',
          DetailType: detailType,
          Detail: JSON.stringify(detail),
        },
      ],
    }),
  );
  if (FailedEntryCount > 0) {
    throw new Error(`${detailType} of ${detail.id} was refused: ${Entries[0]?.ErrorMessage ?? ''}`);
  }
}
