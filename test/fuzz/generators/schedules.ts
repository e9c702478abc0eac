import { Duration, TimeZone } from 'aws-cdk-lib';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import * as fc from 'fast-check';
import { SCHEDULE_TRIGGER_PROPS } from '../../../lib/trigger/schedule/schedule-options';
import { valuesOf } from '../support/declared';
import { Recipe, recipe } from '../support/recipe';
import { rarely } from '../support/values';

const PIECE = fc.oneof(
  { weight: 60, arbitrary: fc.constant('*') },
  { weight: 30, arbitrary: fc.integer({ min: 1, max: 12 }).map(String) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '1-5',
      '*/5',
      '1,2,3',
      '0/15',
      '?',
      'L',
      'MON',
      'JAN',
      '2#1',
      '31W',
      '99',
      '',
      'x',
      '-1',
      '5-',
      '/',
      '1/0',
    ),
  },
);

const DAYS = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.constantFrom('? * *', '? * MON-FRI', '1 * ?', 'L 1 ?', '15W * ?', '? 2 2#1'),
  },
  { weight: 1, arbitrary: fc.constantFrom('? * ?', '1 * 1', '* * *', '32 * ?', '? 13 *') },
);
const YEAR = fc.oneof(
  { weight: 20, arbitrary: fc.constantFrom('*', '2030') },
  { weight: 1, arbitrary: fc.constant('1969') },
);

const CRON = fc
  .tuple(PIECE, PIECE, DAYS, YEAR)
  .map(([minute, hour, days, year]) => `cron(${minute} ${hour} ${days} ${year})`);

const EXPRESSION = fc.oneof(
  { weight: 10, arbitrary: CRON },
  {
    weight: 5,
    arbitrary: fc.constantFrom(
      'rate(1 hour)',
      'rate(5 minutes)',
      'rate(2 days)',
      'at(2030-01-31T02:00:00)',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'rate(0 hours)',
      'rate(1.5 hours)',
      'at(2030-02-31T02:00:00)',
      'cron()',
      'every day',
      '',
      'cron(0 2 * * ? *) ',
    ),
  },
);

const ZONE = rarely(
  fc.constantFrom('Etc/UTC', 'Europe/Warsaw', 'America/New_York'),
  'Moon/Base',
  '',
) as fc.Arbitrary<string>;

export const SCHEDULE = fc.oneof(
  {
    weight: 10,
    arbitrary: fc
      .tuple(EXPRESSION, fc.option(ZONE, { nil: undefined, freq: 2 }))
      .map(
        ([text, zone]) =>
          new Recipe(`ScheduleExpression.expression(${JSON.stringify(text)}, ${zone})`, () =>
            scheduler.ScheduleExpression.expression(
              text,
              zone === undefined ? undefined : TimeZone.of(zone),
            ),
          ),
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .integer({ min: 1, max: 100 })
      .map(
        (minutes) =>
          new Recipe(`ScheduleExpression.rate(Duration.minutes(${minutes}))`, () =>
            scheduler.ScheduleExpression.rate(Duration.minutes(minutes)),
          ),
      ),
  },
);

export const SCHEDULE_OPTIONS = valuesOf(SCHEDULE_TRIGGER_PROPS, {
  input: recipe('an input', () => scheduler.ScheduleTargetInput.fromObject({ a: 1 })),
  scheduleGroup: recipe(
    'a group',
    ({ stack }) => new scheduler.ScheduleGroup(stack, `Group${stack.node.children.length}`),
  ),
  timeWindow: fc
    .integer({ min: 1, max: 1440 })
    .map(
      (minutes) =>
        new Recipe(`TimeWindow.flexible(${minutes} min)`, () =>
          scheduler.TimeWindow.flexible(Duration.minutes(minutes)),
        ),
    ),
});
