import { priceListOf } from '../../lib/cost/price-list';
import {
  BilledFunction,
  dollarsPerMillisecond,
  memoryBuckets,
  standingCosts,
} from '../../lib/cost/run-rate';
import { decimal, runRateExpression } from '../../lib/cost/run-rate-expression';
import { evaluate } from '../support/metric-math';

const PRICES = priceListOf('us-east-1');

function fn(memoryMb: unknown, more: Partial<BilledFunction> = {}): BilledFunction {
  return {
    memoryMb,
    architecture: 'arm64',
    runtime: 'nodejs24.x',
    coldStart: { kind: 'onDemand' },
    ...more,
  };
}

describe('dollars for a billed millisecond', () => {
  test.each([
    ['arm64', 0.0000133334],
    ['x86_64', 0.0000166667],
  ])('are those of %s', (architecture, perGbSecond) => {
    expect(dollarsPerMillisecond(fn(1024, { architecture }), PRICES) * 1000).toBeCloseTo(
      perGbSecond,
      12,
    );
    expect(dollarsPerMillisecond(fn(512, { architecture }), PRICES) * 1000).toBeCloseTo(
      perGbSecond / 2,
      12,
    );
  });

  test('are those of the largest memory if it is known only at deployment', () => {
    expect(dollarsPerMillisecond(fn('token'), PRICES)).toBe(
      dollarsPerMillisecond(fn(10_240), PRICES),
    );
  });

  test('include temporary storage above 512 MB', () => {
    const more = dollarsPerMillisecond(fn(1024, { ephemeralStorageMb: 1536 }), PRICES);

    expect((more - dollarsPerMillisecond(fn(1024), PRICES)) * 1000).toBeCloseTo(0.0000000309, 15);
  });

  // 0.0000077778 + 0.0000033333 / utilization: above 60 % it is less than 0.0000133334.
  test.each([
    [0.9, 0.0000133334],
    [0.7, 0.0000133334],
    [0.5, 0.0000077778 + 0.0000033333 / 0.5],
    ['token', 0.0000077778 + 0.0000033333 / 0.1],
  ])('of environments that are scaled at %s include the idle ones', (utilization, dollars) => {
    const coldStart = { kind: 'provisioned', min: 1, max: 9, targetUtilization: utilization };

    expect(dollarsPerMillisecond(fn(1024, { coldStart }), PRICES) * 1000).toBeCloseTo(dollars, 12);
  });
});

test.each([
  ['that are kept ready and not scaled', { kind: 'provisioned', min: 1, targetUtilization: 0.1 }],
  ['of which none is kept ready', { kind: 'onDemand', max: 9, targetUtilization: 0.1 }],
])('environments %s have no idle time', (_what, coldStart) => {
  expect(dollarsPerMillisecond(fn(1024, { coldStart }), PRICES)).toBe(
    dollarsPerMillisecond(fn(1024), PRICES),
  );
});

describe('memory sizes', () => {
  test('that fit have one bucket each, ascending, for any number of functions', () => {
    const sizes = [1024, 128, 512];
    const functions = Array.from({ length: 1000 }, (_, i) => fn(sizes[i % 3]));

    expect(memoryBuckets(functions, PRICES, 8).map(({ memoryMb }) => memoryMb)).toEqual([
      128, 512, 1024,
    ]);
  });

  test('used on both architectures cost as the more expensive one', () => {
    const [bucket] = memoryBuckets([fn(1024, { architecture: 'x86_64' }), fn(1024)], PRICES, 8);

    expect(bucket?.dollarsPerMillisecond).toBe(
      dollarsPerMillisecond(fn(1024, { architecture: 'x86_64' }), PRICES),
    );
  });

  test('that do not fit are counted with the next larger one', () => {
    const functions = [128, 256, 512, 1000, 1024, 2048, 4096, 8192, 10_240].map((mb) => fn(mb));

    const buckets = memoryBuckets(functions, PRICES, 8);

    expect(buckets.map(({ memoryMb }) => memoryMb)).toEqual([
      128, 256, 512, 1024, 2048, 4096, 8192, 10_240,
    ]);
    expect(buckets[3]?.dollarsPerMillisecond).toBe(dollarsPerMillisecond(fn(1024), PRICES));
  });

  test('keep the higher price even if it belongs to the smaller one', () => {
    const functions = [fn(1000, { architecture: 'x86_64' }), fn(1024)];

    expect(memoryBuckets(functions, PRICES, 1)).toEqual([
      {
        memoryMb: 1024,
        dollarsPerMillisecond: dollarsPerMillisecond(fn(1000, { architecture: 'x86_64' }), PRICES),
      },
    ]);
  });
});

