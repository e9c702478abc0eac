import type { AccessConfig } from '../core/contract';
import { flag, knownText } from '../props/kinds';
import { PropCheck, unquoted } from '../props/prop-check';
import { propsOf } from '../props/prop-set';

/** Options of an access. */
export interface AccessOptions {
  /**
   * The environment variable with the resource's name, ARN or URL.
   *
   * @default - derived from the resource's id and kind: `ORDERS_TABLE_NAME`, `UPLOADS_BUCKET_NAME`, `DB_SECRET_ARN`,
   * `LIMIT_PARAMETER_NAME`, `JOBS_QUEUE_URL`, `NEWS_TOPIC_ARN`, `SHOP_EVENT_BUS_NAME`, `PRICE_FUNCTION_ARN`
   */
  readonly environmentVariable?: string;

  /**
   * Whether the function gets that environment variable. Without it the handler finds the resource in another way, for example by a
   * variable of `environment`.
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

/** The environment variable of an access, unless the user wants none. */
export function variableOf(
  { environmentVariable, setEnvironmentVariable = true }: AccessOptions,
  defaultName: () => string,
  value: string,
  check: PropCheck,
): Pick<AccessConfig, 'environmentVariable' | 'environmentValue'> {
  if (!setEnvironmentVariable && environmentVariable !== undefined) {
    throw check.error(
      'environmentVariable',
      'must be left out together with `setEnvironmentVariable: false`',
      unquoted('both'),
      'leave out one of them',
    );
  }
  return setEnvironmentVariable
    ? { environmentVariable: environmentVariable ?? defaultName(), environmentValue: value }
    : {};
}
