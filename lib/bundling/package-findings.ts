import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BundleSettings } from './bundle-request';
import type { ImportGraph } from './entry-output';
import { isExternal } from './externals';
import { ClassNames } from './class-names';
import { Beside, besideOf, ScriptReader } from './files-beside';
import { handlerFindings } from './handler-source';
import { isInside, packageName, packageRoot } from './module-paths';
import { comesWithBinary, isFinder, isNative, makesBinary, packageIn } from './native-packages';
import type { PackageFinding } from './package-finding';
import { nameOf, PackageGraph, Packages } from './package-graph';
import { isMentioned, isUsedAlways } from './optional-features';
import { variableFindings } from './variable-reads';

/** The result of esbuild. */
export interface BundledSources {
  readonly graph: ImportGraph;
  /** The files that are at least partly in the output. */
  readonly contents: ReadonlySet<string>;
  /** The `node_modules` folders in which the entry looks for packages. */
  readonly modules: readonly string[];
}

/** Finds packages in bundles that need what a bundle cannot contain: native code, and files in their own folder. */
export class PackageFindings {
  private readonly natives = new Map<string, boolean>();
  private readonly scripts = new ScriptReader();
  private readonly classNames = new ClassNames();
  private readonly packages = new Packages();

  /** Each package once, ordered by name. */
  in(sources: BundledSources): readonly PackageFinding[] {
    const { graph, contents, modules } = sources;
    const roots = this.rootsOf([...graph.keys()].filter((it) => contents.has(it)));
    const packages = new PackageGraph(graph, this.packages);
    const found = new Map<string, PackageFinding>();
    for (const [root, files] of roots) {
      const isLoader = packages.imports(root, isFinder) || this.isNative(root);
      const finding = isLoader ? nativeIn(root) : this.filesIn(root, files, packages, sources);
      if (finding === undefined || isFinder(packageIn(root))) {
        continue;
      }
      const name = nameOf(root, packages, modules);
      const optional = packages.optionally(root);
      const ifMentioned = [...new Set([...(finding.ifMentioned ?? []), ...optional])].sort();
      const bundled = packages.optionsOf(root).filter((it) => roots.has(it));
      const loads = [...(finding.loads ?? []), ...bundled.map(packageIn)];
      if (!found.has(name) || ifMentioned.length === 0) {
        found.set(name, {
          ...finding,
          name,
          ...(loads.length > 0 ? { loads } : {}),
          ifMentioned: ifMentioned.length > 0 ? ifMentioned : undefined,
        });
      }
    }
    const lacking = this.withoutDependencies([...found.values()], [...roots.keys()]).sort((a, b) =>
      (a.name ?? '') < (b.name ?? '') ? -1 : 1,
    );
    return [...lacking, ...this.classNames.in(contents)];
  }

  private filesIn(
    root: string,
    files: readonly string[],
    packages: PackageGraph,
    { contents, modules }: BundledSources,
  ): PackageFinding | undefined {
    const besides = files.flatMap((file) =>
      besideOf(this.scripts.placesIn(file), file, root, (it) => contents.has(it)),
    );
    const isDirect = packages.directly.has(root);
    return filesIn(root, besides, isDirect, () => packages.missingPeersOf(root, modules));
  }

  private isNative(root: string): boolean {
    const known = this.natives.get(root) ?? isNative(root);
    this.natives.set(root, known);
    return known;
  }

  private rootsOf(files: readonly string[]): Map<string, string[]> {
    const roots = new Map<string, string[]>();
    for (const file of files) {
      const root = this.packages.rootOf(file);
      if (root !== '') {
        const known = roots.get(root) ?? [];
        known.push(file);
        roots.set(root, known);
      }
    }
    return roots;
  }

  /** A package that is installed with another one need not be named. */
  private withoutDependencies(
    findings: readonly PackageFinding[],
    roots: readonly string[],
  ): PackageFinding[] {
    const brought = new Map<string, readonly string[]>();
    for (const root of findings.length > 1 ? roots : []) {
      brought.set(packageIn(root), Object.keys(this.packages.of(root).dependencies ?? {}));
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
}

/** The findings that matter to a function with these sources. */
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

/** What a function's bundle lacks: the findings in packages that matter to it, and the files that its own sources read. */
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
    ...handlerFindings(settings, graph),
    ...variableFindings({ root: settings.root, define: settings.options.define }, used),
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
  const places = new ScriptReader().placesIn(file);
  return besideOf(places, file, place, (it) => contents.has(it)).flatMap(
    (beside): PackageFinding[] => {
      const found = beside.file;
      if (found === undefined) {
        return []; // a handler is never the main script, and loads what it names
      }
      if (path.isAbsolute(found)) {
        return [{ kind: 'files', source, file: relativeTo(path.dirname(file), found) }];
      }
      const name = packageName(found);
      return name === undefined || isExternal(settings, found)
        ? []
        : [{ kind: 'files', source, name, file: found }];
    },
  );
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

function filesIn(
  root: string,
  besides: readonly Beside[],
  isDirect: boolean,
  optionalPeers: () => readonly string[],
): PackageFinding | undefined {
  const name = packageIn(root);
  const beside = besides.find(({ isLazy }) => !isLazy) ?? besides[0];
  if (beside === undefined) {
    return undefined;
  }
  const { kind, file, isLazy } = beside;
  const isRare = !isUsedAlways(name) || (isLazy && !isDirect);
  const ifMentioned = isRare ? { ifMentioned: [name] } : {};
  if (kind !== 'names') {
    return {
      kind,
      ...(file === undefined ? {} : { file: relativeTo(root, file) }),
      ...ifMentioned,
    };
  }
  // Dependencies of packages mostly do this to find out whether optional packages are installed.
  const loads = isDirect ? optionalPeers() : [];
  return loads.length === 0 ? undefined : { kind, loads, ...ifMentioned };
}

function relativeTo(root: string, file: string): string {
  return path.isAbsolute(file) ? path.relative(root, file).split(path.sep).join('/') : file;
}