describe('the standing cost', () => {
  test('uses the minimum of environments, or the higher number of a schedule', () => {
    const coldStart = { kind: 'provisioned', min: 2, max: 9, schedules: [{ min: 4 }] };

    const [cost] = standingCosts([fn(2048, { coldStart })], PRICES);

    // The price list's example: one of 1 GB is $8.76 a month of 730 hours.
    expect(standingCosts([fn(2048, { coldStart })], PRICES)).toHaveLength(1);
    expect(cost?.units).toBe(4);
    expect((cost?.dollarsPerHour ?? 0) * 730).toBeCloseTo(2 * 8.76, 2);
  });

  test('passes on a number that is known only at deployment', () => {
    const coldStart = { kind: 'provisioned', min: '${Token}' };

    expect(standingCosts([fn(1024, { coldStart })], PRICES)).toMatchObject([{ units: '${Token}' }]);
  });

  test('uses the greatest known number and every unknown one', () => {
    const coldStart = { kind: 'provisioned', min: 2, schedules: [{ min: '${A}' }, { min: 3 }] };

    expect(standingCosts([fn(1024, { coldStart })], PRICES).map(({ units }) => units)).toEqual([
      3,
      '${A}',
    ]);
  });

  test.each<[string, Partial<BilledFunction>, number]>([
    ['a snapshot of Python', { coldStart: { kind: 'snapStart' }, runtime: 'python3.13' }, 1],
    ['a snapshot of Java', { coldStart: { kind: 'snapStart' }, runtime: 'java21' }, 0],
    ['Python without one', { runtime: 'python3.13' }, 0],
    ['Java without one', { runtime: 'java21' }, 0],
    ['what is provisioned without a number', { coldStart: { kind: 'provisioned' } }, 0],
  ])('includes %s', (_what, more, count) => {
    expect(standingCosts([fn(1024, more)], PRICES)).toHaveLength(count);
  });

  test('includes the snapshot of a version, except for Java', () => {
    const coldStart = { kind: 'snapStart' };

    const costs = standingCosts(
      [
        fn(1024, { coldStart, runtime: 'python3.13' }),
        fn(1024, { coldStart, runtime: 'java21' }),
        fn(1024),
      ],
      PRICES,
    );

    // https://aws.amazon.com/lambda/pricing/: about $3.95 a month for 1 GB.
    expect(costs.map(({ dollarsPerHour }) => dollarsPerHour * 730)).toEqual([
      expect.closeTo(3.95, 2),
    ]);
  });
});

describe('a number in an expression', () => {
  test.each([
    [0, '0'],
    [1, '1'],
    [100, '100'],
    [12_345_678_901, '12345678901'],
    [0.0000002, '0.0000002'],
    [0.0000000133334, '0.0000000133334'],
    [1 / 3, '0.3333333333'],
  ])('%d is %s', (value, text) => {
    expect(decimal(value)).toBe(text);
  });
});

describe('the expression', () => {
  test('is dollars an hour, for any period', () => {
    const expression = runRateExpression([{ id: 'b128', dollars: 0.001 }], [0.5]);

    expect(expression).toBe('(0.001*FILL(b128,0))*3600/PERIOD(b128)+0.5');
    expect(evaluate(expression, { b128: 100 }, 300)).toBeCloseTo(0.1 * 12 + 0.5, 12);
    expect(evaluate(expression, { b128: 100 }, 3600)).toBeCloseTo(0.1 + 0.5, 12);
  });

  test('has a value if a metric has no data', () => {
    const expression = runRateExpression(
      [
        { id: 'b128', dollars: 0.001 },
        { id: 'requests', dollars: 0.01 },
      ],
      [0],
    );

    expect(evaluate(expression, { b128: undefined, requests: 3 }, 3600)).toBeCloseTo(0.03, 12);
  });

  test('has no exponents, which CloudWatch does not read', () => {
    expect(runRateExpression([{ id: 'b', dollars: 1e-7 }], [2e-7])).toBe(
      '(0.0000001*FILL(b,0))*3600/PERIOD(b)+0.0000002',
    );
  });

  test('multiplies values that are known only at deployment in CloudFormation', () => {
    expect(runRateExpression([{ id: 'b', dollars: 1 }], [0, '0.01*${Min}'])).toBe(
      '(1*FILL(b,0))*3600/PERIOD(b)+0.01*${Min}',
    );
  });
});

