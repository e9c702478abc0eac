import type { Io } from './io';

/** What a user typed after a command's name. Only its form is checked. */
export interface Invocation {
  readonly args: readonly string[];
  /** By the option's name in camelCase. */
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

/** Runs the command and returns the exit code. */
export type Run = (invocation: Invocation, io: Io) => Promise<number> | number;

export interface ArgumentSpec {
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  /** The allowed values, if there are only a few. */
  readonly choices?: readonly string[];
}

export interface OptionSpec {
  /** As in the help: `--since <duration>`. */
  readonly flags: string;
  readonly description: string;
  readonly default?: string;
  readonly choices?: readonly string[];
  /** A complete example, for the error if the value is missing. */
  readonly example?: string;
}

/** A command as plain data, from which its help, completion and parsing follow. */
export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly arguments?: readonly ArgumentSpec[];
  readonly options?: readonly OptionSpec[];
  readonly examples: readonly string[];
  readonly commands?: readonly CommandSpec[];
  /** Loads the code of this command alone, so that every command starts fast. */
  readonly load?: () => Promise<Run>;
}
