import { cost as costCommand } from '../../../bin/commands/cost';
import { monthlyOf, realCost } from '../../../bin/cost/real-cost';
import type { DataPoint, MetricData } from '../../../bin/metrics/metric-reader';
import { costQueries } from '../../../bin/metrics/app-metrics';
import { cliSchema, fakeMetrics, runCommand } from '../support/fake-world';
import { deployedModel, functionFacts, route } from '../support/models';

const http = { id: 'HttpApi', path: 'Shop/Orders/HttpApi', name: 'abc', made: true };
const MODEL = deployedModel(
  [
    functionFacts('List', route('GET /')),
    {
      ...functionFacts('Create', route('POST /')),
      alias: 'live',
      coldStart: { kind: 'provisioned', min: 2 },
    },
  ],
  { http },
);
const hour = (text: string, value: number): DataPoint => ({ at: new Date(text), value });
const SPAN = { from: new Date('2026-11-23T10:00:00Z'), to: new Date('2026-11-24T10:00:00Z') };
const LONG_AGO = new Date('2026-01-01');

function costOf(
  data: Record<string, DataPoint[]>,
  existsSince = LONG_AGO,
): ReturnType<typeof realCost> {
  return realCost(MODEL, 'us-east-1', new Map(Object.entries(data)), SPAN, existsSince);
}

const standingADay = 2 * 24 * 3600 * 0.0000033333;

test('requests and GB-seconds of a function have the prices of the list', () => {
  const { functions } = costOf({
    'invocations:List': [hour('2026-11-24T08:00:00Z', 1_000_000)],
    'durationMs:List': [hour('2026-11-24T08:00:00Z', 100_000_000)],
  });

  expect(functions[0]?.dollars).toBeCloseTo(0.2 + 100_000 * 0.0000133334, 6);
});

test('what is kept ready costs also while nothing happens', () => {
  const { dollars, hasData } = costOf({});

  expect(hasData).toBe(false);
  expect(dollars).toBeCloseTo(standingADay, 6);
});

test('work that found an environment ready costs less', () => {
  const { functions } = costOf({
    'invocations:Create': [hour('2026-11-24T08:00:00Z', 100)],
    'provisionedInvocations:Create': [hour('2026-11-24T08:00:00Z', 50)],
    'durationMs:Create': [hour('2026-11-24T08:00:00Z', 1_000_000)],
  });

  const work = 500 * 0.0000133334 + 500 * 0.0000077778;
  expect(functions[1]?.dollars).toBeCloseTo(standingADay + work + 100 * 0.0000002, 6);
});

test('hours add up to the whole, and the last whole hour is the rate of now', () => {
  const { hours, dollars, dollarsPerHourNow } = costOf({
    'requests:HttpApi': [
      hour('2026-11-23T10:00:00Z', 2_000_000),
      hour('2026-11-24T09:00:00Z', 1_000_000),
    ],
  });

  expect(hours).toHaveLength(24);
  expect(hours.reduce((a, b) => a + b, 0)).toBeCloseTo(dollars, 9);
  expect(dollarsPerHourNow).toBeCloseTo(1 + standingADay / 24, 6);
});

test('the forecast is what the month has cost, and the rest of it at this pace', () => {
  const { monthToDate, forecast, dollars } = costOf({
    'requests:HttpApi': [
      hour('2026-11-02T00:00:00Z', 5_000_000),
      hour('2026-11-24T09:00:00Z', 1_000_000),
      hour('2026-10-30T00:00:00Z', 9_000_000), // of the month before
    ],
  });

  const daysSoFar = 23 + 10 / 24;
  expect(monthToDate).toBeCloseTo(6 + standingADay * daysSoFar, 5);
  expect(forecast).toBeCloseTo(monthToDate + dollars * (30 - daysSoFar), 5);
});

test('before the stack was made it cost nothing', () => {
  const { monthToDate } = costOf({}, new Date('2026-11-24T04:00:00Z'));

  expect(monthToDate).toBeCloseTo(standingADay / 4, 6);
});

test('a month at this pace has 730 hours', () => {
  const cost = costOf({ 'requests:HttpApi': [hour('2026-11-24T09:00:00Z', 1_000_000)] });

  expect(monthlyOf(cost)).toBeCloseTo((cost.dollars / 24) * 730, 6);
});

test('a resource whose name is not known is not asked for', () => {
  const unnamed = { ...MODEL, http: { ...http, name: undefined as unknown as string } };

  expect(costQueries(unnamed).some(({ key }) => key.startsWith('requests'))).toBe(false);
  expect(costQueries(MODEL).some(({ key }) => key === 'requests:HttpApi')).toBe(true);
});

test('the command prints it, and its JSON follows the schema', async () => {
  const metrics = fakeMetrics({
    'invocations:List': [hour('2026-11-24T08:00:00Z', 1_000_000)],
    'errors:List': [hour('2026-11-24T08:00:00Z', 3)],
  });
  const options = { since: '24h' };

  const text = await runCommand(costCommand, MODEL, { metrics }, { options });
  const json = await runCommand(
    costCommand,
    MODEL,
    { metrics },
    { options: { ...options, json: true } },
  );

  expect(text.out).toMatch(/List +1,000,000 +3 +0 +\$0\.20/);
  const validate = cliSchema('cost');
  const value: unknown = JSON.parse(json.out);
  expect([validate(value), validate.errors]).toEqual([true, null]);
});

test('without data it says so', async () => {
  const { said } = await runCommand(costCommand, MODEL, { metrics: fakeMetrics({}) });

  expect(said[0]).toMatch(/^Shop\/Orders: no data yet/);
});

test('a map without points is no data', () => {
  const data: MetricData = new Map([['invocations:List', []]]);

  expect(realCost(MODEL, 'us-east-1', data, SPAN, LONG_AGO).hasData).toBe(false);
});
