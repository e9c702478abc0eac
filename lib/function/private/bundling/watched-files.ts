import * as fs from 'node:fs';
import * as path from 'node:path';
import { hashOf } from './cache-store';

/**
 * What is looked at of a path: a file's content; the names in a folder; the names that a path could mean, which are its own
 * and its own with an extension; where a path really lies, behind symbolic links.
 */
export type Aspect = 'content' | 'names' | 'candidates' | 'place';

/** An aspect of a path relative to the root, and its digest, or null where there is nothing. */
export type WatchedFile = readonly [aspect: Aspect, file: string, digest: string | null];

/** What files are like, each looked at once. For one run of the bundler: files change between runs. */
export class WatchedFiles {
  private readonly digests = new Map<string, string | null>();

  constructor(private readonly root: string) {}

  /** Whether all is as it was. */
  unchanged(files: readonly WatchedFile[]): boolean {
    return files.every(
      ([aspect, file, digest]) => this.digestOf(aspect, path.resolve(this.root, file)) === digest,
    );
  }

  /** An aspect of a file as it is now. */
  watch(aspect: Aspect, file: string): WatchedFile {
    return [aspect, path.relative(this.root, file), this.digestOf(aspect, file)];
  }

  digestOf(aspect: Aspect, file: string): string | null {
    const key = `${aspect} ${file}`;
    let digest = this.digests.get(key);
    if (digest === undefined) {
      digest = this.look(aspect, file);
      this.digests.set(key, digest);
    }
    return digest;
  }

  private look(aspect: Aspect, file: string): string | null {
    switch (aspect) {
      case 'content':
        return isFile(file) ? hashOf(fs.readFileSync(file)) : null;
      case 'names':
        return digestOfNames(namesIn(file));
      case 'candidates': {
        const name = path.basename(file);
        const names = namesIn(path.dirname(file));
        return digestOfNames(
          names.filter((it) => /^[./]?$/.test(it.charAt(name.length)) && it.startsWith(name)),
        );
      }
      case 'place':
        return fs.existsSync(file) ? path.relative(this.root, fs.realpathSync(file)) : null;
    }
  }
}

function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

/** The names in a folder, those of folders with a slash, since a file may take a folder's place. */
function namesIn(folder: string): string[] {
  const isFolder = fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder
    ? fs
        .readdirSync(folder, { withFileTypes: true })
        .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    : [];
}

function digestOfNames(names: readonly string[]): string | null {
  return names.length === 0 ? null : hashOf([...names].sort().join('\n'));
}
