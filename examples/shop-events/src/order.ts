/** An order, as the table and the events hold it. */
export interface Order {
  readonly id: string;
  readonly customer: string;
  /** In cents. */
  readonly total: number;
  /** Whether the customer wants a receipt. */
  readonly receipt: boolean;
}

/** The order in a request, or what is wrong with it. */
export function parseOrder(id: string, body: string): Order | string {
  const { customer, total, receipt = false } = parse(body);
  if (typeof customer !== 'string' || customer === '') {
    return '`customer` must be text';
  }
  if (typeof total !== 'number' || !Number.isInteger(total) || total < 1) {
    return '`total` must be a whole number of cents, at least 1';
  }
  if (typeof receipt !== 'boolean') {
    return '`receipt` must be true or false';
  }
  return { id, customer, total, receipt };
}

function parse(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
