import { setTimeout as sleep } from 'node:timers/promises';

export interface Patience {
  readonly timeoutMs?: number;
  readonly everyMs?: number;
}

/**
 * Asks until there is an answer other than `undefined` and `false`, and gives it. When the time is over, the error says what
 * was waited for. What `ask` throws is thrown at once.
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
      throw new Error(`waited ${timeoutMs / 1000} s in vain: ${what}`);
    }
    await sleep(everyMs);
  }
}
