import { Duration, Token } from 'aws-cdk-lib';

const SECONDS_PER_DAY = 86_400;

/** A string given by mistake may be long, so an error shows only its beginning. */
const MAX_SHOWN = 200;

/** Distinguishes errors of this library from errors of the CDK or Node.js. */
class PropError extends Error {}

/** Text that an error shows without quotation marks. */
class Unquoted {
  constructor(readonly text: string) {}
}

/** Describes what was got, if it is not the value itself: `unquoted('neither')`, `unquoted('6 minutes')`. */
export function unquoted(text: string): Unquoted {
  return new Unquoted(text);
}

/**
 * Checks the props of one construct. All errors have the same form: the owner, the path of the prop, the rule, what was got, and the
 * remedy. A Token is never compared.
 */
export class PropCheck {
  /**
   * @param owner the construct path of the app
   * @param base the path that prop names are appended to, for example `functions.Resize`; may be empty
   */
  constructor(
    private readonly owner: string,
    readonly base: string,
  ) {}

  /** The path of the base, in backticks. */
  get path(): string {
    return `\`${this.base}\``;
  }

  /** A check of the same owner whose base is one step deeper. */
  at(step: string): PropCheck {
    return new PropCheck(this.owner, this.pathOf(step));
  }

  /**
   * The error to throw for a prop that breaks a rule.
   *
   * @param prop the name of the prop; empty for the base itself
   * @param got the value, which is quoted if it is text, or `unquoted(…)`
   */
  error(prop: string, rule: string, got: unknown, remedy: string): Error {
    const message = `${this.owner}: \`${this.pathOf(prop)}\` ${rule}, got ${format(got)}: ${remedy}`;
    return new PropError(message.replaceAll(TOKEN, 'a token'));
  }

  /** Runs CDK code, which has its own checks, and rethrows its error with the path of the user's prop. */
  withPropPath<T>(prop: string, make: () => T): T {
    try {
      return make();
    } catch (error) {
      if (error instanceof PropError) {
        throw error;
      }
      const message = error instanceof Error ? error.message : String(error);
      const refusal = this.error(
        prop,
        'must be valid for the CDK',
        unquoted(`the CDK’s error “${message}”`),
        'correct the option that it names',
      );
      refusal.cause = error;
      throw refusal;
    }
  }

  /** Rejects a number that is not whole or is outside a range. */
  integer(prop: string, value: number | undefined, range: IntegerRange): void {
    if (value === undefined || Token.isUnresolved(value)) {
      return;
    }
    const { min, max = Number.MAX_SAFE_INTEGER } = range;
    if (!Number.isInteger(value) || value < min || value > max) {
      throw this.error(
        prop,
        `must be ${integerIn(range)}`,
        value,
        range.remedy ?? 'give a value inside that range, or leave it out for the default',
      );
    }
  }

  /** Rejects a number outside a range. Fractions are allowed. */
  fraction(prop: string, value: number | undefined, range: FractionRange): void {
    if (value === undefined || Token.isUnresolved(value)) {
      return;
    }
    if (!isWithin(value, range.min, range.max)) {
      throw this.error(
        prop,
        `must be ${fractionIn(range)}`,
        value,
        'give a value inside that range, or leave it out for the default',
      );
    }
  }

  /** Rejects a duration that is not in whole seconds or is outside an inclusive range. */
  duration(prop: string, value: Duration | undefined, range: DurationRange): void {
    if (value === undefined) {
      return;
    }
    this.requireDuration(prop, value);
    if (value.isUnresolved()) {
      this.requireUnit(prop, value, range.tokenUnit ?? 'seconds');
      return;
    }
    const seconds = value.toSeconds({ integral: false });
    if (!Number.isInteger(seconds) || seconds < range.min || seconds > range.max) {
      throw this.error(
        prop,
        `must be whole seconds from ${formatSeconds(range.min)} to ${formatSeconds(range.max)}`,
        unquoted(formatSeconds(seconds)),
        range.remedy ?? 'give a duration inside that range, or leave it out for the default',
      );
    }
  }

