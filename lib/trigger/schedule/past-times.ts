import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** Time zones in the west reach a local time up to 12 hours after UTC. */
const LATEST_CLOCK_MS = 12 * 3_600_000;

export interface ScheduleTimes {
  /** `rate(…)`, `cron(…)` or `at(…)`. */
  readonly expression: string;
  readonly start?: Date;
  readonly end?: Date;
}

/**
 * The start for EventBridge Scheduler, which rejects one in the past; no start has the same effect.
 * https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
 */
export function startInFuture(start: Date | undefined, now: Date): Date | undefined {
  return start !== undefined && start > now ? start : undefined;
}

/** Warns about times in the past: a new schedule with such a time fails to deploy, or never runs. */
export function warnOfPast(scope: IConstruct, times: ScheduleTimes, now = new Date()): void {
  for (const what of pastTimes(times, now)) {
    Validations.of(scope).addWarning(
      'cdk-serverless-app:schedule-in-the-past',
      `${scope.node.path}: ${what}`,
    );
  }
}

/** What is in the past, and what to do about it. */
export function pastTimes({ expression, start, end }: ScheduleTimes, now: Date): string[] {
  const [, once] = /^at\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\)$/.exec(expression) ?? [];
  const at = once === undefined ? undefined : new Date(`${once}Z`).getTime() + LATEST_CLOCK_MS;
  return [
    ...(at !== undefined && at < now.getTime()
      ? [`\`${expression}\` is in the past, so it never runs: remove the schedule`]
      : []),
    ...(start !== undefined && start <= now
      ? [`\`start\` ${start.toISOString()} is in the past and left out: remove it`]
      : []),
    ...(end !== undefined && end <= now
      ? [
          `\`end\` ${end.toISOString()} is in the past, so the schedule never runs, and its first deployment would fail: remove the schedule`,
        ]
      : []),
  ];
}
