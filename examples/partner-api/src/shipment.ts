/** API Gateway checked it before it came into the queue; see schema.ts. */
export interface Shipment {
  readonly id: string;
  readonly carrier: string;
  readonly parcels: number;
}

/** A shipment that a message of the queue announces. Whoever may write to the queue can write anything, so the fields are checked here too. */
export function parseShipment(text: string): Shipment {
  const { id, carrier, parcels } = JSON.parse(text) as Record<string, unknown>;
  if (typeof id !== 'string' || typeof carrier !== 'string' || typeof parcels !== 'number') {
    throw new Error('the message is no shipment');
  }
  return { id, carrier, parcels };
}