  /** Rejects anything but a Duration. Does not use `instanceof`, because there may be two copies of the CDK. */
  requireDuration(prop: string, value: Partial<Duration> | null | undefined): void {
    if (typeof value?.toMilliseconds !== 'function') {
      const example = typeof value === 'number' ? String(value) : '30';
      throw this.error(
        prop,
        'must be a Duration',
        value,
        `write, for example, \`Duration.seconds(${example})\``,
      );
    }
  }

  /** A Token cannot be converted to another unit. */
  private requireUnit(prop: string, value: Duration, unit: TimeUnit): void {
    if (value.unitLabel() !== unit) {
      throw this.error(
        prop,
        `must be in ${unit === 'millis' ? 'milliseconds' : unit} if it is a Token`,
        unquoted(`a token of ${value.unitLabel()}`),
        `write \`Duration.${unit}(token)\``,
      );
    }
  }

  private pathOf(prop: string): string {
    return [this.base, prop].filter((part) => part !== '').join('.');
  }
}

/** Describes a range of whole numbers: `a whole number from 1 to 10 batches`. */
export function integerIn({ min, max, unit, rule }: IntegerRange): string {
  const bounds = max === undefined ? `not below ${min}` : `from ${min} to ${max}`;
  return rule ?? `a whole number ${bounds}${unit === undefined ? '' : ` ${unit}`}`;
}

/** Describes a range of numbers: `a number from 0.1 to 0.9`. */
export function fractionIn({ min, max, unit }: FractionRange): string {
  return `a number from ${min} to ${max}${unit === undefined ? '' : ` ${unit}`}`;
}

/** Whether a value is a number in a range. NaN is not, nor is text that compares like a number. */
export function isWithin(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && value >= min && value <= max;
}

/** A range of whole numbers, both ends included. */
export interface IntegerRange {
  readonly min: number;
  /** Absent: no upper bound. */
  readonly max?: number;
  readonly unit?: string;
  /** Replaces the description of the range; completes `must be …`. */
  readonly rule?: string;
  readonly remedy?: string;
}

/** A range of numbers, both ends included. */
export interface FractionRange {
  readonly min: number;
  readonly max: number;
  readonly unit?: string;
}

/** A range of seconds, both ends included. */
export interface DurationRange {
  readonly min: number;
  readonly max: number;
  readonly remedy?: string;
  /** The unit that the template needs, which a Token must have; absent: seconds. */
  readonly tokenUnit?: TimeUnit;
}

type TimeUnit = 'millis' | 'seconds' | 'minutes' | 'hours' | 'days';

/** A Token inside a text. Its number differs in the next run. */
const TOKEN = /\$\{Token\[[^\]]*\]\}/g;

function format(value: unknown): string {
  if (value instanceof Unquoted) {
    return value.text;
  }
  if (Token.isUnresolved(value)) {
    return 'a token'; // its text or number would differ in the next run
  }
  if (typeof value === 'string') {
    return `"${shortened(value)}"`;
  }
  if (typeof value === 'function') {
    return 'a function';
  }
  if (typeof value === 'object' && value !== null) {
    return formatObject(value);
  }
  return String(value);
}

function formatObject(value: object): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? 'an empty list' : 'a list';
  }
  if (value instanceof Date || value instanceof Error) {
    return String(value);
  }
  const { name } = (Object.getPrototypeOf(value) as object | null)?.constructor ?? Object;
  return name === 'Object' || name === '' ? 'an object' : `an object of ${name}`;
}

function shortened(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}

function formatSeconds(seconds: number): string {
  if (seconds !== 0 && seconds % SECONDS_PER_DAY === 0) {
    return plural(seconds / SECONDS_PER_DAY, 'day');
  }
  if (seconds !== 0 && seconds % 3600 === 0) {
    return plural(seconds / 3600, 'hour');
  }
  if (seconds !== 0 && seconds % 60 === 0) {
    return plural(seconds / 60, 'minute');
  }
  return plural(seconds, 'second');
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
