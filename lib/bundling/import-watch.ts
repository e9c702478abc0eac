import { isBuiltin } from 'node:module';
import * as path from 'node:path';
import { BundleSettings } from './bundle-request';
import { COMPILERS } from './decorator-metadata';
import { ImportGraph, ImportRecord } from './entry-output';
import { isExternal } from './externals';
import { Aspect, FileDigests, WatchedFile } from './file-digests';
import {
  isInPackage,
  modulesAbove,
  packageName,
  packageRoot,
  withoutExtension,
} from './module-paths';
import { PackageFiles } from './package-files';
import { ProjectFiles } from './project-files';
import { candidatesOf } from './tsconfig-facts';
import { all, Items, PathItems } from './watch-items';

const CODE_IMPORTS: ReadonlySet<string> = new Set([
  'import-statement',
  'require-call',
  'dynamic-import',
  'require-resolve',
]);

/** The folder of generated files that replace an entry, and that entry's `node_modules` folders, nearest first. */
export interface StandIn {
  readonly folder: string;
  readonly modules: readonly string[];
}

/**
 * Determines the inputs of a bundle: the content of all files that were read, and everything that decided which files those were.
 * esbuild's module resolution is not reimplemented: every path where it may have looked is watched, including those where it
 * found nothing. More is watched than it looks at, never less. Where this cannot be determined, nothing is cached.
 */
export class ImportWatch {
  private readonly known = new Map<string, Items | undefined>();
  private readonly paths: PathItems;
  private readonly packages: PackageFiles;
  private readonly project: ProjectFiles;

  constructor(
    private readonly settings: BundleSettings,
    private readonly files: FileDigests,
  ) {
    this.paths = new PathItems(files, settings.root);
    this.packages = new PackageFiles(files, this.paths);
    this.project = new ProjectFiles(settings, files);
  }

  /**
   * What to watch for the files of a bundle; undefined if it cannot be determined.
   *
   * @param packages whether imports of packages were bundled
   */
  of(
    graph: ImportGraph,
    packages: 'bundled' | 'external',
    standIn?: StandIn,
  ): WatchedFile[] | undefined {
    if (graph.size === 0) {
      return undefined;
    }
    const parts = [...graph].map(([file, imports]) =>
      standIn !== undefined && file.startsWith(standIn.folder)
        ? all(imports.map((item) => this.ofStandIn(item, standIn)))
        : this.ofFile(file, imports, packages, standIn),
    );
    const items = all(parts);
    return items === undefined ? undefined : this.watch(items);
  }

  /** The current state of some items. */
  watch(items: Items): WatchedFile[] {
    const different = [...new Set(items)].sort();
    return grouped(different).map((item) => this.files.watch(...split(item)));
  }

  private ofStandIn(item: ImportRecord, { folder, modules }: StandIn): Items | undefined {
    return item.path.startsWith(folder) ? [] : this.ofPackage(item, modules);
  }

  private ofFile(
    file: string,
    imports: readonly ImportRecord[],
    packages: 'bundled' | 'external',
    standIn?: StandIn,
  ): Items | undefined {
    const key = `${packages} ${file}`;
    if (!this.known.has(key)) {
      const ofImports = imports.map((item) =>
        standIn !== undefined && item.path.startsWith(standIn.folder)
          ? []
          : this.ofImport(item, file, packages),
      );
      this.known.set(key, all([this.ofContent(file), ...ofImports]));
    }
    return this.known.get(key);
  }

  private ofContent(file: string): Items | undefined {
    if (!this.files.isFile(file)) {
      return undefined;
    }
    const folder = path.dirname(file);
    const scope = isInPackage(file) ? this.packages.scopeOf(folder) : this.project.scopeOf(folder);
    const compiler = isInPackage(file) ? [] : this.ofCompiler(file);
    return all([[`content ${file}`, `candidates ${withoutExtension(file)}`], scope, compiler]);
  }

  /** The compilers for a source with `emitDecoratorMetadata`: whether they are installed, and in which version. */
  private ofCompiler(file: string): Items {
    return this.project.tsconfigOf(path.dirname(file))?.emitsMetadata === true
      ? modulesAbove(file).flatMap((modules) =>
          COMPILERS.map((name) => path.join(modules, name)).flatMap((it) => [
            `candidates ${it}`,
            `place ${it}`,
            `content ${path.join(it, 'package.json')}`,
          ]),
        )
      : [];
  }

