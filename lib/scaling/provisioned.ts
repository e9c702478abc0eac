import { resolvedNumber } from '../model/resolved';

/** Provisioned concurrency: the minimum, and the maximum that scaling and schedules can reach. */
export interface Provisioned {
  readonly min?: number;
  readonly max?: number;
}

/** The part of a function's model that provisioned concurrency needs; absent if nothing is provisioned. */
export interface WithColdStart {
  readonly coldStart?: {
    readonly min?: unknown;
    readonly max?: unknown;
    readonly schedules?: ReadonlyArray<{ readonly min?: unknown; readonly max?: unknown }>;
  };
}

/** Reads a function's entry in the app's model. Values known only at deployment are left out. */
export function provisionedOf({ coldStart }: WithColdStart): Provisioned {
  const min = resolvedNumber(coldStart?.min);
  const all = [coldStart, ...(coldStart?.schedules ?? [])];
  const most = all.flatMap((part) =>
    [resolvedNumber(part?.min) ?? [], resolvedNumber(part?.max) ?? []].flat(),
  );
  // A guard reports `max` below `min`, so the function's own two values are not combined.
  const own = resolvedNumber(coldStart?.max);
  const ofSchedules = most.length > 0 ? Math.max(...most) : undefined;
  return { min, max: (own ?? Infinity) < (min ?? 0) ? own : ofSchedules };
}
