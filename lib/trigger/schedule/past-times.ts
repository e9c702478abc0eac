import type { Construct, IConstruct } from 'constructs';
import { Notices } from '../../core/notices';

/** Time zones in the west reach a local time up to 12 hours after UTC. */
const LATEST_CLOCK_MS = 12 * 3_600_000;

export interface ScheduleTimes {
  /** `rate(…)`, `cron(…)` or `at(…)`. */
  readonly expression: string;
  readonly start?: Date;
  readonly end?: Date;
}

/**
 * The start for EventBridge Scheduler, which rejects one in the past; leaving it out has the same effect.
 * https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
 */
export function startInFuture(start: Date | undefined, now: Date): Date | undefined {
  return start !== undefined && start > now ? start : undefined;
}

/** A time that has passed. */
export interface PastTime {
  readonly time: string;
  /** What that means, and what to do about it. */
  readonly text: string;
}

/** Warns about times in the past: a new schedule with such a time fails to deploy, or never runs. */
export function warnOfPast(
  scope: Construct,
  made: IConstruct,
  times: ScheduleTimes,
  now = new Date(),
): void {
  for (const { time, text } of pastTimes(times, now)) {
    const detail = `${made.node.path} (${time})`;
    Notices.of(scope).add({
      fn: scope,
      level: 'warning',
      id: 'cdk-serverless-app:schedule-in-the-past',
      message: `${detail}: ${text}`,
      detail,
    });
  }
}

/** The times of a schedule that have passed. */
export function pastTimes({ expression, start, end }: ScheduleTimes, now: Date): PastTime[] {
  const [, once] = /^at\((\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\)$/.exec(expression) ?? [];
  const at = once === undefined ? undefined : new Date(`${once}Z`).getTime() + LATEST_CLOCK_MS;
  const past = (time: Date | undefined, text: string): PastTime[] =>
    time !== undefined && time <= now ? [{ time: time.toISOString(), text }] : [];
  return [
    ...(at !== undefined && at < now.getTime()
      ? [
          {
            time: expression,
            text: 'the only time is in the past, so it never runs: remove the schedule',
          },
        ]
      : []),
    ...past(start, '`start` is in the past and left out: remove it'),
    ...past(
      end,
      '`end` is in the past, so the schedule never runs, and its first deployment would fail: remove the schedule',
    ),
  ];
}