  private ofImport(
    item: ImportRecord,
    file: string,
    packages: 'bundled' | 'external',
  ): Items | undefined {
    const specifier = item.original ?? item.path;
    const isOfCode = CODE_IMPORTS.has(item.kind);
    if (
      !isOfCode || // CSS has other rules for finding files
      specifier.includes('*') || // a pattern, which several files may match
      path.isAbsolute(specifier) ||
      specifier.startsWith('data:')
    ) {
      return undefined;
    }
    if (/^\.{1,2}(\/|$)/.test(specifier)) {
      const meant = path.resolve(path.dirname(file), specifier);
      const explained = item.external === true || this.paths.liesIn(item.path, path.dirname(meant));
      return explained ? this.paths.ofPath(meant) : undefined; // and not a link in its place
    }
    if (specifier.startsWith('#')) {
      const isInside = item.external !== true && packageRoot(item.path) === packageRoot(file);
      return isInside ? this.paths.ofExact(item.path) : undefined;
    }
    const isLeftAlone = item.external === true && packages === 'external';
    const found = isLeftAlone
      ? this.ofLeftAlone(specifier, file)
      : this.ofPackage(item, modulesAbove(file), file);
    return isInPackage(file) ? found : all([this.ofTsconfig(specifier, file), found]);
  }

  /** The paths that `paths` and `baseUrl` may map a specifier to. */
  private ofTsconfig(specifier: string, file: string): Items | undefined {
    const facts = this.project.tsconfigOf(path.dirname(file));
    return facts && all(candidatesOf(facts, specifier).map((meant) => this.paths.ofPath(meant)));
  }

  /** A package that imports itself by name is not external. */
  private ofLeftAlone(specifier: string, file: string): Items | undefined {
    const own = this.packages.named(packageName(specifier), path.dirname(file));
    return own === undefined ? [] : undefined;
  }

  /** The folder of the package, and all nearer ones, which have no such package. */
  private ofPackage(
    item: ImportRecord,
    modules: readonly string[],
    file?: string,
  ): Items | undefined {
    const specifier = item.original ?? item.path;
    const missing = item.external === true;
    if (missing && (isBuiltin(specifier) || isExternal(this.settings, specifier))) {
      return [];
    }
    const name = packageName(specifier);
    if (name === undefined) {
      return undefined;
    }
    const inside = specifier.slice(name.length + 1);
    const places = modules.map((folder) => path.join(folder, name));
    const at = places.findIndex((place) => this.files.digestOf('candidates', place) !== null);
    const nearer = places.slice(0, at === -1 ? undefined : at + 1).map((it) => `candidates ${it}`);
    if (missing) {
      return at === -1 ? nearer : undefined;
    }
    const own = file === undefined ? undefined : this.packages.named(name, path.dirname(file));
    if (own !== undefined && this.paths.liesIn(item.path, own)) {
      return all([nearer, this.packages.ofPackage(own, inside)]);
    }
    const found = places[at];
    if (found !== undefined && this.paths.liesIn(item.path, found)) {
      return all([nearer, [`place ${found}`], this.packages.ofPackage(found, inside)]);
    }
    // Files reached through a tsconfig.json's `paths` are watched by `ofTsconfig`.
    const mapped = file !== undefined && !isInPackage(file) && packageRoot(item.path) === undefined;
    return mapped ? all([nearer, this.paths.ofExact(item.path)]) : undefined;
  }
}

/** Merges all candidates in a folder into one item. */
function grouped(items: Items): Items {
  const folders = new Map<string, string[]>();
  const others: string[] = [];
  for (const item of items) {
    const [aspect, file] = split(item);
    if (aspect === 'candidates') {
      const folder = path.dirname(file);
      folders.set(folder, [...(folders.get(folder) ?? []), path.basename(file)]);
    } else {
      others.push(item);
    }
  }
  const candidates = [...folders].map(
    ([folder, names]) => `candidates ${path.join(folder, names.join('\n'))}`,
  );
  return [...others, ...candidates];
}

function split(item: string): [aspect: Aspect, file: string] {
  const at = item.indexOf(' ');
  return [item.slice(0, at) as Aspect, item.slice(at + 1)];
}
