import { spawnSync } from 'node:child_process';
import type { CommandSpec } from '../../bin/command-spec';
import { PROGRAM } from '../../bin/commands';
import { completionScript } from '../../bin/completion-scripts';
import { wantsColor } from '../../bin/io';
import { parseCommandLine } from '../../bin/program';
import { count } from '../../bin/text/count';
import { parseDuration, formatDuration } from '../../bin/text/duration';
import { table } from '../../bin/text/table';

const program = { ...PROGRAM, version: '1.2.3' };
const leaves = (commands: readonly CommandSpec[], parents: string[] = []): string[][] =>
  commands.flatMap(({ name, commands: children = [] }) => [
    [...parents, name],
    ...leaves(children, [...parents, name]),
  ]);

test.each(leaves(PROGRAM.commands).map((path) => [path.join(' '), path] as const))(
  'the help of %s has usage, options and examples',
  (name, path) => {
    const { text = '' } = parseCommandLine(program, [...path, '--help']);

    expect(text).toContain(`Usage: serverless-app ${name}`);
    expect(text).toContain('\nOptions:\n');
    expect(text).toContain('\nExamples:\n  ');
    expect(text).toContain(`serverless-app ${path[0] ?? ''}`);
  },
);

test('a command is parsed with its arguments, options and defaults', () => {
  const { spec, args, options } = parseCommandLine(program, [
    'cost',
    'Orders',
    '--since',
    '1d',
    '--json',
  ]);

  expect([spec?.name, args, options]).toEqual([
    'cost',
    ['Orders'],
    { json: true, since: '1d', assembly: 'cdk.out' },
  ]);
});

test('a command within a command is parsed', () => {
  const { spec, args, options } = parseCommandLine(program, [
    'failures',
    'retry',
    'ab',
    '--dry-run',
  ]);

  expect([spec?.name, args, options.dryRun]).toEqual(['retry', ['ab'], true]);
});

test.each([
  [['failures'], /^Usage: serverless-app failures/],
  [['help', 'cost'], /^Usage: serverless-app cost/],
  [['--version'], /^1\.2\.3\n$/],
])('%j only prints text', (argv, text) => {
  expect(parseCommandLine(program, argv)).toMatchObject({
    text: expect.stringMatching(text) as unknown,
  });
});

test.each([
  [['failures', 'retrry'], 'there is no command `retrry`', 'did you mean `retry`? See --help'],
  [['cost', '--sinc', '1d'], 'there is no option `--sinc`', 'did you mean `--since`? See --help'],
  [['failures', 'show'], '`serverless-app failures show` must be followed by its id', /--help/],
  [['completion', 'bsh'], /'bsh' is invalid for argument 'shell'/, /--help/],
  [['estimate', '--level', 'hgh'], /Allowed choices are low, moderate, high/, /--help/],
  [['cost', '--since'], '`--since` must be followed by a value', /`--since/],
  [['doctor', 'x'], '`serverless-app doctor` takes no argument, got x', /--help/],
])('fails for %j', (argv, message, remedy) => {
  expect(() => parseCommandLine(program, argv)).toThrow(
    expect.objectContaining({
      message: typeof message === 'string' ? message : (expect.stringMatching(message) as unknown),
      remedy: typeof remedy === 'string' ? remedy : (expect.stringMatching(remedy) as unknown),
    }) as Error,
  );
});

test('`-` is a value: standard input', () => {
  expect(parseCommandLine(program, ['invoke', 'A', '--event', '-'])).toMatchObject({
    options: { event: '-' },
  });
});

describe('completion', () => {
  /** The completions that a real bash offers. */
  function offered(...words: string[]): string[] {
    const script = completionScript('bash', program.name, program.commands);
    const ask = `COMP_WORDS=(serverless-app ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}
_serverless_app; printf '%s\\n' "\${COMPREPLY[@]}"`;
    const { stdout, status } = spawnSync('bash', ['-c', `${script}\n${ask}`], { encoding: 'utf8' });
    expect(status).toBe(0);
    return stdout.split('\n').filter((word) => word !== '');
  }

  test.each([
    [['fail'], ['failures']],
    [['failures', 're'], ['retry']],
    [['failures', 'retry', '--dr'], ['--dry-run']],
    [['cost', 'Orders', '--si'], ['--since']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish', '--help'],
    ],
    [['--v'], ['--version']],
  ])('of %j is %j', (words, words2) => {
    expect(offered(...words)).toEqual(words2);
  });

  test.each(['zsh', 'fish'] as const)('of %s names every command and option', (shell) => {
    const script = completionScript(shell, program.name, program.commands);

    for (const word of ['describe', 'failures', 'retry', 'dry-run', 'max-increase', 'purge']) {
      expect(script).toContain(word);
    }
  });
});

test.each([
  ['30s', 30_000],
  ['7d', 604_800_000],
  ['2w', 1_209_600_000],
])('%s is %d ms', (text, ms) => {
  expect(parseDuration('--since', text)).toBe(ms);
});

test.each(['7', 'd', '0d', '-1d', '1.5h', '7 d', '1y', ''])('fails for a duration %j', (text) => {
  expect(() => parseDuration('--since', text)).toThrow(`got \`${text}\``);
});

test.each([
  [0, '0 s'],
  [119_000, '119 s'],
  [120_000, '2 min'],
  [7_200_000, '2 h'],
  [48 * 3_600_000, '2 days'],
])('%d ms are shown as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test.each([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [true, { TERM: 'dumb' }, false],
  [false, { CI: 'true' }, false],
  [undefined, { CI: 'true' }, false],
])('on a terminal: %s, with %j, colour is %s', (isTerminal, env, wanted) => {
  expect(wantsColor(isTerminal, env)).toBe(wanted);
});

test('columns are as wide as their content, and lines have no trailing spaces', () => {
  expect(
    table(
      [
        ['a', '1', ''],
        ['żółć', '20', 'x'],
      ],
      { right: [1], indent: ' ' },
    ),
  ).toBe(' a      1\n żółć  20  x\n');
  expect(table([])).toBe('');
});

test('counts have singular and plural', () => {
  expect([count(1, 'event'), count(1200, 'event')]).toEqual(['1 event', '1,200 events']);
});
