import { flag, knownText } from '../props/kinds';
import { propsOf } from '../props/prop-set';

/** Options for an access. */
export interface AccessOptions {
  /**
   * The environment variable with the resource's name, ARN or URL.
   *
   * @default - derived from the resource's id and kind: `ORDERS_TABLE_NAME`, `UPLOADS_BUCKET_NAME`, `DB_SECRET_ARN`,
   * `LIMIT_PARAMETER_NAME`, `JOBS_QUEUE_URL`, `NEWS_TOPIC_ARN`, `SHOP_EVENT_BUS_NAME`, `PRICE_FUNCTION_ARN`
   */
  readonly environmentVariable?: string;

  /**
   * Whether the function gets that environment variable. Without it the handler finds the resource in another way, for example
   * through a variable of `environment`.
   *
   * @default true
   */
  readonly setEnvironmentVariable?: boolean;
}

/** @internal */
export const ACCESS_PROPS = propsOf<AccessOptions>()({
  environmentVariable: knownText(),
  setEnvironmentVariable: flag().defaultsTo(true),
});
