import * as fs from 'node:fs';
import * as path from 'node:path';
import { BundleSettings } from './bundle-request';
import { CacheStore, hashOf } from './cache-store';
import { EntryOutput } from './esbuild-pass';
import { esbuildVersion } from './load-esbuild';
import { WatchedFile, WatchedFiles } from './watched-files';

/** An output as it is kept: its files by the hash of their content, and what it was made from. */
interface CacheRecord extends Omit<EntryOutput, 'files'> {
  readonly files: ReadonlyArray<readonly [name: string, digest: string]>;
  readonly watched: readonly WatchedFile[];
}

/**
 * Keeps what esbuild made, for as long as what it was made from is the same: the content of every source, tsconfig.json and
 * package.json, the options, and the versions of esbuild and of this package. An unchanged app starts no esbuild.
 */
export class BundleCache {
  private readonly watchedFiles: WatchedFiles;
  private readonly store?: CacheStore;

  constructor(private readonly settings: BundleSettings) {
    this.watchedFiles = new WatchedFiles(settings.root);
    this.store = settings.options.cache === false ? undefined : CacheStore.open();
    this.store?.sweep();
  }

  /**
   * The outputs for some subjects, from the cache or newly built.
   *
   * @param subjects what to build, each with all that identifies it beside the settings and the content of its sources
   * @param build builds those that are missing
   */
  through<K>(
    subjects: ReadonlyMap<K, unknown>,
    build: (missing: readonly K[]) => ReadonlyMap<K, EntryOutput>,
  ): Map<K, EntryOutput> {
    const results = new Map<K, EntryOutput>();
    for (const [key, subject] of subjects) {
      const known = this.find(subject);
      if (known !== undefined) {
        results.set(key, known);
      }
    }
    const missing = [...subjects.keys()].filter((key) => !results.has(key));
    if (missing.length > 0) {
      build(missing).forEach((output, key) => {
        this.keep(subjects.get(key), output);
        results.set(key, output);
      });
    }
    return results;
  }

  private find(subject: unknown): EntryOutput | undefined {
    const record = this.store?.readRecord(this.keyOf(subject)) as CacheRecord | undefined;
    if (record === undefined || !this.watchedFiles.unchanged(record.watched)) {
      return undefined;
    }
    const files = new Map<string, Uint8Array>();
    for (const [name, digest] of record.files) {
      const content = this.store?.readContent(digest);
      if (content === undefined) {
        return undefined;
      }
      files.set(name, content);
    }
    const { watched, ...output } = record;
    return { ...output, files };
  }

  private keep(subject: unknown, output: EntryOutput): void {
    const { store } = this;
    if (store === undefined) {
      return;
    }
    const files = [...output.files].map(
      ([name, content]) => [name, store.writeContent(content)] as const,
    );
    const record: CacheRecord = {
      ...output,
      files,
      watched: this.watchedFiles.watch(output.inputs),
    };
    store.writeRecord(this.keyOf(subject), record);
  }

  private keyOf(subject: unknown): string {
    const { nodeVersion, options } = this.settings;
    return hashOf(
      JSON.stringify([
        packageVersion(),
        esbuildVersion(this.settings),
        nodeVersion,
        options,
        subject,
      ]),
    );
  }
}

/** Entries as subjects: by their path from the root, so that the same app in another folder finds them. */
export function subjectsOf(
  kind: string,
  { root }: BundleSettings,
  entries: readonly string[],
): Map<string, unknown> {
  return new Map(entries.map((entry) => [entry, [kind, path.relative(root, entry)]]));
}

let ownVersion: string | undefined;

function packageVersion(): string {
  if (ownVersion === undefined) {
    const file = path.join(__dirname, '..', '..', '..', '..', 'package.json');
    ({ version: ownVersion } = JSON.parse(fs.readFileSync(file, 'utf8')) as { version: string });
  }
  return ownVersion;
}
