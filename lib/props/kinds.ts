import { Duration, Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import { checkProp, checkProps, isStruct } from './check-props';
import { Form, Kind, Optional, Prop, PropSet } from './prop';
import {
  DurationRange,
  fractionIn,
  integerIn,
  IntegerRange,
  isWithin,
  PropCheck,
} from './prop-check';

// The kinds of props. The compiler checks them too, but not in JavaScript, and not for values from a file or the context.

function optional<T>(kind: Kind): Optional<T> {
  return new Prop<T, false, false>(kind, false, false);
}

/** A kind whose range `PropCheck` checks. */
function inRange(
  form: Form,
  what: string,
  remedy: string,
  validateInner: Kind['validateInner'],
): Kind {
  return { form, what, remedy, accepts: () => true, validateInner };
}

/** A whole number in an inclusive range. Without `max` there is no upper bound. */
export function integer(
  min: number,
  max?: number,
  unit?: string,
  texts: Pick<IntegerRange, 'rule' | 'remedy'> = {},
): Optional<number> {
  const range = { min, max, unit, ...texts };
  return optional(
    inRange(
      { type: 'integer', min, max },
      integerIn(range),
      range.remedy ?? 'give a value inside that range',
      (value: number, prop, check) => {
        check.integer(prop, value, range);
      },
    ),
  );
}

/** Any number. A rule checks its range. */
export function number(): Optional<number> {
  return optional({
    form: { type: 'number' },
    what: 'a number',
    remedy: 'give a number, or a Token from `Token.asNumber`',
    accepts: (value) => typeof value === 'number',
  });
}

/** A number in an inclusive range, which may be a fraction. */
export function fraction(min: number, max: number, unit?: string): Optional<number> {
  const range = { min, max, unit };
  return optional(
    inRange(
      { type: 'number', min, max },
      fractionIn(range),
      'give a value inside that range',
      (value: number, prop, check) => {
        check.fraction(prop, value, range);
      },
    ),
  );
}

/** A number of at least `min` that must be known at synthesis: an estimate, not a deployed value. */
export function knownNumber(min: number): Optional<number> {
  return optional({
    form: { type: 'number', min, known: true },
    what: `a known number, not below ${min}`,
    remedy: 'give what you expect',
    accepts: (value) => !Token.isUnresolved(value) && isWithin(value, min, Number.MAX_VALUE),
  });
}

const DURATION_REMEDY = 'write, for example, `Duration.minutes(5)`';

/** A Duration of whole seconds in an inclusive range. */
export function duration(
  min: number,
  max: number,
  range: Omit<DurationRange, 'min' | 'max'> = {},
): Optional<Duration> {
  const unit = range.tokenUnit ?? 'seconds';
  return optional(
    inRange(
      { type: 'duration', min, max, unit },
      'a Duration',
      range.remedy ?? DURATION_REMEDY,
      (value: Duration, prop, check) => {
        check.duration(prop, value, { min, max, ...range });
      },
    ),
  );
}

/** Any Duration. A rule checks its range. */
export function anyDuration(): Optional<Duration> {
  return instance('a Duration', DURATION_REMEDY, 'toMilliseconds');
}

export function flag(): Optional<boolean> {
  return optional({
    form: { type: 'flag' },
    what: 'true or false',
    remedy: 'give one of them',
    accepts: (value) => typeof value === 'boolean',
  });
}

const TEXT_REMEDY = 'give a string, or a Token from `Token.asString`';

export function text<T extends string = string>(): Optional<T> {
  return optional({
    form: { type: 'text' },
    what: 'text',
    remedy: TEXT_REMEDY,
    accepts: isText,
  });
}

/** Text that AWS rejects if it is empty. */
export function fullText(): Optional<string> {
  return optional({
    form: { type: 'text' },
    what: 'non-empty text',
    remedy: TEXT_REMEDY,
    accepts: (value) => isText(value) && value !== '',
  });
}

/** Text with a length range and a pattern, checked if it is known at synthesis. */
export function textOf(
  min: number,
  max: number,
  pattern: { readonly what: string; readonly fits: RegExp },
): Optional<string> {
  return optional({
    form: { type: 'text' },
    what: `text of ${min} to ${max} characters, ${pattern.what}`,
    remedy: TEXT_REMEDY,
    accepts: (value) =>
      isText(value) &&
      (Token.isUnresolved(value) ||
        (value.length >= min && value.length <= max && pattern.fits.test(value))),
  });
}

/** The same, for text that becomes part of a construct's id, so a Token is an error. */
export function knownTextOf(
  min: number,
  max: number,
  pattern: { readonly what: string; readonly fits: RegExp },
): Optional<string> {
  return optional({
    form: { type: 'text', known: true },
    what: `text of ${min} to ${max} characters, ${pattern.what}`,
    remedy: 'give a string without Tokens',
    accepts: (value) =>
      isText(value) &&
      !Token.isUnresolved(value) &&
      value.length >= min &&
      value.length <= max &&
      pattern.fits.test(value),
  });
}

/** Text that synthesis itself needs: a path, the name of something on this machine, a key of the template. */
export function knownText(): Optional<string> {
  return optional({
    form: { type: 'text', known: true },
    what: 'text that is known at synthesis',
    remedy: 'give a string without Tokens',
    accepts: (value) => isText(value) && !Token.isUnresolved(value),
  });
}

/** A Size of whole mebibytes in an inclusive range. */
export function size(min: number, max: number): Optional<Size> {
  return optional({
    form: { type: 'size', min, max },
    what: 'a Size',
    remedy: 'write, for example, `Size.mebibytes(512)`',
    accepts: (value) => hasMember(value, 'toMebibytes'),
    validateInner: (value: Size, prop, check) => {
      check.integer(prop, mebibytesOf(value), { min, max, unit: 'MB' });
    },
  });
}

/** Keeps a fraction of a mebibyte: the CDK would throw an error that does not name the prop. */
export function mebibytesOf(value: Size | undefined): number | undefined {
  return value === undefined || value.isUnresolved()
    ? undefined
    : value.toMebibytes({ rounding: SizeRoundingBehavior.NONE });
}

export function date(): Optional<Date> {
  return optional({
    form: { type: 'date' },
    what: 'a date that exists',
    remedy: 'write, for example, `new Date("2030-01-31T00:00:00Z")`',
    accepts: (value) => hasMember(value, 'getTime') && !Number.isNaN((value as Date).getTime()),
  });
}

/** A value that a rule checks, with a message of its own, or that the CDK checks. */
export function anything<T = never>(): Optional<T> {
  return optional({
    form: { type: 'anything' },
    what: 'given',
    remedy: 'give a value',
    accepts: () => true,
  });
}

/** Several such props: `passedOn('tableClass tags')`. For CDK props that this library only passes on. */
export function passedOn<S extends string>(names: S): Readonly<Record<Words<S>, Optional<never>>> {
  const props = names.split(' ').map((name) => [name, anything()]);
  return Object.fromEntries(props) as Readonly<Record<Words<S>, Optional<never>>>;
}

type Words<S extends string> = S extends `${infer First} ${infer Rest}` ? First | Words<Rest> : S;

/** An object of a class or an interface, recognised by a member. Not by `instanceof`: there may be two copies of the CDK. */
export function instance<T = never>(what: string, remedy: string, member: string): Optional<T> {
  return optional({
    form: { type: 'instance', member },
    what,
    remedy,
    accepts: (value) => hasMember(value, member),
  });
}

/** A value of an enum. A function returns the enum, because a CDK module takes time to load. */
export function oneOf<T extends string>(
  name: string,
  values: () => Readonly<Record<string, T>>,
): Optional<T> {
  return optional({
    form: { type: 'enum', values: () => Object.values(values()) },
    get what() {
      return `one of ${Object.values(values()).join(', ')}`;
    },
    remedy: `use \`${name}\``,
    accepts: (value) => Object.values(values()).includes(value as T),
  });
}

/** @param length the allowed number of items */
export function listOf<T>(item: Prop<T>, length?: IntegerRange): Optional<T[]> {
  const each = item.required();
  return optional({
    form: { type: 'list', item: each, length },
    what: 'a list',
    remedy: 'wrap it in `[ … ]`',
    accepts: (value) => Array.isArray(value),
    validateInner: (value: unknown[], prop, check) => {
      if (!Token.isUnresolved(value)) {
        if (length !== undefined) {
          check.integer(`${prop}.length`, value.length, length);
        }
        value.forEach((one, i) => {
          checkProp(one, `${prop}[${i}]`, each, check);
        });
      }
    },
  });
}

/** An object with a value for each name that the user chooses. */
export function mapOf<T>(item: Prop<T>): Optional<Readonly<Record<string, T>>> {
  return optional({
    form: { type: 'map', item },
    what: 'an object with a value for each name',
    remedy: 'write, for example, `{ NAME: … }`',
    accepts: isStruct,
    validateInner: (value: object, prop, check) => {
      for (const [name, one] of Object.entries(value)) {
        checkProp(one, `${prop}.${name}`, item, check);
      }
    },
  });
}

/** A struct that is declared itself. */
export function struct<T>(set: PropSet<T>): Optional<T> {
  return optional({
    form: { type: 'struct', set },
    what: 'an object with options',
    remedy: 'write, for example, `{ … }`',
    accepts: isStruct,
    validateInner: (value: object, prop, check: PropCheck) => {
      checkProps(value, set, check, prop);
    },
  });
}

/** Whether a value is text. Half of a character, for example of an emoji that was cut in two, is not valid in a template. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && !/\p{Surrogate}/u.test(value);
}

function hasMember(value: unknown, member: string): boolean {
  return typeof value === 'object' && value !== null && member in value;
}
