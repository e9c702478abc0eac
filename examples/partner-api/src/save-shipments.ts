import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { database } from './database';
import { environment } from './environment';
import { parseShipment } from './shipment';

/** Saves what partners announced. A message that fails comes again, without the others of its batch. */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const results = await Promise.allSettled(
    Records.map(async ({ body }) =>
      database.send(
        new PutCommand({
          TableName: environment('SHIPMENTS_TABLE_NAME'),
          Item: { ...parseShipment(body), announcedAt: new Date().toISOString() },
        }),
      ),
    ),
  );
  return {
    batchItemFailures: Records.filter((_, i) => results[i]?.status === 'rejected').map(
      ({ messageId }) => ({ itemIdentifier: messageId }),
    ),
  };
}
