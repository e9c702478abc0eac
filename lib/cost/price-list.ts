import type * as file from './prices.json';

/** What a price is of: `lambda.requests`, `dynamodb.writes` and so on, as `prices.json` calls it. */
export type PriceId = keyof typeof file.prices;

/** One price of a region, with where it was read and when. Plain data. */
export interface Price {
  readonly id: PriceId;
  /** The service, as `prices.json` calls it: `lambda`. */
  readonly service: string;
  /** In words: `requests`. */
  readonly what: string;
  readonly unit: string;
  /** Whose price it is: the region that was asked for, or the one that was fallen back to. */
  readonly region: string;
  readonly date: string;
  readonly source: string;
  /** What a unit costs, by how many there are in a month; the last tier has no end. */
  readonly tiers: readonly PriceTier[];
  /** How many units a month every account has for nothing, always. */
  readonly free: number;
  /** Prices with the same pool share what is free. */
  readonly freePool: string;
}

export interface PriceTier {
  /** How many units of a month, counted from 0, this price is for; absent: all the rest. */
  readonly upTo?: number;
  /** Dollars a unit. */
  readonly price: number;
}

/** The prices of a region. Plain data, without the CDK and Node.js. */
export interface PriceList {
  /** The region that was asked for. */
  readonly region: string;
  readonly currency: string;
  /** When the oldest of the prices was read. */
  readonly date: string;
  readonly prices: Readonly<Record<PriceId, Price>>;
  /** The prices that are not known of this region, so that those of `us-east-1` stand for them. */
  readonly fallbacks: readonly PriceId[];
}

/** Where a price that a region lacks is taken from: `fallback` in `prices.json`. */
export const FALLBACK_REGION = 'us-east-1';

interface FileTier {
  readonly upTo?: number;
  readonly price: number;
}

interface FilePrice {
  readonly what: string;
  readonly unit: string;
  /** How many units the numbers of the regions are for, as the price's page has it. */
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

/** As Node.js has it; in the report's page, which has no Node.js, the bundler puts the file there. */
declare const require: (name: './prices.json') => PriceFile;

const lists = new Map<string, PriceList>();

/** The prices of a region; what is not known of it is `us-east-1`'s, and said so. Also of a name that is no region. */
export function priceListOf(region: string): PriceList {
  const known = lists.get(region);
  if (known !== undefined) {
    return known;
  }
  // Here, since most of those who import the library need no price.
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

/** Dollars for so many units in a month, each at the price of its tier. */
export function dollarsFor({ tiers }: Price, quantity: number): number {
  let dollars = 0;
  let begin = 0;
  for (const { upTo = Infinity, price } of tiers) {
    dollars += Math.max(0, Math.min(quantity, upTo) - begin) * price;
    begin = upTo;
  }
  return dollars;
}

/** Dollars for one unit of the first tier. */
export function unitPrice({ tiers }: Price): number {
  return tiers[0]?.price ?? 0;
}
