import { Duration } from 'aws-cdk-lib';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { SCHEDULE_DEFAULTS, stageDefault } from '../../core/defaults';
import { date, duration, flag, instance, integer, struct } from '../../props/kinds';
import { propsOf } from '../../props/prop-set';

/** How EventBridge Scheduler retries if it cannot deliver an event to Lambda. */
export interface ScheduleRetryPolicy {
  /**
   * The number of retries, 0 to 185.
   *
   * @default 10
   */
  readonly retryAttempts?: number;

  /**
   * How long Scheduler retries, 1 minute to 24 hours.
   *
   * @default Duration.hours(1)
   */
  readonly maxEventAge?: Duration;
}

/** Options of a schedule trigger. */
export interface ScheduleTriggerOptions {
  /**
   * The event that the handler receives.
   *
   * @default - the schedule's ARN and the scheduled time, in the format of EventBridge Scheduler
   */
  readonly input?: scheduler.ScheduleTargetInput;

  /**
   * Whether the schedule runs.
   *
   * @default - true in production, false in development
   */
  readonly enabled?: boolean;

  /**
   * The precision of the time: `TimeWindow.flexible(Duration.minutes(15))` spreads load, 1 minute to 24 hours.
   *
   * @default TimeWindow.off()
   */
  readonly timeWindow?: scheduler.TimeWindow;

  /**
   * What happens if the event cannot be delivered to Lambda. If the handler fails, the function's own `retryAttempts` and
   * `maxEventAge` apply. In both cases the event ends in the failure queue.
   *
   * @default - 10 attempts within 1 hour
   */
  readonly retryPolicy?: ScheduleRetryPolicy;

  /**
   * The schedule does not run before this time. A time in the past is left out, with a warning: AWS rejects it for a new
   * schedule.
   *
   * @default - it starts with the deployment
   */
  readonly start?: Date;

  /**
   * The schedule does not run after this time.
   *
   * @default - it has no end
   */
  readonly end?: Date;

  /**
   * The group of the schedule.
   *
   * @default - the account's default group
   */
  readonly scheduleGroup?: scheduler.IScheduleGroup;
}

/** @internal */
export const SCHEDULE_RETRY_PROPS = propsOf<ScheduleRetryPolicy>()({
  retryAttempts: integer(0, 185, 'attempts').defaultsTo(SCHEDULE_DEFAULTS.retryAttempts),
  maxEventAge: duration(60, 86_400).defaultsTo(SCHEDULE_DEFAULTS.maxEventAge),
});

/** @internal */
export const SCHEDULE_TRIGGER_PROPS = propsOf<ScheduleTriggerOptions>()({
  input: instance('a ScheduleTargetInput', 'write `ScheduleTargetInput.fromObject({ … })`', 'bind'),
  enabled: flag().byStage(stageDefault('schedulesEnabled')).in('schedules'),
  timeWindow: instance('a TimeWindow', 'write `TimeWindow.flexible(Duration.minutes(15))`', 'mode'),
  retryPolicy: struct(SCHEDULE_RETRY_PROPS).in('schedules'),
  start: date(),
  end: date(),
  scheduleGroup: instance('a schedule group', 'write `new ScheduleGroup(…)`', 'scheduleGroupName'),
});
