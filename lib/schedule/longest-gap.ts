import { clockChanges, MINUTES_A_DAY, SkippedTime } from './clock-changes';
import { daysInMonth } from './cron-days';
import { cronTimes, CronTimes } from './cron-fields';
import { secondsOfRate } from './rate';

/** After this many years, dates fall on the same weekdays again. */
const YEARS_OF_A_CYCLE = 28;
const CYCLE_BEGINS = 2001;

/**
 * The longest time between two runs of a schedule, in seconds: over weekends, month ends, leap years, and clock changes.
 * EventBridge Scheduler skips a run whose local time does not exist, and runs once if a local time occurs twice
 * (https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time).
 *
 * Undefined for a single point in time, for an expression with years, which ends, and for an invalid expression.
 */
export function longestGap(expression: string, timeZone?: string): number | undefined {
  const seconds = secondsOfRate(expression);
  if (seconds !== undefined) {
    return seconds;
  }
  const times = cronTimes(expression);
  if (times === undefined || times.years !== undefined) {
    return undefined;
  }
  const minutes = longestGapInMinutes(times, timeZone);
  return minutes === undefined ? undefined : minutes * 60;
}

function longestGapInMinutes(times: CronTimes, timeZone: string | undefined): number | undefined {
  const gaps = dayGaps(times);
  if (gaps === undefined) {
    return undefined;
  }
  const ofDay = times.hours.flatMap((hour) => times.minutes.map((minute) => hour * 60 + minute));
  const { back, skipped } = clockChanges(timeZone);
  const overnight = gaps.toNext * MINUTES_A_DAY - last(ofDay) + first(ofDay);
  return Math.max(
    Math.max(longest(ofDay), overnight) + back,
    ...skipped.map((time) => gapAround(ofDay, time, gaps) - time.length),
  );
}

/** The longest gap around a day on which some local times do not exist. */
function gapAround(ofDay: readonly number[], skipped: SkippedTime, gaps: DayGaps): number {
  const left = ofDay.filter(
    (minute) => (minute - skipped.from + MINUTES_A_DAY) % MINUTES_A_DAY >= skipped.length,
  );
  if (left.length === 0) {
    return gaps.toNextButOne * MINUTES_A_DAY - last(ofDay) + first(ofDay);
  }
  return Math.max(
    longest(left),
    gaps.toNext * MINUTES_A_DAY - last(ofDay) + first(left),
    gaps.toNext * MINUTES_A_DAY - last(left) + first(ofDay),
  );
}

/** In days. */
interface DayGaps {
  readonly toNext: number;
  readonly toNextButOne: number;
}

/** Many schedules run on the same days, and examining all days takes milliseconds. */
const known = new Map<string, DayGaps | undefined>();

/** The longest time from a day with runs to the next one, over all years. Undefined if it never runs. */
function dayGaps(times: CronTimes): DayGaps | undefined {
  if (!known.has(times.dayKey)) {
    known.set(times.dayKey, findDayGaps(times));
  }
  return known.get(times.dayKey);
}

function findDayGaps(times: CronTimes): DayGaps | undefined {
  const months = new Set(times.months);
  const days: number[] = [];
  let number = 0;
  for (let year = CYCLE_BEGINS; year < CYCLE_BEGINS + YEARS_OF_A_CYCLE; year += 1) {
    for (let month = 1; month <= 12; month += 1) {
      const length = daysInMonth(year, month);
      for (let day = 1; months.has(month) && day <= length; day += 1) {
        if (times.days(year, month, day)) {
          days.push(number + day);
        }
      }
      number += length;
    }
  }
  if (days.length === 0) {
    return undefined;
  }
  // The next cycle begins like this one.
  const at = (i: number): number =>
    (days[i % days.length] ?? 0) + Math.floor(i / days.length) * number;
  const gap = (steps: number): number =>
    days.reduce((most, day, i) => Math.max(most, at(i + steps) - day), 0);
  return { toNext: gap(1), toNextButOne: gap(2) };
}

/** The longest time between two consecutive runs. */
function longest(ascending: readonly number[]): number {
  return ascending.reduce(
    (most, value, i) => Math.max(most, value - (ascending[i - 1] ?? value)),
    0,
  );
}

function first(values: readonly number[]): number {
  return values[0] ?? 0;
}

function last(values: readonly number[]): number {
  return values[values.length - 1] ?? 0;
}
