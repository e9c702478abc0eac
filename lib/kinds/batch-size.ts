import { resolvedNumber } from '../model/resolved';
import { SECONDS_A_MONTH } from '../schedule/month';

export interface Polling {
  /** How many readers share the events. */
  readonly readers: number;
  /** How long each of them gathers events for a batch. */
  readonly seconds: number;
  /** `batchSize` as in the model. */
  readonly batchSize: unknown;
  readonly defaultBatchSize: number;
}

/**
 * The average number of events in a batch at an even load: those that arrive while a reader waits, but no more than the batch
 * size.
 */
export function averageBatch(
  monthlyEvents: number,
  { readers, seconds, batchSize, defaultBatchSize }: Polling,
): number {
  const given = resolvedNumber(batchSize) ?? 0;
  const most = given > 0 ? given : defaultBatchSize;
  return Math.max(1, Math.min(most, (monthlyEvents / SECONDS_A_MONTH / readers) * seconds));
}
