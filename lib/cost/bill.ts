import { KindBillItem } from '../kinds/trigger-kind';
import { CostPart, LevelEstimate } from './app-estimate';
import { dollarsFor, isPriceId, Price, PriceId, PriceList } from './price-list';

/** A billed quantity in a month, before prices are applied. */
export interface BillItem {
  readonly price: PriceId;
  /** The id of the billed resource. Absent: the app as a whole. */
  readonly resource?: string;
  readonly quantity: number;
}

const MILLIONTHS = 1e6;

/** The item of a trigger's kind, whose price must be in the price list. */
export function toBillItem({ price, resource, quantity }: KindBillItem): BillItem {
  if (!isPriceId(price)) {
    throw new Error(`no price is called \`${price}\``);
  }
  return { price, resource, quantity };
}

/**
 * Prices the items. Tiers and free amounts apply to all items of one price together and are shared in proportion to quantity. Dollars
 * are whole millionths, rounded on the running sum, so that the parts add up exactly to the total.
 */
export function billOf(
  items: readonly BillItem[],
  prices: PriceList,
  freeTier: boolean,
): LevelEstimate {
  const byPrice = new Map<PriceId, BillItem[]>();
  for (const item of items) {
    if (item.quantity > 0) {
      const group = byPrice.get(item.price);
      if (group === undefined) {
        byPrice.set(item.price, [item]);
      } else {
        group.push(item);
      }
    }
  }
  const free = new Map<string, number>();
  const parts: CostPart[] = [];
  for (const id of Object.keys(prices.prices) as PriceId[]) {
    const group = byPrice.get(id) ?? [];
    const price = prices.prices[id];
    const quantity = group.reduce((sum, item) => sum + item.quantity, 0);
    const billed = freeTier ? quantity - takeFree(price, quantity, free) : quantity;
    const dollars = dollarsFor(price, billed);
    if (dollars > 0) {
      share(group, price, dollars / quantity).forEach((part) => parts.push(part));
    }
  }
  const millionths = parts.reduce((sum, { dollars }) => sum + Math.round(dollars * MILLIONTHS), 0);
  return { monthlyDollars: millionths / MILLIONTHS, parts };
}

/** How much of a quantity is free. Several prices may share one free amount. */
function takeFree(price: Price, quantity: number, taken: Map<string, number>): number {
  const before = taken.get(price.freePool) ?? 0;
  const free = Math.min(quantity, Math.max(0, price.free - before));
  taken.set(price.freePool, before + free);
  return free;
}

function share(group: readonly BillItem[], price: Price, unitPrice: number): CostPart[] {
  const { id, service, what, unit } = price;
  let running = 0;
  let rounded = 0;
  const parts: CostPart[] = [];
  for (const { resource, quantity } of group) {
    running += quantity * unitPrice * MILLIONTHS;
    const dollars = (Math.round(running) - rounded) / MILLIONTHS;
    rounded = Math.round(running);
    if (dollars > 0) {
      parts.push({
        price: id,
        service,
        what,
        ...(resource === undefined ? {} : { resource }),
        quantity: inDigits(quantity),
        unit,
        unitPrice: inDigits(unitPrice),
        dollars,
      });
    }
  }
  return parts;
}

/** Drops the rounding noise of floating-point arithmetic. */
function inDigits(value: number): number {
  return Number(value.toPrecision(12));
}
