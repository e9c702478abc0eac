import { Duration, Token } from 'aws-cdk-lib';

const SECONDS_PER_DAY = 86_400;

/** Of a text that somebody wrote into a prop by mistake, so much is shown. */
const LONGEST_SHOWN = 200;

/** A refusal, told from what the CDK or Node.js throws. */
class PropError extends Error {}

/** What was got, said in words: unlike a value that the user wrote, it is not quoted. */
class Words {
  constructor(readonly text: string) {}
}

/** Says in words what was got: `words('neither')`, `words('6 minutes')`. */
export function words(text: string): Words {
  return new Words(text);
}

/**
 * Checks the props of one construct. Every refusal has the same form: the owner, the path of the prop, the rule,
 * what was got, and the remedy. A value that is a Token is never compared.
 */
export class PropCheck {
  /**
   * @param owner the construct path of the app
   * @param base the path that prop names are appended to, for example `functions.Resize`; may be empty
   */
  constructor(
    private readonly owner: string,
    private readonly base: string,
  ) {}

  /** The path of the base itself. */
  get path(): string {
    return `\`${this.base}\``;
  }

  /** The same owner, one step further down. */
  at(step: string): PropCheck {
    return new PropCheck(this.owner, this.pathOf(step));
  }

  /**
   * The error to throw for a prop that breaks a rule.
   *
   * @param prop may be empty for the base itself
   * @param got the value, which is quoted where it is text, or `words(…)`
   */
  error(prop: string, rule: string, got: unknown, remedy: string): Error {
    return new PropError(
      `${this.owner}: \`${this.pathOf(prop)}\` ${rule}, got ${show(got)}: ${remedy}`,
    );
  }

  /** Makes something of the CDK, which has rules of its own. What it refuses is told with the path of the user's prop. */
  relay<T>(prop: string, make: () => T): T {
    try {
      return make();
    } catch (error) {
      if (error instanceof PropError) {
        throw error;
      }
      const message = error instanceof Error ? error.message : String(error);
      const refusal = this.error(
        prop,
        'must be what the CDK takes',
        words(`an error of its own, “${message}”`),
        'correct the option that it is about',
      );
      refusal.cause = error;
      throw refusal;
    }
  }

  /** Refuses a number that is not whole or lies outside a range. */
  integer(prop: string, value: number | undefined, range: IntegerRange): void {
    if (value === undefined || Token.isUnresolved(value)) {
      return;
    }
    const { min, max = Number.MAX_SAFE_INTEGER } = range;
    const unit = range.unit === undefined ? '' : ` ${range.unit}`;
    const bounds = range.max === undefined ? `not below ${min}` : `from ${min} to ${max}`;
    if (!Number.isInteger(value) || value < min || value > max) {
      throw this.error(
        prop,
        `must be a whole number ${bounds}${unit}`,
        value,
        range.remedy ?? 'give a value inside that range, or leave it out for the default',
      );
    }
  }

  /** Refuses a duration outside a range of seconds, both ends included. */
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
        `must be whole seconds from ${showSeconds(range.min)} to ${showSeconds(range.max)}`,
        words(showSeconds(seconds)),
        range.remedy ?? 'give a duration inside that range, or leave it out for the default',
      );
    }
  }

  /** JavaScript has no types. Not `instanceof`: there may be two copies of the CDK. */
  requireDuration(prop: string, value: Partial<Duration> | null | undefined): void {
    if (typeof value?.toMilliseconds !== 'function') {
      const example = typeof value === 'number' ? String(value) : '30';
      throw this.error(
        prop,
        'must be a Duration',
        value,
        `write for example \`Duration.seconds(${example})\``,
      );
    }
  }

  /** What is known only at deployment cannot be converted. */
  private requireUnit(prop: string, value: Duration, unit: TimeUnit): void {
    if (value.unitLabel() !== unit) {
      throw this.error(
        prop,
        `must be in ${unit === 'millis' ? 'milliseconds' : unit} where only the deployment knows it`,
        words(`a token of ${value.unitLabel()}`),
        `write \`Duration.${unit}(token)\``,
      );
    }
  }

  private pathOf(prop: string): string {
    return [this.base, prop].filter((part) => part !== '').join('.');
  }
}

/** Whether a value is a number in a range; NaN and what only compares like a number is not. */
export function isWithin(value: unknown, min: number, max: number): boolean {
  return typeof value === 'number' && value >= min && value <= max;
}

/** A range of whole numbers, both ends included. */
export interface IntegerRange {
  readonly min: number;
  /** Absent: no upper end. */
  readonly max?: number;
  readonly unit?: string;
  readonly remedy?: string;
}

/** A range of seconds, both ends included. */
export interface DurationRange {
  readonly min: number;
  readonly max: number;
  readonly remedy?: string;
  /** The unit in which a Token goes into the template; absent: seconds. */
  readonly tokenUnit?: TimeUnit;
}

type TimeUnit = 'millis' | 'seconds' | 'minutes';

function show(value: unknown): string {
  if (value instanceof Words) {
    return value.text;
  }
  if (Token.isUnresolved(value)) {
    return 'a token'; // whose own text or number is another one in the next run
  }
  if (typeof value === 'string') {
    return `"${shortened(value)}"`;
  }
  if (typeof value === 'function') {
    return 'a function';
  }
  if (typeof value === 'object' && value !== null) {
    return showObject(value);
  }
  return String(value);
}

function showObject(value: object): string {
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
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

function showSeconds(seconds: number): string {
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
