import type * as file from './prices.json';

/** The id of a price in `prices.json`: `lambda.requests`, `dynamodb.writes` and so on. */
export type PriceId = keyof typeof file.prices;

/** One price in a region, with its source and date. Plain data. */
export interface Price {
  readonly id: PriceId;
  /** The service, as in `prices.json`: `lambda`. */
  readonly service: string;
  /** What is counted: `requests`. */
  readonly what: string;
  readonly unit: string;
  /** The region of the price: the requested one, or the fallback. */
  readonly region: string;
  readonly date: string;
  readonly source: string;
  /** The price per unit, by monthly quantity; the last tier is unlimited. */
  readonly tiers: readonly PriceTier[];
  /** The units per month that are always free for every account. */
  readonly free: number;
  /** Prices with the same pool share the free units. */
  readonly freePool: string;
}

export interface PriceTier {
  /** The units in a month, counted from 0, to which this price applies; missing for all the rest. */
  readonly upTo?: number;
  /** Dollars per unit. */
  readonly price: number;
}

/** The prices of a region. Plain data, without the CDK and Node.js. */
export interface PriceList {
  /** The requested region. */
  readonly region: string;
  readonly currency: string;
  /** The date of the oldest price. */
  readonly date: string;
  readonly prices: Readonly<Record<PriceId, Price>>;
  /** The prices that are unknown for this region and are replaced by those of `us-east-1`. */
  readonly fallbacks: readonly PriceId[];
}

/** The region that provides missing prices: `fallback` in `prices.json`. */
export const FALLBACK_REGION = 'us-east-1';

interface FileTier {
  readonly upTo?: number;
  readonly price: number;
}

interface FilePrice {
  readonly what: string;
  readonly unit: string;
  /** The number of units that the prices in `regions` are for, as on AWS's price page. */
  readonly per: number;
  readonly free?: number;
  readonly freePool?: string;
  readonly regions: Readonly<Record<string, number | readonly FileTier[] | undefined>>;
}

interface FileSource {
  readonly date: string;
  readonly source: string;
}

interface PriceFile {
  readonly currency: string;
  readonly prices: Readonly<Record<PriceId, FilePrice>>;
  readonly services: Readonly<Record<string, Readonly<Record<string, FileSource | undefined>>>>;
}

/** In Node.js, the file is read; in the report's page, the bundler inserts it. */
declare const require: (name: './prices.json') => PriceFile;

const lists = new Map<string, PriceList>();

/** The prices of a region. Missing ones, and those of an unknown region, are the prices of `us-east-1`, and are listed as fallbacks. */
export function priceListOf(region: string): PriceList {
  const known = lists.get(region);
  if (known !== undefined) {
    return known;
  }
  // Loaded here, because most users of the library need no prices.
  const file = require('./prices.json');
  const ids = Object.keys(file.prices) as PriceId[];
  const prices = Object.fromEntries(ids.map((id) => [id, priceOf(id, region, file)])) as Record<
    PriceId,
    Price
  >;
  const all = Object.values(prices);
  const list: PriceList = {
    region,
    currency: file.currency,
    date: all.map(({ date }) => date).sort()[0] ?? '',
    prices,
    fallbacks: all.filter((price) => price.region !== region).map(({ id }) => id),
  };
  lists.set(region, list);
  return list;
}

/** Whether the price list has a price of this name. */
export function isPriceId(name: string): name is PriceId {
  return name in priceListOf(FALLBACK_REGION).prices;
}

function priceOf(id: PriceId, wanted: string, { prices, services }: PriceFile): Price {
  const { what, unit, per, regions, free = 0, freePool = id } = prices[id];
  const [service = ''] = id.split('.');
  const region = regions[wanted] === undefined ? FALLBACK_REGION : wanted;
  const given = regions[region] ?? 0;
  const tiers = typeof given === 'number' ? [{ price: given }] : given;
  const { date = '', source = '' } = services[service]?.[region] ?? {};
  return {
    id,
    service,
    what,
    unit,
    region,
    date,
    source,
    tiers: tiers.map((tier) => ({ ...tier, price: tier.price / per })),
    free,
    freePool,
  };
}

/** Dollars for this monthly quantity, each unit at the price of its tier. */
export function dollarsFor({ tiers }: Price, quantity: number): number {
  let dollars = 0;
  let begin = 0;
  for (const { upTo = Infinity, price } of tiers) {
    dollars += Math.max(0, Math.min(quantity, upTo) - begin) * price;
    begin = upTo;
  }
  return dollars;
}

/** Dollars for one unit in the first tier. */
export function unitPrice({ tiers }: Price): number {
  return tiers[0]?.price ?? 0;
}
