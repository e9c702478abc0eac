import { LoadForecast, LoadOptions } from 'cdk-serverless-app';
import { simulateLoad } from '../../lib/scaling/simulate-load';

const OWN = 'the app’s own throttle';
const API = 'API Gateway’s quota of requests a second per account and region';
const ACCOUNT = 'Lambda’s quota of concurrent executions per account and region';
const SCALING = 'Lambda’s quota of new environments per function in 10 s';
const NEW_READS = 'DynamoDB’s read units a second for a new on-demand table';
const NEW_WRITES = 'DynamoDB’s write units a second for a new on-demand table';
const WRITES = 'DynamoDB’s quota of write units a second for an on-demand table';

/** Far from every limit but the one that is looked at. */
const WIDE: LoadOptions = {
  apiRateLimit: 1e9,
  apiBurstLimit: 1e9,
  concurrencyLimit: 1e6,
  readyEnvironments: 1e6,
};

const names = ({ limits }: LoadForecast): string[] => limits.map(({ name }) => name);

describe('worked examples', () => {
  test('100 requests a second of 100 ms: 10 at a time, and no limit', () => {
    expect(simulateLoad(100, 100)).toEqual({
      concurrency: 10,
      environments: 10,
      environmentsStartedInFirstMinute: 10,
      throttledShareOfFirstSecond: 0,
      throttledShareOfFirstMinute: 0,
      throttledShareOfLastSecond: 0,
      throttledShare: 0,
      servedAfterSeconds: 0,
      limits: [],
      callerSees: 'a response to every request',
    });
  });

  test('no requests: no limit', () => {
    expect(simulateLoad(0, 100)).toMatchObject({ concurrency: 0, throttledShare: 0, limits: [] });
  });

  test('1,000 a second of 10 ms: an environment serves 10 a second, so 100 of them, though 10 are busy', () => {
    expect(simulateLoad(1000, 10)).toMatchObject({ concurrency: 10, environments: 100 });
  });

  test('the app’s throttle of 1,000 and 2,000 at once, at 10,000: empty after 2,000 / 9,000 s, then 9 of 10 are refused', () => {
    const forecast = simulateLoad(10_000, 50, { rateLimit: 1000, burstLimit: 2000 });

    expect(names(forecast)).toEqual([OWN]);
    expect(forecast.limits[0]).toMatchObject({
      atSeconds: 0.2,
      callerSees: '429 Too Many Requests',
    });
    expect(forecast.throttledShareOfFirstSecond).toBeCloseTo(1 - 3000 / 10_000, 6);
    expect(forecast.throttledShareOfFirstMinute).toBeCloseTo(1 - 62_000 / 600_000, 6);
    expect(forecast.throttledShareOfLastSecond).toBeCloseTo(0.9, 6);
    expect(forecast).not.toMatchObject({ servedAfterSeconds: expect.anything() as unknown });
  });

  test('the account’s API throttle, at 12,500: 5,000 more than the rate last 2 s', () => {
    const forecast = simulateLoad(12_500, 10, {
      concurrencyLimit: 10_000,
      readyEnvironments: 2000,
    });

    expect(names(forecast)).toEqual([API]);
    expect(forecast.limits[0]?.atSeconds).toBe(2);
    expect(forecast.throttledShareOfFirstSecond).toBe(0);
    expect(forecast.throttledShareOfLastSecond).toBeCloseTo(0.2, 6);
  });

  test('2,000 a second of 1 s in an account with a limit of 1,000: half are refused', () => {
    const forecast = simulateLoad(2000, 1000);

    expect(names(forecast)).toEqual([ACCOUNT]);
    expect(forecast.throttledShare).toBeCloseTo(0.5, 6);
    expect(forecast.environmentsStartedInFirstMinute).toBe(1000);
    expect(forecast.callerSees).toContain('5xx');
  });

  test('5,000 environments in an account with a limit of 10,000: 1,000 at once, then 100 a second, so 40 s', () => {
    const forecast = simulateLoad(5000, 1000, { concurrencyLimit: 10_000 });

    expect(names(forecast)).toEqual([SCALING]);
    expect(forecast.servedAfterSeconds).toBe(40);
    expect(forecast.throttledShareOfFirstSecond).toBeCloseTo(1 - 1050 / 5000, 6);
    expect(forecast.environmentsStartedInFirstMinute).toBe(5000);
  });

  test('the same with 4,000 provisioned: nobody waits', () => {
    const options = { concurrencyLimit: 10_000, readyEnvironments: 4000 };

    expect(simulateLoad(5000, 1000, options)).toMatchObject({
      throttledShare: 0,
      environmentsStartedInFirstMinute: 1000,
    });
  });

  test('a function that reserves 10 serves 100 a second of 100 ms, and no more', () => {
    expect(simulateLoad(100, 100, { reservedConcurrency: 10 }).limits).toEqual([]);
    expect(simulateLoad(200, 100, { reservedConcurrency: 10 })).toMatchObject({
      throttledShare: expect.closeTo(0.5, 6) as number,
      limits: [{ name: 'the function’s reserved concurrency', limit: 10 }],
    });
  });

  test.each([
    [{ maxConcurrency: 5 }, 0.75],
    [{ maxConcurrency: 5, reservedConcurrency: 10 }, 0.75],
    [{ maxConcurrency: 5, readyEnvironments: 50 }, 0.75],
  ])('triggers that allow 5 at once serve 50 a second of 100 ms: %j', (options, share) => {
    expect(simulateLoad(200, 100, options)).toMatchObject({
      throttledShare: expect.closeTo(share, 6) as number,
      limits: [{ name: 'the maximum concurrency of the function’s triggers', limit: 5 }],
    });
  });

  test('triggers that allow more than the function reserves impose no limit', () => {
    expect(
      simulateLoad(200, 100, { maxConcurrency: 20, reservedConcurrency: 10 }).limits,
    ).toMatchObject([{ name: 'the function’s reserved concurrency', limit: 10 }]);
  });

  test('a function that is switched off serves nothing', () => {
    expect(simulateLoad(1, 100, { reservedConcurrency: 0 })).toMatchObject({
      throttledShare: 1,
      limits: [{ name: 'the function is disabled', remedy: 'remove `disabled` from the function' }],
    });
  });

  test('reservations of others reduce the account’s limit', () => {
    expect(simulateLoad(2000, 1000, { concurrencyElsewhere: 500 }).throttledShare).toBeCloseTo(
      0.75,
      6,
    );
  });

  test('a closed route admits nothing, whatever its rate', () => {
    const options = { rateLimit: 100, burstLimit: 0 };

    expect(simulateLoad(1, 100, options).throttledShare).toBe(1);
  });

  test('a new table takes 4,000 writes a second, and twice as many after half an hour', () => {
    const forecast = simulateLoad(8000, 10, { ...WIDE, writeUnits: 1, seconds: 3600 });

    expect(names(forecast)).toEqual([NEW_WRITES]);
    expect(forecast.throttledShareOfFirstMinute).toBeCloseTo(0.5, 6);
    expect(forecast.servedAfterSeconds).toBe(1800);
    expect(forecast.callerSees).toContain('ProvisionedThroughputExceededException');
  });

  test('a write that a table throttles has used its environment', () => {
    const options = { ...WIDE, readyEnvironments: 0, writeUnits: 1 };

    expect(simulateLoad(8000, 100, options)).toMatchObject({
      throttledShare: expect.closeTo(0.5, 6) as number,
      environmentsStartedInFirstMinute: 800,
    });
  });

  test('or 12,000 reads, or half of each', () => {
    expect(simulateLoad(12_000, 10, { ...WIDE, readUnits: 1 }).limits).toEqual([]);
    expect(names(simulateLoad(12_001, 10, { ...WIDE, readUnits: 1 }))).toEqual([NEW_READS]);
    const both = { ...WIDE, readUnits: 3, writeUnits: 1 };
    expect(simulateLoad(2000, 10, both).limits).toEqual([]);
    expect(simulateLoad(4000, 10, both).throttledShare).toBeCloseTo(0.5, 6);
  });

  test('a warm table accepts its warm throughput, up to the quota', () => {
    const options = { ...WIDE, writeUnits: 1, warmWriteUnits: 100_000 };

    expect(simulateLoad(40_000, 10, options).limits).toEqual([]);
    expect(names(simulateLoad(40_001, 10, options))).toEqual([WRITES]);
  });

  test('a table accepts no more than its own maximum', () => {
    expect(simulateLoad(200, 10, { ...WIDE, writeUnits: 1, maxWriteUnits: 100 })).toMatchObject({
      throttledShare: expect.closeTo(0.5, 6) as number,
      limits: [{ name: 'the table’s own maximum', limit: 100 }],
    });
  });

  test('several limits are reached in order: first the function, then the burst is used up', () => {
    const forecast = simulateLoad(4000, 1000, { rateLimit: 2000, burstLimit: 4000 });

    expect(names(forecast)).toEqual([ACCOUNT, OWN]);
    expect(forecast.limits[1]?.atSeconds).toBe(2);
  });

  test('events wait: 3,000 a second for a minute, of which 1,000 are served, take 3 minutes', () => {
    const forecast = simulateLoad(3000, 1000, { waits: true });

    expect(forecast.servedAfterSeconds).toBe(180);
    expect(forecast.throttledShare).toBe(0);
    expect(forecast.throttledShareOfFirstSecond).toBeCloseTo(2 / 3, 6);
    expect(forecast.limits[0]?.throttledShare).toBeCloseTo(2 / 3, 6);
    expect(forecast.callerSees).toContain('nothing: events wait');
  });

  test('events wait for nothing if each finds an environment', () => {
    expect(simulateLoad(100, 100, { waits: true })).toMatchObject({
      servedAfterSeconds: 0,
      callerSees: 'nothing waits',
      limits: [],
    });
  });

  test('waiting events are served as soon as there is capacity, also while others arrive', () => {
    const options = { waits: true, concurrencyLimit: 10_000, seconds: 600 };

    // 1,005 and 100 more each second, of 2,000: what waits grows for 10 s, and is gone when 5,000 more have been served.
    expect(simulateLoad(2000, 1000, options).servedAfterSeconds).toBeCloseTo(20, 0);
  });

  test('events do not reach the limits of API Gateway', () => {
    expect(
      simulateLoad(20_000, 10, {
        ...WIDE,
        waits: true,
        rateLimit: 1,
        burstLimit: 1,
        apiRateLimit: 1,
      }).limits,
    ).toEqual([]);
  });

  test('events that would wait for more than 6 hours are not served', () => {
    const forecast = simulateLoad(1000, 1000, { waits: true, reservedConcurrency: 1 });

    expect(forecast.servedAfterSeconds).toBeUndefined();
    expect(forecast.throttledShare).toBeCloseTo(1 - (21_600 + 60) / 60_000, 3);
  });
});

