import * as path from 'node:path';
import { FileDigests } from './file-digests';
import { ancestors, packageRoot } from './module-paths';
import { all, Items, PathItems, readJson } from './watch-items';

/** What the package.json files of packages say about their files. */
export class PackageFiles {
  private readonly scopes = new Map<string, Items>();
  private readonly names = new Map<string, string | undefined>();
  private readonly manifests = new Map<string, Record<string, unknown> | undefined>();

  constructor(
    private readonly files: FileDigests,
    private readonly paths: PathItems,
  ) {}

  /** The package.json of a folder in a package and of the folders above it, up to the package's own. */
  scopeOf(folder: string): Items {
    let scope = this.scopes.get(folder);
    if (scope === undefined) {
      const file = path.join(folder, 'package.json');
      const isTop = packageRoot(path.join(folder, 'x')) === folder && this.files.isFile(file);
      const parent = path.dirname(folder);
      // A folder without a package.json follows the ones above it.
      scope = [`content ${file}`, ...(isTop || parent === folder ? [] : this.scopeOf(parent))];
      this.scopes.set(folder, scope);
    }
    return scope;
  }

  /** What decides which file of a package an import resolves to. */
  ofPackage(folder: string, inside: string): Items | undefined {
    const file = path.join(folder, 'package.json');
    const meant = path.join(folder, inside);
    if (!this.files.isFile(file)) {
      return all([[`content ${file}`], this.paths.ofPath(meant)]);
    }
    const facts = this.manifest(file);
    if (facts === undefined || hasList(facts.exports)) {
      return undefined; // a list of alternatives, of which the first valid one counts
    }
    const watched = [`content ${file}`];
    if (facts.exports !== undefined) {
      return watched;
    }
    return all([watched, inside === '' ? this.paths.ofFolder(folder) : this.paths.ofPath(meant)]);
  }

  /** The folder above a folder that contains a package of this name. */
  named(name: string | undefined, folder: string): string | undefined {
    return name === undefined
      ? undefined
      : ancestors(folder).find((it) => this.nameOf(it) === name);
  }

  private nameOf(folder: string): string | undefined {
    if (!this.names.has(folder)) {
      const file = path.join(folder, 'package.json');
      const name = this.files.isFile(file) ? this.manifest(file)?.name : undefined;
      this.names.set(folder, typeof name === 'string' ? name : undefined);
    }
    return this.names.get(folder);
  }

  private manifest(file: string): Record<string, unknown> | undefined {
    if (!this.manifests.has(file)) {
      this.manifests.set(file, readJson(file));
    }
    return this.manifests.get(file);
  }
}

function hasList(value: unknown): boolean {
  return typeof value === 'object' && value !== null
    ? Array.isArray(value) || Object.values(value).some(hasList)
    : false;
}
