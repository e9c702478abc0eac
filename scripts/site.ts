/**
 * Builds the documentation site from docs/ into website/dist, and checks its links: `npm run site`. The build needs no network; VitePress is
 * installed once, from website/package-lock.json. `-- --pages` only writes the pages, and `-- --serve` shows the site afterwards.
 */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { brokenLinks } from './site/links';
import { sitePages } from './site/pages';

const ROOT = path.join(__dirname, '..');
const WEBSITE = path.join(ROOT, 'website');
const PAGES = path.join(WEBSITE, '.pages');
const DIST = path.join(WEBSITE, 'dist');

function main(flags: readonly string[]): void {
  writePages();
  if (flags.includes('--pages')) {
    return;
  }
  install();
  vitepress('build');
  check();
  if (flags.includes('--serve')) {
    vitepress('preview');
  }
}

function writePages(): void {
  fs.rmSync(PAGES, { recursive: true, force: true });
  const docs = Object.fromEntries(
    filesBelow(path.join(ROOT, 'docs'), '.md').map((file) => [file, read(`docs/${file}`)]),
  );
  const pages = sitePages({
    docs,
    readme: read('README.md'),
    changelog: read('CHANGELOG.md'),
    security: read('SECURITY.md'),
    isFolder: (file) => fs.statSync(path.join(ROOT, file)).isDirectory(),
  });
  for (const [file, text] of Object.entries({ ...pages, 'index.md': read('website/home.md') })) {
    const page = path.join(PAGES, file);
    fs.mkdirSync(path.dirname(page), { recursive: true });
    fs.writeFileSync(page, text);
  }
  fs.cpSync(path.join(ROOT, 'docs', 'images'), path.join(PAGES, 'images'), { recursive: true });
}

/** Installs VitePress if it is not there in the version of the lock. */
function install(): void {
  const lock = path.join(WEBSITE, 'package-lock.json');
  const installed = path.join(WEBSITE, 'node_modules', '.package-lock.json');
  if (!fs.existsSync(installed) || fs.statSync(installed).mtimeMs < fs.statSync(lock).mtimeMs) {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: WEBSITE, stdio: 'inherit' });
  }
}

function vitepress(command: 'build' | 'preview'): void {
  const program = path.join(WEBSITE, 'node_modules', '.bin', 'vitepress');
  execFileSync(program, [command, '.'], { cwd: WEBSITE, stdio: 'inherit' });
}

function check(): void {
  const pages = Object.fromEntries(
    filesBelow(DIST, '.html').map((file) => [file, fs.readFileSync(path.join(DIST, file), 'utf8')]),
  );
  const problems = brokenLinks(pages, process.env.SITE_BASE ?? '/', (file) =>
    fs.existsSync(path.join(DIST, file)),
  );
  if (problems.length > 0) {
    process.stderr.write(`${problems.join('\n')}\n`);
    process.exitCode = 1;
    return;
  }
  process.stdout.write(
    `site: ${Object.keys(pages).length} pages in website/dist, every link leads somewhere\n`,
  );
}

function filesBelow(folder: string, extension: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => file.endsWith(extension));
}

function read(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), 'utf8');
}

main(process.argv.slice(2));