test('a load that is delayed only in its first moment is served from then on', () => {
  expect(simulateLoad(1010, 1000, { concurrencyLimit: 5000 }).servedAfterSeconds).toBe(0.1);
  expect(simulateLoad(1004, 1000, { concurrencyLimit: 5000 }).servedAfterSeconds).toBe(0);
});

describe('the reported limit', () => {
  test('of reads is the table’s warm throughput, as given', () => {
    const options = { ...WIDE, readUnits: 2, warmReadUnits: 15_000 };

    expect(simulateLoad(7500, 10, options).limits).toEqual([]);
    expect(simulateLoad(15_000, 10, options).limits).toEqual([
      expect.objectContaining({ name: NEW_READS, limit: 15_000, unit: 'read units a second' }),
    ]);
  });

  test('of writes is the table’s warm throughput, as given', () => {
    const options = { ...WIDE, readUnits: 1, writeUnits: 2, warmWriteUnits: 5000 };

    expect(simulateLoad(5000, 10, options).limits).toEqual([
      expect.objectContaining({ name: NEW_WRITES, limit: 5000, unit: 'write units a second' }),
    ]);
  });

  test.each([
    [3, 1, NEW_WRITES],
    [4, 1, NEW_READS],
    [2, 1, NEW_WRITES],
  ])('for a request with %d reads and %d write is the scarcer one: %s', (...given) => {
    const [readUnits, writeUnits, name] = given;

    expect(names(simulateLoad(9000, 10, { ...WIDE, readUnits, writeUnits }))).toEqual([name]);
  });

  test('is the quota if the table’s own maximum is not lower', () => {
    const options = { ...WIDE, writeUnits: 2, warmWriteUnits: 1e6 };
    const limit = (maxWriteUnits: number): unknown =>
      simulateLoad(30_000, 10, { ...options, maxWriteUnits }).limits[0];

    expect(limit(39_999)).toMatchObject({
      name: 'the table’s own maximum',
      limit: 39_999,
      remedy: 'raise `maxWriteRequestUnits` of its `billing`',
    });
    expect(limit(40_000)).toMatchObject({ name: WRITES, limit: 40_000 });
    expect(limit(50_000)).toMatchObject({ name: WRITES, limit: 50_000 });
  });

  test('takes the number of reads or writes of a request into account', () => {
    const options = { ...WIDE, writeUnits: 2, maxWriteUnits: 100 };

    expect(simulateLoad(50, 10, options).limits).toEqual([]);
    expect(simulateLoad(100, 10, options).throttledShare).toBeCloseTo(0.5, 6);
  });

  test('is never one that a request does not use, even if it admits nothing', () => {
    const options = { ...WIDE, writeUnits: 1, maxReadUnits: 0 };

    expect(simulateLoad(4000, 10, options).limits).toEqual([]);
    expect(names(simulateLoad(4001, 10, options))).toEqual([NEW_WRITES]);
  });

  test('is the first of two equal ones', () => {
    const options = { ...WIDE, writeUnits: 1, maxWriteUnits: 4000 };

    expect(names(simulateLoad(8000, 10, options))).toEqual([NEW_WRITES]);
  });

  test('is the account’s from the moment when Lambda has started all allowed environments', () => {
    const { limits } = simulateLoad(5000, 1000, { concurrencyLimit: 1035 });

    expect(limits.map(({ name, atSeconds }) => [name, atSeconds])).toEqual([
      [SCALING, 0],
      [ACCOUNT, 0.3],
    ]);
  });

  test('of a function with a reservation has its own remedy', () => {
    const { limits } = simulateLoad(200, 100, { reservedConcurrency: 10 });

    expect(limits[0]?.remedy).toBe('raise `reservedConcurrentExecutions`');
  });

  test('is no throttle of the app if its rate or burst is not given', () => {
    expect(simulateLoad(100, 100, { rateLimit: 1 })).toEqual(simulateLoad(100, 100));
    expect(simulateLoad(100, 100, { burstLimit: 0 })).toEqual(simulateLoad(100, 100));
  });
});

