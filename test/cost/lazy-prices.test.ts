type Library = typeof import('../../lib');
type PriceLists = typeof import('../../lib/cost/price-list');

const MODULES = ['../../lib/cost/prices.json', '../../lib/cost/estimate'] as const;

beforeEach(() => {
  jest.resetModules();
  for (const name of MODULES) {
    jest.doMock(name, () => {
      throw new Error(`${name} was read`);
    });
  }
});

afterEach(() => {
  MODULES.forEach((name) => jest.dontMock(name));
});

test('an import of the library reads no prices, and loads no rules of the estimate', () => {
  const { ServerlessApp } = jest.requireActual<Library>('../../lib');

  expect(ServerlessApp).toBeDefined();
});

test('they are read when they are needed', () => {
  const { priceListOf } = jest.requireActual<PriceLists>('../../lib/cost/price-list');

  expect(() => priceListOf('eu-central-1')).toThrow('prices.json was read');
});
