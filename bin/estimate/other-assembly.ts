import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { UserError } from '../user-error';

/**
 * Does the work with the cloud assembly to compare with: a folder, or a git ref. Of a ref it is the `cdk.out` that was committed
 * there; where none was, the app is synthesized as it was then, with the packages that are installed now.
 */
export function withOther<T>(
  name: string,
  say: (line: string) => void,
  work: (assembly: string) => T,
): T {
  if (fs.existsSync(path.join(name, 'manifest.json'))) {
    return work(name);
  }
  const top = git(['rev-parse', '--show-toplevel']);
  if (
    top === undefined ||
    git(['rev-parse', '--verify', '--quiet', `${name}^{commit}`]) === undefined
  ) {
    throw new UserError(
      `\`${name}\` is neither a cloud assembly nor a git ref`,
      'write a folder that `cdk synth --output` made, or for example `--compare main`',
    );
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'serverless-app-'));
  try {
    const prefix = git(['rev-parse', '--show-prefix']) ?? '';
    extract(name, top, folder);
    const project = path.join(folder, prefix);
    const committed = path.join(project, 'cdk.out');
    if (fs.existsSync(path.join(committed, 'manifest.json'))) {
      return work(committed);
    }
    say(`synthesizing the app as it was at ${name}`);
    linkPackages(top, prefix, folder);
    return work(synthesize(project, name));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function git(args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/** The files of a commit, without touching the index or the worktrees of the repository. */
function extract(ref: string, top: string, folder: string): void {
  const index = path.join(folder, '.index');
  const env = { ...process.env, GIT_INDEX_FILE: index };
  for (const args of [
    ['read-tree', ref],
    ['checkout-index', '--all', `--prefix=${folder}${path.sep}`],
  ]) {
    const { status, stderr } = spawnSync('git', args, { cwd: top, env, encoding: 'utf8' });
    if (status !== 0) {
      throw new UserError(`git could not read ${ref}`, stderr.trim());
    }
  }
  fs.rmSync(index, { force: true });
}

/** The packages of each folder between the top of the repository and the project. */
function linkPackages(top: string, prefix: string, folder: string): void {
  const parts = prefix.split('/').filter((part) => part !== '');
  for (let i = 0; i <= parts.length; i++) {
    const below = path.join(...parts.slice(0, i), 'node_modules');
    const [from, to] = [path.join(top, below), path.join(folder, below)];
    if (fs.existsSync(from) && !fs.existsSync(to)) {
      fs.symlinkSync(from, to, 'junction');
    }
  }
}

function synthesize(project: string, ref: string): string {
  const output = path.join(project, 'cdk.out');
  const { status, stdout, stderr } = spawnSync(
    'npx',
    ['--no-install', 'cdk', 'synth', '--quiet', '--output', output],
    { cwd: project, encoding: 'utf8', shell: process.platform === 'win32' },
  );
  if (status !== 0) {
    const last = `${stdout}${stderr}`.trim().split('\n').slice(-5).join('\n');
    throw new UserError(
      `the app as it was at ${ref} does not synthesize with the packages that are installed now`,
      `synthesize it apart, and name the folder with --compare\n${last}`,
    );
  }
  return output;
}
