import { AssetFile, AssetFiles } from './asset-files';
import type { CacheStore } from './cache-store';

/** An installation in the cache: its files, by the hash of their content. */
interface InstallRecord {
  readonly files: ReadonlyArray<readonly [name: string, digest: string, executable: boolean]>;
}

/** The files of an installation. Undefined if one is missing or damaged; everything is then installed again. */
export function readFiles(store: CacheStore, key: string): AssetFiles | undefined {
  const record = store.readRecord(key) as InstallRecord | undefined;
  const files = new Map<string, AssetFile>();
  for (const [name, digest, executable] of record?.files ?? []) {
    const content = store.readContent(digest);
    if (content === undefined) {
      return undefined;
    }
    files.set(name, { digest, content: () => content, executable });
  }
  return record === undefined ? undefined : files;
}

export function keepFiles(store: CacheStore, key: string, files: AssetFiles): void {
  const record: InstallRecord = {
    files: [...files].map(([name, { content, executable = false }]) => [
      name,
      store.writeContent(content()),
      executable,
    ]),
  };
  store.writeRecord(key, record);
}
