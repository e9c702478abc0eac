import { CRON_FIELDS, cronTimes, isFieldValue } from '../../lib/schedule/cron-fields';

const ORDER = ['minutes', 'hours', 'day of month', 'month', 'day of week', 'year'];

function takes(name: string, value: string): boolean {
  const field = CRON_FIELDS[ORDER.indexOf(name)];
  return field !== undefined && isFieldValue(field, value);
}

test('the fields are in the order of the expression', () => {
  expect(CRON_FIELDS.map(({ name }) => name)).toEqual(ORDER);
});

describe('a number must be in the range of its field', () => {
  test.each([
    ['minutes', 0, 59],
    ['hours', 0, 23],
    ['day of month', 1, 31],
    ['month', 1, 12],
    ['day of week', 1, 7],
    ['year', 1970, 2199],
  ])('%s', (name, min, max) => {
    expect(takes(name, String(min))).toBe(true);
    expect(takes(name, String(max))).toBe(true);
    expect(takes(name, `${min}-${max}`)).toBe(true);
    expect(takes(name, String(min - 1))).toBe(false);
    expect(takes(name, String(max + 1))).toBe(false);
    expect(takes(name, `${min}-${max + 1}`)).toBe(false);
    expect(takes(name, `${max},${max + 1}`)).toBe(false);
  });
});

describe('a step must have a range', () => {
  test.each([
    ['minutes', 59],
    ['hours', 23],
    ['day of month', 31],
    ['month', 12],
    ['day of week', 7],
    ['year', 230],
  ])('%s', (name, largest) => {
    expect(takes(name, '*/1')).toBe(true);
    expect(takes(name, `*/${largest}`)).toBe(true);
    expect(takes(name, `*/${largest + 1}`)).toBe(false);
    expect(takes(name, '*/0')).toBe(false);
  });
});

describe('names', () => {
  test.each([
    ['month', 'JAN'],
    ['month', 'dec'],
    ['month', 'NOV-FEB'],
    ['day of week', 'SUN'],
    ['day of week', 'mon-FRI'],
    ['day of week', 'TUE,5'],
  ])('the %s may be %s', (name, value) => {
    expect(takes(name, value)).toBe(true);
  });

  test.each([
    ['month', 'MON'],
    ['day of week', 'JAN'],
    ['day of month', 'SUN'],
    ['month', 'JANUARY'],
  ])('the %s may not be %s', (name, value) => {
    expect(takes(name, value)).toBe(false);
  });
});

describe('special values of the days', () => {
  test.each([
    ['day of month', ['?', 'L', 'LW', 'L-0', 'L-9', 'L-10', 'L-30', '1W', '31W']],
    ['day of week', ['?', 'L', '1L', '7L', 'FRIL', 'FRI#1', '7#5']],
  ])('the %s may be one of %j', (name, values) => {
    expect(values.filter((value) => !takes(name, value))).toEqual([]);
  });

  test.each([
    ['day of month', ['L-31', 'L-', '0W', '32W', 'W', 'WL', 'xL', '15WW', '?,1', '1#1']],
    ['day of week', ['8L', '0#1', '2#0', '2#6', 'FRI#', 'LW', '1W', '?,2', 'XL']],
    ['hours', ['?', 'L', '1W', '1#1']],
  ])('the %s may be none of %j', (name, values) => {
    expect(values.filter((value) => takes(name, value))).toEqual([]);
  });
});

test.each([
  '',
  ',',
  '1,',
  '-',
  '1-',
  '-1',
  '1-2-3',
  '1-2-',
  '1/',
  '/5',
  '1/2/3',
  '1/x',
  '1/2x',
  '1/x2',
  '1/-2',
  '1/1.5',
  '1x',
  'x1',
  '1-x',
  'x-1',
  '*-5',
  '**',
  '1.5',
  ' 1',
])('%j is no list of ranges', (value) => {
  expect(takes('minutes', value)).toBe(false);
});

test.each(['5', '05', '*', '*/5', '5/5', '5-9', '9-5', '5-9/2', '1,2,3', '*,5-9/2,7'])(
  '%j is a list of ranges',
  (value) => {
    expect(takes('minutes', value)).toBe(true);
  },
);

describe('the values of a list', () => {
  test.each([
    ['7', [7]],
    ['3,1,2,1', [1, 2, 3]],
    ['20-22', [20, 21, 22]],
    ['22-1', [0, 1, 22, 23]],
    ['23-22', Array.from({ length: 24 }, (_, i) => i)],
    ['*/6', [0, 6, 12, 18]],
    ['20/2', [20, 22]],
    ['8-14/3', [8, 11, 14]],
    ['21-4/3', [0, 3, 21]],
    ['5-5', [5]],
  ])('the hours %s are %j', (hours, expected) => {
    expect(cronTimes(`cron(0 ${hours} * * ? *)`)?.hours).toEqual(expected);
  });

  test('months by name and number, from 1', () => {
    expect(cronTimes('cron(0 0 1 nov-feb,6 ? *)')?.months).toEqual([1, 2, 6, 11, 12]);
    expect(cronTimes('cron(0 0 1 * ? *)')?.months).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  test('years, if there are any', () => {
    expect(cronTimes('cron(0 0 1 1 ? 2197/1)')?.years).toEqual([2197, 2198, 2199]);
    expect(cronTimes('cron(0 0 1 1 ? *)')?.years).toBeUndefined();
  });
});

test.each([
  ['has five fields', 'cron(0 2 * * ?)'],
  ['has seven fields', 'cron(0 2 * * ? * *)'],
  ['has nothing in it', 'cron()'],
  ['has something before it', 'xcron(0 2 * * ? *)'],
  ['has something after it', 'cron(0 2 * * ? *)x'],
  ['is a rate', 'rate(5 minutes)'],
  ['has a minute too many in a list', 'cron(59,60 2 * * ? *)'],
  ['names no day', 'cron(0 2 ? * ? *)'],
  ['names days twice', 'cron(0 2 1 * MON *)'],
])('an expression that %s is invalid', (_what, expression) => {
  expect(cronTimes(expression)).toBeUndefined();
});

test('several blanks separate fields like one', () => {
  expect(cronTimes('cron(0  2 * *\t? *)')).toMatchObject({ minutes: [0], hours: [2] });
});

test('two expressions that differ only in the time, or in case, run on the same days', () => {
  const key = (expression: string): string | undefined => cronTimes(expression)?.dayKey;

  expect(key('cron(0 2 ? * mon *)')).toBe(key('cron(5 3 ? * MON *)'));
  expect(key('cron(0 2 ? * MON *)')).not.toBe(key('cron(0 2 ? * TUE *)'));
  expect(key('cron(0 2 ? * MON *)')).not.toBe(key('cron(0 2 ? 5 MON *)'));
  expect(key('cron(0 2 1 * ? *)')).not.toBe(key('cron(0 2 2 * ? *)'));
  expect(key('cron(0 2 1 * ? *)')).not.toBe(key('cron(0 2 1 * ? 2030)'));
});
