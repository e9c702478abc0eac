import { PropCheck } from './prop-check';
import { checkShape } from './shape';

/** Divides flat options into those with the given names and the rest. Undefined ones are left out. */
export function splitOptions<T extends object, K extends keyof T>(
  options: T,
  names: readonly K[],
  check: PropCheck,
): { readonly picked: Pick<T, K>; readonly rest: Omit<T, K> } {
  checkShape(options, {}, check, 'options');
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const isPicked = ([name]: [string, unknown]): boolean =>
    (names as readonly string[]).includes(name);
  return {
    picked: Object.fromEntries(given.filter(isPicked)) as Pick<T, K>,
    rest: Object.fromEntries(given.filter((entry) => !isPicked(entry))) as Omit<T, K>,
  };
}

/** Leaves out what is undefined, so that it does not hide a default. */
export function withoutUndefined<T extends object>(options: T): Partial<T> {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Partial<T>;
}
