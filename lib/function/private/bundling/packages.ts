import * as fs from 'node:fs';
import { isBuiltin } from 'node:module';
import * as path from 'node:path';
import { BundleCache, Cacheable, WatchedLists } from './bundle-cache';
import { AssetFiles, filesWith, fileWith } from './asset-files';
import { BundleSettings } from './bundle-request';
import { bundleEntries, EntryOutput, MAIN } from './esbuild-pass';
import { isExternal } from './externals';
import { findImports, ImportClause, replaceImports } from './import-clauses';
import { ancestors, modulesAbove } from './module-paths';
import { bundleStubs, PACKAGES_FILE, Stub } from './package-stubs';

/** A file of the user's whose imports of packages are taken out of it. */
interface Split {
  readonly text: string;
  readonly clauses: readonly ImportClause[];
  /** The packages in the order of the imports, which is the order in which they are evaluated. */
  readonly specifiers: readonly string[];
  readonly output: EntryOutput;
}

/** What an entry became. */
export interface Bundled extends Cacheable {
  readonly exports: readonly string[];
}

/**
 * Bundles entries in two steps, because bundling the AWS SDK anew for every function takes most of the time: first the
 * user's own sources, all in one pass; then, for each different set of names that a function imports from packages,
 * files with just those. An asset gets its code and those files. They follow from the function's own imports, so
 * nothing of another function goes into them; functions that import the same names only save the work of making them twice.
 *
 * @returns the entries for which this is the same as bundling them whole; the others are missing
 */
export function bundleInTwoSteps(
  settings: BundleSettings,
  cache: BundleCache,
  entries: readonly string[],
): Map<string, Bundled> {
  const results = new Map<string, Bundled>();
  const stubs = new Map<string, Stub>();
  const waiting: { readonly entry: string; readonly split: Split; readonly key: string }[] = [];
  const own = bundleEntries(settings, entries, { packages: 'external' });
  for (const [entry, output] of own) {
    const split = trySplit(settings, output);
    if (split?.specifiers.length === 0) {
      results.set(entry, {
        files: filesWith(output.files),
        exports: output.exports,
        watched: (watch) => [watch.of(output.graph(), 'external')],
      });
    } else if (split !== undefined) {
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
    bundleStubs(settings, new Map(missing.map((key) => [key, stubs.get(key) as Stub]))),
  );
  for (const { entry, split, key } of waiting) {
    const made = packages.get(key);
    if (made !== undefined) {
      results.set(entry, {
        files: join(split, made.files),
        exports: split.output.exports,
        watched: watchedOf(entry, split, made),
      });
    }
  }
  return results;
}

/** The entry's own sources, the folders in which it looks for packages, and what was made of them. */
function watchedOf(entry: string, { output }: Split, packages: Cacheable): WatchedLists {
  return (watch) => [
    watch.of(output.graph(), 'external'),
    watch.watch(modulesAbove(entry).map((folder) => `candidates ${folder}`)),
    ...packages.watched(watch),
  ];
}

/** Undefined where taking the packages out could change what the code does. */
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
  if (clauses.length !== taken.length || clauses.some(({ namespace }) => namespace)) {
    return undefined;
  }
  if (taken.length > 0 && !canBeDivided(settings, output.inputs)) {
    return undefined;
  }
  return {
    text,
    clauses,
    specifiers: [...new Set(clauses.map(({ specifier }) => specifier))],
    output,
  };
}

// `import './setup'`: what it does must happen before the packages that are imported after it are evaluated.
const IMPORT_FOR_EFFECT = /^\s*import\s*['"]\.{1,2}\//m;

/** All sources find the same packages and understand CommonJS in the same way, and none depends on the order. */
function canBeDivided({ root }: BundleSettings, inputs: readonly string[]): boolean {
  const files = inputs.map((input) => path.resolve(root, input));
  const scopes = new Set(files.map((file) => packageFolder(path.dirname(file))));
  const sources = files.filter((file) => /\.[cm]?[jt]sx?$/.test(file));
  const modes = new Set(sources.map(isNodeModule));
  return (
    scopes.size === 1 &&
    modes.size === 1 &&
    !sources.some((file) => IMPORT_FOR_EFFECT.test(fs.readFileSync(file, 'utf8')))
  );
}

/** The nearest folder with a package.json. */
function packageFolder(folder: string): string | undefined {
  return ancestors(folder).find((ancestor) => fs.existsSync(path.join(ancestor, 'package.json')));
}

/** Whether `import x from` a CommonJS package gives all that it exports, as in Node.js, or its `default`. */
function isNodeModule(file: string): boolean {
  const extension = path.extname(file);
  if (/^\.[mc]/.test(extension)) {
    return extension.startsWith('.m');
  }
  const folder = packageFolder(path.dirname(file));
  if (folder === undefined) {
    return false;
  }
  const { type } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    type?: string;
  };
  return type === 'module';
}

function stubFor(entry: string, split: Split): Stub {
  const lines = split.specifiers.map((specifier) => {
    const clauses = split.clauses.filter((clause) => clause.specifier === specifier);
    const names = clauses.flatMap((clause) => clause.names.map(([imported]) => imported));
    const exported = [...new Set(names)]
      .sort()
      .map((name) => `${name} as ${exportName(split, specifier, name)}`);
    return exported.length === 0
      ? `import ${JSON.stringify(specifier)};`
      : `export { ${exported.join(', ')} } from ${JSON.stringify(specifier)};`;
  });
  return {
    text: `${lines.join('\n')}\n`,
    extension: isNodeModule(entry) ? '.mjs' : '.js',
    modules: modulesAbove(entry).filter((folder) => fs.existsSync(folder)),
  };
}

/** Names of different packages may be the same. */
function exportName({ specifiers }: Split, specifier: string, name: string): string {
  return `p${specifiers.indexOf(specifier)}_${name}`;
}

/** All that decides what a stub becomes, beside the packages themselves. */
function subjectOfStub({ root }: BundleSettings, stub: Stub): unknown {
  return [
    'packages',
    { ...stub, modules: stub.modules.map((folder) => path.relative(root, folder)) },
  ];
}

/** The asset's files: the code, which takes from the file of packages what it took from each package. */
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
