import { randomUUID } from 'node:crypto';
import { dayOf } from './calendar';

export interface Order {
  readonly id: string;
  readonly customer: string;
  readonly item: string;
  readonly quantity: number;
  /** The price of one item, in cents. */
  readonly priceCents: number;
  readonly totalCents: number;
  readonly placedAt: string;
  /** The day of the shop that it was placed on. */
  readonly day: string;
}

/** Distinguishes an error of the sender from an error of ours. */
export class InvalidOrder extends Error {}

/** Parses an order from JSON or from a row of a CSV file. */
export function parseOrder(input: unknown): Order {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw new InvalidOrder('an order must be an object');
  }
  const fields = input as Record<string, unknown>;
  const quantity = wholeNumber(fields, 'quantity', 1);
  const priceCents = wholeNumber(fields, 'priceCents', 0);
  const placed = moment(fields, 'placedAt');
  return {
    id: isGiven(fields.id) ? text(fields, 'id') : randomUUID(),
    customer: text(fields, 'customer'),
    item: text(fields, 'item'),
    quantity,
    priceCents,
    totalCents: quantity * priceCents,
    placedAt: placed.toISOString(),
    day: dayOf(placed),
  };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== '';
}

function text(fields: Record<string, unknown>, name: string): string {
  const value = fields[name];
  if (typeof value !== 'string' || value.trim() === '') {
    throw new InvalidOrder(`\`${name}\` must be a non-empty text`);
  }
  return value.trim();
}

function wholeNumber(fields: Record<string, unknown>, name: string, min: number): number {
  const value = fields[name];
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < min) {
    throw new InvalidOrder(`\`${name}\` must be a whole number, at least ${min}`);
  }
  return number;
}

function moment(fields: Record<string, unknown>, name: string): Date {
  const value = fields[name];
  if (!isGiven(value)) {
    return new Date();
  }
  const date = new Date(typeof value === 'string' ? value : NaN);
  if (Number.isNaN(date.getTime())) {
    throw new InvalidOrder(`\`${name}\` must be a time such as 2026-11-23T10:00:00Z`);
  }
  return date;
}
