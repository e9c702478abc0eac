import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { buildCli } from '../../../scripts/build-cli';
import { buildPage } from '../../../scripts/build-report';
import { eventually } from './eventually';
import { EMULATOR_FOLDER, madeOnce, REPOSITORY, workFolder } from './folders';

const PNPM = 'pnpm@9.15.9';
/** What a project has beside the package, in the versions of the repository. */
const PACKAGES = ['aws-cdk-lib', 'constructs', 'aws-cdk', 'tsx', '@aws-sdk/client-dynamodb'];

/** What the command is built from. */
const SOURCES = ['bin', 'lib', 'report', 'package.json'];
const LOCKED_MS = 120_000;
const KEPT_MS = 60 * 60 * 1000;

/**
 * The package as it is published, packed once for all tests. `npm run build` must have run; only the command is built again if its
 * sources are newer.
 */
export async function packPackage(): Promise<string> {
  const [changed, built] = [newestOf(SOURCES), newestOf(['dist'])];
  const name = `package-${Math.max(changed, built)}`;
  const folder = await oneAtATime(name, () =>
    madeOnce(name, async (draft) => {
      const command = path.join(REPOSITORY, 'dist', 'bin', 'serverless-app.js');
      if (changed > fs.statSync(command).mtimeMs) {
        buildPage();
        await buildCli(command);
      }
      const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', draft];
      execFileSync('npm', args, { cwd: REPOSITORY, encoding: 'utf8' });
    }),
  );
  removeOlder(folder);
  return path.join(folder, fs.readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '');
}

/** Tests in several processes need the package at the same time, and building it writes to one folder. */
async function oneAtATime<T>(name: string, make: () => Promise<T>): Promise<T> {
  const lock = path.join(EMULATOR_FOLDER, `${name}.lock`);
  await eventually(
    'the package is packed',
    () => {
      try {
        fs.mkdirSync(lock, { recursive: false });
        return Promise.resolve(true);
      } catch {
        return Promise.resolve(false);
      }
    },
    { timeoutMs: LOCKED_MS, everyMs: 100 },
  ).catch(() => undefined); // The process that had it was killed.
  try {
    return await make();
  } finally {
    fs.rmSync(lock, { recursive: true, force: true });
  }
}

/** When a file in one of these folders was written last. */
function newestOf(names: readonly string[]): number {
  const times = names.flatMap((name) => {
    const place = path.join(REPOSITORY, name);
    const files = fs.statSync(place).isDirectory()
      ? fs.readdirSync(place, { recursive: true, encoding: 'utf8' })
      : [''];
    return files
      .map((file) => fs.statSync(path.join(place, file)))
      .flatMap((it) => (it.isFile() ? [Math.ceil(it.mtimeMs)] : []));
  });
  return Math.max(...times);
}

/** Removes packages of earlier builds. */
function removeOlder(newest: string): void {
  const parent = path.dirname(newest);
  for (const name of fs.readdirSync(parent).filter((it) => it.startsWith('package-'))) {
    const folder = path.join(parent, name);
    const stat = fs.statSync(folder, { throwIfNoEntry: false });
    if (folder !== newest && stat !== undefined && Date.now() - stat.mtimeMs > KEPT_MS) {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** A copy of a project that has the package in its `node_modules`, and finds all others in the repository above it. */
export function npmProject(fixture: string, tarball: string): string {
  const project = fs.realpathSync(workFolder('project'));
  fs.cpSync(fixture, project, { recursive: true });
  const modules = path.join(project, 'node_modules');
  const folder = path.join(modules, 'cdk-serverless-app');
  fs.mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components', '1']);
  fs.symlinkSync(path.join(REPOSITORY, 'node_modules', '.bin'), path.join(modules, '.bin'));
  return project;
}

/** A copy of a project with everything that it needs installed by pnpm, outside the repository. */
export async function pnpmProject(fixture: string, tarball: string): Promise<string> {
  const project = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'dev-pnpm-')));
  fs.cpSync(fixture, project, { recursive: true });
  const file = path.join(project, 'package.json');
  const manifest = JSON.parse(fs.readFileSync(file, 'utf8')) as object;
  const versions = PACKAGES.map((name) => [name, versionOf(name)]);
  const dependencies = { ...Object.fromEntries(versions), 'cdk-serverless-app': `file:${tarball}` };
  fs.writeFileSync(file, JSON.stringify({ ...manifest, dependencies }));
  const pnpm = await madeOnce(PNPM.replace('@', '-'), async (draft) => {
    fs.writeFileSync(path.join(draft, 'package.json'), '{ "private": true }');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', PNPM], { cwd: draft });
    return Promise.resolve();
  });
  const command = path.join(pnpm, 'node_modules', 'pnpm', 'bin', 'pnpm.cjs');
  const store = path.join(path.dirname(pnpm), 'pnpm-store');
  const args = ['install', '--prefer-offline', '--ignore-scripts', '--store-dir', store];
  execFileSync(process.execPath, [command, ...args], { cwd: project, stdio: 'pipe' });
  return project;
}

function versionOf(name: string): string {
  const file = path.join(REPOSITORY, 'node_modules', name, 'package.json');
  return (JSON.parse(fs.readFileSync(file, 'utf8')) as { version: string }).version;
}
