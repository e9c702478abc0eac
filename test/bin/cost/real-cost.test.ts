import { cost as costCommand } from '../../../bin/commands/cost';
import type { RunRateMetricModel } from '../../../lib/model/app-model';
import { monthlyOf, realCost } from '../../../bin/cost/real-cost';
import type { DataPoint, MetricData } from '../../../bin/metrics/metric-reader';
import { costQueries } from '../../../bin/metrics/app-metrics';
import { cliSchema, fakeMetrics, runCommand } from '../support/fake-world';
import { deployedModel, functionModel, route } from '../support/models';

const http = { id: 'HttpApi', path: 'Shop/Orders/HttpApi', name: 'abc', made: true };
const MODEL = deployedModel(
  [
    functionModel('List', route('GET /')),
    {
      ...functionModel('Create', route('POST /')),
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

test('requests and GB-seconds of a function have the listed prices', () => {
  const { functions } = costOf({
    'invocations:List': [hour('2026-11-24T08:00:00Z', 1_000_000)],
    'durationMs:List': [hour('2026-11-24T08:00:00Z', 100_000_000)],
  });

  expect(functions[0]?.dollars).toBeCloseTo(0.2 + 100_000 * 0.0000133334, 6);
});

test('provisioned concurrency costs money without traffic', () => {
  const { dollars, hasData } = costOf({});

  expect(hasData).toBe(false);
  expect(dollars).toBeCloseTo(standingADay, 6);
});

test('invocations of provisioned environments cost less', () => {
  const { functions } = costOf({
    'invocations:Create': [hour('2026-11-24T08:00:00Z', 100)],
    'provisionedInvocations:Create': [hour('2026-11-24T08:00:00Z', 50)],
    'durationMs:Create': [hour('2026-11-24T08:00:00Z', 1_000_000)],
  });

  const work = 500 * 0.0000133334 + 500 * 0.0000077778;
  expect(functions[1]?.dollars).toBeCloseTo(standingADay + work + 100 * 0.0000002, 6);
});

describe('an app that measures the billed duration', () => {
  const billed = (upToMb: number): RunRateMetricModel => ({
    id: `b${upToMb}`,
    namespace: 'ServerlessApp/Shop/Orders',
    name: `Billed${upToMb}MB`,
    statistic: 'Sum',
    upToMb,
  });
  const runRate = {
    expression: '',
    region: 'eu-central-1',
    pricesDate: '2026-11-23',
    metrics: [billed(1024), billed(256)],
  };
  const measured = deployedModel(
    [
      { ...functionModel('Small'), memoryMb: 128 },
      functionModel('Large'),
      { ...functionModel('Larger'), memoryMb: 2048 },
      { ...functionModel('Silent'), reports: 'none' },
    ],
    { monitoring: { ...MODEL.monitoring, runRate } },
  );
  const [EIGHT, NINE] = ['2026-11-24T08:00:00Z', '2026-11-24T09:00:00Z'];
  const gbSeconds = (data: Record<string, DataPoint[]>): Record<string, number> => {
    const cost = realCost(measured, 'us-east-1', new Map(Object.entries(data)), SPAN, LONG_AGO);
    const sums: Record<string, number> = {};
    for (const { resource = 'app', unit, quantity } of cost.parts) {
      if (unit === 'GB-seconds') {
        sums[resource] = Number(((sums[resource] ?? 0) + quantity).toFixed(6));
      }
    }
    return sums;
  };

  test('divides the time of a memory size among its functions by their duration', () => {
    const found = gbSeconds({
      'durationMs:Large': [hour(NINE, 3000)],
      'durationMs:Larger': [hour(NINE, 1000)],
      'durationMs:Small': [hour(NINE, 8000)],
      'billedMs:1024': [hour(EIGHT, 0), hour(NINE, 6000)],
      'billedMs:256': [hour(EIGHT, 0), hour(NINE, 16_000)],
    });

    expect(found).toEqual({ Large: 4.5, Larger: 3, Small: 2 });
  });

  test('uses the duration for functions without reports, and before the metric began', () => {
    const found = gbSeconds({
      'durationMs:Silent': [hour(NINE, 1000)],
      'durationMs:Large': [hour(EIGHT, 1000), hour(NINE, 1000)],
      'billedMs:1024': [hour(NINE, 500)], // made in the middle of this hour
    });

    expect(found).toEqual({ Silent: 1, Large: 2 });
  });

  test('assigns time without a duration to the app', () => {
    const found = gbSeconds({ 'billedMs:1024': [hour(EIGHT, 2000)] });

    expect(found).toEqual({ app: 2 });
  });

  test('is read, and the command says what is not included', async () => {
    const keys = costQueries(measured).map(({ key }) => key);
    const metrics = fakeMetrics({ 'billedMs:256': [hour(EIGHT, 1)] });
    const { said } = await runCommand(costCommand, measured, { metrics });

    expect(keys).toEqual(expect.arrayContaining(['billedMs:1024', 'billedMs:256']));
    expect(said).toEqual(['not included: storage and data transfer']);
  });
});

test('a large /tmp is billed while the function runs', () => {
  const model = deployedModel([{ ...functionModel('Big'), ephemeralStorageMb: 10_240 }]);
  const data = new Map([['durationMs:Big', [hour('2026-11-24T08:00:00Z', 1_000_000)]]]);
  const { parts } = realCost(model, 'us-east-1', data, SPAN, LONG_AGO);

  expect(parts.find(({ what }) => what.includes('/tmp'))).toMatchObject({
    resource: 'Big',
    quantity: 9500,
  });
});

test('for a stack created in this hour, the cost of the month is the whole cost', () => {
  const { dollars, monthToDate } = realCost(
    MODEL,
    'us-east-1',
    new Map([['requests:HttpApi', [hour('2026-11-24T09:00:00Z', 1_000_000)]]]),
    { from: new Date('2026-11-24T09:00:00Z'), to: new Date('2026-11-24T10:00:00Z') },
    new Date('2026-11-24T09:23:00Z'),
  );

  expect(monthToDate).toBeCloseTo(dollars, 9);
});

test('hours add up to the total, and the last full hour is the current rate', () => {
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

test('the forecast is the month’s cost so far, and the rest at the current pace', () => {
  const { monthToDate, forecast, dollars } = costOf({
    'requests:HttpApi': [
      hour('2026-10-30T00:00:00Z', 9_000_000), // of the month before
      hour('2026-11-02T00:00:00Z', 5_000_000),
      hour('2026-11-24T09:00:00Z', 1_000_000),
    ],
  });

  const daysSoFar = 23 + 10 / 24;
  expect(monthToDate).toBeCloseTo(6 + standingADay * daysSoFar, 5);
  expect(forecast).toBeCloseTo(monthToDate + dollars * (30 - daysSoFar), 5);
});

test('a stack costs nothing before it was created', () => {
  const { monthToDate } = costOf({}, new Date('2026-11-24T04:00:00Z'));

  expect(monthToDate).toBeCloseTo(standingADay / 4, 6);
});

test('a month has 730 hours', () => {
  const cost = costOf({ 'requests:HttpApi': [hour('2026-11-24T09:00:00Z', 1_000_000)] });

  expect(monthlyOf(cost)).toBeCloseTo((cost.dollars / 24) * 730, 6);
});

test('a resource without a known name is not queried', () => {
  const unnamed = { ...MODEL, http: { ...http, name: undefined as unknown as string } };

  expect(costQueries(unnamed).some(({ key }) => key.startsWith('requests'))).toBe(false);
  expect(costQueries(MODEL).some(({ key }) => key === 'requests:HttpApi')).toBe(true);
});

test('the command prints the cost, and its JSON follows the schema', async () => {
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

test('the command says if there is no data', async () => {
  const { said } = await runCommand(costCommand, MODEL, { metrics: fakeMetrics({}) });

  expect(said[0]).toMatch(/^Shop\/Orders: no data yet/);
});

test('an empty series is no data', () => {
  const data: MetricData = new Map([['invocations:List', []]]);

  expect(realCost(MODEL, 'us-east-1', data, SPAN, LONG_AGO).hasData).toBe(false);
});

test('messages of a WebSocket API have the listed price', () => {
  const webSocket = {
    id: 'WebSocketApi',
    path: 'Shop/Orders/WebSocketApi',
    name: 'def',
    made: true,
  };
  const model = deployedModel([functionModel('Send', route('GET /'))], { webSocket });
  const { dollars } = realCost(
    model,
    'us-east-1',
    new Map([['socketMessages:WebSocketApi', [hour('2026-11-24T09:00:00Z', 3_000_000)]]]),
    SPAN,
    LONG_AGO,
  );

  expect(dollars).toBeCloseTo(3, 6);
  expect(costQueries(model)).toContainEqual(
    expect.objectContaining({ key: 'socketMessages:WebSocketApi', name: 'MessageCount' }),
  );
});
