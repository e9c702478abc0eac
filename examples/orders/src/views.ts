/** The view of one customer's orders; an entry is an order's id. */
export function customerView(customer: string): string {
  return `customer#${customer}`;
}

/** The view of the closed days; an entry is a day. */
export const DAYS_VIEW = 'days';
