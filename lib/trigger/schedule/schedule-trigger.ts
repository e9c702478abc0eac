import { Duration, Stack, Token } from 'aws-cdk-lib';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { SCHEDULE_DEFAULTS } from '../../core/defaults';
import { acceptOptions } from '../../core/accept-options';
import { stageDefault } from '../../core/defaults';
import { IConstruct } from 'constructs';
import { freeId } from '../../core/names';
import { PropCheck } from '../../props/prop-check';
import { checkProp } from '../../props/check-props';
import { date, duration, flag, instance, integer, struct } from '../../props/kinds';
import { propsOf } from '../../props/prop-set';
import { stableText } from '../../props/stable-text';
import { checkSchedule, checkTimeZone } from '../../core/schedule-rules';
import { SCHEDULE } from '../../core/schedule-prop';
import { IAppFunction, ITrigger, InvocationType, TriggerConfig } from '../../core/contract';
import { FunctionContext } from '../../core/function-context';
import { Schedules } from './schedules';
import { startInFuture, warnOfPast } from './past-times';

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

/**
 * A schedule; see `Trigger.schedule`.
 *
 * @internal
 */
export class ScheduleTrigger implements ITrigger {
  constructor(
    private readonly schedule: scheduler.ScheduleExpression,
    private readonly options: ScheduleTriggerOptions,
  ) {}

  public bind(fn: IAppFunction): TriggerConfig {
    const { schedule } = this;
    checkProp(schedule, 'schedule', SCHEDULE, FunctionContext.of(fn).check);
    const options = acceptOptions(fn, this.options, SCHEDULE_TRIGGER_PROPS);
    checkSchedule(schedule.expressionString, FunctionContext.of(fn).check);
    checkTimeZone(schedule.timeZone?.timezoneName, FunctionContext.of(fn).check);
    checkOptions(options, FunctionContext.of(fn).check);

    const { enabled } = options;
    const props = {
      schedule,
      target: { bind: () => this.target(fn) },
      enabled,
      timeWindow: options.timeWindow,
      start: startInFuture(options.start, new Date()),
      end: options.end,
      scheduleGroup: options.scheduleGroup,
      description: `Runs ${fn.node.path}`.slice(0, 512),
    };
    const made = FunctionContext.of(fn).check.withPropPath(
      'schedule',
      () => new scheduler.Schedule(fn, this.idOf(fn), props),
    );
    const { start, end } = options;
    warnOfPast(fn, made, { expression: schedule.expressionString, start, end });
    this.setTokens(made.node.defaultChild as scheduler.CfnSchedule);
    return {
      kind: 'schedule',
      invocation: InvocationType.ASYNCHRONOUS,
      source: schedule.expressionString,
      details: {
        timeZone: schedule.timeZone?.timezoneName,
        enabled,
        end: options.end?.toISOString(),
        timeWindowSeconds: options.timeWindow?.maxWindow?.toSeconds(),
      },
    };
  }

  private target(fn: IAppFunction): scheduler.ScheduleTargetConfig {
    const { retryAttempts, maxEventAge } = this.options.retryPolicy ?? {};
    const attempts = Token.isUnresolved(retryAttempts) ? undefined : retryAttempts;
    const age = maxEventAge?.isUnresolved() === true ? undefined : maxEventAge;
    return {
      arn: fn.target.functionArn,
      role: Schedules.of(fn).roleFor(fn, this.options.scheduleGroup),
      input: this.options.input,
      deadLetterConfig: { arn: fn.app.failureQueue.queueArn },
      retryPolicy: {
        maximumRetryAttempts: attempts ?? SCHEDULE_DEFAULTS.retryAttempts,
        maximumEventAgeInSeconds: (age ?? SCHEDULE_DEFAULTS.maxEventAge).toSeconds(),
      },
    };
  }

  /** The CDK compares the retry policy even if it contains tokens, so token values are set on the resource itself. */
  private setTokens(resource: scheduler.CfnSchedule): void {
    const { retryAttempts: attempts, maxEventAge: age } = this.options.retryPolicy ?? {};
    if (Token.isUnresolved(attempts)) {
      resource.addPropertyOverride('Target.RetryPolicy.MaximumRetryAttempts', attempts);
    }
    if (age?.isUnresolved() === true) {
      resource.addPropertyOverride('Target.RetryPolicy.MaximumEventAgeInSeconds', age.toSeconds());
    }
  }

  /** The id is derived from the expression, so the order of a function's schedules does not matter. */
  private idOf(fn: IAppFunction): string {
    const { expressionString, timeZone } = this.schedule;
    const when = [expressionString, timeZone?.timezoneName ?? ''].map(stableText);
    const { scheduleGroup } = this.options;
    const group = scheduleGroup === undefined ? [] : ['in', pathInStack(scheduleGroup)];
    const id = ['Schedule', ...when, ...group].join(' ').replace(/[^A-Za-z0-9*?,#-]+/g, '-');
    return freeId(fn, id);
  }
}

/** The same in every stack in which an app is deployed. */
function pathInStack(construct: IConstruct): string {
  return construct.node.path.slice(Stack.of(construct).node.path.length);
}

function checkOptions(options: ScheduleTriggerOptions, check: PropCheck): void {
  check.duration('timeWindow', options.timeWindow?.maxWindow, { min: 60, max: 86_400 });
  if (options.start !== undefined && options.end !== undefined && options.start >= options.end) {
    throw check.error(
      'end',
      `must be after \`start\`, ${options.start.toISOString()}`,
      options.end.toISOString(),
      'swap them',
    );
  }
}
