/**
 * Compares the public surface with an earlier one, and fails if a user's code would no longer compile: `npm run api-diff` takes the newest
 * release on npm, `npm run api-diff -- main` the version of a git ref. Meant changes are listed in api-breaks.txt, by the keys that this
 * command prints. Needs a build.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..');
const NAME = 'cdk-serverless-app';

function main([ref]: readonly string[]): void {
  if (ref !== undefined) {
    withSurfaceOf(ref, compare);
    return;
  }
  const released = spawnSync('npm', ['view', `${NAME}@latest`, 'version'], { encoding: 'utf8' });
  if (released.status !== 0) {
    if (!released.stderr.includes('E404')) {
      throw new Error(`npm view failed: ${released.stderr}`);
    }
    process.stdout.write(`api-diff: npm has no release of ${NAME} yet; name a git ref\n`);
    return;
  }
  compare(`npm:${NAME}@${released.stdout.trim()}`);
}

/** Compiles the public surface of a git ref, with the packages that are installed here. */
function withSurfaceOf(ref: string, use: (folder: string) => void): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'api-diff-'));
  const tree = path.join(folder, 'tree');
  const git = (...args: string[]): void => {
    execFileSync('git', args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  };
  git('worktree', 'add', '--detach', tree, ref);
  try {
    fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(tree, 'node_modules'));
    execFileSync(
      path.join(ROOT, 'node_modules', '.bin', 'jsii'),
      ['--silence-warnings', 'JSII0006', '--generate-tsconfig', 'tsconfig.jsii.json'],
      { cwd: tree, stdio: ['ignore', 'inherit', 'inherit'] },
    );
    use(tree);
  } finally {
    git('worktree', 'remove', '--force', tree);
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** All of the surface is experimental before 1.0, so `all` changes count. */
function compare(before: string): void {
  const { status } = spawnSync(
    path.join(ROOT, 'node_modules', '.bin', 'jsii-diff'),
    [
      before,
      ROOT,
      '--error-on',
      'all',
      '--keys',
      '--ignore-file',
      path.join(ROOT, 'api-breaks.txt'),
    ],
    {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '1' },
    },
  );
  process.exitCode = status === 0 ? 0 : 1;
  if (status === 0) {
    process.stdout.write(`api-diff: code for ${before} still compiles\n`);
  }
}

main(process.argv.slice(2));
