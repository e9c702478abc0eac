import * as fs from 'node:fs';
import * as path from 'node:path';
import { readJson } from './watch-items';

/**
 * The patch that a project applies to an installed package: a file of patch-package, or the entry in its package.json for pnpm or
 * Yarn.
 *
 * @param folder where the package is installed
 */
export function patchOf(name: string, folder: string): string | undefined {
  const project = projectOf(folder);
  return project === undefined
    ? undefined
    : (patchFile(name, project) ?? patchEntry(name, path.join(project, 'package.json')));
}

/** The folder that holds the outermost `node_modules`. */
function projectOf(folder: string): string | undefined {
  const parts = folder.split(path.sep);
  const at = parts.indexOf('node_modules');
  return at === -1 ? undefined : path.resolve(path.sep, parts.slice(0, at).join(path.sep));
}

/** `@scope+name+1.0.0.patch`; `++` separates packages that are installed inside another one. */
function patchFile(name: string, project: string): string | undefined {
  const folder = path.join(project, 'patches');
  const files = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  const start = `${name.replace('/', '+')}+`;
  const found = files
    .filter((file) => file.endsWith('.patch'))
    .find((file) => file.split('++').at(-1)?.startsWith(start) === true);
  return found === undefined ? undefined : `patches/${found}`;
}

function patchEntry(name: string, manifest: string): string | undefined {
  const { pnpm, resolutions } = readJson(manifest) ?? {};
  const byPnpm = Object.keys(objectIn(objectIn(pnpm).patchedDependencies));
  if (byPnpm.some((key) => key === name || key.startsWith(`${name}@`))) {
    return '`pnpm.patchedDependencies` in package.json';
  }
  const byYarn = Object.entries(objectIn(resolutions));
  const isPatched = byYarn.some(
    ([key, value]) =>
      (key === name || key.startsWith(`${name}@`)) && String(value).startsWith('patch:'),
  );
  return isPatched ? '`resolutions` in package.json' : undefined;
}

function objectIn(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
