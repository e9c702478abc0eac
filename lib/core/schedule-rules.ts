import { Token } from 'aws-cdk-lib';
import { PropCheck } from '../props/prop-check';
import { CRON_FIELDS, isFieldValue } from '../schedule/cron-fields';

const EXAMPLE =
  'write, for example, `ScheduleExpression.cron({ minute: "0", hour: "2" })` or `ScheduleExpression.rate(Duration.hours(1))`';

/** Rejects an expression that EventBridge Scheduler would reject at deployment. */
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

/** Rejects a time zone that is not in the IANA database of this Node.js. */
export function checkTimeZone(name: string | undefined, check: PropCheck): void {
  if (knownZones.has(name) || Token.isUnresolved(name)) {
    return;
  }
  try {
    new Intl.DateTimeFormat('en', { timeZone: name }); // This takes 10 ms, so each name is checked once.
    knownZones.add(name);
  } catch {
    throw check.error(
      'schedule.timeZone',
      'must be a name of the IANA time zone database',
      name,
      'use, for example, `TimeZone.EUROPE_WARSAW`',
    );
  }
}

const knownZones = new Set([undefined, 'UTC']);

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
        `leave out one of them in \`${expression}\`, or use two schedules`,
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
