import * as path from 'node:path';
import type * as esbuild from 'esbuild';
import { BundlingFormat } from './bundling-options';
import { BundleSettings } from './bundle-request';
import { BuildAnswer, BuildOptions, BuildOutput, BuildProblem, runBuilds } from './esbuild-service';
import { keepsOrder } from './evaluation-order';
import { esbuildFile } from './load-esbuild';
import { requiredByModuleField } from './required-packages';

/** The name of an entry's file in its asset, without the extension. */
export const MAIN = 'index';

// CommonJS packages inside an ES module expect these. They are set on the global object, not declared, so that a
// handler may declare its own.
export const COMMONJS_BANNER =
  "import{createRequire as __appCreateRequire}from'node:module';" +
  'globalThis.require??=__appCreateRequire(import.meta.url);' +
  'globalThis.__filename??=import.meta.filename;globalThis.__dirname??=import.meta.dirname;';

// The other way round, ES modules inside CommonJS expect this.
const ESM_BANNER = "const __appImportMetaUrl=require('node:url').pathToFileURL(__filename).href;";
const ESM_DEFINE = {
  'import.meta.url': '__appImportMetaUrl',
  'import.meta.filename': '__filename',
  'import.meta.dirname': '__dirname',
};

/** An import as esbuild found it; `path` is absolute, or as written where it was left alone. */
export type ImportRecord = esbuild.Metafile['inputs'][string]['imports'][number];

/** All files that were read for an entry, by absolute path, with what they import. */
export type ImportGraph = ReadonlyMap<string, readonly ImportRecord[]>;

/** What a pass made of one entry. */
export interface EntryOutput {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly exports: readonly string[];
  /** The entry is a CommonJS file, so its only export is `default`. */
  readonly commonJs: boolean;
  /** What the file imports and esbuild left alone. */
  readonly external: readonly esbuild.Metafile['outputs'][string]['imports'][number][];
  /** The sources that are in it, relative to the root, each with the bytes that it takes there. */
  readonly inputs: () => ReadonlyMap<string, number>;
  /** The sources that are in it, and those that were read and of which nothing was left. */
  readonly graph: () => ImportGraph;
  /** The absolute paths of the sources of which something is in its files. */
  readonly contents: () => ReadonlySet<string>;
  /** Whether a dynamic import leads to a file that is no ES module. */
  readonly importsCommonJsDynamically: () => boolean;
  /** Those that are CommonJS. */
  readonly commonJsFiles: () => ReadonlySet<string>;
  /** Whether a division into chunks changes nothing about the order in which modules are evaluated. */
  readonly keepsOrder: () => boolean;
}

/** A build that failed, as esbuild describes it. */
export class BuildError extends Error {
  constructor(readonly problem: BuildProblem) {
    super(problem.errors.map(formatMessage).join('\n'));
  }
}

/** Whether the code is to be ES modules. */
export function isEsm({ options }: BundleSettings): boolean {
  return options.format !== BundlingFormat.CJS;
}

/** The name of an entry's file in its asset. */
export function mainFile(settings: BundleSettings): string {
  return `${MAIN}${extensionOf(settings)}`;
}

function extensionOf(settings: BundleSettings): string {
  return isEsm(settings) ? '.mjs' : '.js';
}

/** Bundles files, each into a folder of its own, all in one pass. Nothing is written to disk. */
export function bundleEntries(
  settings: BundleSettings,
  entries: readonly string[],
  extra: BuildOptions = {},
): Map<string, EntryOutput> {
  // The number of a folder is in no file: only its depth matters, to a source map.
  const entryPoints = Object.fromEntries(entries.map((entry, i) => [`${i}/${MAIN}`, entry]));
  const [output] = runPasses(settings, [
    { entryPoints, assetNames: '0/[name]-[hash]', ...extra },
  ]) as [BuildOutput];
  const folders = byFolder(settings, output);
  const outputs = new Map(
    entries.map((entry, i) => [entry, collect(settings, output, folders, String(i))]),
  );
  for (const [entry, made] of outputs) {
    // Each alone, so that what one entry requires changes no other.
    const mains = withMains(made, extra.mains);
    if (mains !== undefined) {
      outputs.set(entry, bundleEntries(settings, [entry], { ...extra, mains }).get(entry) ?? made);
    }
  }
  return outputs;
}

