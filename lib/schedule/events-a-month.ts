import { daysInMonth } from './cron-days';
import { cronTimes, CronTimes } from './cron-fields';
import { DAYS_A_MONTH } from './month';
import { secondsOfRate } from './rate';

const SECONDS_A_DAY = 86_400;

/** After this many years, dates fall on the same weekdays again. */
const YEARS_OF_A_CYCLE = 28;
const CYCLE_BEGINS = 2001;

/** Many schedules run at the same times or on the same days, and counting takes a millisecond. */
const countedEvents = new Map<string, number | undefined>();
const countedDays = new Map<string, number>();

/**
 * How often a schedule runs in an average month: counted over the 28 years after which dates and weekdays repeat, or over the
 * years in the expression. A single point in time counts once. Daylight saving time is ignored.
 *
 * Undefined if it is not a schedule expression, for example because it is known only at deployment.
 */
export function eventsAMonth(expression: string): number | undefined {
  if (!countedEvents.has(expression)) {
    countedEvents.set(expression, countEvents(expression));
  }
  return countedEvents.get(expression);
}

function countEvents(expression: string): number | undefined {
  const times = cronTimes(expression);
  if (times !== undefined) {
    return times.minutes.length * times.hours.length * matchingDaysAMonth(times);
  }
  const seconds = secondsOfRate(expression);
  if (seconds !== undefined) {
    return (SECONDS_A_DAY / seconds) * DAYS_A_MONTH;
  }
  return /^at\(.+\)$/.test(expression) ? 1 : undefined;
}

function matchingDaysAMonth(times: CronTimes): number {
  const known = countedDays.get(times.dayKey);
  if (known !== undefined) {
    return known;
  }
  const cycle = Array.from({ length: YEARS_OF_A_CYCLE }, (_, i) => CYCLE_BEGINS + i);
  const years = times.years?.slice(0, YEARS_OF_A_CYCLE) ?? cycle;
  let days = 0;
  for (const year of years) {
    for (const month of times.months) {
      for (let day = 1; day <= daysInMonth(year, month); day += 1) {
        days += times.days(year, month, day) ? 1 : 0;
      }
    }
  }
  const aMonth = days / (years.length * 12);
  countedDays.set(times.dayKey, aMonth);
  return aMonth;
}
