/**
 * The cron expressions of EventBridge Scheduler as data: the minutes, hours and days that an expression names. Plain arithmetic
 * without the CDK, for the check of a schedule, the estimate, and the missed-schedule alarm.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
 */
import { DayRule, dayRuleOf } from './cron-days';

/** A field of a cron expression and its allowed values. */
export interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
  /** Matches values that are only allowed alone, not in a list. */
  readonly special?: RegExp;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const MINUTES: CronField = { name: 'minutes', min: 0, max: 59 };
const HOURS: CronField = { name: 'hours', min: 0, max: 23 };
const DAY_OF_MONTH: CronField = {
  name: 'day of month',
  min: 1,
  max: 31,
  special: /^(\?|L|LW|L-(\d|[12]\d|30)|([1-9]|[12]\d|3[01])W)$/,
};
const MONTH: CronField = { name: 'month', min: 1, max: 12, names: MONTHS };
const DAY_OF_WEEK: CronField = {
  name: 'day of week',
  min: 1,
  max: 7,
  names: DAYS,
  special: /^(\?|L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(L|#[1-5]))$/,
};
const YEAR: CronField = { name: 'year', min: 1970, max: 2199 };

/** The fields in their order. */
export const CRON_FIELDS: readonly CronField[] = [
  MINUTES,
  HOURS,
  DAY_OF_MONTH,
  MONTH,
  DAY_OF_WEEK,
  YEAR,
];

/** When a cron expression runs, in its time zone: at each of the minutes of each of the hours of each matching day. */
export interface CronTimes {
  /** Ascending, 0 to 59. */
  readonly minutes: readonly number[];
  /** Ascending, 0 to 23. */
  readonly hours: readonly number[];
  /** Ascending, 1 to 12. */
  readonly months: readonly number[];
  /** Ascending; undefined if it runs in every year. */
  readonly years: readonly number[] | undefined;
  /** The matching days of those months. */
  readonly days: DayRule;
  /** The day fields alone, which identify expressions that run on the same days. */
  readonly dayKey: string;
}

/** The contents of `cron(…)` as times. Undefined if EventBridge Scheduler would reject the expression. */
export function cronTimes(expression: string): CronTimes | undefined {
  const [, body = ''] = /^cron\((.*)\)$/.exec(expression) ?? [];
  const values = body.split(/\s+/);
  if (
    values.length !== CRON_FIELDS.length ||
    !CRON_FIELDS.every((field, i) => isFieldValue(field, values[i] ?? ''))
  ) {
    return undefined;
  }
  const [minutes = '', hours = '', dayOfMonth = '', month = '', dayOfWeek = '', year = ''] = values;
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    return undefined;
  }
  return {
    minutes: numbersOf(MINUTES, minutes),
    hours: numbersOf(HOURS, hours),
    months: numbersOf(MONTH, month),
    years: year === '*' ? undefined : numbersOf(YEAR, year),
    days:
      dayOfWeek === '?'
        ? dayRuleOf('month', dayOfMonth, (list) => numbersOf(DAY_OF_MONTH, list))
        : dayRuleOf('week', dayOfWeek, (list) => numbersOf(DAY_OF_WEEK, list)),
    dayKey: [dayOfMonth, month, dayOfWeek, year].join(' ').toUpperCase(),
  };
}

/** Whether a field allows this value: a list of ranges with steps, or a value special to the field. */
export function isFieldValue(field: CronField, value: string): boolean {
  return (
    (field.special?.test(value) ?? false) ||
    value.split(',').every((part) => rangeOf(field, part) !== undefined)
  );
}

/** The numbers in a list, ascending, each once. */
function numbersOf(field: CronField, list: string): number[] {
  const numbers = list.split(',').flatMap((part) => {
    const range = rangeOf(field, part);
    return range === undefined ? [] : spread(field, range);
  });
  return [...new Set(numbers)].sort((a, b) => a - b);
}

interface Range {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** `n`, `n-m`, `*` or one of them with `/step`; otherwise undefined. */
function rangeOf(field: CronField, part: string): Range | undefined {
  const [base = '', step, ...rest] = part.split('/');
  const soundStep =
    step === undefined || (/^[1-9]\d*$/.test(step) && Number(step) <= maxStep(field));
  if (rest.length > 0 || !soundStep) {
    return undefined;
  }
  const by = Number(step ?? 1);
  if (base === '*') {
    return { from: field.min, to: field.max, step: by };
  }
  const ends = base.split('-').map((end) => numberOf(field, end));
  const [from = NaN, to = step === undefined ? from : field.max, ...others] = ends;
  const isIn = (end: number): boolean => end >= field.min && end <= field.max;
  return isIn(from) && isIn(to) && others.length === 0 ? { from, to, step: by } : undefined;
}

/** The largest step that is accepted in a field. */
function maxStep({ min, max }: CronField): number {
  return max - Math.max(min - 1, 0);
}

/** NaN if it is not a number. */
function numberOf(field: CronField, text: string): number {
  const named = field.names?.indexOf(text.toUpperCase()) ?? -1;
  if (named >= 0) {
    return named + field.min;
  }
  return /^\d+$/.test(text) ? Number(text) : NaN;
}

/** A range that begins after its end, like FRI-MON, wraps around. */
function spread({ min, max }: CronField, { from, to, step }: Range): number[] {
  const size = max - min + 1;
  const length = from <= to ? to - from : to - from + size;
  const numbers: number[] = [];
  for (let passed = 0; passed <= length; passed += step) {
    numbers.push(min + ((from - min + passed) % size));
  }
  return numbers;
}
