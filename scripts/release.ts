/**
 * Prepares a release: `npm run release -- 0.2.0`. Sets the version of the packages, dates the changelog, commits, and signs the tag `v0.2.0`.
 * It pushes nothing: the last line says how. The pushed tag runs .github/workflows/release.yml, which tests and publishes with provenance.
 */
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isAtLeast, leastVersion, released } from './release/changelog';

const ROOT = path.join(__dirname, '..');
const MANIFESTS = ['package.json', 'packages/create-cdk-serverless-app/package.json'];

function main([version = '']: readonly string[]): void {
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    throw new Error(`give the version as three numbers, got ${version === '' ? 'none' : version}`);
  }
  const { version: current } = JSON.parse(read('package.json')) as { readonly version: string };
  const tags = git('tag', '--list', 'v*', '--sort=-v:refname').split('\n').filter(Boolean);
  if (tags.includes(`v${version}`)) {
    throw new Error(`the tag v${version} exists`);
  }
  if (git('rev-parse', '--abbrev-ref', 'HEAD') !== 'main' || git('status', '--porcelain') !== '') {
    throw new Error('release from main, with everything committed');
  }
  if (git('config', '--default', '', '--get', 'user.signingkey') === '') {
    throw new Error('set `git config user.signingkey`: the tag of a release is signed');
  }
  const [last] = tags;
  if (last !== undefined) {
    const messages = git('log', '--format=%B%x00', `${last}..HEAD`)
      .split('\0')
      .map((it) => it.trim());
    const least = leastVersion(current, messages);
    if (!isAtLeast(version, least)) {
      throw new Error(`the commits since ${last} ask for ${least} or higher, got ${version}`);
    }
  }
  const today = new Date().toISOString().slice(0, 10);
  write('CHANGELOG.md', released(read('CHANGELOG.md'), version, today));
  for (const file of MANIFESTS) {
    write(file, read(file).replace(/"version": "[^"]*"/, `"version": "${version}"`));
  }
  execFileSync('npm', ['install', '--package-lock-only', '--ignore-scripts', '--no-audit'], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  git('commit', '--all', '--message', `chore(release): ${version}`);
  git('tag', '--sign', `v${version}`, '--message', `v${version}`);
  process.stdout.write(`released ${version} here; publish it: git push origin main v${version}\n`);
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
}

function read(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), 'utf8');
}

function write(file: string, text: string): void {
  fs.writeFileSync(path.join(ROOT, file), text);
}

main(process.argv.slice(2));