test('environments that start after the first minute do not count for it', () => {
  const options = { concurrencyLimit: 20_000, seconds: 120 };

  expect(simulateLoad(20_000, 1000, { ...options, apiRateLimit: 1e6 })).toMatchObject({
    environmentsStartedInFirstMinute: 6995,
    environments: 20_000,
  });
});

describe('properties', () => {
  /** The same numbers in every run. */
  function* random(seed: number): Generator<number, never> {
    let state = seed;
    for (;;) {
      state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
      yield state / 2 ** 32;
    }
  }
  const cases = Array.from({ length: 150 }, (_, i) => {
    const source = random(i + 1);
    const next = (): number => source.next().value;
    /** Evenly over orders of magnitude. */
    const between = (least: number, most: number): number => least * (most / least) ** next();
    const maybe = <T>(value: T): T | undefined => (next() < 0.5 ? value : undefined);
    const options: LoadOptions = {
      seconds: 20,
      waits: next() < 0.04, // few, since what never ends is followed for six hours
      ...(next() < 0.5 ? { rateLimit: between(1, 1e5), burstLimit: between(1, 1e5) } : {}),
      apiRateLimit: maybe(between(100, 1e6)),
      apiBurstLimit: maybe(between(100, 1e6)),
      concurrencyLimit: maybe(between(10, 1e5)),
      concurrencyElsewhere: maybe(between(1, 1000)),
      reservedConcurrency: maybe(between(1, 1000)),
      readyEnvironments: maybe(between(1, 1000)),
      readUnits: maybe(between(0.5, 10)),
      writeUnits: maybe(between(1, 10)),
      maxWriteUnits: maybe(between(1, 1e5)),
      warmReadUnits: maybe(between(12_000, 1e5)),
    };
    const given = Object.fromEntries(
      Object.entries(options).filter(([, value]) => value !== undefined),
    ) as LoadOptions;
    return { rps: between(1, 1e6), durationMs: between(1, 900_000), options: given };
  });
  const SHARES = [
    'throttledShareOfFirstSecond',
    'throttledShareOfFirstMinute',
    'throttledShareOfLastSecond',
    'throttledShare',
  ] as const;
  const TINY = 1e-6;

  test('shares are from 0 to 1, and numbers are finite', () => {
    for (const { rps, durationMs, options } of cases) {
      const forecast = simulateLoad(rps, durationMs, options);
      const shares = [
        ...SHARES.map((name) => forecast[name]),
        ...forecast.limits.map((met) => met.throttledShare),
      ];
      expect(shares.filter((share) => !(share >= 0 && share <= 1))).toEqual([]);
      expect(Number.isInteger(forecast.environmentsStartedInFirstMinute)).toBe(true);
      expect(forecast.limits.every(({ atSeconds }) => atSeconds >= 0 && atSeconds <= 21_620)).toBe(
        true,
      );
    }
  });

  test('concurrency is rate times duration, and there are at least as many environments', () => {
    for (const { rps, durationMs, options } of cases) {
      const { concurrency, environments } = simulateLoad(rps, durationMs, options);
      expect(concurrency).toBeCloseTo((rps * durationMs) / 1000, 6);
      expect(environments).toBeGreaterThanOrEqual(concurrency * (1 - TINY));
    }
  });

  test('something is throttled exactly if a limit is reached', () => {
    for (const { rps, durationMs, options } of cases.filter(
      ({ options: { waits } }) => waits !== true,
    )) {
      const { throttledShare, limits } = simulateLoad(rps, durationMs, options);
      const sum = limits.reduce((total, met) => total + met.throttledShare, 0);
      expect(sum).toBeCloseTo(throttledShare, 6);
    }
  });

  test.each<[string, (rps: number, durationMs: number) => [number, number]]>([
    ['more requests', (rps, durationMs) => [rps * 1.3, durationMs]],
    ['longer requests', (rps, durationMs) => [rps, durationMs * 1.3]],
  ])('%s: the throttled share does not shrink', (_name, more) => {
    for (const { rps, durationMs, options } of cases) {
      const less = simulateLoad(rps, durationMs, options);
      const most = simulateLoad(...more(rps, durationMs), options);
      for (const share of SHARES) {
        expect(most[share]).toBeGreaterThanOrEqual(less[share] - TINY);
      }
    }
  });

  test.each<keyof LoadOptions>([
    'concurrencyLimit',
    'reservedConcurrency',
    'maxWriteUnits',
    'warmReadUnits',
  ])('a higher %s: the throttled share does not grow', (limit) => {
    for (const { rps, durationMs, options } of cases.filter(
      (each) => each.options[limit] !== undefined,
    )) {
      const raised = { ...options, [limit]: Number(options[limit]) * 1.3 };
      const before = simulateLoad(rps, durationMs, options).throttledShare;
      expect(simulateLoad(rps, durationMs, raised).throttledShare).toBeLessThanOrEqual(
        before + TINY,
      );
    }
  });

  test('a little more load changes the shares a little', () => {
    for (const { rps, durationMs, options } of cases) {
      const one = simulateLoad(rps, durationMs, options);
      const other = simulateLoad(rps * 1.0001, durationMs, options);
      for (const share of SHARES) {
        expect(Math.abs(other[share] - one[share])).toBeLessThan(0.01);
      }
    }
  });
});
