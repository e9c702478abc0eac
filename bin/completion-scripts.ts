import type { CommandSpec } from './command-spec';

/** The words that may follow a command. */
interface Node {
  /** `failures retry`; empty for the program itself. */
  readonly path: string;
  readonly words: readonly { readonly word: string; readonly description: string }[];
}

export type Shell = 'bash' | 'zsh' | 'fish';

/**
 * A completion script, generated from the same definitions as the help. A library such as `@bomb.sh/tab` (0.0.x) would start Node.js
 * whenever Tab is pressed; these scripts contain the words themselves.
 */
export function completionScript(
  shell: Shell,
  program: string,
  commands: readonly CommandSpec[],
): string {
  const nodes = [rootNode(commands), ...commands.flatMap((command) => nodesOf(command, ''))];
  switch (shell) {
    case 'bash':
      return bash(program, nodes);
    case 'zsh':
      return zsh(program, nodes);
    case 'fish':
      return fish(program, nodes);
  }
}

function rootNode(commands: readonly CommandSpec[]): Node {
  return {
    path: '',
    words: [
      ...commands.map(({ name, summary }) => ({ word: name, description: summary })),
      { word: '--help', description: 'show this help' },
      { word: '--version', description: 'print the version' },
    ],
  };
}

function nodesOf(command: CommandSpec, parent: string): Node[] {
  const path = `${parent} ${command.name}`.trim();
  const children = command.commands ?? [];
  const words = [
    ...children.map(({ name, summary }) => ({ word: name, description: summary })),
    ...(command.arguments ?? []).flatMap(({ choices = [], description }) =>
      choices.map((word) => ({ word, description })),
    ),
    ...(command.options ?? []).map(({ flags, description }) => ({
      word: /--[\w-]+/.exec(flags)?.[0] ?? flags,
      description,
    })),
    { word: '--help', description: 'show this help' },
  ];
  return [{ path, words }, ...children.flatMap((child) => nodesOf(child, path))];
}

/** Shell code that finds the longest known command among the words before the cursor. */
const FIND_PATH = (words: string): string => `  local path="" word
  for word in ${words}; do
    case "$path $word" in
      PATTERNS) path="\${path:+$path }$word" ;;
    esac
  done`;

function patterns(nodes: readonly Node[]): string {
  return nodes
    .filter(({ path }) => path !== '')
    .map(({ path }) => `"${path.includes(' ') ? '' : ' '}${path}"`)
    .join('|');
}

function bash(program: string, nodes: readonly Node[]): string {
  const cases = nodes.map(
    ({ path, words }) => `    "${path}") words="${words.map(({ word }) => word).join(' ')}" ;;`,
  );
  return `# bash completion of ${program}
_${identifier(program)}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words=""
${FIND_PATH('"${COMP_WORDS[@]:1:COMP_CWORD-1}"').replace('PATTERNS', patterns(nodes))}
  case "$path" in
${cases.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _${identifier(program)} ${program}
`;
}

function zsh(program: string, nodes: readonly Node[]): string {
  const cases = nodes.map(
    ({ path, words }) =>
      `    "${path}") found=(${words.map(({ word, description }) => quote(`${word}:${description}`)).join(' ')}) ;;`,
  );
  return `#compdef ${program}
_${identifier(program)}() {
  local -a found
${FIND_PATH('"${(@)words[2,CURRENT-1]}"').replace('PATTERNS', patterns(nodes))}
  case "$path" in
${cases.join('\n')}
  esac
  _describe '${program}' found || _files
}
compdef _${identifier(program)} ${program}
`;
}

function fish(program: string, nodes: readonly Node[]): string {
  const lines = nodes.flatMap(({ path, words }) =>
    words.map(({ word, description }) => {
      const condition = quote(`__${identifier(program)}_at ${quote(path)}`);
      const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-f -a ${word}`;
      return `complete -c ${program} -n ${condition} ${what} -d ${quote(description)}`;
    }),
  );
  const known = nodes.filter(({ path }) => path !== '').map(({ path }) => quote(path));
  return `# fish completion of ${program}
function __${identifier(program)}_at
  set -l path
  for word in (commandline -opc)[2..-1]
    set -l longer (string trim "$path $word")
    contains -- "$longer" ${known.join(' ')}; and set path $longer
  end
  test "$path" = "$argv[1]"
end
${lines.join('\n')}
`;
}

function identifier(program: string): string {
  return program.replaceAll('-', '_');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
