import { Argument, Command, CommanderError, Option } from 'commander';
import type { CommandSpec, OptionSpec, Run } from './command-spec';
import { nearest } from './nearest';
import { UserError } from './user-error';

/** The chosen command and its input. */
export interface Parsed {
  /** The help or the version, if there is nothing to run. */
  readonly text?: string;
  readonly spec?: CommandSpec;
  readonly args: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | undefined>>;
}

export interface ProgramSpec {
  readonly name: string;
  readonly version: string;
  readonly commands: readonly CommandSpec[];
  readonly examples: readonly string[];
}

/** Parses a command line without running anything. Throws a `UserError` if it is wrong. */
export function parseCommandLine(program: ProgramSpec, argv: readonly string[]): Parsed {
  const state: { parsed?: Parsed; text: string } = { text: '' };
  const root = new Command(program.name).version(program.version, '--version', 'print the version');
  settle(root, state);
  root.helpCommand('help [command]', 'show help for a command');
  root.addHelpText('after', examples(program.examples));
  for (const spec of program.commands) {
    root.addCommand(build(spec, state));
  }
  try {
    root.parse(argv.length === 0 ? ['--help'] : [...argv], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) {
      throw error;
    }
    if (error.exitCode !== 0 && error.code !== 'commander.help') {
      throw asUserError(error, root, argv);
    }
  }
  return state.parsed ?? { text: state.text, args: [], options: {} };
}

export async function loadRun({ load }: CommandSpec): Promise<Run> {
  if (load === undefined) {
    throw new Error('the command has no `load`');
  }
  return load();
}

function build(spec: CommandSpec, state: { parsed?: Parsed; text: string }): Command {
  const command = new Command(spec.name).summary(spec.summary).description(spec.description);
  settle(command, state);
  for (const { name, description, required = false, choices } of spec.arguments ?? []) {
    const argument = new Argument(required ? `<${name}>` : `[${name}]`, description);
    command.addArgument(choices === undefined ? argument : argument.choices([...choices]));
  }
  for (const option of spec.options ?? []) {
    command.addOption(buildOption(option));
  }
  command.addHelpText('after', examples(spec.examples));
  for (const child of spec.commands ?? []) {
    command.addCommand(build(child, state));
  }
  if (spec.load !== undefined) {
    command.action(() => {
      state.parsed = { spec, args: command.args, options: command.opts() };
    });
  }
  return command;
}

function settle(command: Command, state: { text: string }): void {
  command
    .exitOverride()
    .enablePositionalOptions() // `dev invoke --app`: an option belongs to the command that it follows.
    .allowExcessArguments(false)
    .helpOption('--help', 'show this help')
    .configureHelp({ showGlobalOptions: false, helpWidth: 100 })
    .configureOutput({
      writeOut: (text) => {
        state.text += text;
      },
      writeErr: (text) => {
        state.text += text; // The help of a command that has only subcommands.
      },
      outputError: () => undefined, // reported as a `UserError`
    });
}

function buildOption({ flags, description, default: value, choices, example }: OptionSpec): Option {
  const option = new Option(flags, description);
  if (value !== undefined) {
    option.default(value);
  }
  if (choices !== undefined) {
    option.choices([...choices]);
    return option;
  }
  if (option.required) {
    const long = option.long ?? flags;
    option.argParser((text: string) => {
      // `--assembly --json`: the next option is not a value. `-` is standard input.
      if (text === '' || (text.startsWith('-') && text !== '-')) {
        throw missingValue(long, example);
      }
      return text;
    });
  }
  return option;
}

function missingValue(long: string, example = `${long} …`): UserError {
  return new UserError(
    `\`${long}\` must be followed by a value`,
    `write, for example, \`${example}\`, or leave it out`,
  );
}

function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}

/** The error in one line, with the nearest known word. */
function asUserError(error: CommanderError, root: Command, argv: readonly string[]): UserError {
  const command = commandOf(root, argv);
  const word = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  switch (error.code) {
    case 'commander.unknownCommand':
      return new UserError(
        `there is no command \`${word}\``,
        nearest(
          word,
          command.commands.map((child) => child.name()),
        ),
      );
    case 'commander.unknownOption':
      return unknownOption(word, command);
    case 'commander.optionMissingArgument': {
      const long = /--[\w-]+/.exec(error.message)?.[0] ?? word;
      const option = command.options.find((known) => known.long === long);
      return missingValue(long, option && `${long} ${option.flags.split(' ')[1] ?? ''}`);
    }
    case 'commander.missingArgument':
      return new UserError(
        `\`${path(command)}\` must be followed by its ${word}`,
        `see \`${path(command)} --help\``,
      );
    case 'commander.excessArguments':
      return new UserError(
        `\`${path(command)}\` takes ${atMost(command.registeredArguments.map((a) => a.name()))}, got ${command.args.join(', ')}`,
        `see \`${path(command)} --help\``,
      );
    default:
      return new UserError(
        error.message.replace(/^error: /, '').replace(/\.$/, ''),
        `see \`${path(command)} --help\``,
      );
  }
}

function unknownOption(word: string, command: Command): UserError {
  const known = command.options.flatMap(({ long }) => long ?? []);
  const [name = '', value] = word.split('=');
  if (value !== undefined && known.includes(name)) {
    return new UserError(`\`${name}\` takes no value, got \`${value}\``, `write \`${name}\` alone`);
  }
  return new UserError(`there is no option \`${word}\``, nearest(name, [...known, '--help']));
}

function atMost(names: readonly string[]): string {
  return names.length === 0 ? 'no argument' : `at most one ${names.join(' and one ')}`;
}

function path(command: Command): string {
  const names: string[] = [];
  for (let at: Command | null = command; at !== null; at = at.parent) {
    names.unshift(at.name());
  }
  return names.join(' ');
}

/** The innermost command of these words. */
function commandOf(root: Command, argv: readonly string[]): Command {
  let found = root;
  for (const word of argv) {
    const next = found.commands.find((child) => child.name() === word);
    if (next === undefined) {
      break;
    }
    found = next;
  }
  return found;
}
