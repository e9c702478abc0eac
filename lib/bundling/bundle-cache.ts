import * as fs from 'node:fs';
import * as path from 'node:path';
import { AssetFile, AssetFiles } from './asset-files';
import { BundleRequest, BundleSettings } from './bundle-request';
import { BundleIndex, unitName } from './bundle-index';
import { BuildWindow } from './build-window';
import { CacheStore, hashOf } from './cache-store';
import { FileClocks } from './file-clocks';
import { FileDigests, WatchedFile } from './file-digests';
import { ImportWatch } from './import-watch';
import { esbuildVersion } from './load-esbuild';
import { ancestors } from './module-paths';
import type { PackageFinding } from './package-finding';
import { PackageFindings } from './package-findings';

/** A bundle with the files it was built from. If those cannot be determined, it is not cached. */
export interface Cacheable {
  readonly files: AssetFiles;
  readonly watched: WatchedLists;
  /** The bundled packages that need native code or files, which a bundle cannot contain. */
  readonly findings: readonly PackageFinding[];
}

/** The bundle of an entry. */
export interface Bundled extends Cacheable {
  readonly exports: readonly string[];
  /** The handler that the bundle was built for; undefined if it has all exports of the entry. */
  readonly onlyFor?: string;
}

/** Called after all builds. A list is undefined if what to watch cannot be determined. */
export type WatchedLists = (
  watch: ImportWatch,
) => ReadonlyArray<readonly WatchedFile[] | undefined>;

/** A record to store if its inputs are known and did not change during the build. */
interface Draft {
  readonly watched: WatchedLists;
  readonly write: (lists: ReadonlyArray<readonly WatchedFile[]>) => void;
}

interface CacheRecord {
  readonly files: ReadonlyArray<readonly [name: string, digest: string]>;
  readonly watched: readonly WatchedFile[];
  readonly findings?: readonly PackageFinding[];
}

/**
 * Caches bundles for as long as their inputs are unchanged: an index holds the bundle of each entry, and records shared by all
 * apps on the machine hold the files built from packages for each set of imported names.
 */
export class BundleCache {
  readonly packageFindings = new PackageFindings();

  private readonly files: FileDigests;
  private readonly store?: CacheStore;
  private readonly index?: BundleIndex;
  private readonly clocks: FileClocks;
  private readonly window?: BuildWindow;
  private readonly findings = new Map<string, readonly PackageFinding[]>();
  private readonly drafts: Draft[] = [];

  constructor(
    private readonly settings: BundleSettings,
    group: ReadonlyArray<Pick<BundleRequest, 'entry'>>,
  ) {
    const { root, options } = settings;
    // Shared chunks depend on the set of functions.
    const together =
      options.sharedChunks === true
        ? [...new Set(group.map(({ entry }) => path.relative(root, entry)))].sort()
        : undefined;
    this.store = options.cache === false ? undefined : CacheStore.open();
    this.store?.sweep();
    this.clocks = FileClocks.readIn(this.store === undefined ? [] : clockFolders(this.store, root));
    this.window = this.store && new BuildWindow(root, this.clocks);
    this.files = new FileDigests(root, this.clocks);
    const key = this.keyOf(['entries', root, together]);
    this.index = this.store && new BundleIndex(this.store, key, root, this.files);
  }

  /** The files of an entry that exports a handler, if none of their inputs has changed. */
  find(entry: string, handler: string): AssetFiles | undefined {
    const found = this.index?.find(entry, handler);
    return (
      found &&
      new Map(
        [...found].map(([name, { digest, content }]) => [name, { digest, content: () => content }]),
      )
    );
  }

  /** What an entry's bundle lacks, as recorded when it was built. */
  findingsOf(entry: string, handler: string): readonly PackageFinding[] {
    const { findings } = this;
    return (
      findings.get(unitName(entry, handler)) ??
      findings.get(entry) ??
      this.index?.findingsOf(entry, handler) ??
      []
    );
  }

  /** Stores an entry's files when `save` is called. */
  keep(entry: string, { files, exports, onlyFor, watched, findings }: Bundled): void {
    this.findings.set(unitName(entry, onlyFor), findings);
    const write: Draft['write'] = (lists) =>
      this.index?.put(entry, { lists, files, exports, onlyFor, findings });
    this.drafts.push({ watched, write });
  }

