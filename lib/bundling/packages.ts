import { isBuiltin } from 'node:module';
import * as path from 'node:path';
import { BundleCache, Bundled, Cacheable, WatchedLists } from './bundle-cache';
import { AssetFiles, filesWith, fileWith } from './asset-files';
import { BundleSettings } from './bundle-request';
import { EntryOutput } from './entry-output';
import { bundleEntries } from './esbuild-pass';
import { MAIN } from './output-names';
import { updatesBuiltins } from './builtin-imports';
import { isExternal } from './externals';
import { findImports, ImportClause, replaceImports } from './import-clauses';
import { largePartsOf } from './large-parts';
import { modulesAbove } from './module-paths';
import { existingModules, filesWithEffects, isNodeModule, OwnSources } from './own-sources';
import { findingsFor } from './package-findings';
import { bundleStubs, PACKAGES_FILE, Stub } from './package-stubs';

/** A user's file whose imports from packages are moved into other files. */
interface Split {
  readonly text: string;
  readonly clauses: readonly ImportClause[];
  /** The packages in the order of the imports, which is the order of evaluation. */
  readonly specifiers: readonly string[];
  /** Those that are evaluated after a side effect in the user's own files. */
  readonly late: readonly string[];
  readonly output: EntryOutput;
}

/**
 * Bundles entries in two steps, because bundling the AWS SDK again for every function takes most of the time: first the
 * user's own sources, all in one pass; then, for each different set of names that a function imports from packages,
 * files with just those. An asset gets its code and those files. They depend only on the function's own imports, so
 * nothing of another function goes into them; if several functions import the same names, these files are built only once.
 *
 * @returns the entries for which this is the same as bundling them whole; the others are missing; and the entries that are CommonJS
 */
export function bundleInTwoSteps(
  settings: BundleSettings,
  cache: BundleCache,
  entries: readonly string[],
): { readonly bundles: Map<string, Bundled>; readonly commonJs: ReadonlySet<string> } {
  const results = new Map<string, Bundled>();
  const { found, commonJs } = splitAll(settings, entries);
  const stubs = new Map<string, Stub>();
  const waiting: { readonly entry: string; readonly split: Split; readonly key: string }[] = [];
  for (const [entry, split] of found) {
    if (split.specifiers.length === 0) {
      results.set(entry, {
        files: filesWith(split.output.files),
        exports: split.output.exports,
        watched: (watch) => [watch.of(split.output.graph(), 'external')],
        findings: findingsOf(settings, split, []),
      });
    } else {
      const stub = stubFor(entry, split);
      const key = JSON.stringify(stub);
      stubs.set(key, stub);
      waiting.push({ entry, split, key });
    }
  }
  const subjects = new Map(
    [...stubs].map(([key, stub]) => [key, subjectOfStub(settings, stub)] as const),
  );
  const packages = cache.through(subjects, (missing) =>
    bundleStubs(
      settings,
      new Map(missing.map((key) => [key, stubs.get(key) as Stub])),
      cache.packageFindings,
    ),
  );
  for (const { entry, split, key } of waiting) {
    const made = packages.get(key);
    if (made !== undefined) {
      results.set(entry, {
        files: join(split, made.files),
        exports: split.output.exports,
        watched: watchedOf(entry, split, made),
        findings: findingsOf(settings, split, made.findings),
      });
    }
  }
  return { bundles: results, commonJs };
}

function findingsOf(
  settings: BundleSettings,
  { output }: Split,
  inPackages: Cacheable['findings'],
): Cacheable['findings'] {
  const sources = { graph: output.graph(), contents: output.contents() };
  return [...findingsFor(settings, sources, inPackages), ...largePartsOf(output)];
}

/** The entry's own sources, the folders in which it looks for packages, and the bundle of the sources. */
function watchedOf(entry: string, { output }: Split, packages: Cacheable): WatchedLists {
  return (watch) => [
    watch.of(output.graph(), 'external'),
    watch.watch(modulesAbove(entry).map((folder) => `candidates ${folder}`)),
    ...packages.watched(watch),
  ];
}

