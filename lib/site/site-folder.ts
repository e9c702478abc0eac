import * as fs from 'node:fs';
import * as path from 'node:path';
import { isSecretFile } from '../bundling/secret-files';
import { FoundFile, walkFolder } from '../bundling/walk-folder';
import { extensionOf, INDEX_PAGE, isWebFile } from '../model/web-files';
import { PropCheck, unquoted } from '../props/prop-check';

/** The files of a site. */
export interface SiteFolder {
  /** Absolute. */
  readonly folder: string;
  readonly files: readonly FoundFile[];
  readonly bytes: number;
  /** The extensions of the files, without a dot. */
  readonly extensions: readonly string[];
}

/** Reads the folder of a site. Rejects a folder without an index page, or with files that usually hold secrets. */
export function readSiteFolder(root: string, folder: string, check: PropCheck): SiteFolder {
  const absolute = path.resolve(root, folder);
  if (fs.statSync(absolute, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw check.error(
      'folder',
      `must be a folder with the built site, relative to the app’s \`root\`, ${root}`,
      folder,
      'build the site before you synthesize, or correct the path',
    );
  }
  const files = check
    .withPropPath('folder', () => [...walkFolder(absolute)])
    .filter(({ name }) => isWebFile(name));
  if (!files.some(({ name }) => name === INDEX_PAGE)) {
    throw check.error(
      'folder',
      `must contain ${INDEX_PAGE}, the page at the root of the site`,
      folder,
      'build the site before you synthesize, or name the folder that the build writes',
    );
  }
  const secret = files.find(({ name }) => name.split('/').some(isSecretFile));
  if (secret !== undefined) {
    throw check.error(
      'folder',
      'must not contain files that usually hold secrets, because the site is public',
      unquoted(secret.name),
      'name the folder that the build writes, or remove the file',
    );
  }
  return {
    folder: absolute,
    files,
    bytes: files.reduce((sum, { file }) => sum + fs.statSync(file).size, 0),
    extensions: [...new Set(files.flatMap(({ name }) => extensionOf(name) ?? []))].sort(),
  };
}
