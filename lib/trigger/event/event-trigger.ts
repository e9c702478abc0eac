import { Annotations, Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import { acceptOptions } from '../../core/accept-options';
import { IAppFunction, InvocationType, ITrigger, TriggerConfig } from '../../core/contract';
import { ASYNC_DEFAULTS } from '../../core/defaults';
import { FunctionContext } from '../../core/function-context';
import { freeId } from '../../core/names';
import { UsageAmounts } from '../../estimate/usage';
import { levelModel } from '../../estimate/usage-model';
import { amounts } from '../../estimate/usage-prop-set';
import { Failures } from '../../failure/failures';
import { AppFunctionOptions } from '../../function/app-function-props';
import { EVENT_KIND } from '../../kinds/event-kind';
import { checkProps } from '../../props/check-props';
import { duration, flag, instance, integer, struct } from '../../props/kinds';
import { propsOf } from '../../props/prop-set';
import { defaultEventBus } from '../../storage/app-event-bus';
import { functionTarget } from '../event-target';
import { requireSource } from '../source-rules';
import {
  checkedPattern,
  EVENT_PATTERN_PROPS,
  matchesEverything,
  RenderedPattern,
} from './event-pattern';

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
   * The bus: one made by `addEventBus`, or another one of the function's account and region.
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

/** Options of `onEvent`: those of the function and of the trigger. */
export interface EventFunctionOptions extends AppFunctionOptions, EventTriggerOptions {
  /**
   * The function's id.
   *
   * @default - the entry's file name: `send-mail.ts` gives `SendMail`
   */
  readonly id?: string;
}

/**
 * Events of an event bus; see `Trigger.events`.
 *
 * @internal
 */
export class EventTrigger implements ITrigger {
  constructor(
    private readonly pattern: events.EventPattern,
    private readonly options: EventTriggerOptions,
  ) {}

  public bind(fn: IAppFunction): TriggerConfig {
    const { check } = FunctionContext.of(fn);
    const { eventBus, input, retryPolicy, enabled, monthlyEvents } = acceptOptions(
      fn,
      this.options,
      EVENT_TRIGGER_PROPS,
    );
    checkProps(this.pattern, EVENT_PATTERN_PROPS, check, 'pattern');
    const pattern = checkedPattern(fn, this.pattern, check.at('pattern'));
    if (eventBus !== undefined) {
      requireSource(fn, eventBus, 'eventBus', check);
    }
    Failures.of(fn).letEventBridgeSend();
    const id = freeId(fn, ruleId(pattern, eventBus));
    const rule = check.withPropPath(
      'pattern',
      () =>
        new events.Rule(fn, id, {
          description: `Runs ${fn.node.path}`.slice(0, 512),
          eventBus,
          eventPattern: this.pattern,
          enabled,
          targets: [functionTarget(fn, id, { input, ...retryPolicy })],
        }),
    );
    warnOfEverything(rule, pattern, fn);
    return {
      kind: EVENT_KIND.kind,
      invocation: InvocationType.ASYNCHRONOUS,
      source: (eventBus ?? defaultEventBus(fn.app)).node.path,
      details: {
        sources: pattern['source'],
        detailTypes: pattern['detail-type'],
        ofDefaultBus: eventBus === undefined ? true : undefined,
        transformed: input === undefined ? undefined : true,
        enabled: enabled ? undefined : false,
        monthlyEvents: levelModel(monthlyEvents, check.at('monthlyEvents')),
      },
    };
  }
}

/** The id is derived from the bus, the sources and the detail types, so a change of other fields does not replace the rule. */
function ruleId(pattern: RenderedPattern, eventBus: events.IEventBus | undefined): string {
  const named = [pattern['source'], pattern['detail-type']].flatMap((value) =>
    (Array.isArray(value) ? value : []).map((one) =>
      typeof one === 'string' ? one : JSON.stringify(one),
    ),
  );
  const id = ['Event', ...(eventBus === undefined ? [] : [eventBus.node.id]), ...named].join('-');
  return id.replace(/[^A-Za-z0-9.-]+/g, '-').slice(0, 200);
}

function warnOfEverything(rule: events.Rule, pattern: RenderedPattern, fn: IAppFunction): void {
  if (matchesEverything(pattern)) {
    Annotations.of(rule).addWarningV2(
      'cdk-serverless-app:event-pattern-matches-everything',
      `${fn.node.path}: the event pattern matches every event of its bus, and each runs the function: select them by ` +
        '`source`, `detailType` or `detail`, or acknowledge this warning with the reason',
    );
  }
}
