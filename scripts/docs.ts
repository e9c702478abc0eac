/**
 * Writes the generated documentation: the tables of defaults, cost and scaling, docs/guards.md, docs/updates.md, the reference of
 * the command line, and the API reference in docs/api. `--check` changes nothing and fails if a page is out of date. The API reference
 * needs a build (`npm run build`).
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Assembly } from './api-assembly';
import { renderApiReference } from './api-reference';
import { renderGuardsPage } from './guards-page';
import { renderDefaultsTable } from '../lib/core/defaults-table';
import { renderCommands } from './command-reference';
import { renderCostTable } from './cost-table';
import { renderScalingTable } from './scaling-table';
import { renderUpdatesPage } from './updates-page';

const ROOT = path.join(__dirname, '..');

/** The generated tables, by the name in their marks, such as `<!-- cost -->`. */
const TABLES: Readonly<Record<string, () => string>> = {
  defaults: renderDefaultsTable,
  cost: renderCostTable,
  scaling: renderScalingTable,
  commands: renderCommands,
};

/** The pages that contain generated tables. */
const PAGES = ['docs/defaults.md', 'docs/cost.md', 'docs/scaling.md', 'docs/cli.md'];

function main(): void {
  const check = process.argv.includes('--check');
  const stale = [
    ...PAGES.map((page) => update(page, withTables(read(page)), check)),
    update('docs/guards.md', renderGuardsPage(), check),
    update('docs/updates.md', renderUpdatesPage(), check),
    ...Object.entries(renderApiReference(assembly())).map(([page, text]) =>
      update(`docs/api/${page}`, text, check),
    ),
  ].filter((file) => file !== undefined);
  if (stale.length > 0) {
    process.stderr.write(`out of date: ${stale.join(', ')}; run \`npm run docs\` and commit\n`);
    process.exitCode = 1;
  }
}

/** Renews every generated table of a page. Each table is between two marks with its name. */
export function withTables(page: string): string {
  return Object.entries(TABLES)
    .filter(([mark]) => page.includes(`<!-- ${mark} -->`))
    .reduce((text, [mark, render]) => between(text, mark, render()), page);
}

function between(page: string, mark: string, table: string): string {
  const [start, end] = [`<!-- ${mark} -->`, `<!-- /${mark} -->`];
  const before = page.split(start)[0];
  const after = page.split(end)[1];
  if (before === undefined || after === undefined) {
    throw new Error(`the generated table ${mark} must be between ${start} and ${end}`);
  }
  return `${before}${start}\n\n${table}\n\n${end}${after}`;
}

function assembly(): Assembly {
  return JSON.parse(read('.jsii')) as Assembly;
}

function update(file: string, text: string, check: boolean): string | undefined {
  if (fs.existsSync(path.join(ROOT, file)) && read(file) === text) {
    return undefined;
  }
  if (check) {
    return file;
  }
  fs.mkdirSync(path.dirname(path.join(ROOT, file)), { recursive: true });
  fs.writeFileSync(path.join(ROOT, file), text);
  return undefined;
}

function read(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), 'utf8');
}

if (require.main === module) {
  main();
}
