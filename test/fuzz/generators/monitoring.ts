import { Duration, Fn, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as fc from 'fast-check';
import { AlarmThreshold, Budget } from 'cdk-serverless-app';
import { ALARM_PROPS } from '../../../lib/monitoring/alarm-prop-set';
import { BUDGET_PROPS } from '../../../lib/monitoring/budget';
import { declared } from '../support/declared';
import { realize, Recipe, recipe } from '../support/recipe';
import { mostly, NUMBER_TOKEN, options, rarely, seconds, within } from '../support/values';

const MAIL = rarely(
  fc.constantFrom('ops@example.com', 'a.b+c@example.co.uk', 'ż@example.com'),
  'ops',
  'a b@example.com',
  'OPS@example.com',
  'x'.repeat(250) + '@example.com',
);

export const MAILS = fc.oneof(
  { weight: 40, arbitrary: fc.uniqueArray(MAIL, { minLength: 1, maxLength: 3 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      [],
      ['a@example.com', 'A@example.com'],
      Array.from({ length: 11 }, (_, i) => `${i}@example.com`),
    ),
  },
);

export const TOPIC = recipe(
  'a topic',
  ({ stack }) => new sns.Topic(stack, `Topic${stack.node.children.length}`),
);

/** The result of a factory for an argument and options. */
function made(
  factory: string,
  make: (value: never, options: never) => unknown,
  value: fc.Arbitrary<unknown>,
  given: fc.Arbitrary<unknown> = fc.constant(undefined),
): fc.Arbitrary<Recipe> {
  return fc
    .tuple(mostly(value), given)
    .map(
      ([first, second]) =>
        new Recipe(`${factory}(${fc.stringify(first)}, ${fc.stringify(second)})`, (all) =>
          make(realize(first, all) as never, realize(second, all) as never),
        ),
    );
}

const PERCENTAGES = fc.uniqueArray(within(1, 200), { maxLength: 3 });

export const BUDGET = made(
  'Budget.monthly',
  (usd, given) => Budget.monthly(usd, given),
  rarely(
    fc.oneof(fc.integer({ min: 50, max: 1_000 }), fc.constant(0.01), NUMBER_TOKEN),
    0,
    -1,
    '5',
  ),
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(undefined) },
    {
      weight: 1,
      arbitrary: mostly(
        declared(BUDGET_PROPS, {
          actual: PERCENTAGES,
          forecast: PERCENTAGES,
          notify: MAILS,
          budgetName: rarely(fc.constantFrom('team', 'a b'), 'a:b', '', 'x'.repeat(101)),
        }),
      ),
    },
  ),
);

const THRESHOLDS = {
  count: made('AlarmThreshold.count', (n) => AlarmThreshold.count(n), within(0, 1_000)),
  percent: made(
    'AlarmThreshold.percent',
    (n) => AlarmThreshold.percent(n),
    rarely(fc.double({ min: 0, max: 99, noNaN: true }), 100, -1, NUMBER_TOKEN),
  ),
  duration: made(
    'AlarmThreshold.duration',
    (of) => AlarmThreshold.duration(of),
    fc.oneof(
      { weight: 20, arbitrary: seconds(1, 100_000) },
      { weight: 1, arbitrary: recipe('Duration.millis(1)', () => Duration.millis(1)) },
      {
        weight: 1,
        arbitrary: recipe('a Token', () =>
          Duration.millis(Token.asNumber(Fn.importValue('Millis'))),
        ),
      },
    ),
  ),
  dollars: made(
    'AlarmThreshold.dollarsPerHour',
    (usd) => AlarmThreshold.dollarsPerHour(usd),
    rarely(fc.oneof(fc.integer({ min: 1, max: 100 }), NUMBER_TOKEN), 0, NaN),
  ),
};

const change = (threshold: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  declared(ALARM_PROPS, {
    threshold: rarely(threshold, 5),
    evaluationPeriods: within(1, 12),
    datapointsToAlarm: within(1, 2),
  });

/** By the names that every app may have, sometimes a misspelt one. */
export const ALARMS = options({
  FailuresWaiting: change(THRESHOLDS.count),
  FailedShare: change(THRESHOLDS.percent),
  Throttles: change(THRESHOLDS.count),
  RecursiveLoops: change(THRESHOLDS.count),
  ApiErrors: change(THRESHOLDS.percent),
  ApiLatency: change(THRESHOLDS.duration),
  RunRate: change(THRESHOLDS.dollars),
  StreamAge: change(THRESHOLDS.duration),
  MissedSchedule: change(THRESHOLDS.duration),
  ProvisionedConcurrencySpillover: change(THRESHOLDS.percent),
  NewVersionFails: change(THRESHOLDS.count),
  NewVersionIsSlow: change(THRESHOLDS.duration),
}).chain((named) =>
  fc.oneof(
    { weight: 40, arbitrary: fc.constant(named) },
    {
      weight: 1,
      arbitrary: fc.constant({ ...named, FailedShares: {}, OkMissedSchedule: { enabled: false } }),
    },
  ),
);

/** A user's alarm, made outside the app. */
export const OWN_ALARM = recipe(
  'an alarm',
  ({ stack }) =>
    new cloudwatch.Alarm(stack, `Alarm${stack.node.children.length}`, {
      metric: new cloudwatch.Metric({ namespace: 'Own', metricName: 'Own' }),
      threshold: 1,
      evaluationPeriods: 1,
    }),
);
