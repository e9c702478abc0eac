import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { FileClocks } from './file-clocks';

/**
 * The aspects of a path that are recorded: the content of a file; the names in a folder that paths could mean, with or without
 * extension; the location behind symbolic links. Several paths in one folder are written `folder/name\nname`.
 */
export type Aspect = 'content' | 'candidates' | 'place';

/**
 * An aspect of a path relative to the root, with its digest, or null if nothing is there. `state` is what the file system reports
 * of the file, if that is old enough to identify the state.
 */
export type WatchedFile = readonly [
  aspect: Aspect,
  file: string,
  digest: string | null,
  state: string | null,
];

/** The digests of files, each computed once. Used for one run of the bundler, because files change between runs. */
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
   * The item in its current state, if that has not changed. If inode, size and times of change are the same, the file is not read
   * again.
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

  /** The current state of an aspect of a file. */
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

  /** Resolves each folder once, because that takes longer than looking at a file. */
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
   * The names in a folder, grouped by the paths without extension that may mean them. Folders are marked with a slash and links with
   * more, since one may replace the other.
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
    // Times in microseconds, as far as a number can hold them.
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

/** For `a.b.ts`: the name itself, `a` and `a.b`, which a path without extension may be. */
function stemsOf(name: string): string[] {
  return [...name.matchAll(/\./g)].map(({ index }) => name.slice(0, index)).concat(name);
}

/** Includes the target of a link, which may change although its name does not. */
function nameWithKind(entry: fs.Dirent, folder: string): string {
  if (entry.isSymbolicLink()) {
    return `${entry.name}/${fs.readlinkSync(path.join(folder, entry.name))}`;
  }
  return entry.isDirectory() ? `${entry.name}/` : entry.name;
}

/** Also undefined if a part of the path is a file, for which Node.js 20 throws. */
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
