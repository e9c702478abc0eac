import { setTimeout as sleep } from 'node:timers/promises';

export interface Patience {
  /** @default 30_000 */
  readonly timeoutMs?: number;
  /**
   * The time between two attempts.
   * @default 250
   */
  readonly everyMs?: number;
}

/**
 * Polls until `ask` returns something other than `undefined` and `false`, and returns that. On a timeout, it throws an error that names
 * what did not happen. An error that `ask` throws is rethrown immediately.
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined | false>,
  { timeoutMs = 30_000, everyMs = 250 }: Patience = {},
): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) {
      return answer;
    }
    if (Date.now() > end) {
      throw new Error(`timed out after ${timeoutMs / 1000} s: ${what}`);
    }
    await sleep(everyMs);
  }
}
