import * as fs from 'node:fs';
import * as path from 'node:path';
import { PROGRAM } from '../../bin/commands';
import { parseCommandLine } from '../../bin/program';
import { renderCommands } from '../../scripts/command-reference';

const ROOT = path.join(__dirname, '..', '..');
const read = (file: string): string => fs.readFileSync(path.join(ROOT, file), 'utf8');
const program = { ...PROGRAM, version: '0.0.0' };

test('docs/cli.md says what the help says', () => {
  expect(read('docs/cli.md')).toContain(renderCommands());
});

test('every command has a line in the README', () => {
  for (const { name } of PROGRAM.commands) {
    expect(read('README.md')).toMatch(new RegExp(`^\\| \`${name}\\b`, 'm'));
  }
});

/** What follows `npx serverless-app` in a text, up to what the shell would read otherwise. */
function commandLines(text: string): string[] {
  return [
    ...text.matchAll(/^\s*(?:\$ )?(?:\S.*(?:&& |<\())?npx serverless-app ([^\n`<>)]+)/gm),
  ].map(([, line = '']) => line.trim());
}

test('every command line of the docs, of the help, and of the recorded session is one that is understood', () => {
  const lines = commandLines(`${read('README.md')}\n${read('docs/cli.md')}`);

  expect(lines.length).toBeGreaterThan(25);
  for (const line of lines) {
    expect(() => parseCommandLine(program, line.split(/\s+/))).not.toThrow();
  }
});

test('the session in the README was recorded', () => {
  const [, session = ''] = read('README.md').split(/<!-- \/?session -->/);

  expect(session).toMatch(/\$ npx serverless-app failures list\nImportOrders · /);
  expect(session).toContain('✗ failed again');
  expect(session).toContain('1 event succeeded and removed');
});
