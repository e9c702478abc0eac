// The environment variables and the events of the app's functions. Written by cdk-serverless-app at synthesis, and by `npx serverless-app types`.
// Change the app, not this file: https://github.com/cdk-serverless-app/cdk-serverless-app/blob/main/docs/environment.md
/* eslint-disable */

export type AnnounceEnv = {
  readonly NEWS_TOPIC_ARN: string;
};

export type AnnounceReceives = "OrderPaid";

export type CreateOrderEnv = {
  readonly ORDERS_TABLE_NAME: string;
  readonly SHOP_EVENT_BUS_NAME: string;
};

export type CreateOrderPuts = "OrderPlaced";

export type GetOrderEnv = {
  readonly ORDERS_TABLE_NAME: string;
};

export type PackOrderEnv = {
  readonly ORDERS_TABLE_NAME: string;
};

export type RequestPaymentEnv = {
  readonly PAYMENTS_QUEUE_URL: string;
};

export type RequestPaymentReceives = "OrderPlaced";

export type SendReceiptEnv = {
  readonly ORDERS_TABLE_NAME: string;
};

export type TakePaymentEnv = {
  readonly ORDERS_TABLE_NAME: string;
  readonly SHOP_EVENT_BUS_NAME: string;
};

export type TakePaymentPuts = "OrderPaid";

declare global {
  namespace NodeJS {
    interface ProcessEnv {
      NEWS_TOPIC_ARN?: string;
      ORDERS_TABLE_NAME?: string;
      PAYMENTS_QUEUE_URL?: string;
      SHOP_EVENT_BUS_NAME?: string;
    }
  }
}
