import { Duration } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { ScheduleTriggerOptions } from 'cdk-serverless-app';
import { pastTimes, startInFuture } from '../../../lib/trigger/schedule/past-times';
import { only, quickApp, warnings } from '../../support/synth';

const NOW = new Date('2026-06-01T00:00:00Z');
const PAST = new Date('2026-05-31T23:59:59Z');
const FUTURE = new Date('2026-06-01T00:00:01Z');

test('a start in the past is omitted', () => {
  expect(startInFuture(PAST, NOW)).toBeUndefined();
  expect(startInFuture(NOW, NOW)).toBeUndefined();
  expect(startInFuture(FUTURE, NOW)).toBe(FUTURE);
  expect(startInFuture(undefined, NOW)).toBeUndefined();
});

test.each([
  ['at(2026-05-31T11:59:59)', 1],
  ['at(2026-05-31T12:00:00)', 0], // midnight UTC in the last zone of the day
  ['at(2030-01-01T00:00:00)', 0],
  ['rate(1 hour)', 0],
  ['cron(0 2 * * ? 2020)', 0],
])('%s has passed: %i', (expression, count) => {
  expect(pastTimes({ expression }, NOW)).toHaveLength(count);
});

test('each passed time is reported', () => {
  const expression = 'rate(1 hour)';

  expect(pastTimes({ expression, start: PAST, end: FUTURE }, NOW)).toEqual([
    {
      time: '2026-05-31T23:59:59.000Z',
      text: '`start` is in the past and left out: remove it',
    },
  ]);
  expect(pastTimes({ expression, start: PAST, end: PAST }, NOW)).toHaveLength(2);
  expect(pastTimes({ expression, start: FUTURE, end: FUTURE }, NOW)).toEqual([]);
});

test('a schedule with an old start is created without it, with a warning', () => {
  const made = (options: ScheduleTriggerOptions): [unknown, number] => {
    const { app, stack } = quickApp();
    app.onSchedule(ScheduleExpression.rate(Duration.hours(1)), 'ok.ts', options);
    const told = warnings(stack).filter((text) => text.includes('schedule-in-the-past'));
    return [only(stack, 'AWS::Scheduler::Schedule').StartDate, told.length];
  };

  expect(made({ start: new Date('2020-01-01') })).toEqual([undefined, 1]);
  expect(made({ start: new Date('2096-01-01') })).toEqual(['2096-01-01T00:00:00.000Z', 0]);
});

test('several schedules in the past are one warning', () => {
  const { app, stack } = quickApp();
  ['A', 'B', 'C'].forEach((id, i) => {
    const start = new Date(`2020-01-0${i + 1}`);
    app.onSchedule(ScheduleExpression.rate(Duration.hours(1)), 'ok.ts', { id, start });
  });

  const told = warnings(stack).filter((text) => text.includes('`start`'));

  expect(told).toEqual([
    expect.stringContaining(
      'Test/App/A/Schedule-rate-1-hour-Etc-UTC (2020-01-01T00:00:00.000Z): `start` is in the past and left out: remove it ' +
        '(the same holds for `Test/App/B/Schedule-rate-1-hour-Etc-UTC (2020-01-02T00:00:00.000Z)` and `Test/App/C/Schedule-rate-1-hour-Etc-UTC (2020-01-03T00:00:00.000Z)`)',
    ),
  ]);
});
