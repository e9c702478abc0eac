import { refuseUnknown } from './check-props';
import type { PropSet } from './prop';
import type { PropCheck } from './prop-check';

/** Splits options of two structs that are given together. Options that are undefined are left out. */
export function splitOptions<T extends object, O extends object>(
  options: T & O,
  own: PropSet<T>,
  others: PropSet<O>,
  check: PropCheck,
): { readonly own: T; readonly others: O } {
  // Before they are split: the nearest name may be in the other struct.
  refuseUnknown(options, [own, others], check);
  const given = Object.entries(withoutUndefined(options));
  const isOwn = ([name]: [string, unknown]): boolean => Object.hasOwn(own.props, name);
  return {
    own: Object.fromEntries(given.filter(isOwn)) as T,
    others: Object.fromEntries(given.filter((entry) => !isOwn(entry))) as O,
  };
}

/** Leaves out options that are undefined, which would hide defaults. */
export function withoutUndefined<T extends object>(options: T): Partial<T> {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Partial<T>;
}
