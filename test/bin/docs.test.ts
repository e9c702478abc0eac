import * as fs from 'node:fs';
import * as path from 'node:path';
import { PROGRAM } from '../../bin/commands';
import { parseCommandLine } from '../../bin/program';
import { renderCommands } from '../../scripts/command-reference';

const ROOT = path.join(__dirname, '..', '..');
const read = (file: string): string => fs.readFileSync(path.join(ROOT, file), 'utf8');
const program = { ...PROGRAM, version: '0.0.0' };

test('docs/cli.md contains the help', () => {
  expect(read('docs/cli.md')).toContain(renderCommands());
});

test('every command has a line in the README', () => {
  for (const { name } of PROGRAM.commands) {
    expect(read('README.md')).toMatch(new RegExp(`^\\| \`${name}\\b`, 'm'));
  }
});

/** The arguments after each `npx serverless-app` in a text, up to the next shell operator. */
function commandLines(text: string): string[] {
  return [
    ...text.matchAll(/^\s*(?:\$ )?(?:\S.*(?:&& |<\())?npx serverless-app ([^\n`<>)]+)/gm),
  ].map(([, line = '']) => line.trim());
}

test('every command line in the docs, the help and the recorded session can be parsed', () => {
  const lines = commandLines(
    `${read('README.md')}\n${read('docs/failures.md')}\n${read('docs/cli.md')}\n${read('docs/development.md')}`,
  );

  expect(lines.length).toBeGreaterThan(25);
  for (const line of lines) {
    expect(() => parseCommandLine(program, line.match(/"[^"]*"|'[^']*'|\S+/g) ?? [])).not.toThrow();
  }
});

test('the session in docs/failures.md was recorded', () => {
  const [, session = ''] = read('docs/failures.md').split(/<!-- \/?session -->/);

  expect(session).toMatch(/\$ npx serverless-app failures list\nImportOrders · /);
  expect(session).toContain('✗ failed again');
  expect(session).toContain('1 event succeeded and removed');
});
