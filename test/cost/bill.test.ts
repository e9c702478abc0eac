import { billOf, BillItem } from '../../lib/cost/bill';
import { priceListOf } from '../../lib/cost/price-list';

const PRICES = priceListOf('us-east-1');
const REQUESTS = 0.2e-6;

const requests = (quantity: number, resource?: string): BillItem => ({
  price: 'lambda.requests',
  quantity,
  ...(resource === undefined ? {} : { resource }),
});

test('a part has its subject, its quantity and its price', () => {
  expect(billOf([requests(5e6, 'Get')], PRICES, false)).toStrictEqual({
    monthlyDollars: 1,
    parts: [
      {
        price: 'lambda.requests',
        service: 'lambda',
        what: 'requests',
        resource: 'Get',
        quantity: 5e6,
        unit: 'requests',
        unitPrice: REQUESTS,
        dollars: 1,
      },
    ],
  });
});

test('a part of the whole app names no resource', () => {
  const [part] = billOf([requests(5e6)], PRICES, false).parts;

  expect(part).toBeDefined();
  expect(part).not.toHaveProperty('resource');
});

test.each([
  ['nothing is used', [requests(0, 'Get')]],
  ['too little is used for a millionth of a dollar', [requests(1, 'Get')]],
  ['all of it is free', [requests(1e6, 'Get')]],
  ['there is no item', []],
])('there is no part for %s', (_what, items) => {
  expect(billOf(items, PRICES, true)).toEqual({ monthlyDollars: 0, parts: [] });
});

test.each([0, -5e6, NaN])('a quantity of %d does not change the other parts', (none) => {
  const items = [requests(5e6, 'A'), requests(none, 'B')];

  const { parts, monthlyDollars } = billOf(items, PRICES, false);

  expect(parts.map(({ resource, dollars }) => [resource, dollars])).toEqual([['A', 1]]);
  expect(monthlyDollars).toBe(1);
});

test('the free tier is shared in proportion to the quantities', () => {
  const { parts } = billOf([requests(3e6, 'A'), requests(1e6, 'B')], PRICES, true);

  // 4 million, of which 1 is free: 60 cents.
  expect(parts.map(({ resource, dollars }) => [resource, dollars])).toEqual([
    ['A', 0.45],
    ['B', 0.15],
  ]);
});

test('a rounding difference shared by many goes to some of them, and the sum stays exact', () => {
  // Each costs 0.4 millionths.
  const items = Array.from({ length: 5 }, (_, i) => requests(2, `F${i}`));

  const { parts, monthlyDollars } = billOf(items, PRICES, false);

  expect(monthlyDollars).toBe(2e-6);
  expect(parts.map(({ dollars }) => dollars)).toEqual([1e-6, 1e-6]);
});

test('the parts follow the order of the price list, independent of the order of the items', () => {
  const items: BillItem[] = [
    { price: 's3.puts', quantity: 1e6 },
    requests(1e6, 'B'),
    { price: 's3.gets', quantity: 1e6 },
    requests(1e6, 'A'),
  ];
  const order = Object.keys(PRICES.prices);

  const names = billOf(items, PRICES, false).parts.map(({ price }) => price);

  expect(names).toHaveLength(4);
  expect(names).toEqual([...names].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
});
