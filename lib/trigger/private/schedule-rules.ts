import { Token } from 'aws-cdk-lib';
import { PropCheck } from '../../private/prop-check';

/** One field of EventBridge Scheduler's cron, with what it may hold. */
interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
  /** Matches what the field may hold alone, in no list. */
  readonly special?: RegExp;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
const CRON_FIELDS: readonly CronField[] = [
  { name: 'minutes', min: 0, max: 59 },
  { name: 'hours', min: 0, max: 23 },
  {
    name: 'day of month',
    min: 1,
    max: 31,
    special: /^(\?|L|LW|L-(\d|[12]\d|30)|([1-9]|[12]\d|3[01])W)$/,
  },
  { name: 'month', min: 1, max: 12, names: MONTHS },
  {
    name: 'day of week',
    min: 1,
    max: 7,
    names: DAYS,
    special: /^(\?|L|([1-7]|SUN|MON|TUE|WED|THU|FRI|SAT)(L|#[1-5]))$/,
  },
  { name: 'year', min: 1970, max: 2199 },
];

const EXAMPLE =
  'write for example `ScheduleExpression.cron({ minute: "0", hour: "2" })` or `ScheduleExpression.rate(Duration.hours(1))`';

/** Refuses an expression that EventBridge Scheduler would refuse at deployment. */
export function checkSchedule(expression: string, check: PropCheck): void {
  if (Token.isUnresolved(expression)) {
    return;
  }
  const match = /^(cron|rate|at)\((.*)\)$/.exec(expression);
  if (match === null) {
    throw check.error('schedule', 'must be cron(…), rate(…) or at(…)', expression, EXAMPLE);
  }
  const [, kind, body = ''] = match;
  if (kind === 'cron') {
    checkCron(expression, body, check);
  } else if (kind === 'rate') {
    checkRate(expression, body, check);
  } else {
    checkAt(expression, body, check);
  }
}

/** Refuses a time zone that is not in the IANA database, by the copy that Node.js has. */
export function checkTimeZone(name: string | undefined, check: PropCheck): void {
  if (name === undefined || Token.isUnresolved(name)) {
    return;
  }
  if (knownZones.has(name)) {
    return;
  }
  try {
    new Intl.DateTimeFormat('en', { timeZone: name }); // takes 10 ms, so a name is asked for once
    knownZones.add(name);
  } catch {
    throw check.error(
      'schedule.timeZone',
      'must be a name of the IANA time zone database',
      name,
      'use for example `TimeZone.EUROPE_WARSAW`',
    );
  }
}

const knownZones = new Set(['UTC']);

function checkRate(expression: string, body: string, check: PropCheck): void {
  const match = /^([1-9]\d*) (minutes?|hours?|days?)$/.exec(body);
  if (match === null) {
    throw check.error(
      'schedule',
      'must be rate(number unit) with minutes, hours or days',
      expression,
      EXAMPLE,
    );
  }
}

function checkAt(expression: string, body: string, check: PropCheck): void {
  const wellFormed = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(body);
  const date = new Date(`${body}Z`);
  if (!wellFormed || Number.isNaN(date.getTime()) || !date.toISOString().startsWith(body)) {
    throw check.error(
      'schedule',
      'must be at(yyyy-mm-ddThh:mm:ss) with a date that exists',
      expression,
      'use `ScheduleExpression.at(new Date(…))`',
    );
  }
}

function checkCron(expression: string, body: string, check: PropCheck): void {
  const values = body.split(/\s+/);
  if (values.length !== CRON_FIELDS.length) {
    throw check.error(
      'schedule',
      `must have ${CRON_FIELDS.length} fields in cron(…)`,
      expression,
      EXAMPLE,
    );
  }
  CRON_FIELDS.forEach((field, i) => {
    const value = values[i] as string;
    const special = value.split(',').find((part) => field.special?.test(part) === true);
    if (special !== undefined && special !== value) {
      throw check.error(
        'schedule',
        `must have \`${special}\` alone in its ${field.name}`,
        value,
        `leave out one of them in \`${expression}\`, or make two schedules`,
      );
    }
    if (!isFieldValue(field, value)) {
      throw check.error(
        'schedule',
        `must have ${field.name} from ${field.min} to ${field.max}, as numbers, lists, ranges or steps`,
        value,
        `correct it in \`${expression}\``,
      );
    }
  });
  const [, , dayOfMonth, , dayOfWeek] = values;
  if ((dayOfMonth === '?') === (dayOfWeek === '?')) {
    throw check.error(
      'schedule',
      'must have `?` in exactly one of day of month and day of week',
      expression,
      'leave out the one that does not matter in `ScheduleExpression.cron({…})`',
    );
  }
}

function isFieldValue(field: CronField, value: string): boolean {
  return (
    (field.special?.test(value) ?? false) || value.split(',').every((part) => isRange(field, part))
  );
}

/** The largest step that leaves something to step to. */
function maxStep({ min, max }: CronField): number {
  return max - Math.max(min - 1, 0);
}

/** `n`, `n-m`, `*` or one of them with `/step`. */
function isRange(field: CronField, part: string): boolean {
  const [base = '', step, ...rest] = part.split('/');
  const soundStep =
    step === undefined || (/^[1-9]\d*$/.test(step) && Number(step) <= maxStep(field));
  if (rest.length > 0 || !soundStep) {
    return false;
  }
  if (base === '*') {
    return true;
  }
  const ends = base.split('-').map((end) => numberOf(field, end));
  return (
    ends.length <= 2 &&
    ends.every((end) => end !== undefined && end >= field.min && end <= field.max)
  );
}

function numberOf(field: CronField, text: string): number | undefined {
  const named = field.names?.indexOf(text.toUpperCase()) ?? -1;
  if (named >= 0) {
    return named + field.min;
  }
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
