import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { ASYNC_DEFAULTS } from '../../core/defaults';
import { UsageAmounts } from '../../estimate/usage';
import { amounts } from '../../estimate/usage-prop-set';
import { EVENT_KIND } from '../../kinds/event-kind';
import { duration, flag, instance, integer, struct } from '../../props/kinds';
import { propsOf } from '../../props/prop-set';

/** How EventBridge retries if it cannot deliver an event to Lambda. */
export interface EventRetryPolicy {
  /**
   * The number of retries, 0 to 185.
   *
   * @default 2
   */
  readonly retryAttempts?: number;

  /**
   * How long EventBridge retries, 1 minute to 24 hours.
   *
   * @default Duration.hours(6)
   */
  readonly maxEventAge?: Duration;
}

/** Options of an event trigger. */
export interface EventTriggerOptions {
  /**
   * The bus: one made by `addEventBus`, or another one in the function's account and region.
   *
   * @default - the account's default event bus, which receives the events of AWS services
   */
  readonly eventBus?: events.IEventBus;

  /**
   * What the handler receives: `RuleTargetInput.fromObject({ id: EventField.fromPath('$.detail.id') })`.
   *
   * @default - the whole event
   */
  readonly input?: events.RuleTargetInput;

  /**
   * What happens if the event cannot be delivered to Lambda. If the handler fails, the function's own `retryAttempts` and
   * `maxEventAge` apply. In both cases the event ends in the failure queue.
   *
   * @default - 2 attempts within 6 hours
   */
  readonly retryPolicy?: EventRetryPolicy;

  /**
   * Whether the rule is on.
   *
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * The expected number of matching events in a month. Only the cost estimate uses it.
   *
   * @default - `usage` of the function or the app, otherwise 10,000, 100,000 and 1 million
   */
  readonly monthlyEvents?: UsageAmounts;
}

const ROW = EVENT_KIND.defaults?.part ?? '';

/** @internal */
export const EVENT_RETRY_PROPS = propsOf<EventRetryPolicy>()({
  retryAttempts: integer(0, 185, 'attempts').defaultsTo(ASYNC_DEFAULTS.retryAttempts),
  maxEventAge: duration(60, 86_400).defaultsTo(ASYNC_DEFAULTS.maxEventAge),
});

/** @internal */
export const EVENT_TRIGGER_PROPS = propsOf<EventTriggerOptions>()({
  eventBus: instance('an event bus', 'create one with `addEventBus`, or import one', 'eventBusArn'),
  input: instance('a RuleTargetInput', 'write `RuleTargetInput.fromObject({ … })`', 'bind'),
  retryPolicy: struct(EVENT_RETRY_PROPS).in(ROW),
  enabled: flag().defaultsTo(true),
  monthlyEvents: amounts(),
});
