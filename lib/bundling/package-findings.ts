import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BundleSettings } from './bundle-request';
import type { ImportGraph } from './esbuild-pass';
import { isExternal } from './externals';
import { besideOf } from './files-beside';
import { Manifest } from './installed-packages';
import { isInside, packageName, packageRoot } from './module-paths';
import {
  comesWithBinary,
  importersOfFinders,
  isFinder,
  isNative,
  makesBinary,
  packageIn,
} from './native-packages';
import type { PackageFinding } from './package-finding';
import { isMentioned, isUsedAlways } from './optional-features';
import { readJson } from './watch-items';

/** What esbuild bundled. */
export interface BundledSources {
  readonly graph: ImportGraph;
  /** The files of which something is in the output. */
  readonly contents: ReadonlySet<string>;
  /** The `node_modules` folders in which the entry looks for packages. */
  readonly modules: readonly string[];
}

/** Finds packages in bundles that need what is not in a bundle: native code, and files beside their own. */
export class PackageFindings {
  private readonly natives = new Map<string, boolean>();

  /** Each package once, in the order of their names. */
  in({ graph, contents, modules }: BundledSources): readonly PackageFinding[] {
    const roots = rootsOf([...graph.keys()].filter((it) => contents.has(it)));
    const finders = importersOfFinders(graph);
    const reached = new Reachable(graph);
    const found = new Map<string, PackageFinding>();
    for (const [root, files] of roots) {
      if (isFinder(packageIn(root))) {
        continue;
      }
      const finding =
        finders.has(root) || this.isNative(root)
          ? nativeIn(root)
          : filesIn(root, files, contents, reached.directly.has(root));
      const name = finding && nameOf(root, reached, modules);
      if (finding !== undefined && name !== undefined && !found.has(name)) {
        const optional = reached.optionally(root);
        const ifMentioned = [...new Set([...(finding.ifMentioned ?? []), ...optional])].sort();
        found.set(name, {
          ...finding,
          name,
          ...(ifMentioned.length > 0 ? { ifMentioned } : {}),
        });
      }
    }
    return withoutDependencies([...found.values()], roots).sort((a, b) =>
      (a.name ?? '') < (b.name ?? '') ? -1 : 1,
    );
  }

  private isNative(root: string): boolean {
    const known = this.natives.get(root) ?? isNative(root);
    this.natives.set(root, known);
    return known;
  }
}

/** The findings that matter to a function with these sources of the user’s own. */
function relevantTo(
  findings: readonly PackageFinding[],
  ownFiles: readonly string[],
): PackageFinding[] {
  let text: string | undefined;
  const source = (): string =>
    (text ??= ownFiles.map((it) => fs.readFileSync(it, 'utf8')).join('\n'));
  return findings
    .filter(
      ({ ifMentioned: names }) => names?.some((name) => isMentioned(name, source())) !== false,
    )
    .map(({ ifMentioned: _, ...finding }) => finding);
}

/** What a function’s bundle lacks: of what was found in packages, what matters to it, and what its own sources read. */
export function findingsFor(
  settings: BundleSettings,
  { graph, contents }: Pick<BundledSources, 'graph' | 'contents'>,
  inPackages: readonly PackageFinding[],
): readonly PackageFinding[] {
  const own = [...graph.keys()].filter((it) => packageRoot(it) === undefined && fs.existsSync(it));
  const used = own.filter((it) => contents.has(it));
  return [
    ...relevantTo(inPackages, own),
    ...used.flatMap((it) => ownFiles(settings, it, contents)),
  ];
}

function ownFiles(
  settings: BundleSettings,
  file: string,
  contents: ReadonlySet<string>,
): PackageFinding[] {
  const { root } = settings;
  const source = path.relative(root, file).split(path.sep).join('/');
  const place = isInside(file, root) ? root : path.dirname(file);
  return besideOf(file, place, (it) => contents.has(it)).flatMap((beside): PackageFinding[] => {
    const found = beside.file;
    if (found === undefined) {
      return []; // Lambda’s own runtime is never started with a handler
    }
    if (path.isAbsolute(found)) {
      return [{ kind: 'files', source, file: relativeTo(path.dirname(file), found) }];
    }
    const name = packageName(found);
    return name === undefined || isExternal(settings, found)
      ? []
      : [{ kind: 'files', source, name, file: found }];
  });
}

