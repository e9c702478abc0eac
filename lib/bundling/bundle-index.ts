import * as fs from 'node:fs';
import * as path from 'node:path';
import { CacheStore, hashOf } from './cache-store';
import { FileDigests, WatchedFile } from './file-digests';
import type { PackageFinding } from './package-finding';

/** Text up to this size is stored in the index itself: reading a file per function would take longer. */
const MAX_TEXT_BYTES = 8192;

/** Checking fewer files than this again takes less time than writing the index. */
const WORTH_WRITING = 50;

/** A file of an asset in the index. If `text` is missing, its content is in the store. */
interface IndexedFile {
  readonly name: string;
  readonly digest: string;
  readonly text?: string;
}

/** The files of an asset by name. Each content has been compared with its digest. */
export type FoundFiles = ReadonlyMap<
  string,
  { readonly digest: string; readonly content: Uint8Array }
>;

interface Unit {
  /** The inputs of the files. Lists are shared, since many functions import the same names from packages. */
  readonly lists: ReadonlyArray<readonly WatchedFile[]>;
  readonly files: readonly IndexedFile[];
  /** The handlers that it exports. */
  readonly exports: readonly string[];
  /** What the bundle lacks. */
  readonly findings: readonly PackageFinding[];
}

/** A bundle to add to the index. */
export interface IndexedBundle extends Pick<Unit, 'lists' | 'exports' | 'findings'> {
  /** The handler, if the bundle was built for a single one. */
  readonly onlyFor?: string;
  readonly files: ReadonlyMap<
    string,
    { readonly digest: string; readonly content: () => Uint8Array }
  >;
}

/** The stored form: lists refer to items, and units refer to lists and files, by number. */
interface StoredIndex {
  readonly items: readonly WatchedFile[];
  readonly lists: ReadonlyArray<readonly number[]>;
  readonly files: readonly IndexedFile[];
  readonly units: Readonly<
    Record<
      string,
      readonly [
        lists: number[],
        files: number[],
        exports: readonly string[],
        findings?: readonly PackageFinding[],
      ]
    >
  >;
}

/** Numbers distinct values in the order in which they are added. */
class Numbers<T> {
  readonly values: T[] = [];
  private readonly known = new Map<string, number>();
  private readonly same = new Map<T, number>();

  of(value: T, written = value): number {
    let number = this.same.get(value);
    if (number === undefined) {
      const key = JSON.stringify(written);
      number = this.known.get(key) ?? this.values.push(written) - 1;
      this.known.set(key, number);
      this.same.set(value, number);
    }
    return number;
  }
}

/**
 * The bundles of all entries of one root folder with the same options, in one record. An unchanged app reads the record and checks
 * that the files it names are unchanged; nothing else is needed.
 */
export class BundleIndex {
  private readonly units = new Map<string, Unit>();
  private readonly checked = new Map<readonly WatchedFile[], boolean>();
  private readonly now = new Map<WatchedFile, WatchedFile | null>();
  private readonly contents = new Map<IndexedFile, Uint8Array | undefined>();
  private readonly kept = new Map<string, Pick<IndexedFile, 'text'>>();
  private dirty = false;
  private refreshed = 0;

  constructor(
    private readonly store: CacheStore,
    private readonly key: string,
    private readonly root: string,
    private readonly files: FileDigests,
  ) {
    const stored = asIndex(store.readRecord(key));
    const lists =
      stored?.lists.map((list) => list.map((i) => stored.items[i] as WatchedFile)) ?? [];
    for (const [entry, unit] of Object.entries(stored?.units ?? {})) {
      this.units.set(entry, {
        lists: unit[0].map((i) => lists[i] as WatchedFile[]),
        files: unit[1].map((i) => stored?.files[i] as IndexedFile),
        exports: unit[2],
        findings: unit[3] ?? [],
      });
    }
  }

  /** The files of an entry that exports a handler, if none of their inputs has changed and their contents match their digests. */
  find(entry: string, handler: string): FoundFiles | undefined {
    const unit = this.unitOf(entry, handler);
    if (unit === undefined) {
      return undefined;
    }
    const found = new Map<string, { digest: string; content: Uint8Array }>();
    for (const file of unit.files) {
      const content = this.contentOf(file);
      if (content === undefined) {
        return undefined;
      }
      found.set(file.name, { digest: file.digest, content });
    }
    return found;
  }

