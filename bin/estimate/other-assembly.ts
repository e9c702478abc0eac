import { spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { unlessAborted } from '../interruption';
import type { Io } from '../io';
import { UserError } from '../user-error';

const MOST_REFS = 5;

/**
 * Runs work on the cloud assembly to compare with: a folder, or a git ref. For a ref this is the `cdk.out` committed with it,
 * else the app of that commit, synthesized with the packages that are installed now.
 */
export async function withOther<T>(
  name: string,
  { say, interruptible }: Pick<Io, 'say' | 'interruptible'>,
  work: (assembly: string) => T,
): Promise<T> {
  if (fs.existsSync(path.join(name, 'manifest.json'))) {
    return work(name);
  }
  const top = git(['rev-parse', '--show-toplevel']);
  if (
    top === undefined ||
    git(['rev-parse', '--verify', '--quiet', `${name}^{commit}`]) === undefined
  ) {
    throw notFound(name, top !== undefined);
  }
  return interruptible(async (signal) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'serverless-app-'));
    try {
      const prefix = git(['rev-parse', '--show-prefix']) ?? '';
      extract(name, top, folder);
      const project = path.join(folder, prefix);
      const committed = path.join(project, 'cdk.out');
      if (fs.existsSync(path.join(committed, 'manifest.json'))) {
        return work(committed);
      }
      say(`synthesizing the app at ${name}`);
      linkPackages(top, prefix, folder);
      return work(await synthesize(project, name, signal));
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  });
}

function notFound(name: string, inRepository: boolean): UserError {
  if (fs.existsSync(name)) {
    return new UserError(
      `\`${name}\` has no cloud assembly, and there is no git ref of that name`,
      'give a folder written by `npx cdk synth --output <folder>`, or a git ref',
    );
  }
  if (!inRepository) {
    return new UserError(
      `there is no folder \`${name}\`, and this folder is not in a git repository`,
      'give a folder written by `npx cdk synth --output <folder>`',
    );
  }
  const refs = git(['for-each-ref', '--format=%(refname:short)', 'refs/heads', 'refs/remotes']);
  const known = refs?.split('\n').filter((ref) => ref !== '') ?? [];
  if (known.length === 0) {
    return new UserError(
      `there is no git ref \`${name}\`, and this repository has no commit`,
      'give a folder written by `npx cdk synth --output <folder>`',
    );
  }
  const sameName = known.filter((ref) => ref.endsWith(`/${name}`));
  return new UserError(
    `there is no git ref \`${name}\` in this repository`,
    sameName.length > 0
      ? `did you mean \`${sameName[0] ?? ''}\`?`
      : `fetch it (\`git fetch origin ${name}\`), or give one of: ${known.slice(0, MOST_REFS).join(', ')}`,
  );
}

function git(args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/** Writes the files of a commit without touching the index or the worktrees of the repository. */
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

/** Links the packages of each folder between the top of the repository and the project. */
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

async function synthesize(project: string, ref: string, signal: AbortSignal): Promise<string> {
  const output = path.join(project, 'cdk.out');
  const child = spawn('npx', ['--no-install', 'cdk', 'synth', '--quiet', '--output', output], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  }
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  try {
    if ((await unlessAborted(signal, ended)) !== 0) {
      const last = said.trim().split('\n').slice(-5).join('\n');
      throw new UserError(
        `the app at ${ref} cannot be synthesized with the packages that are installed now`,
        `synthesize it in a separate checkout, and give its folder to --compare\n${last}`,
      );
    }
  } catch (error) {
    if (signal.aborted) {
      child.kill();
      await ended; // Git may still write into the folder that is removed next.
    }
    throw error;
  }
  return output;
}
