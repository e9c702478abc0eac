/**
 * The types of events on an EventBridge bus: `import type { AppEvent, EventToPut } from 'cdk-serverless-app/events'`. This entry
 * contains types only.
 *
 * An app declares the details of its events once, by their detail types: `interface ShopEvents { OrderPlaced: { id: string } }`.
 */

/**
 * The event that a function with a trigger `onEvent` receives: `AppEvent<ShopEvents, 'OrderPlaced'>`.
 *
 * With several detail types it is a union, which a comparison of `detail-type` narrows. Without the second argument it is any event
 * of `Details`.
 */
export type AppEvent<
  Details extends object,
  DetailType extends keyof Details & string = keyof Details & string,
> = {
  [Type in DetailType]: {
    readonly version: string;
    readonly id: string;
    readonly source: string;
    readonly account: string;
    readonly time: string;
    readonly region: string;
    readonly resources: string[];
    readonly 'detail-type': Type;
    readonly detail: Details[Type];
    /** Of an event that an archive replays. */
    readonly 'replay-name'?: string;
  };
}[DetailType];

/**
 * The arguments of your own function that puts an event, a detail type and its detail:
 * `async function putEvent(...[detailType, detail]: EventToPut<ShopEvents>)`.
 */
export type EventToPut<
  Details extends object,
  DetailType extends keyof Details & string = keyof Details & string,
> = { [Type in DetailType]: [detailType: Type, detail: Details[Type]] }[DetailType];
