#!/usr/bin/env node
import { describe, DESCRIBE_HELP } from './commands/describe';
import { nearest } from './nearest';
import { UserError } from './user-error';
import { version } from '../package.json';

const COMMANDS: Readonly<Record<string, { run(args: string[]): string; readonly help: string }>> = {
  describe: { run: describe, help: DESCRIBE_HELP },
};

const HELP = `Usage: serverless-app <command> [options]

Commands:
  describe [app]   what runs what, what it may touch, and where failures go

Options:
  --help           this text, or a command's own
  --version        the version

Examples:
  npx cdk synth -q && npx serverless-app describe
  npx serverless-app describe Orders --json
`;

/** What to print on standard output. */
function run(argv: readonly string[]): string {
  const [name, ...args] = argv;
  if (name === undefined || name === '--help' || name === 'help') {
    return HELP;
  }
  if (name === '--version') {
    return `${version}\n`;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined && name.startsWith('-')) {
    throw new UserError(`there is no option \`${name}\``, nearest(name, ['--help', '--version']));
  }
  if (command === undefined) {
    throw new UserError(`there is no command \`${name}\``, nearest(name, Object.keys(COMMANDS)));
  }
  return args.includes('--help') ? command.help : command.run(args);
}

try {
  process.stdout.write(run(process.argv.slice(2)));
} catch (error) {
  if (error instanceof UserError) {
    process.stderr.write(`${error.message}: ${error.remedy}\n`);
    process.exitCode = 1;
  } else {
    process.stderr.write(
      `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = 2;
  }
}