  /** What an entry's bundle lacks. */
  findingsOf(entry: string, handler: string): readonly PackageFinding[] {
    return this.unitOf(entry, handler)?.findings ?? [];
  }

  put(entry: string, { lists, files, exports, onlyFor, findings }: IndexedBundle): void {
    const indexed = [...files].map(([name, file]): IndexedFile => {
      const { digest } = file;
      let content = this.kept.get(digest);
      if (content === undefined) {
        content = this.keepContent(file.content());
        this.kept.set(digest, content);
      }
      return { name, digest, ...content };
    });
    const name = unitName(this.nameOf(entry), onlyFor);
    this.units.set(name, { lists, files: indexed, exports, findings });
    this.dirty = true;
  }

  /** Writes the index if something is new. Entries that no longer exist are dropped. */
  save(): void {
    if (!this.dirty && this.refreshed < WORTH_WRITING) {
      return;
    }
    const items = new Numbers<WatchedFile>();
    const lists = new Numbers<readonly number[]>();
    const files = new Numbers<IndexedFile>();
    const units: Record<string, StoredIndex['units'][string]> = {};
    const written = new Map<readonly WatchedFile[], number>();
    for (const [name, unit] of this.units) {
      if (!fs.existsSync(path.resolve(this.root, entryIn(name)))) {
        continue;
      }
      for (const list of unit.lists.filter((it) => !written.has(it))) {
        const numbers = list.map((item) => items.of(item, this.now.get(item) ?? item));
        written.set(list, lists.of(numbers));
      }
      const parts = [
        unit.lists.map((list) => written.get(list) as number),
        unit.files.map((file) => files.of(file)),
        unit.exports,
      ] as const;
      units[name] = unit.findings.length > 0 ? [...parts, unit.findings] : parts;
    }
    const stored: StoredIndex = {
      items: items.values,
      lists: lists.values,
      files: files.values,
      units,
    };
    this.store.writeRecord(this.key, stored);
    this.dirty = false;
  }

  /** The bundle for this handler only, or one that includes the handler, if its inputs are unchanged. */
  private unitOf(entry: string, handler: string): Unit | undefined {
    const name = this.nameOf(entry);
    return [unitName(name, handler), name]
      .map((it) => this.units.get(it))
      .find(
        (unit) =>
          unit?.exports.includes(handler) === true &&
          unit.lists.every((list) => this.isUnchanged(list)),
      );
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
      // The file was touched or cloned again: once the new state is stored, it need not be read again.
      this.refreshed += now !== null && now[3] !== item[3] ? 1 : 0;
    }
    return now !== null;
  }

  /** Short text is stored in the index itself. */
  private keepContent(content: Uint8Array): Pick<IndexedFile, 'text'> {
    const text = textOf(content);
    if (text === undefined) {
      this.store.writeContent(content);
    }
    return { text };
  }

  /** Undefined if it is missing or does not match its digest: a shared cache may have been tampered with. */
  private contentOf(file: IndexedFile): Uint8Array | undefined {
    if (!this.contents.has(file)) {
      const { text, digest } = file;
      const content = text === undefined ? undefined : new TextEncoder().encode(text);
      const isSound = content !== undefined && hashOf(content) === digest;
      const known = isSound ? content : undefined;
      this.contents.set(file, text === undefined ? this.store.readContent(digest) : known);
    }
    return this.contents.get(file);
  }

  private nameOf(entry: string): string {
    return path.relative(this.root, entry);
  }
}

/** The name of a bundle: its entry, and its handler if it was built for a single one. */
export function unitName(entry: string, onlyFor?: string): string {
  return onlyFor === undefined ? entry : `${entry}\0${onlyFor}`;
}

function entryIn(name: string): string {
  return name.split('\0')[0] as string;
}

/** The content as text, if it is short valid UTF-8. */
function textOf(content: Uint8Array): string | undefined {
  if (content.length > MAX_TEXT_BYTES) {
    return undefined;
  }
  const text = new TextDecoder().decode(content);
  return Buffer.from(text).equals(content) ? text : undefined;
}

/** A record that another version or another program wrote is not an index. */
function asIndex(record: unknown): StoredIndex | undefined {
  const { lists, items, files, units } = (record ?? {}) as Partial<StoredIndex>;
  return [lists, items, files].every(Array.isArray) && typeof units === 'object'
    ? (record as StoredIndex)
    : undefined;
}