/** The specifiers that must mean `main`, if there are more than known; then the entry is to be bundled again. */
export function withMains(
  { graph }: Pick<EntryOutput, 'graph'>,
  known: readonly string[] = [],
): string[] | undefined {
  const all = new Set([...known, ...requiredByModuleField(graph())]);
  return all.size > known.length ? [...all].sort() : undefined;
}

/** Texts of which each stands in its turn in the same file. */
export interface Turns {
  readonly file: string;
  readonly texts: readonly string[];
}

/**
 * Bundles texts each in a pass of its own, so that what one becomes follows from it alone.
 *
 * @returns for each of `turns` what became of its texts
 */
export function bundleInTurns(
  settings: BundleSettings,
  turns: readonly Turns[],
  extra: BuildOptions = {},
): EntryOutput[][] {
  const builds = turns.map(({ file, texts }) => {
    const build = { entryPoints: { [`0/${MAIN}`]: file }, ...extra };
    return { options: { ...optionsOf(settings, build), ...build }, file, texts };
  });
  const outputs = outputsOf(runBuilds(esbuildFile(settings), builds)).values();
  return turns.map(({ file, texts }) =>
    texts.map((text) => {
      const made = collect(settings, outputs.next().value as BuildOutput);
      const mains = withMains(made, extra.mains);
      return mains === undefined
        ? made
        : (bundleInTurns(settings, [{ file, texts: [text] }], { ...extra, mains })[0]?.[0] ?? made);
    }),
  );
}

/** Bundles texts, each of which stands for a file in a folder. */
export function bundleTexts<K>(
  settings: BundleSettings,
  texts: ReadonlyMap<K, { readonly contents: string; readonly folder: string }>,
  mains?: readonly string[],
): Map<K, EntryOutput> {
  const builds = [...texts.values()].map(({ contents, folder }) => ({
    stdin: { contents, resolveDir: folder, sourcefile: 'entry.js' },
    outdir: undefined,
    outExtension: undefined,
    outfile: path.join(outdir(settings), '0', mainFile(settings)),
    mains,
  }));
  const outputs = runPasses(settings, builds);
  return new Map(
    [...texts].map(([key, text], i) => {
      const made = collect(settings, outputs[i] as BuildOutput);
      const more = withMains(made, mains);
      const again = more && bundleTexts(settings, new Map([[key, text]]), more).get(key);
      return [key, again ?? made];
    }),
  );
}

/**
 * Runs esbuild with the options of the settings and those of each build.
 *
 * @throws BuildError with the problems of all builds
 */
export function runPasses(
  settings: BundleSettings,
  builds: readonly BuildOptions[],
): readonly BuildOutput[] {
  const answers: readonly BuildAnswer[] =
    builds.length === 0
      ? []
      : runBuilds(
          esbuildFile(settings),
          builds.map((build) => ({ ...optionsOf(settings, build), ...build })),
        );
  return outputsOf(answers);
}

function outputsOf(answers: readonly BuildAnswer[]): BuildOutput[] {
  const problems = answers.flatMap(({ problem }) => problem?.errors ?? []);
  if (problems.length > 0) {
    throw new BuildError({ errors: problems });
  }
  const outputs = answers.map(({ output }) => output as BuildOutput);
  for (const warning of outputs.flatMap(({ warnings }) => warnings)) {
    process.stderr.write(`${formatMessage(warning)}\n`);
  }
  return outputs;
}

function optionsOf(settings: BundleSettings, build: BuildOptions): BuildOptions {
  const { options, root } = settings;
  return {
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    target: `node${settings.nodeVersion}`,
    outdir: outdir(settings),
    outExtension: { '.js': extensionOf(settings) },
    mainFields: ['module', 'main'],
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    minify: options.minify ?? true,
    keepNames: options.keepNames ?? false,
    sourcemap: options.sourceMap ?? false,
    sourcesContent: false,
    external: options.externalModules,
    ...(isEsm(settings)
      ? { format: 'esm', banner: { js: COMMONJS_BANNER }, define: options.define }
      : {
          format: 'cjs',
          banner: { js: ESM_BANNER },
          define: { ...ESM_DEFINE, ...options.define },
        }),
    loader: options.loader as Record<string, esbuild.Loader> | undefined,
    ...tsconfigOf(settings, build),
  };
}