/** The entries whose imports from packages can be moved out. */
function splitAll(
  settings: BundleSettings,
  entries: readonly string[],
): { readonly found: Map<string, Split>; readonly commonJs: ReadonlySet<string> } {
  const found = new Map<string, Split>();
  const commonJs = new Set<string>();
  const before = new Map<string, ReadonlyMap<string, readonly string[]>>();
  for (const [entry, output] of bundleEntries(settings, entries, { packages: 'external' })) {
    const split = trySplit(settings, output);
    if (output.commonJs) {
      commonJs.add(entry);
    }
    const sources = new OwnSources(settings, entry, output);
    if (split?.specifiers.length === 0 || (split !== undefined && sources.areAlike)) {
      found.set(entry, split);
      before.set(entry, sources.beforePackages);
    }
  }
  const suspects = [...before.values()].flatMap((packages) => [...packages.values()].flat());
  const effects = filesWithEffects(settings, [...new Set(suspects)]);
  const isLate = (files: readonly string[]): boolean => files.some((file) => effects.has(file));
  for (const [entry, split] of found) {
    const late = split.specifiers.filter((it) => isLate(before.get(entry)?.get(it) ?? []));
    found.set(entry, { ...split, late });
  }
  return { found, commonJs };
}

/** Undefined if an import from a package cannot be moved out, for example because it does not list names. */
function trySplit(settings: BundleSettings, output: EntryOutput): Split | undefined {
  const taken = output.external.filter(
    ({ path: name }) => !isBuiltin(name) && !isExternal(settings, name),
  );
  if (output.commonJs || taken.some(({ kind }) => kind !== 'import-statement')) {
    return undefined;
  }
  const text = new TextDecoder().decode(output.files.get(`${MAIN}.mjs`));
  const wanted = new Set(taken.map(({ path: name }) => name));
  const clauses = findImports(text).filter(({ specifier }) => wanted.has(specifier));
  const isUnclear = clauses.some(({ namespace, attributes }) => namespace || attributes);
  if (clauses.length !== taken.length || isUnclear) {
    return undefined;
  }
  const specifiers = [...new Set(clauses.map(({ specifier }) => specifier))];
  return { text, clauses, specifiers, output, late: [] };
}

function stubFor(entry: string, split: Split): Stub {
  const taken = split.specifiers.map((specifier) => {
    const clauses = split.clauses.filter((clause) => clause.specifier === specifier);
    const names = clauses.flatMap((clause) => clause.names.map(([imported]) => imported));
    return [specifier, [...new Set(names)].sort()] as const;
  });
  const lines = taken.map(([specifier, names]) => {
    const exported = names.map((name) => `${name} as ${exportName(split, specifier, name)}`);
    return exported.length === 0
      ? `import ${JSON.stringify(specifier)};`
      : `export { ${exported.join(', ')} } from ${JSON.stringify(specifier)};`;
  });
  return {
    text: `${lines.join('\n')}\n`,
    taken,
    late: split.late,
    live: updatesBuiltins(split.text),
    extension: isNodeModule(entry) ? '.mjs' : '.js',
    modules: existingModules(entry),
  };
}

/** Different packages may export the same name. */
function exportName({ specifiers }: Split, specifier: string, name: string): string {
  return `p${specifiers.indexOf(specifier)}_${name}`;
}

/** Everything that determines a stub's bundle, except for the packages themselves. */
function subjectOfStub({ root }: BundleSettings, stub: Stub): unknown {
  return [
    'packages, merged, builtins required',
    { ...stub, modules: stub.modules.map((folder) => path.relative(root, folder)) },
  ];
}

/** The asset's files: the code imports from the file of packages what it imported from each package. */
function join(split: Split, packages: AssetFiles): AssetFiles {
  const code = replaceImports(split.text, split.clauses, ({ keyword, specifier, names }) => {
    const renamed = names.map(
      ([imported, local]) => `${exportName(split, specifier, imported)} as ${local}`,
    );
    const clause = renamed.length === 0 ? '' : `{${renamed.join(',')}}from`;
    return `${keyword}${clause}"./${PACKAGES_FILE}"`;
  });
  return new Map([
    ...filesWith(split.output.files),
    [`${MAIN}.mjs`, fileWith(new TextEncoder().encode(code))],
    ...packages,
  ]);
}
