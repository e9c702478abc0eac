import { ScheduledConcurrencyModel } from '../../lib/model/app-model';
import { StandingConcurrency, standingConcurrency } from '../../lib/cost/standing-concurrency';
import { TOKEN } from '../support/app-model';

const at = (schedule: string, min: number, max: number): ScheduledConcurrencyModel => ({
  schedule,
  min,
  max,
});

function scheduled(...schedules: ScheduledConcurrencyModel[]): StandingConcurrency | undefined {
  return standingConcurrency({ kind: 'provisioned', min: 1, max: 9, schedules });
}

test.each([
  ['nothing is provisioned', { kind: 'onDemand', min: 5 }],
  ['there are snapshots', { kind: 'snapStart' }],
  ['the least is not said', { kind: 'provisioned' }],
  ['the least is a token', { kind: 'provisioned', min: TOKEN, max: 5 }],
])('no environment is known to be ready if %s', (_what, coldStart) => {
  expect(standingConcurrency(coldStart)).toBeUndefined();
});

test.each([
  [{ min: 2 }, 2, 2],
  [{ min: 2, max: 5 }, 2, 5],
  [{ min: 2, max: TOKEN }, 2, 2],
  [{ min: 2, max: 1 }, 2, 2],
  [{ min: 0 }, 0, 0],
])('of %j, %d are ready, and at most %d', (bounds, least, most) => {
  expect(standingConcurrency({ kind: 'provisioned', ...bounds })).toEqual({ least, most });
});

describe('with schedules the number is the average', () => {
  test('of the hours of a day', () => {
    expect(scheduled(at('cron(0 8 * * ? *)', 10, 20), at('cron(0 14 * * ? *)', 2, 4))).toEqual({
      least: (6 * 10 + 18 * 2) / 24,
      most: (6 * 20 + 18 * 4) / 24,
    });
  });

  test('of the minutes of an hour', () => {
    expect(scheduled(at('cron(0 * * * ? *)', 10, 10), at('cron(15 * * * ? *)', 2, 2))).toEqual({
      least: 4,
      most: 4,
    });
  });

  test('of the days of a week', () => {
    const average = scheduled(at('cron(0 0 ? * SAT *)', 14, 14), at('cron(0 0 ? * MON *)', 7, 7));

    // 2029 begins on a Monday and has 52 weeks and a day: 261 days of work.
    expect(average?.least).toBeCloseTo((104 * 14 + 261 * 7) / 365, 9);
  });

  test('of the months, and into the next year', () => {
    const average = scheduled(at('cron(0 0 1 3 ? *)', 5, 5), at('cron(0 0 1 11 ? *)', 1, 1));

    // March to October are 245 days.
    expect(average?.least).toBeCloseTo((245 * 5 + 120) / 365, 9);
  });

  test('in any order of declaration', () => {
    const one = at('cron(30 20 * * ? *)', 2, 3);
    const other = at('cron(45 7 * * ? *)', 9, 9);

    expect(scheduled(one, other)).toEqual(scheduled(other, one));
  });

  test.each([
    ['a greatest number below the least', 1],
    ['a greatest number that is a token', TOKEN],
  ])('if %s counts as the minimum', (_what, max) => {
    expect(scheduled(at('cron(0 0 * * ? *)', 4, max))).toEqual({ least: 4, most: 4 });
  });

  test.each([
    ['is no cron expression', at('rate(1 day)', 4, 4)],
    ['has a least number that is a token', at('cron(0 0 * * ? *)', TOKEN, 4)],
    ['never runs', at('cron(0 0 30 2 ? *)', 4, 4)],
  ])('without a schedule that %s', (_what, schedule) => {
    expect(scheduled(schedule)).toEqual({ least: 1, most: 9 });
    expect(scheduled(schedule, at('cron(0 0 * * ? *)', 3, 3))).toEqual({ least: 3, most: 3 });
  });
});
