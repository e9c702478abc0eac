import * as fs from 'node:fs';
import * as path from 'node:path';

/** The languages whose sources the library turns into a function's code. */
export type EntryLanguage = 'JavaScript' | 'Python' | 'Go';

const BY_EXTENSION: ReadonlyArray<readonly [RegExp, EntryLanguage]> = [
  [/\.[cm]?[jt]sx?$/, 'JavaScript'],
  [/\.py$/, 'Python'],
  [/\.go$/, 'Go'],
];

/** The language of an entry by the extension of its file. A folder is a Go package. Undefined for other files. */
export function entryLanguage(root: string, entry: string): EntryLanguage | undefined {
  const known = BY_EXTENSION.find(([extension]) => extension.test(entry))?.[1];
  return known ?? (isFolder(path.resolve(root, entry)) ? 'Go' : undefined);
}

function isFolder(file: string): boolean {
  return fs.existsSync(file) && fs.statSync(file).isDirectory(); // a name may be too long for `statSync`
}
