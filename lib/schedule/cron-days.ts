/** Whether a cron expression names this date. Months are 1 to 12. */
export type DayRule = (year: number, month: number, day: number) => boolean;

/**
 * The rule of the day field that is not `?`.
 *
 * @param of the field: the day of the month, or the day of the week, with Sunday as 1
 * @param value a valid value of that field
 * @param numbersOf expands a list of ranges
 */
export function dayRuleOf(
  of: 'month' | 'week',
  value: string,
  numbersOf: (list: string) => readonly number[],
): DayRule {
  return of === 'month' ? ofMonth(value, numbersOf) : ofWeek(value.toUpperCase(), numbersOf);
}

/** The number of days in a month. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** 1 is Sunday, 7 Saturday. */
export function weekdayOf(year: number, month: number, day: number): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;
}

const SUNDAY = 1;
const SATURDAY = 7;

function ofMonth(value: string, numbersOf: (list: string) => readonly number[]): DayRule {
  if (value === 'LW') {
    return (year, month, day) => day === nearestWeekday(year, month, daysInMonth(year, month));
  }
  if (value.startsWith('L')) {
    // 3 for L-3, and 0 for L.
    const before = Number(value.slice('L-'.length));
    return (year, month, day) => day === daysInMonth(year, month) - before;
  }
  if (value.endsWith('W')) {
    const wanted = Number(value.slice(0, -1));
    // In a month without such a day nothing runs.
    return (year, month, day) =>
      wanted <= daysInMonth(year, month) && day === nearestWeekday(year, month, wanted);
  }
  const days = new Set(numbersOf(value));
  return (_year, _month, day) => days.has(day);
}

function ofWeek(value: string, numbersOf: (list: string) => readonly number[]): DayRule {
  if (value === 'L') {
    return (year, month, day) => weekdayOf(year, month, day) === SATURDAY;
  }
  if (value.endsWith('L')) {
    const [wanted] = numbersOf(value.slice(0, -1));
    return (year, month, day) =>
      weekdayOf(year, month, day) === wanted && day + 7 > daysInMonth(year, month);
  }
  const [name = '', nth] = value.split('#');
  const weekdays = new Set(numbersOf(name));
  return (year, month, day) =>
    weekdays.has(weekdayOf(year, month, day)) &&
    (nth === undefined || Math.ceil(day / 7) === Number(nth));
}

/** The nearest weekday, Monday to Friday, in the same month. */
function nearestWeekday(year: number, month: number, day: number): number {
  const weekday = weekdayOf(year, month, day);
  if (weekday === SATURDAY) {
    return day > 1 ? day - 1 : day + 2;
  }
  if (weekday === SUNDAY) {
    return day < daysInMonth(year, month) ? day + 1 : day - 2;
  }
  return day;
}
