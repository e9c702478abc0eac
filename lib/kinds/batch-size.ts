import { resolvedNumber } from '../model/resolved';
import { SECONDS_A_MONTH } from '../schedule/month';

export interface Polling {
  /** How many readers share the events. */
  readonly readers: number;
  /** How long each of them gathers events for a batch. */
  readonly seconds: number;
  /** `batchSize` as the model has it. */
  readonly batchSize: unknown;
  readonly defaultBatchSize: number;
}

/** How many events an average batch has at an even load: what arrives while a reader waits, and no more than the batch size. */
export function averageBatch(
  monthlyEvents: number,
  { readers, seconds, batchSize, defaultBatchSize }: Polling,
): number {
  const given = resolvedNumber(batchSize) ?? 0;
  const most = given > 0 ? given : defaultBatchSize;
  return Math.max(1, Math.min(most, (monthlyEvents / SECONDS_A_MONTH / readers) * seconds));
}
