/**
 * Writes what in the documentation follows from the code: the README's tables of defaults, of cost, of scaling and of guards,
 * docs/guards.md, the reference of the command line, and API.md.
 * `--check` changes nothing and fails where they are out of date. Needs a build (`npm run build`) for API.md.
 */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { renderGuardsPage, renderGuardsTable } from './guards-page';
import { renderDefaultsTable } from '../lib/core/defaults-table';
import { renderCommands } from './command-reference';
import { renderCostTable } from './cost-table';
import { renderScalingTable } from './scaling-table';
import { renderUpdatesPage } from './updates-page';

const ROOT = path.join(__dirname, '..');

function main(): void {
  const check = process.argv.includes('--check');
  const stale = [
    update('README.md', withTables(read('README.md')), check),
    update('docs/guards.md', renderGuardsPage(), check),
    update('docs/updates.md', renderUpdatesPage(), check),
    update('docs/cli.md', withCommands(read('docs/cli.md')), check),
    update('API.md', renderApi(), check),
  ].filter((file) => file !== undefined);
  if (stale.length > 0) {
    process.stderr.write(`out of date: ${stale.join(', ')}; run \`npm run docs\` and commit\n`);
    process.exitCode = 1;
  }
}

/** The README with the table of defaults between its marks renewed. */
export function withDefaultsTable(readme: string): string {
  return between(readme, 'defaults', renderDefaultsTable());
}

/** The README with the table of what examples/orders costs renewed. */
export function withCostTable(readme: string): string {
  return between(readme, 'cost', renderCostTable());
}

/** The README with the table of what happens at ten times the load renewed. */
export function withScalingTable(readme: string): string {
  return between(readme, 'scaling', renderScalingTable());
}

/** The README with the table of guards renewed. */
export function withGuardsTable(readme: string): string {
  return between(readme, 'guards', renderGuardsTable());
}

/** The reference of the command line with what its help says renewed. */
export function withCommands(text: string): string {
  return between(text, 'commands', renderCommands());
}

function withTables(readme: string): string {
  return withCostTable(withGuardsTable(withScalingTable(withDefaultsTable(readme))));
}

function between(readme: string, mark: string, table: string): string {
  const [start, end] = [`<!-- ${mark} -->`, `<!-- /${mark} -->`];
  const before = readme.split(start)[0];
  const after = readme.split(end)[1];
  if (before === undefined || after === undefined) {
    throw new Error(`what follows from the code of ${mark} must stand between ${start} and ${end}`);
  }
  return `${before}${start}\n\n${table}\n\n${end}${after}`;
}

function renderApi(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'api-'));
  const output = path.join(folder, 'API.md');
  execFileSync(path.join(ROOT, 'node_modules', '.bin', 'jsii-docgen'), ['-o', output], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const text = fs.readFileSync(output, 'utf8');
  fs.rmSync(folder, { recursive: true });
  return text;
}

function update(file: string, text: string, check: boolean): string | undefined {
  if (fs.existsSync(path.join(ROOT, file)) && read(file) === text) {
    return undefined;
  }
  if (check) {
    return file;
  }
  fs.writeFileSync(path.join(ROOT, file), text);
  return undefined;
}

function read(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), 'utf8');
}

if (require.main === module) {
  main();
}
