import { Token } from 'aws-cdk-lib';
import { PropCheck } from './prop-check';

/** What a prop must be. The compiler says so too, but not to JavaScript, and not of what comes from a file or the context. */
export interface Kind {
  /** Ends `must be …`. */
  readonly what: string;
  readonly remedy: string;
  readonly accepts: (value: unknown) => boolean;
  /** Looks into a value that was accepted. */
  readonly look?: (value: unknown, prop: string, check: PropCheck) => void;
  readonly required?: boolean;
}

/** The props of a struct by name. Only those that the library itself reads, or writes into a template, need to stand there. */
export type Shape = Readonly<Record<string, Kind>>;

/** Refuses props of a kind that the library could not work with. A range or a form is for others to check. */
export function checkShape(options: unknown, shape: Shape, check: PropCheck, prop = ''): void {
  if (!isObject(options) || Array.isArray(options)) {
    const remedy = 'write for example `{ … }`, or leave it out where it is optional';
    throw check.error(prop, 'must be an object with options', options, remedy);
  }
  const at = check.at(prop);
  for (const name in shape) {
    checkKind((options as Record<string, unknown>)[name], name, shape[name] as Kind, at);
  }
}

/** Refuses one value that is not of its kind. */
export function checkKind(value: unknown, prop: string, kind: Kind, check: PropCheck): void {
  if (value === undefined && kind.required !== true) {
    return;
  }
  if (!kind.accepts(value)) {
    const remedy = kind.required === true ? kind.remedy : `${kind.remedy}, or leave it out`;
    throw check.error(prop, `must be ${kind.what}`, value, remedy);
  }
  kind.look?.(value, prop, check);
}

export const TEXT: Kind = {
  what: 'text',
  remedy: 'give a string; a Token by `Token.asString`',
  accepts: isText,
};

/** Text that AWS refuses where it is empty. */
export const FULL_TEXT: Kind = {
  what: 'text that is not empty',
  remedy: TEXT.remedy,
  accepts: (value) => isText(value) && value !== '',
};

/** Text of so many characters, and of a form, where it is known. */
export function textOf(min: number, max: number, form: { what: string; fits: RegExp }): Kind {
  return {
    what: `text of ${min} to ${max} characters, ${form.what}`,
    remedy: TEXT.remedy,
    accepts: (value) =>
      isText(value) &&
      (Token.isUnresolved(value) ||
        (value.length >= min && value.length <= max && form.fits.test(value))),
  };
}

/** Text that is needed at synthesis: a path, a name of something on this machine, a key of the template. */
export const KNOWN_TEXT: Kind = {
  what: 'text that is known at synthesis',
  remedy: 'give a string without Tokens',
  accepts: (value) => isText(value) && !Token.isUnresolved(value),
};

export const NUMBER: Kind = {
  what: 'a number',
  remedy: 'give a number; a Token by `Token.asNumber`',
  accepts: (value) => typeof value === 'number',
};

export const FLAG: Kind = {
  what: 'true or false',
  remedy: 'give one of them',
  accepts: (value) => typeof value === 'boolean',
};

export const SIZE: Kind = madeBy(
  'a Size',
  'write for example `Size.mebibytes(512)`',
  'toMebibytes',
);

/** Of what unit and range, the rules of the prop check. */
export const DURATION: Kind = madeBy(
  'a Duration',
  'write for example `Duration.minutes(5)`',
  'toMilliseconds',
);

/** A value that a rule of its own checks, with words of its own. */
export const ANYTHING: Kind = { what: 'there', remedy: 'leave it out', accepts: () => true };

export const DATE: Kind = {
  what: 'a date that exists',
  remedy: 'write for example `new Date("2030-01-31T00:00:00Z")`',
  accepts: (value) =>
    isObject(value) && 'getTime' in value && !Number.isNaN((value as Date).getTime()),
};

/** An object of a class or an interface, known by a member. Not `instanceof`: there may be two copies of the CDK. */
export function madeBy(what: string, remedy: string, member: string): Kind {
  return { what, remedy, accepts: (value) => isObject(value) && member in value };
}

/** A value of an enum, which is asked for late, since a part of the CDK takes time to load. */
export function oneOf(name: string, values: () => Readonly<Record<string, string>>): Kind {
  return {
    get what() {
      return `one of ${Object.values(values()).join(', ')}`;
    },
    remedy: `use \`${name}\``,
    accepts: (value) => Object.values(values()).includes(value as string),
  };
}

export function listOf(kind: Kind): Kind {
  return {
    what: 'a list',
    remedy: 'put it into `[ … ]`',
    accepts: (value) => Array.isArray(value),
    look: (value, prop, check) => {
      if (Token.isUnresolved(value)) {
        return;
      }
      (value as unknown[]).forEach((item, i) => {
        checkKind(item, `${prop}[${i}]`, required(kind), check);
      });
    },
  };
}

export function mapOf(kind: Kind): Kind {
  return {
    what: 'an object with a value for each name',
    remedy: 'write for example `{ NAME: … }`',
    accepts: (value) => isObject(value) && !Array.isArray(value),
    look: (value, prop, check) => {
      for (const [name, item] of Object.entries(value as object)) {
        checkKind(item, `${prop}.${name}`, kind, check);
      }
    },
  };
}

export function struct(shape: Shape): Kind {
  return {
    what: 'an object with options',
    remedy: 'write for example `{ … }`',
    accepts: (value) => isObject(value) && !Array.isArray(value),
    look: (value, prop, check) => {
      checkShape(value, shape, check, prop);
    },
  };
}

export function required(kind: Kind): Kind {
  return Object.defineProperty(Object.create(kind) as Kind, 'required', { value: true });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Half of a character, as a cut in the middle of an emoji leaves it, cannot stand in a template. */
export function isText(value: unknown): value is string {
  return typeof value === 'string' && !/\p{Surrogate}/u.test(value);
}
