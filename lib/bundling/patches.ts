import * as fs from 'node:fs';
import * as path from 'node:path';
import { readJson } from './watch-items';

/**
 * The patch that a project applies to an installed package: a file of patch-package, or the entry of pnpm, Yarn or Bun in its
 * package.json or pnpm-workspace.yaml.
 *
 * @param folder where the package is installed
 */
export function patchOf(name: string, folder: string): string | undefined {
  const project = projectOf(folder);
  return project === undefined
    ? undefined
    : (patchFile(name, project) ??
        patchEntry(name, path.join(project, 'package.json')) ??
        workspaceEntry(name, path.join(project, 'pnpm-workspace.yaml')));
}

/** The folder that holds the outermost `node_modules`. */
function projectOf(folder: string): string | undefined {
  const parts = folder.split(path.sep);
  const at = parts.indexOf('node_modules');
  return at === -1 ? undefined : path.resolve(path.sep, parts.slice(0, at).join(path.sep));
}

/** `@scope+name+1.0.0.patch`; `++` separates packages that are installed inside another one. */
function patchFile(name: string, project: string): string | undefined {
  const place = patchFolder(path.join(project, 'package.json'));
  const folder = path.join(project, place);
  const files = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  const start = `${name.replace('/', '+')}+`;
  const found = files
    .filter((file) => file.endsWith('.patch'))
    .find((file) => file.split('++').at(-1)?.startsWith(start) === true);
  return found === undefined ? undefined : `${place}/${found}`;
}

/** `patch-package --patch-dir` names another folder in a script. */
function patchFolder(manifest: string): string {
  const scripts = Object.values(objectIn(readJson(manifest)?.scripts)).map(String);
  const named = scripts.map((script) => /patch-package\b.*--patch-dir[ =](\S+)/.exec(script)?.[1]);
  return named.find((it) => it !== undefined) ?? 'patches';
}

/** The entries of a package.json, with how each names a patch. */
const ENTRIES: ReadonlyArray<readonly [string, (value: unknown) => boolean]> = [
  ['pnpm.patchedDependencies', () => true],
  ['patchedDependencies', () => true], // Bun
  ...['resolutions', 'dependencies', 'devDependencies', 'optionalDependencies'].map(
    (name) => [name, isYarnPatch] as const,
  ),
];

function patchEntry(name: string, manifest: string): string | undefined {
  const content = readJson(manifest) ?? {};
  const found = ENTRIES.find(([entry, isPatch]) => {
    const value = entry
      .split('.')
      .reduce<unknown>((object, member) => objectIn(object)[member], content);
    return Object.entries(objectIn(value)).some(
      ([key, patch]) => isOf(key, name) && isPatch(patch),
    );
  });
  return found === undefined ? undefined : `\`${found[0]}\` in package.json`;
}

/** pnpm 10 keeps its settings in pnpm-workspace.yaml: `patchedDependencies:` with a line for each package. */
function workspaceEntry(name: string, file: string): string | undefined {
  const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  const [, block = ''] = /^patchedDependencies:[^\n]*\n((?:[ \t].*\n?|\r?\n)*)/m.exec(text) ?? [];
  const keys = [...block.matchAll(/^[ \t]+(['"]?)(@?[^'":\s]+)\1[ \t]*:/gm)].map(
    ([, , key = '']) => key,
  );
  return keys.some((key) => isOf(key, name))
    ? '`patchedDependencies` in pnpm-workspace.yaml'
    : undefined;
}

function isYarnPatch(value: unknown): boolean {
  return String(value).startsWith('patch:');
}

/** Whether an entry such as `left-pad@1.3.0` concerns a package. */
function isOf(key: string, name: string): boolean {
  return key === name || key.startsWith(`${name}@`);
}

function objectIn(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
