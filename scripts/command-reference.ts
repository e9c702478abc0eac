import type { CommandSpec } from '../bin/command-spec';
import { PROGRAM } from '../bin/commands';
import { parseCommandLine } from '../bin/program';

/** The command reference: the help of every command. */
export function renderCommands(): string {
  return PROGRAM.commands.flatMap((command) => sections(command, [])).join('\n\n');
}

function sections(command: CommandSpec, parents: readonly string[]): string[] {
  const path = [...parents, command.name];
  const { text = '' } = parseCommandLine({ ...PROGRAM, version: '' }, [...path, '--help']);
  return [
    `${'#'.repeat(parents.length + 3)} ${path.join(' ')}\n\n\`\`\`text\n${text.trim()}\n\`\`\``,
    ...(command.commands ?? []).flatMap((child) => sections(child, path)),
  ];
}
