import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { progress } from './figure';
import { ROOT } from './workspace';

/** Gives a folder the packages of this repository, some of them replaced, without copying them. */
export function linkPackages(folder: string, replaced: Readonly<Record<string, string>>): void {
  const from = path.join(ROOT, 'node_modules');
  const to = path.join(folder, 'node_modules');
  fs.mkdirSync(to);
  fs.cpSync(path.join(from, '.bin'), path.join(to, '.bin'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  for (const name of packageNames(from)) {
    link(path.join(from, name), path.join(to, name));
  }
  for (const [name, target] of Object.entries(replaced)) {
    fs.rmSync(path.join(to, name), { force: true });
    link(target, path.join(to, name));
  }
}

/**
 * The folder of the TypeScript that a project made by `cdk init` depends on, which differs from this repository's. It is installed
 * once, which needs the registry.
 */
export function typescriptOf(project: string): string {
  const manifest = JSON.parse(fs.readFileSync(path.join(project, 'package.json'), 'utf8')) as {
    readonly devDependencies: { readonly typescript: string };
  };
  const range = manifest.devDependencies.typescript;
  const name = `typescript-${range.replaceAll(/[^\w.-]/g, '')}`;
  const folder = path.join(ROOT, 'node_modules', '.cache', 'bench', name);
  const installed = path.join(folder, 'node_modules', 'typescript');
  if (!fs.existsSync(path.join(installed, 'package.json'))) {
    progress(`installing TypeScript ${range}, which a project of cdk init depends on`);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
    execFileSync('npm', ['install', `typescript@${range}`, '--no-audit', '--no-fund'], {
      cwd: folder,
      stdio: 'ignore',
    });
  }
  return installed;
}

function packageNames(folder: string): string[] {
  return fs
    .readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@')
        ? fs.readdirSync(path.join(folder, name)).map((part) => `${name}/${part}`)
        : [name],
    );
}

function link(target: string, name: string): void {
  fs.mkdirSync(path.dirname(name), { recursive: true });
  fs.symlinkSync(target, name, 'junction');
}
