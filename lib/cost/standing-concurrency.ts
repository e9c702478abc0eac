import { ColdStartModel, ScheduledConcurrencyModel } from '../model/app-model';
import { resolvedNumber } from '../model/resolved';
import { daysInMonth } from '../schedule/cron-days';
import { cronTimes } from '../schedule/cron-fields';

/** Provisioned execution environments, averaged over a year: the minimum and the maximum. */
export interface StandingConcurrency {
  readonly least: number;
  readonly most: number;
}

/** Any year with 365 days that begins on a Monday works: 2029. */
const YEAR = 2029;
const MINUTES_A_DAY = 24 * 60;

/**
 * The number of provisioned environments. If schedules change the number, the average weighted by time; schedules that are not
 * cron expressions are ignored. Undefined if nothing is provisioned, or if the number is known only at deployment.
 */
export function standingConcurrency(coldStart: ColdStartModel): StandingConcurrency | undefined {
  const min = resolvedNumber(coldStart.min);
  if (coldStart.kind !== 'provisioned' || min === undefined) {
    return undefined;
  }
  const max = Math.max(min, resolvedNumber(coldStart.max) ?? min);
  const changes = (coldStart.schedules ?? [])
    .flatMap(changesOf)
    .sort((a, b) => a.minute - b.minute);
  if (changes.length === 0) {
    return { least: min, most: max };
  }
  return {
    least: average(changes, ({ least }) => least),
    most: average(changes, ({ most }) => most),
  };
}

interface Change {
  /** Within the year. */
  readonly minute: number;
  readonly least: number;
  readonly most: number;
}

function changesOf({ schedule, min, max }: ScheduledConcurrencyModel): Change[] {
  const times = cronTimes(schedule);
  const [least, most] = [resolvedNumber(min), resolvedNumber(max)];
  if (times === undefined || least === undefined) {
    return [];
  }
  const changes: Change[] = [];
  let dayOfYear = 0;
  for (let month = 1; month <= 12; month += 1) {
    for (let day = 1; day <= daysInMonth(YEAR, month); day += 1, dayOfYear += 1) {
      if (times.months.includes(month) && times.days(YEAR, month, day)) {
        for (const hour of times.hours) {
          for (const minute of times.minutes) {
            const at = dayOfYear * MINUTES_A_DAY + hour * 60 + minute;
            changes.push({ minute: at, least, most: Math.max(least, most ?? least) });
          }
        }
      }
    }
  }
  return changes;
}

/** Each number holds until the next change; the last one of the year continues into the next year. */
function average(changes: readonly Change[], of: (change: Change) => number): number {
  const year = 365 * MINUTES_A_DAY;
  const sum = changes.reduce((total, change, i) => {
    const next = changes[i + 1]?.minute ?? year + (changes[0]?.minute ?? 0);
    return total + of(change) * (next - change.minute);
  }, 0);
  return sum / year;
}
