import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { PackageCase } from './package-case';

const MANIFEST = path.join(__dirname, 'project', 'package.json');
const LOCK = path.join(__dirname, 'project', 'package-lock.json');

/**
 * A project outside the repository with all packages, installed from their lock file once for each machine. Install scripts do not
 * run. `PACKAGES_CACHE` names another folder.
 */
export function installedProject(): string {
  const texts = [MANIFEST, LOCK].map((file) => fs.readFileSync(file));
  const key = createHash('sha256').update(Buffer.concat(texts)).digest('hex').slice(0, 16);
  const cache =
    process.env.PACKAGES_CACHE ?? path.join(os.homedir(), '.cache', 'cdk-serverless-app-packages');
  const folder = path.join(cache, key);
  if (!fs.existsSync(folder)) {
    const unfinished = `${folder}-${process.pid}`;
    fs.mkdirSync(unfinished, { recursive: true });
    [MANIFEST, LOCK].forEach((file) => {
      fs.copyFileSync(file, path.join(unfinished, path.basename(file)));
    });
    // Not `npm ci`, which misses the binaries for other platforms in the lock file: https://github.com/npm/cli/issues/4828
    const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    execFileSync('npm', ['install', ...options], {
      cwd: unfinished,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    fs.renameSync(unfinished, folder);
  }
  return folder;
}

/** The Node.js of the functions’ runtime; this process’s own on a machine for which the registry has none. */
export function runtimeOf(project: string): string {
  const name = `node-${process.platform}-${process.arch}`;
  const file = path.join(project, 'node_modules', name, 'bin', 'node');
  return fs.existsSync(file) ? file : process.execPath;
}

export function versionOf(project: string, name: string): string {
  const file = path.join(project, 'node_modules', name, 'package.json');
  return (JSON.parse(fs.readFileSync(file, 'utf8')) as { version: string }).version;
}

/** Writes the handler of a case into the project, in a folder of its own; the folder. */
export function writeHandler(project: string, item: PackageCase, i: number): string {
  const { code, tsconfig, prisma } = item;
  const folder = path.join(project, 'functions', String(i));
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'main.ts'), code);
  fs.writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify(tsconfig ?? {}));
  if (prisma !== undefined) {
    generateClient(project, folder, prisma);
  }
  return folder;
}

function generateClient(
  project: string,
  folder: string,
  { generator, provider }: NonNullable<PackageCase['prisma']>,
): void {
  const output = generator === 'prisma-client' ? 'output = "./generated"' : '';
  const schema = path.join(folder, 'schema.prisma');
  fs.writeFileSync(
    schema,
    `generator client {\n  provider = "${generator}"\n  ${output}\n}\n` +
      `datasource db {\n  provider = "${provider}"\n}\n` +
      'model Note {\n  id Int @id @default(autoincrement())\n  text String\n}\n',
  );
  const cli = path.join(project, 'node_modules', 'prisma', 'build', 'index.js');
  execFileSync(process.execPath, [cli, 'generate', `--schema=${schema}`], {
    cwd: project,
    stdio: ['ignore', 'ignore', 'inherit'],
    // The engine is for migrations only. Named, it is not downloaded.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
  });
}
