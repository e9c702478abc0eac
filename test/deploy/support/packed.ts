import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { madeOnce, REPOSITORY, workFolder } from './folders';

const PNPM = 'pnpm@9.15.9';

/** The package as it is published, from the build; `npm run build` must have run. */
export function packPackage(): string {
  const folder = workFolder('package');
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
  const name = execFileSync('npm', args, { cwd: REPOSITORY, encoding: 'utf8' }).trim();
  return path.join(folder, name);
}

/** Unpacks the package into a project, which finds the other packages in the repository above it. */
export function unpackInto(project: string, tarball: string): void {
  const modules = path.join(project, 'node_modules');
  const folder = path.join(modules, 'cdk-serverless-app');
  fs.mkdirSync(folder, { recursive: true });
  execFileSync('tar', ['-xzf', tarball, '-C', folder, '--strip-components', '1']);
  fs.symlinkSync(path.join(REPOSITORY, 'node_modules', '.bin'), path.join(modules, '.bin'));
}

/** A copy of a project with everything that it needs installed by pnpm, outside the repository. */
export async function pnpmProject(fixture: string, tarball: string): Promise<string> {
  const project = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'dev-pnpm-')));
  fs.cpSync(fixture, project, { recursive: true });
  const file = path.join(project, 'package.json');
  const manifest = JSON.parse(fs.readFileSync(file, 'utf8')) as object;
  const versions = ['aws-cdk-lib', 'constructs', 'aws-cdk', 'tsx'].map((name) => [
    name,
    versionOf(name),
  ]);
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
