import * as fs from 'node:fs';
import { isBuiltin } from 'node:module';
import * as path from 'node:path';
import { requireBuiltins, updatesBuiltins } from './builtin-imports';
import { BundleSettings } from './bundle-request';
import { Chunk, EntryOutput } from './entry-output';
import { COMMONJS_BANNER } from './esbuild-options';
import { BuildOptions, BuildOutput, runBuilds } from './esbuild-service';
import { findImports, replaceImports } from './import-clauses';
import { esbuildFile } from './load-esbuild';
import { MAIN } from './output-names';

/** The names of chunks in the code that esbuild prints. */
export const CHUNK = /\bchunk-[A-Z0-9]+\.mjs\b/g;

/** The file that contains the entry. */
const MAIN_FILE = `${MAIN}.mjs`;

type Files = ReadonlyMap<string, Uint8Array>;

/** How files are merged. */
export interface Merging<K> {
  /** The name of the merged file, for the files that import from it. */
  readonly name: string;
  /** A temporary folder. */
  readonly folder: string;
  /** Whether other code updates the names that are imported from Node.js' own modules. */
  readonly isLive: (key: K) => boolean;
}

/**
 * Puts everything that an entry loads when it starts into one file. esbuild puts code into a separate chunk if a file that is imported
 * dynamically uses it, too, and Node.js then reads many files one by one when a function starts. Files that are loaded later import
 * from the merged file. Only minified code is merged: in other code, names and comments are meant to be read.
 */
export function mergeChunks<K>(
  settings: BundleSettings,
  outputs: ReadonlyMap<K, EntryOutput>,
  { name, folder, isLive }: Merging<K>,
): Map<K, Files> {
  const divisions = new Map(
    [...outputs]
      .filter(() => settings.options.minify !== false)
      .map(([key, output]) => [key, divide(output, name)] as const)
      .filter((it): it is [K, Division] => it[1] !== undefined),
  );
  const builds = [...divisions.values()].map((division, i) =>
    mergingBuild(settings, division, path.join(folder, `merge-${i}`)),
  );
  const answers = builds.length === 0 ? [] : runBuilds(esbuildFile(settings), builds);
  const merged = new Map([...outputs].map(([key, { files }]) => [key, files]));
  [...divisions].forEach(([key, division], i) => {
    const output = answers[i]?.output;
    // esbuild rejects a top-level `await`. If it waits for a file that imports from the merged file, neither would ever be loaded.
    if (output !== undefined) {
      const text = textOf(output.outputFiles[0]?.contents);
      const live = isLive(key) || [text, ...division.later.values()].some(updatesBuiltins);
      const code = live ? text : requireBuiltins(text, builtinImports(output));
      merged.set(key, withMain(division, code, name));
    }
  });
  return merged;
}

/** The number of static imports of Node.js' own modules. */
function builtinImports({ metafile }: BuildOutput): number {
  return Object.values(metafile.outputs)
    .flatMap(({ imports }) => imports)
    .filter((it) => it.kind === 'import-statement' && isBuiltin(it.path)).length;
}

interface Division {
  readonly files: Files;
  /** The code of the files that are loaded when the function starts. */
  readonly early: ReadonlyMap<string, string>;
  /** The code of the other files, which imports from the merged file. */
  readonly later: ReadonlyMap<string, string>;
  /** The names that are imported from each file of `early`, each with its name in the merged file. */
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Files of `early` that are imported dynamically, too. */
  readonly targets: readonly string[];
}

/** Undefined if the entry is one file, apart from those that are loaded later. */
function divide(output: EntryOutput, merged: string): Division | undefined {
  const { files, chunks } = numbered(output);
  const early = new Set([MAIN_FILE]);
  early.forEach((name) => {
    importsOf(chunks, name, false).forEach((it) => early.add(it));
  });
  if (early.size === 1) {
    return undefined;
  }
  const others = [...chunks.keys()].filter((name) => !early.has(name));
  const targets = [...chunks.keys()]
    .flatMap((name) => importsOf(chunks, name, true))
    .filter((name, i, all) => early.has(name) && all.indexOf(name) === i);
  const aliases = new Map([...early].map((name) => [name, new Map<string, string>()]));
  const alias = (file: string, name: string): string => {
    const names = aliases.get(file) ?? new Map<string, string>();
    const known = names.get(name) ?? `c${[...early].indexOf(file)}_${names.size}`;
    names.set(name, known);
    return known;
  };
  targets.forEach((file) => chunks.get(file)?.exports.forEach((name) => alias(file, name)));
  const later = others.map(
    (name) => [name, importMerged(codeOf(files, name), early, alias, merged)] as const,
  );
  const code = [...early].map((name) => [name, codeOf(files, name)] as const);
  return { files, early: new Map(code), later: new Map(later), aliases, targets };
}