/** What a caller says of a tsconfig.json goes before the user's choice, which is of the user's own sources. */
function tsconfigOf(
  { options, root }: BundleSettings,
  { tsconfigRaw }: BuildOptions,
): Pick<BuildOptions, 'tsconfig'> {
  const given = tsconfigRaw !== undefined || options.tsconfig === undefined;
  return given ? {} : { tsconfig: path.resolve(root, options.tsconfig) };
}

/** The name that esbuild's metafile has for a file. */
export function outputName({ root }: BundleSettings, file: string): string {
  return posix(path.relative(root, file));
}

export function outdir(settings: BundleSettings): string {
  return path.join(settings.root, '.serverless-app');
}

function collect(
  settings: BundleSettings,
  result: BuildOutput,
  folders = byFolder(settings, result),
  folder = '0',
): EntryOutput {
  const main = path.join(outdir(settings), folder, mainFile(settings));
  const output = result.metafile.outputs[outputName(settings, main)];
  return describe(settings, result, output, folders.get(folder) ?? new Map<string, Uint8Array>());
}

/** The files of a pass by the folder that they are in, and by their name there. */
function byFolder(
  settings: BundleSettings,
  { outputFiles }: BuildOutput,
): Map<string, Map<string, Uint8Array>> {
  const folders = new Map<string, Map<string, Uint8Array>>();
  for (const file of outputFiles) {
    const [folder = '', ...rest] = path.relative(outdir(settings), file.path).split(path.sep);
    const files = folders.get(folder) ?? new Map<string, Uint8Array>();
    folders.set(folder, files.set(rest.join('/'), file.contents));
  }
  return folders;
}

/** What a pass made of an entry, given its output and its files. */
export function describe(
  settings: BundleSettings,
  result: BuildOutput,
  output: esbuild.Metafile['outputs'][string] | undefined,
  files: ReadonlyMap<string, Uint8Array>,
): EntryOutput {
  const entryInput =
    output?.entryPoint === undefined ? undefined : result.metafile.inputs[output.entryPoint];
  return {
    files,
    exports: isEsm(settings)
      ? (output?.exports ?? [])
      : namedExports(files.get(mainFile(settings))),
    commonJs: entryInput?.format === 'cjs',
    external: output?.imports.filter((item) => item.external === true) ?? [],
    inputs: () =>
      new Map(
        Object.entries(output?.inputs ?? {}).map(([name, { bytesInOutput }]) => [
          name,
          bytesInOutput,
        ]),
      ),
    graph: () => graphFrom(output?.entryPoint, result.metafile.inputs, settings.root),
    contents: () => contentsOf(result.metafile, output, settings.root),
    importsCommonJsDynamically: () =>
      importsCommonJsDynamically(
        graphFrom(output?.entryPoint, result.metafile.inputs, settings.root),
        commonJsIn(result.metafile.inputs, settings.root),
      ),
    commonJsFiles: () => commonJsIn(result.metafile.inputs, settings.root),
    keepsOrder: () => keepsOrder(result.metafile, output?.entryPoint ?? '', settings.root),
  };
}

/** Of a CommonJS file esbuild names the exports in a note to Node.js, `0 && (module.exports = { … })`, the last thing in it. */
function namedExports(content: Uint8Array | undefined): string[] {
  const notes = /\b0\s*&&\s*\(module\.exports\s*=\s*\{([^}]*)\}\)/g;
  const [, names = ''] = [...new TextDecoder().decode(content).matchAll(notes)].at(-1) ?? [];
  return names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** The sources of an output and of the chunks that it imports. */
function contentsOf(
  { outputs }: esbuild.Metafile,
  output: esbuild.Metafile['outputs'][string] | undefined,
  root: string,
): Set<string> {
  const found = new Set<string>();
  const chunks = new Set(output === undefined ? [] : [output]);
  for (const { inputs, imports } of chunks) {
    Object.entries(inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .forEach(([name]) => found.add(path.resolve(root, name)));
    imports.flatMap((it) => outputs[it.path] ?? []).forEach((chunk) => chunks.add(chunk));
  }
  return found;
}

function importsCommonJsDynamically(graph: ImportGraph, commonJs: ReadonlySet<string>): boolean {
  return [...graph.values()].some((imports) =>
    imports.some((item) => item.kind === 'dynamic-import' && commonJs.has(item.path)),
  );
}

function commonJsIn(inputs: esbuild.Metafile['inputs'], root: string): Set<string> {
  const files = Object.keys(inputs).filter((name) => inputs[name]?.format === 'cjs');
  return new Set(files.map((name) => path.resolve(root, name)));
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
