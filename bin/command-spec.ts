import type { Io } from './io';

/** What a user typed after a command's name, checked for its form only. */
export interface Invocation {
  readonly args: readonly string[];
  /** By the option's name in camelCase. */
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

/** Does the work; gives the exit code. */
export type Run = (invocation: Invocation, io: Io) => Promise<number> | number;

export interface ArgumentSpec {
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  /** The only values, where there are few. */
  readonly choices?: readonly string[];
}

export interface OptionSpec {
  /** As the help shows it: `--since <duration>`. */
  readonly flags: string;
  readonly description: string;
  readonly default?: string;
  readonly choices?: readonly string[];
  /** What must follow the option, with an example. */
  readonly example?: string;
}

/** A command as plain data: its help, its completion and its parsing follow from this. */
export interface CommandSpec {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly arguments?: readonly ArgumentSpec[];
  readonly options?: readonly OptionSpec[];
  readonly examples: readonly string[];
  readonly commands?: readonly CommandSpec[];
  /** Loaded only where it is run: the command starts fast since nothing else is evaluated. */
  readonly load?: () => Promise<Run>;
}
