import * as path from 'node:path';
import { BundleSettings } from './bundle-request';
import { FileDigests } from './file-digests';
import { ancestors } from './module-paths';
import { NO_TSCONFIG, readTsconfig, TsconfigFacts } from './tsconfig-facts';
import { all, Items } from './watch-items';

const CONFIG_NAMES = ['tsconfig.json', 'jsconfig.json'];

/** The settings files in the folders of the user's own sources. */
export class ProjectFiles {
  private readonly scopes = new Map<string, Items | undefined>();
  private readonly tsconfigs = new Map<string, TsconfigFacts | undefined>();

  constructor(
    private readonly settings: BundleSettings,
    private readonly files: FileDigests,
  ) {}

  /** The settings files of a folder and those above it: package.json, tsconfig.json and the files that it extends. */
  scopeOf(folder: string): Items | undefined {
    if (!this.scopes.has(folder)) {
      const above = ancestors(folder).map((it) => this.ofFolder(it));
      this.scopes.set(folder, all([...above, this.tsconfigOf(folder)?.items]));
    }
    return this.scopes.get(folder);
  }

  private ofFolder(folder: string): Items | undefined {
    const plugAndPlay = path.join(folder, '.pnp');
    const named = ['package.json', ...CONFIG_NAMES].map(
      (name) => `content ${path.join(folder, name)}`,
    );
    return this.files.digestOf('candidates', plugAndPlay) === null
      ? [...named, `candidates ${plugAndPlay}`]
      : undefined; // Yarn Plug'n'Play
  }

  /** The tsconfig.json that applies to a folder; undefined if it cannot be determined. */
  tsconfigOf(folder: string): TsconfigFacts | undefined {
    const { options, root } = this.settings;
    if (options.tsconfig !== undefined) {
      return this.read(path.resolve(root, options.tsconfig));
    }
    for (const place of ancestors(folder)) {
      const found = CONFIG_NAMES.map((name) => path.join(place, name)).filter((file) =>
        this.files.isFile(file),
      );
      if (found.length > 0) {
        return found[1] === undefined ? this.read(found[0] as string) : undefined;
      }
    }
    return NO_TSCONFIG;
  }

  private read(file: string): TsconfigFacts | undefined {
    if (!this.tsconfigs.has(file)) {
      this.tsconfigs.set(file, readTsconfig(file));
    }
    return this.tsconfigs.get(file);
  }
}
