import * as fs from 'node:fs';
import * as path from 'node:path';
import { BundleSettings } from './bundle-request';
import { CacheStore, hashOf } from './cache-store';
import { esbuildVersion } from './load-esbuild';
import { WatchedFile, WatchedFiles } from './watched-files';

/** What was bundled, and what it was made from; where that cannot be told, it is not kept. */
export interface Cacheable {
  readonly content: Uint8Array;
  readonly watched: () => readonly WatchedFile[] | undefined;
}

/** A file as it is kept: the hash of its content, and what it was made from. */
interface CacheRecord {
  readonly digest: string;
  readonly watched: readonly WatchedFile[];
}

/**
 * Keeps what esbuild made of packages, for as long as what it was made from is the same. The user's own sources are bundled
 * at every synthesis: that takes a tenth of a second, and how esbuild finds them (extensions, folders, `paths` and `extends`
 * of tsconfig.json) would have to be repeated here to know that nothing changed.
 */
export class BundleCache {
  readonly files: WatchedFiles;
  private readonly store?: CacheStore;

  constructor(private readonly settings: BundleSettings) {
    this.files = new WatchedFiles(settings.root);
    this.store = settings.options.cache === false ? undefined : CacheStore.open();
    this.store?.sweep();
  }

  /**
   * The files for some subjects, from the cache or newly built.
   *
   * @param subjects what to build, each with all that identifies it beside the settings and what it is made from
   * @param build builds those that are missing
   */
  through<K>(
    subjects: ReadonlyMap<K, unknown>,
    build: (missing: readonly K[]) => ReadonlyMap<K, Cacheable>,
  ): Map<K, Uint8Array> {
    const results = new Map<K, Uint8Array>();
    for (const [key, subject] of subjects) {
      const known = this.find(subject);
      if (known !== undefined) {
        results.set(key, known);
      }
    }
    const missing = [...subjects.keys()].filter((key) => !results.has(key));
    if (missing.length > 0) {
      build(missing).forEach((made, key) => {
        this.keep(subjects.get(key), made);
        results.set(key, made.content);
      });
    }
    return results;
  }

  private find(subject: unknown): Uint8Array | undefined {
    const record = this.store?.readRecord(this.keyOf(subject)) as CacheRecord | undefined;
    return record !== undefined && this.files.unchanged(record.watched)
      ? this.store?.readContent(record.digest)
      : undefined;
  }

  private keep(subject: unknown, { content, watched }: Cacheable): void {
    const { store } = this;
    if (store === undefined) {
      return;
    }
    const files = watched();
    if (files !== undefined) {
      const record: CacheRecord = { digest: store.writeContent(content), watched: files };
      store.writeRecord(this.keyOf(subject), record);
    }
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

let ownVersion: string | undefined;

function packageVersion(): string {
  if (ownVersion === undefined) {
    const file = path.join(__dirname, '..', '..', '..', '..', 'package.json');
    ({ version: ownVersion } = JSON.parse(fs.readFileSync(file, 'utf8')) as { version: string });
  }
  return ownVersion;
}
