import { Lazy } from 'aws-cdk-lib';
import { TriggerModel } from '../../lib/model/app-model';
import { LongestGap, longestGapOf } from '../../lib/monitoring/private/longest-gap';
import {
  checkWindow,
  periodsOf,
  reasonAgainst,
  formatTime,
} from '../../lib/monitoring/private/schedule-window';
import { PropCheck } from '../../lib/props/prop-check';
import { http, schedule } from '../support/app-model';

const HOUR = 3600;
const DAY = 24 * HOUR;
const DAILY = 'cron(0 2 * * ? *)';
const TOKEN = '${Token[TOKEN.1]}';
/** Three attempts of ten seconds, the waits between them, and for what comes late. */
const LATE = 30 + 180 + 360;

const of = (...triggers: TriggerModel[]): ReturnType<typeof longestGapOf> =>
  longestGapOf(triggers, 10);

describe('the window of a function’s schedule', () => {
  test('is the longest gap, with room for three attempts', () => {
    expect(of(schedule('rate(1 hour)'))).toEqual({ gap: HOUR, window: HOUR + LATE });
    expect(longestGapOf([schedule('rate(1 hour)')], 900)).toEqual({
      gap: HOUR,
      window: HOUR + 2700 + 180 + 360,
    });
  });

  test('includes the flexible time window of the schedule', () => {
    expect(of(schedule(DAILY, { timeWindowSeconds: 1800 }))).toEqual({
      gap: DAY,
      window: DAY + 1800 + LATE,
    });
  });

  test('follows the clock changes of its time zone', () => {
    expect(of(schedule(DAILY, { timeZone: 'Europe/Warsaw' }))).toMatchObject({ gap: 47 * HOUR });
  });

  test.each<[string, TriggerModel[], number]>([
    ['the one that runs most often', [schedule(DAILY), schedule('rate(1 hour)')], HOUR],
    ['the same in another order', [schedule('rate(1 hour)'), schedule(DAILY)], HOUR],
    [
      'the one that is surely done first, with its time window',
      [schedule('rate(1 hour)', { timeWindowSeconds: 2 * HOUR }), schedule('rate(2 hours)')],
      2 * HOUR,
    ],
    [
      'the same in another order, with its time window',
      [schedule('rate(2 hours)'), schedule('rate(1 hour)', { timeWindowSeconds: 2 * HOUR })],
      2 * HOUR,
    ],
    ['the one that is known', [schedule(TOKEN), schedule(DAILY)], DAY],
    ['the one that goes on', [schedule('rate(1 hour)', { end: 'x' }), schedule(DAILY)], DAY],
    ['the one that is on', [schedule('rate(1 hour)', { enabled: false }), schedule(DAILY)], DAY],
  ])('of several schedules is that of %s', (_what, triggers, gap) => {
    expect(of(...triggers)).toMatchObject({ gap });
  });

  test.each<[string, TriggerModel[]]>([
    ['nothing runs it', []],
    ['no schedule does', [http('GET /')]],
    ['its schedule is off', [schedule(DAILY, { enabled: false })]],
    ['its schedule ends', [schedule(DAILY, { end: '2030-01-01' })]],
    ['it runs at a moment', [schedule('at(2030-01-01T00:00:00)')]],
    ['requests run it and a moment', [http('GET /'), schedule('at(2030-01-01T00:00:00)')]],
    ['it runs in some years', [schedule('cron(0 2 * * ? 2030)')]],
    ['it never runs', [schedule('cron(0 2 30 2 ? *)')]],
    [
      'requests run it and a schedule that is off',
      [http('GET /'), schedule(DAILY, { enabled: false })],
    ],
  ])('is not needed if %s', (_what, triggers) => {
    expect(of(...triggers)).toBeUndefined();
  });

  test('is not watched if other events run the function too, since their runs count as well', () => {
    expect(of(schedule(DAILY), http('GET /'))).toBe('otherTriggers');
  });

  test.each<[string, TriggerModel]>([
    ['is a token', schedule(TOKEN)],
    ['has a token in it', schedule(`cron(0 \${Token[A.1]} * * ? *)`)],
    ['has a time zone that is a token', schedule(DAILY, { timeZone: TOKEN })],
    ['has a time zone that is an expression', schedule(DAILY, { timeZone: { Ref: 'Zone' } })],
  ])('is unknown if the schedule %s', (_what, trigger) => {
    expect(of(trigger)).toBe('unknown');
    expect(of(trigger, schedule('cron(0 2 30 2 ? *)'))).toBe('unknown');
  });
});

describe('there is no alarm', () => {
  const LONGEST = 7 * DAY - HOUR;
  const watched = (window: number): LongestGap => ({ gap: window - LATE, window });

  test('without a notification target, and then no message', () => {
    expect(reasonAgainst(undefined)).toBeUndefined();
  });

  test('for a window longer than CloudWatch looks back', () => {
    expect(reasonAgainst(watched(LONGEST))).toBeUndefined();
    expect(reasonAgainst(watched(LONGEST + 1))).toMatch(
      /^it runs up to 7 days apart, and an alarm/,
    );
    expect(reasonAgainst({ gap: 7 * DAY + 1, window: 8 * DAY })).toMatch(/^it runs up to 8 days/);
  });

  test('if other events run the function', () => {
    expect(reasonAgainst('otherTriggers')).toMatch(/^the function has other triggers, .* fires$/);
  });

  test('if the frequency is unknown', () => {
    expect(reasonAgainst('unknown')).toBe('its schedule is known only at deployment');
  });
});

describe('a window given by the user', () => {
  const check = (milliseconds: number) => (): void => {
    checkWindow(milliseconds, DAY, new PropCheck('Test/App', 'alarms.X'));
  };

  test.each([DAY * 1000 + 1, 30 * HOUR * 1000, 167 * HOUR * 1000])('may be %d ms', (window) => {
    expect(check(window)).not.toThrow();
  });

  test.each<[string, number, string]>([
    [
      'no longer than the gap',
      DAY * 1000,
      'Test/App: `alarms.X.threshold` must be above 24 hours, and 167 hours at most, got 24 hours: use a duration above the schedule’s longest gap, 24 hours, or leave it out for the default',
    ],
    ['shorter than the gap', 60_000, 'got 1 minutes: use a duration above'],
    ['longer than an alarm looks back', 167 * HOUR * 1000 + 1, 'must be above 24 hours'],
    [
      'a token',
      Lazy.number({ produce: () => 1 }),
      '`alarms.X.threshold` must be known at synthesis, got a token: use a duration above',
    ],
  ])('fails if it is %s', (_what, window, message) => {
    expect(check(window)).toThrow(message);
  });
});

test.each([
  [300, 300, 2],
  [301, 300, 3],
  [DAY - 300, 300, 288],
  [DAY - 299, 3600, 25],
  [DAY, 3600, 25],
  [167 * HOUR, 3600, 168],
])('a window of %d s is covered by periods of %d s, %d of them', (window, period, count) => {
  expect(periodsOf(window)).toEqual({ period, count });
});

test.each([
  [60, '1 minutes'],
  [61, '2 minutes'],
  [119 * 60, '119 minutes'],
  [119 * 60 + 1, '2 hours'],
  [120 * 60, '2 hours'],
  [24.2 * HOUR, '24.2 hours'],
  [167 * HOUR, '167 hours'],
])('%d s are displayed as %s', (seconds, text) => {
  expect(formatTime(seconds)).toBe(text);
});
