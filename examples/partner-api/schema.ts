/** What a partner sends. A schema of zod, `z.toJSONSchema(…)`, would be as good. */
export const SHIPMENT_SCHEMA = {
  type: 'object',
  required: ['id', 'carrier', 'parcels'],
  additionalProperties: false,
  properties: {
    id: { type: 'string', minLength: 1, maxLength: 64 },
    carrier: { type: 'string', enum: ['road', 'rail', 'air'] },
    parcels: { type: 'integer', minimum: 1, maximum: 1000 },
  },
};
