import * as fs from 'node:fs';
import * as path from 'node:path';

/** A file in a folder: its path inside the folder, with `/`, and its location. */
export interface FoundFile {
  readonly name: string;
  readonly file: string;
  readonly executable: boolean;
}

/**
 * All files of a folder and its subfolders, ordered by name. Symbolic links are followed.
 *
 * @throws the file system's error for a broken link
 */
export function* walkFolder(
  folder: string,
  skip: (name: string) => boolean = () => false,
): Generator<FoundFile> {
  yield* walk(folder, '', skip, [fs.realpathSync(folder)]);
}

function* walk(
  folder: string,
  prefix: string,
  skip: (name: string) => boolean,
  above: readonly string[],
): Generator<FoundFile> {
  for (const entry of fs.readdirSync(folder).sort()) {
    const name = `${prefix}${entry}`;
    const file = path.join(folder, entry);
    if (skip(name)) {
      continue;
    }
    const stat = fs.statSync(file);
    if (stat.isFile()) {
      yield { name, file, executable: isExecutable(stat) };
    } else if (stat.isDirectory()) {
      const real = fs.realpathSync(file);
      if (above.includes(real)) {
        throw new Error(`${file} is a link to a folder that contains it`);
      }
      yield* walk(file, `${name}/`, skip, [...above, real]);
    }
  }
}

/** Whether the owner may execute the file. The permissions of group and others depend on the `umask` of the program that wrote it. */
export function isExecutable({ mode }: fs.Stats): boolean {
  return (mode & 0o100) !== 0;
}
