import { Lazy } from 'aws-cdk-lib';
import { PropCheck } from '../../lib/props/prop-check';
import { checkSchedule, checkTimeZone } from '../../lib/core/schedule-rules';

const check = new PropCheck('Test/App', 'functions.Close');
const schedule = (expression: string) => (): void => {
  checkSchedule(expression, check);
};
const timeZone = (name: string | undefined) => (): void => {
  checkTimeZone(name, check);
};

test.each([
  'cron(0 2 * * ? *)',
  'cron(59 23 31 12 ? 2199)',
  'cron(0 0 1 1 ? 1970)',
  'cron(0/5 * * * ? *)',
  'cron(*/5 * * * ? *)',
  'cron(0,15,30-45 8-17 ? JAN-MAR MON-FRI *)',
  'cron(0 0 ? jan mon *)',
  'cron(0 0 ? * 1 *)',
  'cron(0 0 ? * 7 *)',
  'cron(0 0 ? * 2#1 *)',
  'cron(0 0 ? * FRI#5 *)',
  'cron(0 0 ? * 6L *)',
  'cron(0 0 ? * L *)',
  'cron(0 0 L * ? *)',
  'cron(0 0 LW * ? *)',
  'cron(0 0 L-3 * ? *)',
  'cron(0 0 L-30 * ? *)',
  'cron(0/59 0/23 1/31 1/12 ? 1970/230)',
  'cron(0 0 ? * 1/7 *)',
  'cron(0 0 15W * ? *)',
  'cron(0 0 31W * ? *)',
  'rate(1 minute)',
  'rate(5 minutes)',
  'rate(12 hours)',
  'rate(1 day)',
  'rate(1 hour)',
  'rate(30 days)',
  'cron(0  2 * * ? *)',
  'at(2030-12-31T23:59:59)',
  'at(2028-02-29T00:00:00)',
])('%s is a schedule', (expression) => {
  expect(schedule(expression)).not.toThrow();
});

test.each([
  '60',
  '-1',
  '0-60',
  '0/0',
  '0/60',
  '*/60',
  '0/x',
  'a',
  '5-',
  '1,',
  '0/5/2',
  '1-2-3',
  '',
])('fails for the minutes %j', (minutes) => {
  expect(schedule(`cron(${minutes} 2 * * ? *)`)).toThrow(
    /`functions\.Close\.schedule` must have (minutes from 0 to 59|6 fields)/,
  );
});

test.each([
  ['cron(0 24 * * ? *)', 'hours from 0 to 23, as numbers, lists, ranges or steps, got "24"'],
  ['cron(0 0 0 * ? *)', 'day of month from 1 to 31, as numbers, lists, ranges or steps, got "0"'],
  ['cron(0 0 32 * ? *)', 'day of month from 1 to 31'],
  ['cron(0 0 L-31 * ? *)', 'day of month from 1 to 31'],
  ['cron(0 0/24 * * ? *)', 'hours from 0 to 23'],
  ['cron(0 0 1/32 * ? *)', 'day of month from 1 to 31'],
  ['cron(0 0 1 1/13 ? *)', 'month from 1 to 12'],
  ['cron(0 0 ? * 1/8 *)', 'day of week from 1 to 7'],
  ['cron(0 0 1 1 ? 1970/231)', 'year from 1970 to 2199'],
  [
    'cron(0 0 L,5 * ? *)',
    '`L` alone in its day of month, got "L,5": leave out one of them in `cron(',
  ],
  ['cron(0 0 1,15W * ? *)', '`15W` alone in its day of month'],
  ['cron(0 0 ?,1 * ? *)', '`?` alone in its day of month'],
  ['cron(0 0 ? * 2#1,3 *)', '`2#1` alone in its day of week'],
  ['cron(0 0 32W * ? *)', 'day of month from 1 to 31'],
  ['cron(0 0 1 0 ? *)', 'month from 1 to 12'],
  ['cron(0 0 1 13 ? *)', 'month from 1 to 12'],
  ['cron(0 0 1 JANUARY ? *)', 'month from 1 to 12'],
  ['cron(0 0 ? * 0 *)', 'day of week from 1 to 7'],
  ['cron(0 0 ? * 8 *)', 'day of week from 1 to 7'],
  ['cron(0 0 ? * 2#0 *)', 'day of week from 1 to 7'],
  ['cron(0 0 ? * 2#6 *)', 'day of week from 1 to 7'],
  ['cron(0 0 ? * XYZ *)', 'day of week from 1 to 7'],
  ['cron(0 0 1 1 ? 1969)', 'year from 1970 to 2199'],
  ['cron(0 0 1 1 ? 2200)', 'year from 1970 to 2199'],
])('fails for the field in %s', (expression, rule) => {
  expect(schedule(expression)).toThrow(`Test/App: \`functions.Close.schedule\` must have ${rule}`);
});

