import { isBuiltin } from 'node:module';
import * as path from 'node:path';
import { ImportGraph, ImportRecord } from './esbuild-pass';
import { Aspect, WatchedFile, WatchedFiles } from './watched-files';

const MODULES = 'node_modules';

/** Where the imports of a stub lead: the `node_modules` folders of its entry, the nearest first. */
export interface StubScope {
  readonly file: string;
  readonly modules: readonly string[];
}

/**
 * Tells what a bundle of packages was made from: the content of all files that were read, and all that decided which files
 * those were. esbuild's search for a module is not repeated here. Each import is followed to where it was found, every place
 * where something nearer could appear is watched, and where this does not explain what esbuild found, there is no answer
 * and nothing is cached. So sources of the user's own, as a linked workspace has them, are always read anew.
 */
export class PackageWatch {
  private readonly known = new Map<string, readonly string[] | undefined>();

  constructor(
    private readonly files: WatchedFiles,
    private readonly isExternal: (specifier: string) => boolean,
  ) {}

  /** What to watch for a stub; undefined where that cannot be told. */
  of(graph: ImportGraph, stub: StubScope): WatchedFile[] | undefined {
    const items = new Set<string>();
    for (const [file, imports] of graph) {
      const found = file === stub.file ? this.ofStub(stub, imports) : this.ofFile(file, imports);
      if (found === undefined) {
        return undefined;
      }
      found.forEach((item) => items.add(item));
    }
    return [...items].sort().map((item) => {
      const at = item.indexOf(' ');
      return this.files.watch(item.slice(0, at) as Aspect, item.slice(at + 1));
    });
  }

  private ofStub(
    { modules }: StubScope,
    imports: readonly ImportRecord[],
  ): readonly string[] | undefined {
    return all(imports.map((item) => this.ofPackage(item, modules)));
  }

  private ofFile(file: string, imports: readonly ImportRecord[]): readonly string[] | undefined {
    if (!this.known.has(file)) {
      const own = this.ofContent(file);
      this.known.set(file, all([own, ...imports.map((item) => this.ofImport(item, file))]));
    }
    return this.known.get(file);
  }

  /** The file, and in its folder and those above, up to the package's own, the names and the package.json. */
  private ofContent(file: string): readonly string[] | undefined {
    const root = packageRoot(file);
    if (root === undefined || this.files.digestOf('content', file) === null) {
      return undefined;
    }
    const items = [`content ${file}`];
    for (let folder = path.dirname(file); folder.length >= root.length;) {
      items.push(`names ${folder}`, `content ${path.join(folder, 'package.json')}`);
      folder = path.dirname(folder);
    }
    return items;
  }

  private ofImport(item: ImportRecord, file: string): readonly string[] | undefined {
    const specifier = item.original ?? item.path;
    if (specifier.includes('*')) {
      return undefined; // a pattern, which more files may match
    }
    if (/^\.{1,2}(\/|$)/.test(specifier)) {
      return this.ofRelative(item, specifier, file);
    }
    if (specifier.startsWith('#')) {
      const inside = item.external !== true && packageRoot(item.path) === packageRoot(file);
      return inside ? [] : undefined;
    }
    const above = ancestors(path.dirname(file)).filter((it) => path.basename(it) !== MODULES);
    return this.ofPackage(
      item,
      above.map((folder) => path.join(folder, MODULES)),
    );
  }

  /** A file found beside is among names that are watched already. */
  private ofRelative(
    item: ImportRecord,
    specifier: string,
    file: string,
  ): readonly string[] | undefined {
    const meant = path.resolve(path.dirname(file), specifier);
    if (item.external === true) {
      const stem = withoutExtension(meant);
      return this.files.digestOf('candidates', stem) === null ? [`candidates ${stem}`] : undefined;
    }
    const root = packageRoot(file);
    const explained =
      item.path.startsWith(withoutExtension(meant)) &&
      root !== undefined &&
      packageRoot(item.path) === root;
    return explained ? [`candidates ${meant}`] : undefined;
  }

  /** In every folder nearer than the one where the package was found, there is no such package. */
  private ofPackage(item: ImportRecord, modules: readonly string[]): readonly string[] | undefined {
    const specifier = item.original ?? item.path;
    const missing = item.external === true;
    if (missing && (isBuiltin(specifier) || this.isExternal(specifier))) {
      return [];
    }
    const name = packageName(specifier);
    if (name === undefined) {
      return undefined;
    }
    const places = modules.map((folder) => path.join(folder, name));
    const at = places.findIndex((place) => this.files.digestOf('candidates', place) !== null);
    if (missing) {
      return at === -1 ? places.map((place) => `candidates ${place}`) : undefined;
    }
    const found = places[at];
    if (found === undefined || !this.liesIn(item.path, found)) {
      return undefined;
    }
    return [...places.slice(0, at + 1).map((place) => `candidates ${place}`), `place ${found}`];
  }

  private liesIn(file: string, folder: string): boolean {
    const place = this.files.watch('place', folder)[2];
    const real = this.files.watch('place', file)[2];
    return place !== null && real !== null && real.startsWith(`${place}${path.sep}`);
  }
}

/** `…/node_modules/@scope/name`; undefined for a file that is in no package. */
function packageRoot(file: string): string | undefined {
  const parts = file.split(path.sep);
  const at = parts.lastIndexOf(MODULES);
  const length = at + (parts[at + 1]?.startsWith('@') === true ? 3 : 2);
  return at === -1 || parts.length <= length ? undefined : parts.slice(0, length).join(path.sep);
}

/** `@scope/name/part` is of `@scope/name`; undefined for what is no name of a package. */
function packageName(specifier: string): string | undefined {
  return /^(@[^/@:\\]+\/)?[^/@:.\\][^/:\\]*/.exec(specifier)?.[0];
}

function withoutExtension(file: string): string {
  return file.slice(0, file.length - path.extname(file).length);
}

function all(parts: ReadonlyArray<readonly string[] | undefined>): readonly string[] | undefined {
  return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
}

function ancestors(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}
