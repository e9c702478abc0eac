import * as path from 'node:path';

const MODULES = 'node_modules';
const IN_MODULES = `${path.sep}${MODULES}${path.sep}`;

/** The folder and those above it, nearest first. */
export function ancestors(folder: string): readonly string[] {
  let found = known.get(folder);
  if (found === undefined) {
    const parent = path.dirname(folder);
    found = parent === folder ? [folder] : [folder, ...ancestors(parent)];
    known.set(folder, found);
  }
  return found;
}

const known = new Map<string, readonly string[]>();

/** The `node_modules` folders in which a file looks for packages, nearest first. */
export function modulesAbove(file: string): string[] {
  return ancestors(path.dirname(file))
    .filter((folder) => path.basename(folder) !== MODULES)
    .map((folder) => path.join(folder, MODULES));
}

export function isInPackage(file: string): boolean {
  return file.includes(IN_MODULES);
}

/** `…/node_modules/@scope/name`; undefined for a file outside packages. */
export function packageRoot(file: string): string | undefined {
  const parts = file.split(path.sep);
  const at = parts.lastIndexOf(MODULES);
  const length = at + (parts[at + 1]?.startsWith('@') === true ? 3 : 2);
  return at === -1 || parts.length <= length ? undefined : parts.slice(0, length).join(path.sep);
}

/** `@scope/name/part` belongs to `@scope/name`; undefined if it is not the name of a package. */
export function packageName(specifier: string): string | undefined {
  return /^(@[^/@:\\]+\/)?[^/@:.\\][^/:\\]*/.exec(specifier)?.[0];
}

export function withoutExtension(file: string): string {
  return file.slice(0, file.length - path.extname(file).length);
}

export function isInside(file: string, folder: string): boolean {
  return file.startsWith(folder.endsWith(path.sep) ? folder : `${folder}${path.sep}`);
}
