import { Stack, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import type { Construct, IConstruct } from 'constructs';
import { AppContext } from '../../core/app-context';
import type { TriggerConfig } from '../../core/contract';
import { SCHEDULE_DEFAULTS } from '../../core/defaults';
import { freeId } from '../../core/names';
import { SCHEDULE } from '../../core/schedule-prop';
import { checkSchedule, checkTimeZone } from '../../core/schedule-rules';
import { checkProp } from '../../props/check-props';
import type { PropCheck } from '../../props/prop-check';
import { stableText } from '../../props/stable-text';
import { startInFuture, warnOfPast } from './past-times';
import type { ScheduleTriggerOptions } from './schedule-options';

/** What a schedule runs: a function, or a workflow. */
export interface ScheduleListener {
  /** The scope of the schedule. */
  readonly scope: Construct;
  readonly check: PropCheck;
  readonly arn: string;
  readonly role: () => iam.IRole;
}

/** Runs a listener at a time: checks the expression, and adds a schedule. Returns its source and details for the model. */
export function addSchedule(
  listener: ScheduleListener,
  schedule: scheduler.ScheduleExpression,
  options: ScheduleTriggerOptions & { readonly enabled: boolean },
): Pick<TriggerConfig, 'source' | 'details'> {
  const { scope, check } = listener;
  checkProp(schedule, 'schedule', SCHEDULE, check);
  checkSchedule(schedule.expressionString, check);
  checkTimeZone(schedule.timeZone?.timezoneName, check);
  checkOptions(options, check);
  const { enabled, start, end, timeWindow, scheduleGroup } = options;
  const made = check.withPropPath(
    'schedule',
    () =>
      new scheduler.Schedule(scope, idOf(scope, schedule, scheduleGroup), {
        schedule,
        target: { bind: () => targetOf(listener, options) },
        enabled,
        timeWindow,
        start: startInFuture(start, new Date()),
        end,
        scheduleGroup,
        description: `Runs ${scope.node.path}`.slice(0, 512),
      }),
  );
  warnOfPast(scope, made, { expression: schedule.expressionString, start, end });
  setTokens(made.node.defaultChild as scheduler.CfnSchedule, options);
  return {
    source: schedule.expressionString,
    details: {
      timeZone: schedule.timeZone?.timezoneName,
      enabled,
      end: end?.toISOString(),
      timeWindowSeconds: timeWindow?.maxWindow?.toSeconds(),
    },
  };
}

function targetOf(
  { scope, arn, role }: ScheduleListener,
  { input, retryPolicy = {} }: ScheduleTriggerOptions,
): scheduler.ScheduleTargetConfig {
  const { retryAttempts, maxEventAge } = retryPolicy;
  const attempts = Token.isUnresolved(retryAttempts) ? undefined : retryAttempts;
  const age = maxEventAge?.isUnresolved() === true ? undefined : maxEventAge;
  return {
    arn,
    role: role(),
    input,
    deadLetterConfig: { arn: AppContext.of(scope).app.failureQueue.queueArn },
    retryPolicy: {
      maximumRetryAttempts: attempts ?? SCHEDULE_DEFAULTS.retryAttempts,
      maximumEventAgeInSeconds: (age ?? SCHEDULE_DEFAULTS.maxEventAge).toSeconds(),
    },
  };
}

/** The CDK compares the retry policy even if it contains tokens, so token values are set on the resource itself. */
function setTokens(
  resource: scheduler.CfnSchedule,
  { retryPolicy = {} }: ScheduleTriggerOptions,
): void {
  const { retryAttempts: attempts, maxEventAge: age } = retryPolicy;
  if (Token.isUnresolved(attempts)) {
    resource.addPropertyOverride('Target.RetryPolicy.MaximumRetryAttempts', attempts);
  }
  if (age?.isUnresolved() === true) {
    resource.addPropertyOverride('Target.RetryPolicy.MaximumEventAgeInSeconds', age.toSeconds());
  }
}

/** The id is derived from the expression, so the order of the schedules does not matter. */
function idOf(
  scope: Construct,
  { expressionString, timeZone }: scheduler.ScheduleExpression,
  scheduleGroup: scheduler.IScheduleGroup | undefined,
): string {
  const when = [expressionString, timeZone?.timezoneName ?? ''].map(stableText);
  const group = scheduleGroup === undefined ? [] : ['in', pathInStack(scheduleGroup)];
  const id = ['Schedule', ...when, ...group].join(' ').replace(/[^A-Za-z0-9*?,#-]+/g, '-');
  return freeId(scope, id);
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
