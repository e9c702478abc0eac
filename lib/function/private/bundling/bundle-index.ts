import * as fs from 'node:fs';
import * as path from 'node:path';
import { CacheStore } from './cache-store';
import { FileDigests, WatchedFile } from './file-digests';

/** Text up to this size stands in the index itself: a file for each function would take longer to read. */
const MAX_TEXT_BYTES = 8192;

/** A file of an asset as the index has it. Where there is no text, the store has the content. */
export interface IndexedFile {
  readonly name: string;
  readonly digest: string;
  readonly text?: string;
}

interface Unit {
  /** What the files were made from. Lists are shared: many functions take the same from packages. */
  readonly lists: ReadonlyArray<readonly WatchedFile[]>;
  readonly files: readonly IndexedFile[];
}

/** As it is stored: lists name items, and units name lists, by their number. */
interface StoredIndex {
  readonly items: readonly WatchedFile[];
  readonly lists: ReadonlyArray<readonly number[]>;
  readonly units: Readonly<
    Record<string, { lists: readonly number[]; files: readonly IndexedFile[] }>
  >;
}

/**
 * What was bundled of the entries of one root folder with the same options, in one record: an unchanged app reads it, looks
 * whether each file that it names is as it was, and is done.
 */
export class BundleIndex {
  private readonly units = new Map<string, Unit>();
  private readonly checked = new Map<readonly WatchedFile[], boolean>();
  private readonly now = new Map<WatchedFile, WatchedFile | null>();
  private dirty = false;

  constructor(
    private readonly store: CacheStore,
    private readonly key: string,
    private readonly root: string,
    private readonly files: FileDigests,
  ) {
    const stored = store.readRecord(key) as StoredIndex | undefined;
    const lists =
      stored?.lists.map((list) => list.map((i) => stored.items[i] as WatchedFile)) ?? [];
    for (const [entry, unit] of Object.entries(stored?.units ?? {})) {
      const own = unit.lists.map((i) => lists[i] as WatchedFile[]);
      this.units.set(entry, { lists: own, files: unit.files });
    }
  }

  /** The files of an entry, if nothing of what they were made from has changed and their contents are there. */
  find(entry: string): readonly IndexedFile[] | undefined {
    const unit = this.units.get(this.nameOf(entry));
    return unit?.lists.every((list) => this.isUnchanged(list)) === true &&
      unit.files.every(({ digest, text }) => text !== undefined || this.store.has(digest))
      ? unit.files
      : undefined;
  }

  put(
    entry: string,
    lists: ReadonlyArray<readonly WatchedFile[]>,
    files: ReadonlyMap<string, { readonly digest: string; readonly content: () => Uint8Array }>,
  ): void {
    const indexed = [...files].map(([name, { digest, content }]): IndexedFile => {
      const text = textOf(content());
      if (text === undefined) {
        this.store.writeContent(content());
      }
      return { name, digest, text };
    });
    this.units.set(this.nameOf(entry), { lists, files: indexed });
    this.dirty = true;
  }

  /** Writes the index, if there is something new. Entries that are gone are left out. */
  save(): void {
    if (!this.dirty) {
      return;
    }
    const items = new Map<string, number>();
    const table: WatchedFile[] = [];
    const lists = new Map<string, number>();
    const units: Record<string, StoredIndex['units'][string]> = {};
    const numberOf = (item: WatchedFile): number => {
      const now = this.now.get(item) ?? item;
      const key = now.join(' ');
      const known = items.get(key);
      if (known !== undefined) {
        return known;
      }
      items.set(key, table.push(now) - 1);
      return table.length - 1;
    };
    const numbers = new Map<readonly WatchedFile[], number>();
    for (const [entry, unit] of this.units) {
      if (fs.existsSync(path.resolve(this.root, entry))) {
        const own = unit.lists.map((list) => {
          let number = numbers.get(list);
          if (number === undefined) {
            const key = JSON.stringify(list.map(numberOf));
            number = lists.get(key) ?? lists.size;
            lists.set(key, number);
            numbers.set(list, number);
          }
          return number;
        });
        units[entry] = { lists: own, files: unit.files };
      }
    }
    const stored: StoredIndex = {
      items: table,
      lists: [...lists.keys()].map((key) => JSON.parse(key) as number[]),
      units,
    };
    this.store.writeRecord(this.key, stored);
    this.dirty = false;
  }

  private isUnchanged(list: readonly WatchedFile[]): boolean {
    let unchanged = this.checked.get(list);
    if (unchanged === undefined) {
      unchanged = list.every((item) => this.isSame(item));
      this.checked.set(list, unchanged);
    }
    return unchanged;
  }

  private isSame(item: WatchedFile): boolean {
    let now = this.now.get(item);
    if (now === undefined) {
      now = this.files.unchanged(item) ?? null;
      this.now.set(item, now);
      // It was touched, or is of a clone: the next time its new state says at once that it is the same.
      this.dirty ||= now !== null && now[3] !== item[3];
    }
    return now !== null;
  }

  private nameOf(entry: string): string {
    return path.relative(this.root, entry);
  }
}

/** The content as a text, if it is one and short. */
function textOf(content: Uint8Array): string | undefined {
  if (content.length > MAX_TEXT_BYTES) {
    return undefined;
  }
  const text = new TextDecoder().decode(content);
  return Buffer.from(text).equals(content) ? text : undefined;
}
