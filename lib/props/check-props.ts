import { isPropOfCdk } from './cdk-props';
import { similar } from './nearest';
import type { Prop, PropSet } from './prop';
import type { PropCheck } from './prop-check';

/** Rejects options of the wrong kind or outside their range, missing options, and options that do not exist. */
export function checkProps(options: unknown, set: PropSet, check: PropCheck, prop = ''): void {
  requireStruct(options, check, prop);
  const at = check.at(prop);
  refuseUnknown(options, [set], at);
  for (const [name, declared] of Object.entries(set.props)) {
    checkProp((options as Record<string, unknown>)[name], name, declared, at);
  }
}

export function requireStruct(
  options: unknown,
  check: PropCheck,
  prop: string,
): asserts options is object {
  if (!isStruct(options)) {
    const remedy = 'write, for example, `{ … }`, or leave it out if it is optional';
    throw check.error(prop, 'must be an object with options', options, remedy);
  }
}

/** Rejects one value that does not match the declaration of its prop. */
export function checkProp(value: unknown, name: string, prop: Prop, check: PropCheck): void {
  if (value === undefined && !prop.isRequired) {
    return;
  }
  const { what, remedy, accepts, validateInner } = prop.kind;
  if (value === undefined || !accepts(value)) {
    const orNot = prop.isRequired ? remedy : `${remedy}, or leave it out`;
    throw check.error(name, `must be ${what}`, value, orNot);
  }
  validateInner?.(value as never, name, check);
}

/** A misspelt option would be silently ignored: the compiler checks neither JavaScript nor a spread. */
export function refuseUnknown(options: object, sets: readonly PropSet[], check: PropCheck): void {
  const known = sets.flatMap(({ props }) => Object.keys(props));
  const cdk = sets.flatMap((set) => set.cdk);
  for (const [name, value] of Object.entries(options)) {
    if (value !== undefined && !known.includes(name) && !isPropOfCdk(name, cdk)) {
      throw check.error(name, 'must be an option that exists', value, remedyFor(name, sets));
    }
  }
}

/** A longer list of options does not help in a one-line error. */
const MAX_LISTED = 12;

/** The option that is probably meant: one of a similar name, one of a struct inside, or one of a short list. */
function remedyFor(name: string, sets: readonly PropSet[]): string {
  const props = sets.flatMap((set) => Object.entries(set.props));
  const known = props.map(([one]) => one);
  const meant = similar(name, known);
  if (meant !== undefined) {
    return `did you mean \`${meant}\`? Otherwise leave it out`;
  }
  const [owner] =
    props.find(
      ([, { kind }]) => kind.form.type === 'struct' && Object.hasOwn(kind.form.set.props, name),
    ) ?? [];
  if (owner !== undefined) {
    return `it is an option of \`${owner}\`: write \`${owner}: { ${name}: … }\``;
  }
  return known.length > MAX_LISTED
    ? 'leave it out; the API reference lists the options'
    : `leave it out; the options are ${known.join(', ')}`;
}

/** Whether a value is an object with options. */
export function isStruct(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