test('fails for a wrong field, with a corrected expression as the remedy', () => {
  expect(schedule('cron(0 24 * * ? *)')).toThrow(': correct it in `cron(0 24 * * ? *)`');
});

test.each(['cron(0 2 * * *)', 'cron(0 2 * * ? * *)', 'cron()', 'cron(* * * * *)'])(
  'fails for the number of fields in %s',
  (expression) => {
    expect(schedule(expression)).toThrow(`must have 6 fields in cron(…), got "${expression}"`);
  },
);

test.each(['cron(0 2 * * * *)', 'cron(0 2 ? * ? *)', 'cron(0 2 1 * MON *)'])(
  'fails for the days in %s',
  (expression) => {
    expect(schedule(expression)).toThrow(
      'must have `?` in exactly one of day of month and day of week',
    );
  },
);

test.each([
  'rate(0 minutes)',
  'rate(-1 minutes)',
  'rate(1.5 hours)',
  'rate(5)',
  'rate(5 seconds)',
  'rate(5 weeks)',
  'rate(minutes)',
  'rate(5  minutes)',
  'rate()',
  'rate(5 minutes ago)',
  'rate(in 5 minutes)',
])('fails for the rate %s', (expression) => {
  expect(schedule(expression)).toThrow(
    `must be rate(number unit) with minutes, hours or days, got "${expression}"`,
  );
});

test.each([
  'at(2030-02-30T00:00:00)',
  'at(2027-02-29T00:00:00)',
  'at(2030-13-01T00:00:00)',
  'at(2030-01-01T24:00:00)',
  'at(2030-01-01T00:00:00Z)',
  'at(2030-01-01T00:00)',
  'at(2030-01-01)',
  'at(tomorrow)',
  'at(2030-01-01T00:00:00.000)',
  'at(+012030-01-01T00:00:00)',
])('fails for the time %s', (expression) => {
  expect(schedule(expression)).toThrow(
    `must be at(yyyy-mm-ddThh:mm:ss) with a date that exists, got "${expression}"`,
  );
});

test.each([
  'every day',
  '0 2 * * ? *',
  'CRON(0 2 * * ? *)',
  'cron(0 2 * * ? *',
  'cron(0 2 * * ? *) UTC',
  'at cron(0 2 * * ? *)',
  '',
])('fails for %j, which is no expression', (expression) => {
  expect(schedule(expression)).toThrow(
    `must be cron(…), rate(…) or at(…), got "${expression}": write, for example,`,
  );
});

test('an expression that is a token is not compared', () => {
  expect(schedule(Lazy.string({ produce: () => 'nonsense' }))).not.toThrow();
});

test.each([undefined, 'Europe/Warsaw', 'UTC', 'Etc/UTC', 'America/Argentina/Buenos_Aires'])(
  '%s is a time zone',
  (name) => {
    expect(timeZone(name)).not.toThrow();
  },
);

test.each(['Europe/Atlantis', 'Warsaw', '', 'GMT plus 1'])('fails for the time zone %j', (name) => {
  expect(timeZone(name)).toThrow(
    `Test/App: \`functions.Close.schedule.timeZone\` must be a name of the IANA time zone database, got "${name}": use, for example,`,
  );
});

test('a time zone that is a token is not compared', () => {
  expect(timeZone(Lazy.string({ produce: () => 'nonsense' }))).not.toThrow();
});

test('a time zone is looked up only once, since the lookup is slow', () => {
  const lookUp = jest.spyOn(Intl, 'DateTimeFormat');

  timeZone('Asia/Tokyo')();
  timeZone('Asia/Tokyo')();
  timeZone('UTC')();
  timeZone(undefined)();

  expect(lookUp).toHaveBeenCalledTimes(1);
  lookUp.mockRestore();
});