function nativeIn(root: string): PackageFinding {
  const name = packageIn(root);
  const byScript = makesBinary(root) && !comesWithBinary(root);
  return {
    kind: 'native',
    ...(byScript ? { installScripts: true } : {}),
    ...(isUsedAlways(name) ? {} : { ifMentioned: [name] }),
  };
}

/** @param isDirect whether the user’s own sources import the package */
function filesIn(
  root: string,
  files: readonly string[],
  contents: ReadonlySet<string>,
  isDirect: boolean,
): PackageFinding | undefined {
  const name = packageIn(root);
  const all = files.flatMap((file) => besideOf(file, root, (it) => contents.has(it)));
  const beside = all.find(({ isLazy }) => !isLazy) ?? all[0];
  if (beside === undefined) {
    return undefined;
  }
  const isRare = !isUsedAlways(name) || (beside.isLazy && !isDirect);
  const { file } = beside;
  return {
    kind: file === undefined ? 'main' : 'files',
    ...(file === undefined ? {} : { file: relativeTo(root, file) }),
    ...(isRare ? { ifMentioned: [name] } : {}),
  };
}

function relativeTo(root: string, file: string): string {
  return path.isAbsolute(file) ? path.relative(root, file).split(path.sep).join('/') : file;
}

function rootsOf(files: readonly string[]): Map<string, string[]> {
  const roots = new Map<string, string[]>();
  for (const file of files) {
    const root = packageRoot(file);
    if (root !== undefined && fs.existsSync(file)) {
      roots.set(root, [...(roots.get(root) ?? []), file]);
    }
  }
  return roots;
}

/** How packages are reached from the user’s own sources. */
class Reachable {
  /** The packages that the user’s own sources import. */
  readonly directly = new Set<string>();
  private readonly importers = new Map<string, Set<string>>();
  private readonly surely = new Set<string>();

  constructor(graph: ImportGraph) {
    const edges = new Map<string, Set<string>>();
    for (const [file, imports] of graph) {
      const from = packageRoot(file) ?? '';
      for (const it of imports) {
        const to = it.external === true ? undefined : packageRoot(it.path);
        if (to !== undefined && to !== from) {
          edges.set(from, (edges.get(from) ?? new Set()).add(to));
          this.importers.set(to, (this.importers.get(to) ?? new Set()).add(from));
        }
      }
    }
    edges.get('')?.forEach((it) => this.directly.add(it));
    const waiting = [''];
    for (let from = waiting.pop(); from !== undefined; from = waiting.pop()) {
      for (const to of edges.get(from) ?? []) {
        if (!this.surely.has(to) && !isOptional(from, to)) {
          this.surely.add(to);
          waiting.push(to);
        }
      }
    }
  }

  /** Where a package is reached only as an optional dependency: the names by which sources ask for it. */
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

  /** The packages that import a package; `''` is the user’s own sources. */
  of(root: string): ReadonlySet<string> {
    return this.importers.get(root) ?? new Set();
  }
}

/** Whether a package says that it can do without another one. */
function isOptional(from: string, to: string): boolean {
  const manifest =
    from === '' ? {} : ((readJson(path.join(from, 'package.json')) ?? {}) as Manifest);
  const name = packageIn(to);
  return (
    manifest.peerDependenciesMeta?.[name]?.optional === true ||
    Object.hasOwn(manifest.optionalDependencies ?? {}, name)
  );
}

/** The package, or the nearest one above it, that the entry can import by its name: only such a one can be installed for it. */
function nameOf(root: string, reached: Reachable, modules: readonly string[]): string | undefined {
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

/** A package that another one brings along need not be named. */
function withoutDependencies(
  findings: readonly PackageFinding[],
  roots: ReadonlyMap<string, unknown>,
): PackageFinding[] {
  const brought = new Map<string, Set<string>>();
  for (const root of roots.keys()) {
    const { dependencies = {} } = (readJson(path.join(root, 'package.json')) ?? {}) as Manifest;
    brought.set(packageIn(root), new Set(Object.keys(dependencies)));
  }
  const bringsAlong = (from: string, to: string): boolean => {
    const seen = new Set([from]);
    for (const it of seen) {
      brought.get(it)?.forEach((name) => seen.add(name));
    }
    return seen.has(to);
  };
  return findings.filter(
    ({ name = '', ifMentioned }) =>
      !findings.some((other) => {
        const isSure = other.ifMentioned === undefined || ifMentioned !== undefined;
        const { name: by = '' } = other;
        const isMutual = bringsAlong(name, by) && name < by;
        return by !== name && isSure && bringsAlong(by, name) && !isMutual;
      }),
  );
}
