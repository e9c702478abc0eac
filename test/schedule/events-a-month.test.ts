import { daysInMonth } from '../../lib/schedule/cron-days';
import { cronTimes } from '../../lib/schedule/cron-fields';
import { eventsAMonth } from '../../lib/schedule/events-a-month';

const DAYS = 365.25 / 12;

describe('the number of runs follows from the expression', () => {
  test.each([
    ['rate(1 minute)', DAYS * 1440],
    ['rate(5 minutes)', DAYS * 288],
    ['rate(10 minutes)', DAYS * 144],
    ['rate(1 hour)', DAYS * 24],
    ['rate(7 days)', DAYS / 7],
    ['at(2027-01-01T00:00:00)', 1],
    ['cron(0 2 * * ? *)', DAYS],
    ['cron(0/15 8-17 ? * MON-FRI *)', ((4 * 10 * 5) / 7) * DAYS],
    ['cron(0,30 * * * ? *)', 48 * DAYS],
    ['cron(0 12 1 * ? *)', 1],
    ['cron(0 12 1 1,7 ? *)', 2 / 12],
    ['cron(0 12 L * ? *)', 1],
    ['cron(0 12 LW * ? *)', 1],
    ['cron(0 12 15W * ? *)', 1],
    ['cron(0 12 L-3 * ? *)', 1],
    ['cron(0 12 ? * 6#1 *)', 1],
    ['cron(0 12 ? * 2L *)', 1],
    ['cron(0 12 ? * L *)', DAYS / 7],
    ['cron(0 12 29 2 ? *)', 7 / 28 / 12],
    ['cron(0 12 30 2 ? *)', 0],
    ['cron(0 12 31 * ? *)', 7 / 12],
    ['cron(0 12 31W * ? *)', 7 / 12],
    ['cron(0 12 29 2 ? 2028)', 1 / 12],
    ['cron(0 12 29 2 ? 2072-2199)', 7 / 28 / 12], // the first 28 years; 2100 would have none
    ['cron(0 12 ? * FRI-MON *)', (4 / 7) * DAYS],
  ])('%s runs %d times in an average month', (expression, times) => {
    expect(eventsAMonth(expression)).toBeCloseTo(times, 9);
  });

  test('a fifth Friday is not in every month', () => {
    const fifth = eventsAMonth('cron(0 12 ? * FRI#5 *)') ?? 0;

    expect(fifth).toBeGreaterThan(0.3);
    expect(fifth).toBeLessThan(0.4);
  });

  test.each([
    '${Token[TOKEN.1]}',
    'cron(0 2 * * *)',
    'cron(61 2 * * ? *)',
    'rate(1 month)',
    'rate(x minutes)',
    'rate(5 minutes) or so',
    'about rate(5 minutes)',
    'at()',
    'at(noon) or so',
    'cat(noon)',
    '',
  ])('%j is not counted, since it is no valid schedule', (expression) => {
    expect(eventsAMonth(expression)).toBeUndefined();
  });
});

describe('the days of a cron expression', () => {
  /** The days of a month on which it runs. */
  function days(dayFields: string, year: number, month: number): number[] {
    const rule = cronTimes(`cron(0 0 ${dayFields} *)`)?.days;
    const all = Array.from({ length: daysInMonth(year, month) }, (_, i) => i + 1);
    return all.filter((day) => rule?.(year, month, day) === true);
  }

  test.each([
    ['1W * ?', 2026, 8, [3]], // 1 August 2026 is a Saturday; the nearest weekday of the month is Monday
    ['31W * ?', 2027, 1, [29]], // 31 January 2027 is a Sunday
    ['15W * ?', 2026, 11, [16]], // a Sunday
    ['14W * ?', 2026, 11, [13]], // a Saturday
    ['16W * ?', 2026, 11, [16]],
    ['LW * ?', 2026, 10, [30]], // 31 October 2026 is a Saturday
    ['L * ?', 2028, 2, [29]],
    ['L-2 * ?', 2027, 2, [26]],
    ['? * FRIL', 2026, 11, [27]],
    ['? * 6L', 2026, 10, [30]],
    ['? * 2#2', 2026, 11, [9]],
    ['? * L', 2026, 11, [7, 14, 21, 28]],
    ['? * SUN,wed', 2026, 11, [1, 4, 8, 11, 15, 18, 22, 25, 29]],
    ['1/10 * ?', 2026, 11, [1, 11, 21]],
  ])('%s of %d-%d are %j', (fields, year, month, expected) => {
    expect(days(fields, year, month)).toEqual(expected);
  });

  test('the hours and minutes of lists, ranges and steps are ascending, without duplicates', () => {
    const times = cronTimes('cron(50/5,0 22-2,23 * * ? 2027-2028)');

    expect(times).toMatchObject({
      minutes: [0, 50, 55],
      hours: [0, 1, 2, 22, 23],
      years: [2027, 2028],
    });
  });
});
