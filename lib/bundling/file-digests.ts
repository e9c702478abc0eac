import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { FileClocks } from './file-clocks';

/**
 * What is looked at of a path: a file's content; the names that paths in a folder could mean, which are their own and their own
 * with an extension; where a path really lies, behind symbolic links. Several paths in one folder are written `folder/name\nname`.
 */
export type Aspect = 'content' | 'candidates' | 'place';

/**
 * An aspect of a path relative to the root; its digest, or null where there is nothing; and by what the file system knows
 * the state that the digest is of, where it is old enough to tell.
 */
export type WatchedFile = readonly [
  aspect: Aspect,
  file: string,
  digest: string | null,
  state: string | null,
];

/** What files are like, each looked at once. For one run of the bundler: files change between runs. */
export class FileDigests {
  private readonly stats = new Map<string, fs.Stats | undefined>();
  private readonly names = new Map<string, Map<string, string[]>>();
  private readonly prefixes = new Map<string, string>();
  private readonly digests = new Map<string, string | null>();

  constructor(
    private readonly root: string,
    private readonly clocks: FileClocks,
  ) {}

  /**
   * The item as it is now, if what it is of is as it was. A state that is the same, with the file's number, size and times of
   * last change to content and entry, saves reading it.
   */
  unchanged(item: WatchedFile): WatchedFile | undefined {
    const [aspect, file, digest, known] = item;
    const absolute = this.absolute(file);
    const state = this.state(aspect, absolute);
    if (state !== null && state === known) {
      return item;
    }
    return this.digestOf(aspect, absolute) === digest ? [aspect, file, digest, state] : undefined;
  }

  /** An aspect of a file as it is now. */
  watch(aspect: Aspect, file: string): WatchedFile {
    const digest = this.digestOf(aspect, file);
    return [aspect, path.relative(this.root, file), digest, this.state(aspect, file)];
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

  isFile(file: string): boolean {
    return this.stat(file)?.isFile() === true;
  }

  isFolder(file: string): boolean {
    return this.stat(file)?.isDirectory() === true;
  }

  /** Each folder is resolved once, since to do so takes longer than to look at a file. */
  private absolute(file: string): string {
    const cut = file.lastIndexOf(path.sep);
    const [folder, name] = [file.slice(0, Math.max(cut, 0)), file.slice(cut + 1)];
    if (name === '' || name === '..') {
      return path.resolve(this.root, file);
    }
    let prefix = this.prefixes.get(folder);
    if (prefix === undefined) {
      const resolved = path.resolve(this.root, folder);
      prefix = resolved.endsWith(path.sep) ? resolved : resolved + path.sep;
      this.prefixes.set(folder, prefix);
    }
    return prefix + name;
  }

  private look(aspect: Aspect, file: string): string | null {
    switch (aspect) {
      case 'content':
        return this.isFile(file) ? digestOf(fs.readFileSync(file)) : null;
      case 'candidates': {
        const names = this.candidates(file);
        return names.length === 0 ? null : digestOf([...names].sort().join('\n'));
      }
      case 'place':
        return fs.existsSync(file) ? path.relative(this.root, fs.realpathSync(file)) : null;
    }
  }

  private candidates(file: string): string[] {
    const names = this.namesIn(path.dirname(file));
    const found = path
      .basename(file)
      .split('\n')
      .flatMap((name) => names.get(name) ?? []);
    return [...new Set(found)];
  }

  /**
   * The names in a folder, by what a path without extension may be to mean them. Those of folders have a slash, of links more,
   * since one may take the other's place.
   */
  private namesIn(folder: string): ReadonlyMap<string, readonly string[]> {
    let names = this.names.get(folder);
    if (names === undefined) {
      names = new Map<string, string[]>();
      const entries = this.isFolder(folder) ? fs.readdirSync(folder, { withFileTypes: true }) : [];
      for (const entry of entries) {
        for (const stem of stemsOf(entry.name)) {
          names.set(stem, [...(names.get(stem) ?? []), nameWithKind(entry, folder)]);
        }
      }
      this.names.set(folder, names);
    }
    return names;
  }

  private state(aspect: Aspect, file: string): string | null {
    if (aspect === 'place') {
      return null;
    }
    const stat = this.stat(aspect === 'candidates' ? path.dirname(file) : file);
    if (stat === undefined || !this.clocks.isTrusted(stat)) {
      return null;
    }
    const { dev, ino, size, mtimeMs, ctimeMs } = stat;
    // Times to the microsecond, as far as a number holds them.
    return [dev, ino, size, Math.round(mtimeMs * 1000), Math.round(ctimeMs * 1000)]
      .map((number) => number.toString(36))
      .join(' ');
  }

  private stat(file: string): fs.Stats | undefined {
    if (!this.stats.has(file)) {
      this.stats.set(file, statIfThere(file));
    }
    return this.stats.get(file);
  }
}

/** Of `a.b.ts`, itself, `a` and `a.b`: what a path without extension may be to mean it. */
function stemsOf(name: string): string[] {
  return [...name.matchAll(/\./g)].map(({ index }) => name.slice(0, index)).concat(name);
}

/** With what a link leads to, which may change though the name does not. */
function nameWithKind(entry: fs.Dirent, folder: string): string {
  if (entry.isSymbolicLink()) {
    return `${entry.name}/${fs.readlinkSync(path.join(folder, entry.name))}`;
  }
  return entry.isDirectory() ? `${entry.name}/` : entry.name;
}

/** Undefined also where a part of the path is a file, which Node.js 20 throws. */
function statIfThere(file: string): fs.Stats | undefined {
  try {
    return fs.statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function digestOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('base64url').slice(0, 27);
}
