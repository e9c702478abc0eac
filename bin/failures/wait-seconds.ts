import type { FunctionModel } from '../../lib/model/app-model';
import { resolvedNumber } from '../../lib/model/resolved';

const LONGEST_SECONDS = 900;

/** How long an invocation may take: for a durable function, its whole execution. Lambda lets no caller wait longer than 15 minutes. */
export function waitSecondsOf({ timeoutSeconds, durable }: FunctionModel): number {
  const timeout = resolvedNumber(timeoutSeconds) ?? LONGEST_SECONDS;
  const execution = resolvedNumber(durable?.executionTimeoutSeconds) ?? 0;
  return Math.min(LONGEST_SECONDS, Math.max(timeout, execution));
}
