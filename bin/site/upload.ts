import type { UploadPlan } from './plan';
import type { SiteBucket, SiteCache } from './site-store';

const AT_ONCE = 8;

export interface UploadTo {
  readonly bucket: SiteBucket;
  readonly cache: SiteCache;
  readonly signal: AbortSignal;
  /** A unique string for this upload. */
  readonly reference: string;
  readonly tell: (text: string) => void;
}

/**
 * Carries out a plan. The paths are invalidated even if the upload fails halfway: another run would find the uploaded files unchanged,
 * and CloudFront would keep the old ones.
 */
export async function upload(
  { put, remove, invalidate }: UploadPlan,
  { bucket, cache, signal, reference, tell }: UploadTo,
): Promise<void> {
  const all = put.reduce((sum, { length }) => sum + length, 0);
  let done = 0;
  let changed = false;
  try {
    for (const group of put) {
      await inParallel(group, async (file) => {
        signal.throwIfAborted();
        changed = true;
        await bucket.put(file);
        done += 1;
        tell(`${done} of ${all} files uploaded`);
      });
    }
    signal.throwIfAborted();
    if (remove.length > 0) {
      changed = true;
      await bucket.remove(remove);
    }
    changed = true;
  } finally {
    if (changed && invalidate.length > 0) {
      await cache.invalidate(invalidate, reference);
    }
  }
}

/** A few at a time. After the first failure, no more are started. */
async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const left = [...items];
  const failures: unknown[] = [];
  const next = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) {
      try {
        await work(item);
      } catch (error) {
        failures.push(error);
        left.length = 0;
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  if (failures.length > 0) {
    throw failures[0];
  }
}
