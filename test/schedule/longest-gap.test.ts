import { longestGap } from '../../lib/schedule/longest-gap';

const HOUR = 3600;
const DAY = 24 * HOUR;

describe('the longest gap of a schedule', () => {
  test.each([
    ['every minute', 'cron(* * * * ? *)', 60],
    ['every five minutes', 'cron(0/5 * * * ? *)', 300],
    ['every minute of one hour', 'cron(* 2 * * ? *)', 23 * HOUR + 60],
    ['every day', 'cron(0 2 * * ? *)', DAY],
    ['at 8 and at 18', 'cron(0 8,18 * * ? *)', 14 * HOUR],
    ['at 0 and at 23', 'cron(0 0,23 * * ? *)', 23 * HOUR],
    ['at 0, at 1 and at 20', 'cron(0 0,1,20 * * ? *)', 19 * HOUR],
    ['on weekdays, over the weekend', 'cron(0 2 ? * MON-FRI *)', 3 * DAY],
    ['on weekdays at 8 to 18', 'cron(0 8-18 ? * 2-6 *)', 62 * HOUR],
    ['every week', 'cron(0 2 ? * SUN *)', 7 * DAY],
    ['Friday to Monday, around the end of the week', 'cron(0 2 ? * FRI-MON *)', 4 * DAY],
    ['on the 1st', 'cron(0 2 1 * ? *)', 31 * DAY],
    ['on the 31st, over months that have none', 'cron(0 2 31 * ? *)', 61 * DAY],
    ['on the last day', 'cron(0 2 L * ? *)', 31 * DAY],
    ['two days before the last', 'cron(0 2 L-2 * ? *)', 31 * DAY],
    ['on the last weekday', 'cron(0 2 LW * ? *)', 33 * DAY],
    ['on the weekday nearest to the 15th', 'cron(0 2 15W * ? *)', 32 * DAY],
    ['on the third Friday', 'cron(0 2 ? * 6#3 *)', 35 * DAY],
    ['on the fifth Friday, over months that have none', 'cron(0 2 ? * 6#5 *)', 119 * DAY],
    ['on the last Friday', 'cron(0 2 ? * 6L *)', 35 * DAY],
    ['once a quarter', 'cron(0 2 1 1/3 ? *)', 92 * DAY],
    ['once a year', 'cron(0 2 1 1 ? *)', 366 * DAY],
    ['on 29 February', 'cron(0 2 29 2 ? *)', 1461 * DAY],
    ['on a 29 February that is a Friday', 'cron(0 2 ? 2 6#5 *)', 10_227 * DAY],
    ['by a rate of minutes', 'rate(1 minute)', 60],
    ['by a rate of hours', 'rate(36 hours)', 36 * HOUR],
    ['by a rate of days', 'rate(2 days)', 2 * DAY],
  ])('%s', (_what, expression, seconds) => {
    expect(longestGap(expression)).toBe(seconds);
    expect(longestGap(expression, 'UTC')).toBe(seconds);
  });

  test.each([
    ['a moment', 'at(2027-01-01T00:00:00)'],
    ['years, after which it ends', 'cron(0 2 * * ? 2027)'],
    ['a day that there is not', 'cron(0 2 30 2 ? *)'],
    ['no expression', 'every day'],
    ['a token', '${Token[TOKEN.1]}'],
    ['a rate with something after it', 'rate(1 day) or so'],
    ['a rate with something before it', 'about rate(1 day)'],
    ['a rate of months', 'rate(1 month)'],
  ])('%s has none', (_what, expression) => {
    expect(longestGap(expression)).toBeUndefined();
  });
});

describe('at clock changes', () => {
  test.each([
    ['a day has 25 hours once', 'cron(0 12 * * ? *)', 'Europe/Warsaw', 25 * HOUR],
    [
      'of 2:00, which is skipped once, a day is missing',
      'cron(0 2 * * ? *)',
      'Europe/Warsaw',
      47 * HOUR,
    ],
    ['2:59 is skipped, too', 'cron(59 2 * * ? *)', 'Europe/Warsaw', 47 * HOUR],
    ['1:59 is not skipped', 'cron(59 1 * * ? *)', 'Europe/Warsaw', 25 * HOUR],
    ['3:00 is not skipped', 'cron(0 3 * * ? *)', 'Europe/Warsaw', 25 * HOUR],
    ['of 2:00 and 12:00 one is left', 'cron(0 2,12 * * ? *)', 'Europe/Warsaw', 23 * HOUR],
    ['an hour that comes twice runs once', 'cron(0/5 * * * ? *)', 'Europe/Warsaw', HOUR + 300],
    [
      'a weekly run may be the one that is skipped',
      'cron(0 2 ? * SUN *)',
      'Europe/Warsaw',
      14 * DAY - HOUR,
    ],
    ['they go forward at midnight in Cairo', 'cron(30 0 * * ? *)', 'Africa/Cairo', 47 * HOUR],
    ['by half an hour in Lord Howe', 'cron(0 12 * * ? *)', 'Australia/Lord_Howe', 24.5 * HOUR],
    [
      'and the last time of a day is skipped, the first is followed by the next day’s',
      'cron(10 0,2 * * ? *)',
      'Australia/Lord_Howe',
      23.5 * HOUR,
    ],
    ['for Ramadan in Morocco', 'cron(0 12 * * ? *)', 'Africa/Casablanca', 25 * HOUR],
    ['never in India', 'cron(0 2 * * ? *)', 'Asia/Kolkata', DAY],
  ])('%s', (_what, expression, timeZone, seconds) => {
    expect(longestGap(expression, timeZone)).toBe(seconds);
  });

  test('a rate is independent of the clock', () => {
    expect(longestGap('rate(1 day)', 'Europe/Warsaw')).toBe(DAY);
  });
});
