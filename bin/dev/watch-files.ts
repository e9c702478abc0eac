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
  private timer?: NodeJS.Timeout;

  constructor(private readonly changed: (files: readonly string[]) => void) {}

  /** Watches a folder and its subfolders, except for those of packages and output. */
  addTree(folder: string): void {
    if (this.watchers.size >= MOST_FOLDERS || this.watchers.has(folder)) {
      return;
    }
    this.addFolder(folder);
    for (const entry of this.entriesOf(folder)) {
      if (entry.isDirectory() && !NEVER.test(entry.name)) {
        this.addTree(path.join(folder, entry.name));
      } else if (entry.isFile()) {
        const file = path.join(folder, entry.name);
        this.known.set(file, stateOf(file));
      }
    }
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

  private entriesOf(folder: string): fs.Dirent[] {
    try {
      return fs.readdirSync(folder, { withFileTypes: true });
    } catch {
      return []; // It has been removed in the meantime.
    }
  }

  private addFolder(folder: string): void {
    if (this.watchers.has(folder)) {
      return;
    }
    try {
      const watcher = fs.watch(folder, (_event, name) => {
        if (name !== null) {
          this.notice(path.join(folder, name));
        }
      });
      watcher.on('error', () => {
        watcher.close();
        this.watchers.delete(folder);
      });
      this.watchers.set(folder, watcher);
    } catch {
      // It has been removed in the meantime.
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
    const changed = files.filter((file) => {
      if (fs.statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
        if (!NEVER.test(path.basename(file))) {
          this.addTree(file);
        }
        return false;
      }
      const state = stateOf(file);
      const same = this.known.get(file) === state;
      this.known.set(file, state);
      return !same;
    });
    if (changed.length > 0) {
      this.changed(changed);
    }
  }
}

/** A string that changes when the file is written, but not when it is read. */
function stateOf(file: string): string {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? '' : `${stat.mtimeMs} ${stat.size} ${stat.ino}`;
}
