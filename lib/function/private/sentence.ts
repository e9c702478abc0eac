import type { IAccess } from '../../core/contract';
import { isStruct } from '../../props/check-props';
import { PropCheck, unquoted } from '../../props/prop-check';

/** Resources, or one resource with options. */
export type Given<R, O> = ReadonlyArray<R | O>;

/** A method of a function that names resources, for example `reads`. */
export interface Sentence<R, O> {
  readonly method: string;
  readonly noun: string;
  readonly access: (resource: R, options?: O) => IAccess;
}

/** The accesses that a sentence gives: `reads(orders, uploads)`, or `reads(uploads, { prefix: 'in/' })`. */
export function accessesOf<R extends object, O extends object>(
  { method, noun, access }: Sentence<R, O>,
  given: Given<R, O>,
  check: PropCheck,
): IAccess[] {
  const last = given.at(-1);
  const options = given.length > 1 && isOptions(last) ? (last as O) : undefined;
  const resources = (options === undefined ? given : given.slice(0, -1)) as readonly R[];
  const [only, ...more] = resources;
  if (only === undefined && resources.length === 0) {
    throw check.error(
      method,
      `must name at least one ${noun}`,
      unquoted('none'),
      'name it, or leave the call out',
    );
  }
  if (options === undefined) {
    return resources.map((resource) => access(resource));
  }
  if (more.length > 0) {
    throw check.error(
      method,
      'must name one resource if it gives options',
      unquoted(`${resources.length} resources and the options ${Object.keys(options).join(', ')}`),
      `give each its own call: \`.${method}(one, { … }).${method}(other)\``,
    );
  }
  return [access(only as R, options)];
}

function isOptions(value: unknown): boolean {
  return isStruct(value) && !('node' in value);
}