/** Reproducible. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

describe.each(Array.from({ length: 40 }, (_, seed) => seed))('of a random app (%i)', (seed) => {
  const random = randomNumbers(seed + 1);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const functions = Array.from({ length: 1 + Math.floor(random() * 40) }, () => {
    const coldStart = pick<BilledFunction['coldStart']>([
      { kind: 'onDemand' },
      { kind: 'onDemand' },
      { kind: 'provisioned', min: 1 + Math.floor(random() * 5) },
    ]);
    return fn(128 + Math.floor(random() * 10_113), {
      architecture: pick(['arm64', 'x86_64']),
      ephemeralStorageMb: pick([undefined, 2048]),
      coldStart,
    });
  });
  const invocations = Array.from({ length: 500 }, () => ({
    of: pick(functions),
    milliseconds: 1 + Math.floor(random() * 5000),
  }));
  const buckets = memoryBuckets(functions, PRICES, 8);

  /** As the filters do it: the first bucket that is large enough. */
  function counted(): number {
    const values = Object.fromEntries(buckets.map(({ memoryMb }) => [`b${memoryMb}`, 0]));
    for (const { of, milliseconds } of invocations) {
      const bucket = buckets.find(({ memoryMb }) => Number(of.memoryMb) <= memoryMb);
      const id = `b${bucket?.memoryMb ?? 0}`;
      values[id] = (values[id] ?? 0) + milliseconds;
    }
    const standing = standingCosts(functions, PRICES).reduce(
      (sum, { units, dollarsPerHour }) => sum + Number(units) * dollarsPerHour,
      0,
    );
    const terms = buckets.map(({ memoryMb, dollarsPerMillisecond: dollars }) => ({
      id: `b${memoryMb}`,
      dollars,
    }));
    return evaluate(runRateExpression(terms, [standing]), values, 300) ?? 0;
  }

  /** By the price list, each function by itself. */
  function billed(): number {
    const work = invocations.reduce((sum, { of, milliseconds }) => {
      const arm = of.architecture === 'arm64';
      const gigabytes = Number(of.memoryMb) / 1024;
      const storage = of.ephemeralStorageMb === undefined ? 0 : 1.5 * 0.0000000309;
      const onDemand = arm ? 0.0000133334 : 0.0000166667;
      const warm = arm ? 0.0000077778 : 0.0000097222;
      const price = of.coldStart.kind === 'provisioned' ? warm : onDemand;
      return sum + (milliseconds / 1000) * (gigabytes * price + storage);
    }, 0);
    const standing = functions.reduce((sum, { coldStart, memoryMb, architecture }) => {
      const price = architecture === 'arm64' ? 0.0000033333 : 0.0000041667;
      return sum + Number(coldStart.min ?? 0) * (Number(memoryMb) / 1024) * price * 3600;
    }, 0);
    return work * 12 + standing;
  }

  test('the buckets fit, and no cost is underestimated', () => {
    expect(buckets.length).toBeLessThanOrEqual(8);
    expect(counted()).toBeGreaterThanOrEqual(billed() * (1 - 1e-8));
  });

  test('an overestimate comes only from merged buckets and from environments kept ready', () => {
    const distinct = new Set(functions.map(({ memoryMb }) => memoryMb)).size;
    const warm = functions.some(({ coldStart }) => coldStart.kind === 'provisioned');

    expect(counted() / billed()).toBeLessThan(distinct <= 8 && !warm ? 1.0001 : 2.5);
  });
});
