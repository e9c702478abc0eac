import type { AppStage } from '../model/app-stage';
import type { Prop, PropSet } from './prop';

/** A declaration for each prop of `T`: of the prop's type, and required if the interface requires it. */
export type Declarations<T> = {
  readonly [K in keyof T]-?: Prop<NonNullable<T[K]>, object extends Pick<T, K> ? false : true>;
};

type NoOthers<T, D> = Readonly<Record<Exclude<keyof D, keyof T>, never>>;

/**
 * Declares the props of a struct once, for everything that is derived from them:
 *
 * ```ts
 * import type { Duration } from 'aws-cdk-lib';
 * import { duration, flag, integer } from './kinds';
 * import { propsOf } from './prop-set';
 *
 * interface QueueOptions {
 *   readonly batchSize?: number;
 *   readonly maxBatchingWindow?: Duration;
 *   readonly enabled?: boolean;
 * }
 *
 * const QUEUE_PROPS = propsOf<QueueOptions>()({
 *   batchSize: integer(1, 10_000, 'messages').defaultsTo(10).in('queues'),
 *   maxBatchingWindow: duration(0, 300).in('queues'),
 *   enabled: flag().defaultsTo(true).in('queues'),
 * });
 * ```
 *
 * A missing prop, a prop that the interface does not have, and a prop of another type do not compile. The declaration drives
 * `checkProps` (kind, range, unknown names), `withDefaults`, `splitOptions` (short forms), the changed defaults of the report,
 * and in the tests the random values of test/fuzz and the Token cases of test/tokens.
 *
 * The two calls are TypeScript's way to give one type argument and infer the other.
 *
 * @param cdk the CDK's interfaces that the struct extends; see `isPropOfCdk`
 */
export function propsOf<T extends object>(
  ...cdk: readonly string[]
): <D extends Declarations<T>>(props: D & NoOthers<T, D>) => PropSet<T, D> {
  return (props) => ({ props, cdk });
}

/** The options with each default that was declared. */
export type WithDefaults<T, D> = T & {
  readonly [
    K in keyof T as K extends keyof D
      ? D[K] extends Prop<unknown, boolean, true>
        ? K
        : never
      : never
  ]-?: NonNullable<T[K]>;
};

/** Fills in the declared defaults. Options that are undefined are left out. */
export function withDefaults<T extends object, D>(
  options: T,
  { props }: PropSet<T, D>,
  stage: AppStage,
): WithDefaults<T, D> {
  const result: Record<string, unknown> = {};
  for (const [name, prop] of Object.entries<Prop>(props)) {
    const value = (options as Record<string, unknown>)[name] ?? prop.defaultOf(stage);
    if (value !== undefined) {
      result[name] = value;
    }
  }
  return result as WithDefaults<T, D>;
}
