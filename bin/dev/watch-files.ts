import * as fs from 'node:fs';
import * as path from 'node:path';

/** Folders that contain no files that a developer writes. */
const NEVER = /^(node_modules|\..*|cdk\.out(\..*)?|dist|coverage)$/;
/** Editors write a file in steps, each of which is an event. */
const SETTLE_MS = 8;
const MOST_FOLDERS = 5000;

/** Reports files that were written, made or removed below some folders. */
export class FileWatch {
  private readonly watchers = new Map<string, fs.FSWatcher>();
  private readonly waiting = new Set<string>();
  private readonly known = new Map<string, string>();
  private readonly trees: string[] = [];
  private timer?: NodeJS.Timeout;

  constructor(private readonly changed: (files: readonly string[]) => void) {}

  /** Watches a folder and its subfolders, except for those of packages and output. */
  addTree(folder: string): void {
    this.trees.push(folder);
    this.watchTree(folder);
  }

  /** Watches the folders of these files, which may be outside all other watched folders. */
  addFiles(files: Iterable<string>): void {
    for (const file of files) {
      this.addFolder(path.dirname(file));
      if (!this.known.has(file)) {
        this.known.set(file, stateOf(file));
      }
    }
  }

  stop(): void {
    clearTimeout(this.timer);
    this.watchers.forEach((watcher) => {
      watcher.close();
    });
    this.watchers.clear();
  }

  /** Returns the files that are new or changed. */
  private watchTree(folder: string): string[] {
    if (this.watchers.size >= MOST_FOLDERS || this.watchers.has(folder)) {
      return [];
    }
    this.addFolder(folder);
    return this.entriesOf(folder).flatMap((entry) => {
      const found = path.join(folder, entry.name);
      if (entry.isDirectory()) {
        return NEVER.test(entry.name) ? [] : this.watchTree(found);
      }
      return entry.isFile() && this.isChanged(found) ? [found] : [];
    });
  }

  private entriesOf(folder: string): fs.Dirent[] {
    try {
      return fs.readdirSync(folder, { withFileTypes: true });
    } catch {
      return []; // It has been removed in the meantime.
    }
  }

  /** Returns whether the folder is watched now: false if it does not exist. */
  private addFolder(folder: string): boolean {
    if (this.watchers.has(folder)) {
      return true;
    }
    try {
      const watcher = fs.watch(folder, (event, name) => {
        if (name !== null) {
          this.notice(path.join(folder, name));
        }
        if (event === 'rename' && name === path.basename(folder)) {
          this.notice(folder); // The folder itself has been removed or renamed.
        }
      });
      watcher.on('error', () => {
        this.drop(folder);
      });
      this.watchers.set(folder, watcher);
      return true;
    } catch {
      return false;
    }
  }

  private notice(file: string): void {
    this.waiting.add(file);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.report();
    }, SETTLE_MS);
  }

  private report(): void {
    const files = [...this.waiting];
    this.waiting.clear();
    const changed = new Set(files.flatMap((file) => this.changesAt(file)));
    if (changed.size > 0) {
      this.changed([...changed]);
    }
  }

  /** The changed files at a path, which may be a file or a folder. */
  private changesAt(place: string): string[] {
    const isFolder = fs.statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
    const wasFolder = this.watchers.has(place);
    if (!isFolder && !wasFolder) {
      return this.isChanged(place) ? [place] : [];
    }
    const inside = (other: string): boolean => other.startsWith(place + path.sep);
    const files = [...this.known.keys()].filter(inside);
    if (!wasFolder && !this.isOurs(place) && files.length === 0) {
      return [];
    }
    // The watcher of a removed folder reports nothing of a new one with its name.
    const watched = [...this.watchers.keys()].filter((it) => it === place || inside(it));
    watched.forEach((folder) => {
      this.drop(folder);
    });
    const added = isFolder ? this.watchTree(place) : [];
    // A folder outside the trees may contain a file of the project, such as a folder of output.
    for (const folder of watched) {
      this.addFolder(folder);
    }
    // The folder above reports if the folder is made again.
    for (let above = place; !this.addFolder(above);) {
      above = path.dirname(above);
    }
    return [...added, ...files.filter((file) => this.isChanged(file))];
  }

  /** Whether a new folder belongs to the watched trees. */
  private isOurs(folder: string): boolean {
    return this.trees.some((tree) => {
      const names = path.relative(tree, folder).split(path.sep);
      return !names.includes('..') && !names.some((name) => NEVER.test(name));
    });
  }

  /** Whether a file differs from when this was last asked. */
  private isChanged(file: string): boolean {
    const state = stateOf(file);
    const same = (this.known.get(file) ?? '') === state;
    this.known.set(file, state);
    return !same;
  }

  private drop(folder: string): void {
    this.watchers.get(folder)?.close();
    this.watchers.delete(folder);
  }
}

/** A string that changes when the file is written, but not when it is read. */
function stateOf(file: string): string {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.mtimeMs} ${stat.size} ${stat.ino}`;
}
