import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { isBuiltin } from 'node:module';
import * as os from 'node:os';
import * as path from 'node:path';
import { BundleCache, Cacheable } from './bundle-cache';
import { BundleSettings } from './bundle-request';
import { bundleEntries, EntryOutput, MAIN } from './esbuild-pass';
import { findImports, ImportClause, replaceImports } from './import-clauses';
import { PackageWatch } from './package-watch';

/** The file of an asset that holds what its code takes from packages. */
const PACKAGES_FILE = 'packages.mjs';

/** A file of the user's whose imports of packages are taken out of it. */
interface Split {
  readonly text: string;
  readonly clauses: readonly ImportClause[];
  /** The packages in the order of the imports, which is the order in which they are evaluated. */
  readonly specifiers: readonly string[];
  readonly output: EntryOutput;
}

/**
 * Bundles entries in two steps, because bundling the AWS SDK anew for every function takes most of the time: first the
 * user's own sources, all in one pass; then, for each different set of names that a function imports from packages,
 * one file with just those. An asset gets its code and that file. The file follows from the function's own imports, so
 * nothing of another function goes into it; functions that import the same names only save the work of making it twice.
 *
 * @returns the entries for which this is the same as bundling them whole; the others are missing
 */
export function bundleInTwoSteps(
  settings: BundleSettings,
  cache: BundleCache,
  entries: readonly string[],
): Map<string, EntryOutput> {
  const results = new Map<string, EntryOutput>();
  const stubs = new Map<string, Stub>();
  const waiting: { readonly entry: string; readonly split: Split; readonly key: string }[] = [];
  const own = bundleEntries(settings, entries, { packages: 'external' });
  for (const [entry, output] of own) {
    const split = trySplit(settings, output);
    if (split?.specifiers.length === 0) {
      results.set(entry, output);
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
    bundleStubs(settings, cache, new Map(missing.map((key) => [key, stubs.get(key) as Stub]))),
  );
  for (const { entry, split, key } of waiting) {
    const made = packages.get(key);
    if (made !== undefined) {
      results.set(entry, join(split, made));
    }
  }
  return results;
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

/** As esbuild reads it: `name` also covers `name/part`, and one `*` stands for anything. */
function isExternal({ options }: BundleSettings, specifier: string): boolean {
  return (options.externalModules ?? []).some((pattern) => {
    const [before = '', after] = pattern.split('*');
    return after === undefined
      ? specifier === pattern || specifier.startsWith(`${pattern}/`)
      : specifier.startsWith(before) &&
          specifier.endsWith(after) &&
          specifier.length >= pattern.length - 1;
  });
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

/** A file that exports what an entry takes from packages, and nothing else. */
interface Stub {
  readonly text: string;
  readonly extension: '.mjs' | '.js';
  /** The `node_modules` folders in which the entry looks for packages, the nearest first. */
  readonly modules: readonly string[];
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
    modules: ancestors(path.dirname(entry))
      .map((folder) => path.join(folder, 'node_modules'))
      .filter((folder) => fs.existsSync(folder)),
  };
}

/** Names of different packages may be the same. */
function exportName({ specifiers }: Split, specifier: string, name: string): string {
  return `p${specifiers.indexOf(specifier)}_${name}`;
}

/**
 * Bundles stubs, all in one pass. They lie in a temporary folder from which the same packages are found as from the
 * entries, and which leaves no trace in what is made.
 */
function bundleStubs(
  settings: BundleSettings,
  cache: BundleCache,
  stubs: ReadonlyMap<string, Stub>,
): Map<string, Cacheable> {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'serverless-app-'));
  const watch = new PackageWatch(cache.files, (specifier) => isExternal(settings, specifier));
  try {
    const files = new Map(
      [...stubs].map(([key, stub]) => [writeStub(folder, key, stub), key] as const),
    );
    const results = new Map<string, Cacheable>();
    // A tsconfig.json is for the user's own sources. One above the temporary folder is nobody's.
    const outputs = bundleEntries(settings, [...files.keys()], { tsconfigRaw: '{}' });
    for (const [file, output] of outputs) {
      const key = files.get(file) as string;
      const { modules } = stubs.get(key) as Stub;
      results.set(key, {
        content: withoutTrace(output, folder),
        watched: () => watch.of(output.graph(), { file, modules }),
      });
    }
    return results;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** All that decides what a stub becomes, beside the packages themselves. */
function subjectOfStub({ root }: BundleSettings, stub: Stub): unknown {
  return [
    'packages',
    { ...stub, modules: stub.modules.map((folder) => path.relative(root, folder)) },
  ];
}

/** `<outermost>/…/<innermost>/stub.js`, with a link to one `node_modules` on each step. */
function writeStub(folder: string, key: string, stub: Stub): string {
  let place = folder;
  for (const modules of [...stub.modules].reverse()) {
    place = path.join(place, hashOf(modules));
    fs.mkdirSync(place, { recursive: true });
    const link = path.join(place, 'node_modules');
    if (!fs.existsSync(link)) {
      fs.symlinkSync(modules, link, 'junction');
    }
  }
  fs.writeFileSync(path.join(place, 'package.json'), '{}');
  const file = path.join(place, `${hashOf(key)}${stub.extension}`);
  fs.writeFileSync(file, stub.text);
  return file;
}

/** Without the comment that names the stub, which esbuild writes where it does not minify. */
function withoutTrace(output: EntryOutput, folder: string): Uint8Array {
  const content = output.files.get(`${MAIN}.mjs`) ?? new Uint8Array();
  const name = path.basename(folder);
  const text = new TextDecoder().decode(content);
  if (!text.includes(name)) {
    return content;
  }
  const lines = text.split('\n').filter((line) => !(line.startsWith('// ') && line.includes(name)));
  return new TextEncoder().encode(lines.join('\n'));
}

/** The asset's files: the code, which takes from the file of packages what it took from each package. */
function join(split: Split, packages: Uint8Array): EntryOutput {
  const code = replaceImports(split.text, split.clauses, ({ keyword, specifier, names }) => {
    const renamed = names.map(
      ([imported, local]) => `${exportName(split, specifier, imported)} as ${local}`,
    );
    const clause = renamed.length === 0 ? '' : `{${renamed.join(',')}}from`;
    return `${keyword}${clause}"./${PACKAGES_FILE}"`;
  });
  const files = new Map(split.output.files);
  files.set(`${MAIN}.mjs`, new TextEncoder().encode(code));
  files.set(PACKAGES_FILE, packages);
  return { ...split.output, files };
}

function ancestors(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
