import { Lazy } from 'aws-cdk-lib';
import { AppEstimate, LevelEstimate } from '../../lib/cost/app-estimate';
import { costEstimateOf } from '../../lib/estimate/cost-estimate';
import { UsageLevel } from '../../lib/estimate/usage';

function level(...dollars: number[]): LevelEstimate {
  return {
    monthlyDollars: dollars.reduce((sum, each) => sum + each, 0),
    parts: dollars.map((each, i) => ({
      price: 'lambda.requests',
      service: 'lambda',
      what: 'requests',
      ...(i === 0 ? {} : { resource: `F${i}` }),
      quantity: each,
      unit: 'requests',
      unitPrice: 1,
      dollars: each,
    })),
  };
}

const ESTIMATE: AppEstimate = {
  schemaVersion: 1,
  app: { id: 'App', path: 'Test/App', stage: 'production', stack: 'Test' },
  prices: {
    region: 'eu-west-1',
    currency: 'USD',
    date: '2026-11-23',
    fallbacks: ['lambda.snapStartCache'],
  },
  freeTier: false,
  levels: { low: level(1), moderate: level(3, 1, 6, 2, 5, 4, 7), high: level(100) },
  assumptions: ['one'],
  notIncluded: ['two', 'three'],
  uncounted: ['1 secret (Db)'],
};
const estimate = costEstimateOf(ESTIMATE);

test('an estimate contains the calculated values', () => {
  expect(estimate).toMatchObject({
    ...ESTIMATE.levels,
    region: 'eu-west-1',
    pricesDate: '2026-11-23',
    fallbacks: ['lambda.snapStartCache'],
    assumptions: ['one'],
    notIncluded: ['two', 'three'],
    uncounted: ['1 secret (Db)'],
  });
});

test('a level is found by its name', () => {
  expect(estimate.at(UsageLevel.LOW)).toBe(estimate.low);
  expect(estimate.at(UsageLevel.HIGH)).toBe(estimate.high);
});

test('an unknown level fails', () => {
  expect(() => estimate.at('constructor' as unknown as UsageLevel)).toThrow(
    'Test/App: `estimate.level` must be one of low, moderate, high, got "constructor": use `UsageLevel`',
  );
});

describe('a limit', () => {
  test('passes if the app costs less', () => {
    expect(() => {
      estimate.assertMonthlyBelow(28.01);
      estimate.assertMonthlyBelow(1.01, UsageLevel.LOW);
      estimate.assertMonthlyBelow(100.01, UsageLevel.HIGH);
    }).not.toThrow();
  });

  test('fails if the app costs exactly as much, and names the five greatest parts, the greatest first', () => {
    expect(() => {
      estimate.assertMonthlyBelow(28);
    }).toThrow(
      new Error(
        'Test/App: `estimate.moderate.monthlyDollars` must be below $28.00, got 28: the largest parts are ' +
          '$7.00 lambda, requests of F6; $6.00 lambda, requests of F2; $5.00 lambda, requests of F4; $4.00 lambda, requests of F5; ' +
          '$3.00 lambda, requests',
      ),
    );
  });

  test('applies to the named level', () => {
    expect(() => {
      estimate.assertMonthlyBelow(28.01, UsageLevel.HIGH);
    }).toThrow('`estimate.high.monthlyDollars` must be below $28.01, got 100');
  });

  test('does not reorder the parts', () => {
    expect(() => {
      estimate.assertMonthlyBelow(1);
    }).toThrow();
    expect(estimate.moderate.parts.map(({ dollars }) => dollars)).toEqual([3, 1, 6, 2, 5, 4, 7]);
  });

  test.each([0, -1, NaN])('of %d fails', (dollars) => {
    expect(() => {
      estimate.assertMonthlyBelow(dollars);
    }).toThrow(`Test/App: \`estimate.dollars\` must be above 0, got ${dollars}: give an amount`);
  });

  test('given as a token fails', () => {
    expect(() => {
      estimate.assertMonthlyBelow(Lazy.number({ produce: () => 5 }));
    }).toThrow(
      '`estimate.dollars` must be above 0, got a token: give an amount in dollars a month',
    );
  });
});