  /**
   * Writes the drafts. It takes the digests first and then checks that nothing changed since before the build, so that no
   * digest is of newer content than the bundle.
   */
  save(): void {
    if (this.window !== undefined && this.drafts.length > 0) {
      const watch = new ImportWatch(
        this.settings,
        new FileDigests(this.settings.root, this.clocks),
      );
      const taken = this.drafts.map((draft) => ({ draft, lists: draft.watched(watch) }));
      const isSteady = this.window.close();
      const steady = new Map<readonly WatchedFile[], boolean>();
      for (const { draft, lists } of taken) {
        const known = lists.filter((list) => list !== undefined);
        known
          .filter((list) => !steady.has(list))
          .forEach((list) => steady.set(list, list.every(isSteady)));
        if (known.length === lists.length && known.every((list) => steady.get(list) === true)) {
          draft.write(known);
        }
      }
    }
    this.index?.save();
  }

  /**
   * The files built from packages for some subjects, from the cache or newly built.
   *
   * @param subjects what to build, each with everything that identifies it besides the settings and its inputs
   * @param build builds the missing ones
   */
  through(
    subjects: ReadonlyMap<string, unknown>,
    build: (missing: readonly string[]) => ReadonlyMap<string, Cacheable>,
  ): Map<string, Cacheable> {
    const results = new Map<string, Cacheable>();
    for (const [key, subject] of subjects) {
      const known = this.findRecord(subject);
      if (known !== undefined) {
        results.set(key, known);
      }
    }
    const missing = [...subjects.keys()].filter((key) => !results.has(key));
    if (missing.length > 0) {
      build(missing).forEach((made, key) => {
        results.set(key, this.keepRecord(subjects.get(key), made));
      });
    }
    return results;
  }

  private findRecord(subject: unknown): Cacheable | undefined {
    const record = this.store?.readRecord(this.keyOf(['packages', subject])) as
      CacheRecord | undefined;
    if (record?.watched.every((item) => this.files.unchanged(item) !== undefined) !== true) {
      return undefined;
    }
    const files = new Map<string, AssetFile>();
    for (const [name, digest] of record.files) {
      const content = this.store?.readContent(digest);
      if (content === undefined) {
        return undefined;
      }
      files.set(name, { digest, content: () => content });
    }
    return { files, watched: () => [record.watched], findings: record.findings ?? [] };
  }

  /** Returns the same bundle, and stores it later. Its watch list is computed once for all entries that use it. */
  private keepRecord(subject: unknown, { files, watched, findings }: Cacheable): Cacheable {
    let known: ReturnType<WatchedLists> | undefined;
    const once: WatchedLists = (watch) => (known ??= watched(watch));
    this.drafts.push({
      watched: once,
      write: ([list = []]) => {
        const { store } = this;
        if (store !== undefined) {
          const written = [...files].map(
            ([name, { content }]) => [name, store.writeContent(content())] as const,
          );
          const record: CacheRecord = { files: written, watched: list, findings };
          store.writeRecord(this.keyOf(['packages', subject]), record);
        }
      },
    });
    return { files, watched: once, findings };
  }

  private keyOf(subject: unknown): string {
    const { nodeVersion, options } = this.settings;
    const { ESBUILD_BINARY_PATH: binary } = process.env;
    return hashOf(
      JSON.stringify([
        packageVersion(),
        esbuildVersion(this.settings),
        binary,
        nodeVersion,
        options,
        subject,
      ]),
    );
  }
}

/** In the cache, and in `node_modules` in case the project is on another file system. */
function clockFolders({ folder }: CacheStore, root: string): string[] {
  const modules = ancestors(root)
    .map((it) => path.join(it, 'node_modules'))
    .filter((it) => fs.existsSync(it));
  return [folder, ...modules.map((it) => path.join(it, '.cache', 'cdk-serverless-app'))];
}

let ownVersion: string | undefined;

function packageVersion(): string {
  if (ownVersion === undefined) {
    const file = path.join(packageFolder(__dirname), 'package.json');
    ({ version: ownVersion } = JSON.parse(fs.readFileSync(file, 'utf8')) as { version: string });
  }
  return ownVersion;
}

/** The folder of this package: it is published as one file, but runs from several folders in development. */
function packageFolder(folder: string): string {
  const above = path.dirname(folder);
  return above === folder || fs.existsSync(path.join(folder, 'package.json'))
    ? folder
    : packageFolder(above);
}
