import * as path from 'node:path';
import type * as esbuild from 'esbuild';
import { BundleFiles, BundleSettings } from './bundle-request';
import { loadEsbuild } from './load-esbuild';

/** The name of an entry's file in its asset, without the extension. */
export const MAIN = 'index';

// CommonJS packages inside an ES module expect these. They are set on the global object, not declared, so that a
// handler may declare its own.
const COMMONJS_BANNER =
  "import{createRequire as __appCreateRequire}from'node:module';" +
  'globalThis.require??=__appCreateRequire(import.meta.url);' +
  'globalThis.__filename??=import.meta.filename;globalThis.__dirname??=import.meta.dirname;';

/** An import as esbuild found it; `path` is absolute, or as written where it was left alone. */
export type ImportRecord = esbuild.Metafile['inputs'][string]['imports'][number];

/** All files that were read for an entry, by absolute path, with what they import. */
export type ImportGraph = ReadonlyMap<string, readonly ImportRecord[]>;

export type EsbuildResult = esbuild.BuildResult<{ metafile: true; write: false }>;

/** What a pass made of one entry. */
export interface EntryOutput {
  readonly files: BundleFiles;
  readonly exports: readonly string[];
  /** The entry is a CommonJS file, so its only export is `default`. */
  readonly commonJs: boolean;
  /** What the file imports and esbuild left alone. */
  readonly external: readonly esbuild.Metafile['outputs'][string]['imports'][number][];
  /** The sources that are in it, relative to the root. */
  readonly inputs: readonly string[];
  /** The sources that are in it, and those that were read and of which nothing was left. */
  readonly graph: () => ImportGraph;
}

/** Bundles files, each into a folder of its own. Nothing is written to disk. */
export function bundleEntries(
  settings: BundleSettings,
  entries: readonly string[],
  extra: esbuild.BuildOptions = {},
): Map<string, EntryOutput> {
  // The number of a folder is in no file: only its depth matters, to a source map.
  const entryPoints = Object.fromEntries(entries.map((entry, i) => [`${i}/${MAIN}`, entry]));
  const result = run(settings, {
    entryPoints,
    outdir: outdir(settings),
    outExtension: { '.js': '.mjs' },
    assetNames: '0/[name]-[hash]',
    ...extra,
  });
  return new Map(entries.map((entry, i) => [entry, collect(settings, result, String(i))]));
}

/** Bundles a text that stands for a file in a folder. */
export function bundleText(
  settings: BundleSettings,
  contents: string,
  folder: string,
): EntryOutput {
  const result = run(settings, {
    stdin: { contents, resolveDir: folder, sourcefile: 'entry.js' },
    outfile: path.join(outdir(settings), '0', `${MAIN}.mjs`),
  });
  return collect(settings, result, '0');
}

function run(settings: BundleSettings, input: esbuild.BuildOptions): EsbuildResult {
  const { options, root } = settings;
  const result = loadEsbuild(settings).buildSync({
    ...input,
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: `node${settings.nodeVersion}`,
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: COMMONJS_BANNER },
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    minify: options.minify ?? true,
    sourcemap: options.sourceMap ?? false,
    sourcesContent: false,
    external: options.externalModules,
    define: options.define,
    loader: options.loader as Record<string, esbuild.Loader> | undefined,
    ...tsconfigOf(settings, input),
  });
  for (const warning of result.warnings) {
    process.stderr.write(`${formatMessage(warning)}\n`);
  }
  return result;
}

/** What a caller says of a tsconfig.json goes before the user's choice, which is of the user's own sources. */
function tsconfigOf(
  { options, root }: BundleSettings,
  { tsconfigRaw }: esbuild.BuildOptions,
): Pick<esbuild.BuildOptions, 'tsconfig'> {
  const given = tsconfigRaw !== undefined || options.tsconfig === undefined;
  return given ? {} : { tsconfig: path.resolve(root, options.tsconfig) };
}

function outdir(settings: BundleSettings): string {
  return path.join(settings.root, '.serverless-app');
}

function collect(settings: BundleSettings, result: EsbuildResult, folder: string): EntryOutput {
  const base = path.join(outdir(settings), folder);
  const files: BundleFiles = new Map();
  for (const file of result.outputFiles) {
    const name = path.relative(base, file.path);
    if (!name.startsWith('..')) {
      files.set(posix(name), file.contents);
    }
  }
  const main = path.relative(settings.root, path.join(base, `${MAIN}.mjs`));
  const output = result.metafile.outputs[posix(main)];
  const entryInput =
    output?.entryPoint === undefined ? undefined : result.metafile.inputs[output.entryPoint];
  return {
    files,
    exports: output?.exports ?? [],
    commonJs: entryInput?.format === 'cjs',
    external: output?.imports.filter((item) => item.external === true) ?? [],
    inputs: Object.keys(output?.inputs ?? {}),
    graph: () => graphFrom(output?.entryPoint, result.metafile.inputs, settings.root),
  };
}

function graphFrom(
  entryPoint: string | undefined,
  inputs: esbuild.Metafile['inputs'],
  root: string,
): ImportGraph {
  const graph = new Map<string, readonly ImportRecord[]>();
  const waiting = entryPoint === undefined ? [] : [entryPoint];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const file = path.resolve(root, name);
    if (!graph.has(file)) {
      const imports = inputs[name]?.imports ?? [];
      waiting.push(...imports.filter((item) => item.external !== true).map((item) => item.path));
      const absolute = (item: ImportRecord): ImportRecord =>
        item.external === true ? item : { ...item, path: path.resolve(root, item.path) };
      graph.set(file, imports.map(absolute));
    }
  }
  return graph;
}

function posix(file: string): string {
  return file.split(path.sep).join('/');
}

/** `file:line:column: text`, and the line. */
export function formatMessage(message: esbuild.Message): string {
  const { location } = message;
  if (location === null) {
    return message.text;
  }
  return `${location.file}:${location.line}:${location.column + 1}: ${message.text}\n    ${location.lineText.trim()}`;
}

/** The error as esbuild's report of a failed build; any other error is thrown on. */
export function asBuildFailure(error: unknown): esbuild.BuildFailure {
  // Not `instanceof`: esbuild makes the error in a worker, whose `Error` is another one under jest.
  const failure = error as esbuild.BuildFailure | undefined;
  if (Array.isArray(failure?.errors)) {
    return failure;
  }
  throw error;
}
