import * as fs from 'node:fs';
import * as path from 'node:path';
import type { ImportGraph } from './entry-output';
import { Manifest } from './installed-packages';
import { packageRoot } from './module-paths';
import { packageIn } from './native-packages';
import { readJson } from './watch-items';

/** The package.json files of packages, each read once. */
export class Packages {
  private readonly known = new Map<string, Manifest>();
  private readonly roots = new Map<string, string>();

  /** The folder of the package that contains a file; empty for the user's own sources. Many files are imported many times. */
  rootOf(file: string): string {
    let root = this.roots.get(file);
    if (root === undefined) {
      root = packageRoot(file) ?? '';
      this.roots.set(file, root);
    }
    return root;
  }

  /** @param root the folder of the package; empty for the user's own sources */
  of(root: string): Manifest {
    let manifest = this.known.get(root);
    if (manifest === undefined) {
      manifest = root === '' ? {} : (readJson(path.join(root, 'package.json')) ?? {});
      this.known.set(root, manifest);
    }
    return manifest;
  }

  /** Whether a package works without another one: it declares it as optional, or does not declare it as a dependency. */
  isOptional(from: string, to: string): boolean {
    const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = this.of(from);
    const name = packageIn(to);
    const isDeclared = [dependencies, peerDependencies].some((it) => Object.hasOwn(it, name));
    const isMissable = this.isOptionalPeer(from, to) || Object.hasOwn(optionalDependencies, name);
    return from !== '' && (isMissable || !isDeclared);
  }

  /** Whether a package is an optional peer, which npm does not install together with the package that uses it. */
  isOptionalPeer(from: string, to: string): boolean {
    return this.of(from).peerDependenciesMeta?.[packageIn(to)]?.optional === true;
  }
}

/** The paths from the user's own sources to packages. */
export class PackageGraph {
  /** The packages that the user’s own sources import. */
  readonly directly = new Set<string>();
  private readonly importers = new Map<string, Set<string>>();
  private readonly surely = new Set<string>();
  private readonly edges = new Map<string, Set<string>>();

  constructor(
    graph: ImportGraph,
    private readonly packages: Packages,
  ) {
    const { edges } = this;
    for (const [file, imports] of graph) {
      const from = packages.rootOf(file);
      for (const it of imports) {
        const to = it.external === true ? '' : packages.rootOf(it.path);
        if (to !== '' && to !== from) {
          edges.set(from, (edges.get(from) ?? new Set()).add(to));
          this.importers.set(to, (this.importers.get(to) ?? new Set()).add(from));
        }
      }
    }
    edges.get('')?.forEach((it) => this.directly.add(it));
    const waiting = [''];
    for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
      for (const to of edges.get(from) ?? []) {
        if (!this.surely.has(to) && !packages.isOptional(from, to)) {
          this.surely.add(to);
          waiting.push(to);
        }
      }
    }
  }

  /** For packages that are reached only as optional dependencies: the names by which sources import them. */
  optionally(root: string): string[] {
    const names = new Set<string>();
    const seen = new Set<string>();
    const waiting = this.surely.has(root) ? [] : [root];
    for (let to = waiting.pop(); to !== undefined; to = waiting.pop()) {
      if (!seen.has(to)) {
        seen.add(to);
        names.add(packageIn(to));
        waiting.push(...[...this.of(to)].filter((it) => it !== '' && !this.surely.has(it)));
      }
    }
    return [...names];
  }

  /** Whether a package imports a package that `isOne` accepts, declared or not. */
  imports(root: string, isOne: (name: string) => boolean): boolean {
    return [...(this.edges.get(root) ?? [])].some((to) => isOne(packageIn(to)));
  }

  /** The optional packages that a package imports, and that npm does not install together with it. */
  optionsOf(root: string): string[] {
    return [...(this.edges.get(root) ?? [])]
      .filter((to) => this.packages.isOptionalPeer(root, to))
      .sort();
  }

  /**
   * The optional packages of a package that the entry can import and that are not in the bundle. None for a package that imports
   * some of them by name: then esbuild sees the existing ones.
   */
  missingPeersOf(root: string, modules: readonly string[]): string[] {
    if (this.optionsOf(root).length > 0) {
      return [];
    }
    const { peerDependenciesMeta = {} } = this.packages.of(root);
    const known = new Set([...this.importers.keys()].map((it) => packageIn(it)));
    return Object.keys(peerDependenciesMeta)
      .filter((name) => peerDependenciesMeta[name]?.optional === true && !known.has(name))
      .filter((name) => modules.some((it) => fs.existsSync(path.join(it, name))))
      .sort();
  }

  /** The packages that import a package; `''` is the user’s own sources. */
  of(root: string): ReadonlySet<string> {
    return this.importers.get(root) ?? new Set();
  }
}

/** The package, or the nearest one above it, that the entry can import by name. Only such a package can be installed for it. */
export function nameOf(root: string, reached: PackageGraph, modules: readonly string[]): string {
  const seen = new Set([root]);
  for (const it of seen) {
    if (isImportable(it, modules)) {
      return packageIn(it);
    }
    reached.of(it).forEach((importer) => importer !== '' && seen.add(importer));
  }
  return packageIn(root);
}

function isImportable(root: string, modules: readonly string[]): boolean {
  const name = packageIn(root);
  const place = modules.map((it) => path.join(it, name)).find((it) => fs.existsSync(it));
  return place !== undefined && fs.realpathSync(place) === root;
}