/** The chunks with numbers instead of hashes, because the hashes depend on where the packages are. */
function numbered(output: EntryOutput): { files: Files; chunks: ReadonlyMap<string, Chunk> } {
  const chunks = output.chunks();
  const order = new Set([MAIN_FILE]);
  order.forEach((name) => chunks.get(name)?.imports.forEach((it) => order.add(it.name)));
  const names = new Map(
    [...order].map((name, i) => [name, name === MAIN_FILE ? name : `chunk-${i}.mjs`]),
  );
  const renamed = (name: string): string => names.get(name) ?? name;
  const textual = [...order].map((name): [string, Uint8Array] => [
    renamed(name),
    bytesOf(codeOf(output.files, name).replace(CHUNK, renamed)),
  ]);
  return {
    files: new Map([...[...output.files].filter(([name]) => !chunks.has(name)), ...textual]),
    chunks: new Map(
      [...order].map((name) => {
        const { imports = [], exports = [] } = chunks.get(name) ?? {};
        return [
          renamed(name),
          { exports, imports: imports.map((it) => ({ ...it, name: renamed(it.name) })) },
        ];
      }),
    ),
  };
}

function importsOf(
  chunks: ReadonlyMap<string, Chunk>,
  name: string,
  isDynamic: boolean,
): readonly string[] {
  const imports = chunks.get(name)?.imports ?? [];
  return imports.filter((it) => it.isDynamic === isDynamic).map((it) => it.name);
}

/** References that the build does not resolve, such as the names of packages. */
const LEFT = 'cdk-serverless-app/chunks/';

/** Writes the files that are loaded when the function starts, and a file that exports everything that is imported from them. */
function mergingBuild(settings: BundleSettings, division: Division, folder: string): BuildOptions {
  fs.mkdirSync(folder);
  for (const [name, code] of division.early) {
    const own = code.startsWith(COMMONJS_BANNER) ? code.slice(COMMONJS_BANNER.length) : code;
    const left = own.replace(DYNAMIC_IMPORT, (_, before: string) => `${before}"${LEFT}`);
    fs.writeFileSync(path.join(folder, name), left);
  }
  const exported = [...division.aliases].map(([name, aliases]) => {
    const clause = [...aliases].map(([from, to]) => `${printed(from)} as ${to}`);
    return `export { ${clause.join(', ')} } from "./${name}";`;
  });
  const entry = path.join(folder, 'merged.mjs');
  fs.writeFileSync(entry, [`export * from "./${MAIN_FILE}";`, ...exported, ''].join('\n'));
  return {
    absWorkingDir: folder,
    entryPoints: [entry],
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    write: false,
    metafile: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    target: `node${settings.nodeVersion}`,
    supported: { 'top-level-await': false },
    tsconfigRaw: '{}',
    banner: { js: COMMONJS_BANNER },
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
  };
}

const DYNAMIC_IMPORT = /(\bimport\()"\.\/(?=chunk-\d+\.mjs")/g;

/** The entry's files with the merged one. A file that is imported dynamically remains, with its exports. */
function withMain(
  { files, early, later, aliases, targets }: Division,
  main: string,
  merged: string,
): Files {
  const facades = targets.map((name): [string, string] => {
    const clause = [...(aliases.get(name) ?? [])].map(([to, from]) => `${from} as ${printed(to)}`);
    return [name, `export{${clause.join(',')}}from"./${merged}";\n`];
  });
  const code = new Map([
    [MAIN_FILE, main.replaceAll(`import("${LEFT}`, 'import("./')],
    ...later,
    ...facades,
  ]);
  return new Map([
    ...[...files].filter(([name]) => !early.has(name)),
    ...[...code].map(([name, text]) => [name, bytesOf(text)] as const),
  ]);
}

/** Code that imports from the merged file what it imported from files that are merged. */
function importMerged(
  code: string,
  early: ReadonlySet<string>,
  alias: (file: string, name: string) => string,
  merged: string,
): string {
  const clauses = findImports(code).filter(({ specifier }) => early.has(specifier.slice(2)));
  return replaceImports(code, clauses, ({ specifier, names }) => {
    const clause = names.map(([name, local]) => `${alias(specifier.slice(2), name)} as ${local}`);
    return `import${clause.length === 0 ? '' : `{${clause.join(',')}}from`}"./${merged}"`;
  });
}

/** A name in a clause of an import or export. */
function printed(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name);
}

function codeOf(files: Files, name: string): string {
  return textOf(files.get(name));
}

function textOf(content: Uint8Array | undefined): string {
  return new TextDecoder().decode(content);
}

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
