import { createHash } from 'node:crypto';

/** 100 stacks of 500 resources are more than an account's functions need; each is a resource of the app's own stack. */
export const MAX_SHARDS = 100;

const MULTIPLIER = 2_862_933_555_777_941_757n;
const MASK = (1n << 64n) - 1n;

/**
 * The shard of a function, from 0 to `count` - 1. It depends only on the function's id. It is a jump hash (Lamping and Veach,
 * https://arxiv.org/abs/1406.2294) of the id's SHA-256. Unlike a remainder, adding a shard moves only one id in `count` + 1, and
 * only to the new shard. The result is part of the public contract: a function whose shard changes is replaced.
 */
export function shardOf(id: string, count: number): number {
  let key = createHash('sha256').update(id).digest().readBigUInt64BE();
  let shard = 0;
  for (let next = 0; next < count;) {
    shard = next;
    key = (key * MULTIPLIER + 1n) & MASK;
    next = Math.floor((shard + 1) * (2 ** 31 / (Number(key >> 33n) + 1)));
  }
  return shard;
}

/** Finds the smallest number of shards, up to `max`, such that no shard exceeds `limit`. Returns `max` if every number exceeds it. */
export function shardsThatHold(
  weights: ReadonlyMap<string, number>,
  limit: number,
  max: number,
): number {
  for (let count = 1; count < max; count += 1) {
    const sums = new Map<number, number>();
    for (const [id, weight] of weights) {
      const shard = shardOf(id, count);
      sums.set(shard, (sums.get(shard) ?? 0) + weight);
    }
    if (Math.max(0, ...sums.values()) <= limit) {
      return count;
    }
  }
  return max;
}
