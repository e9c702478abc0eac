import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { isSecretFile } from '../../lib/bundling/secret-files';
import {
  CACHE_CONTROL,
  cacheClassOf,
  contentTypeOf,
  INDEX_PAGE,
  isWebFile,
} from '../../lib/model/web-files';
import { UserError } from '../user-error';
import type { SiteFile } from './site-store';

/** The files of a folder, with their headers. */
export function readFiles(folder: string, immutable?: readonly string[]): SiteFile[] {
  if (fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new UserError(
      `there is no folder ${folder}`,
      'run `npx cdk synth` or `npx cdk deploy` again, or name the folder with --folder',
    );
  }
  const files = keysBelow(folder).filter(isWebFile);
  if (!files.includes(INDEX_PAGE)) {
    throw new UserError(
      `${folder} has no ${INDEX_PAGE}`,
      'build the site first, or use --folder to name the folder that the build writes',
    );
  }
  const secret = files.find((key) => key.split('/').some(isSecretFile));
  if (secret !== undefined) {
    throw new UserError(
      `${folder} contains ${secret}: such files usually hold secrets, and the site is public`,
      'remove the file, or use --folder to name the folder that the build writes',
    );
  }
  return files.map((key) => {
    const file = path.join(folder, key);
    const content = fs.readFileSync(file);
    return {
      key,
      file,
      bytes: content.length,
      md5: createHash('md5').update(content).digest('hex'),
      contentType: contentTypeOf(key),
      cacheControl: CACHE_CONTROL[cacheClassOf(key, immutable)],
    };
  });
}

/** The paths of all files, with `/`, in the order of their names. Symbolic links are followed. */
function keysBelow(folder: string, prefix = ''): string[] {
  return fs
    .readdirSync(path.join(folder, prefix))
    .sort()
    .flatMap((name) => {
      const key = `${prefix}${name}`;
      return fs.statSync(path.join(folder, key)).isDirectory()
        ? keysBelow(folder, `${key}/`)
        : [key];
    });
}
