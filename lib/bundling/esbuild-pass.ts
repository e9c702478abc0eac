import * as fs from 'node:fs';
import * as path from 'node:path';
import { BundleSettings } from './bundle-request';
import {
  BuildAnswer,
  BuildOptions,
  BuildOutput,
  BuildProblem,
  BuildSeries,
  DecoratedFile,
  OptionalPackage,
  runBuilds,
} from './esbuild-service';
import { decoratedFiles, NoCompilerError } from './decorator-metadata';
import { EntryOutput, entryOutput, ImportGraph } from './entry-output';
import { esbuildOptions } from './esbuild-options';
import { formatMessage } from './format-message';
import { esbuildFile } from './load-esbuild';
import { optionalIn } from './optional-packages';
import { MAIN, mainFile, outdir, outputName } from './output-names';
import { specifiersOfMain } from './required-packages';

/** A failed build, as esbuild describes it. */
export class BuildError extends Error {
  constructor(readonly problem: BuildProblem) {
    super(problem.errors.map(formatMessage).join('\n'));
  }
}

/** Bundles files, each into a folder of its own, in a single pass. Nothing is written to disk. */
export function bundleEntries(
  settings: BundleSettings,
  entries: readonly string[],
  extra: BuildOptions = {},
): Map<string, EntryOutput> {
  // The folder's number does not appear in any file. Only its depth affects the output, through the paths in source maps.
  const entryPoints = Object.fromEntries(entries.map((entry, i) => [`${i}/${MAIN}`, entry]));
  const [output] = runPasses(settings, [
    { entryPoints, assetNames: '0/[name]-[hash]', ...extra },
  ]) as [BuildOutput];
  const folders = byFolder(settings, output);
  const outputs = new Map(
    entries.map((entry, i) => [entry, collect(settings, output, folders, String(i))]),
  );
  for (const [entry, made] of outputs) {
    // One by one, so that a `require` in one entry does not affect another.
    const more = correctionsOf(settings, made, extra);
    if (more !== undefined) {
      outputs.set(
        entry,
        bundleEntries(settings, [entry], { ...extra, ...more }).get(entry) ?? made,
      );
    }
  }
  return outputs;
}

/** Corrections of an entry's build that are known only after a first build. */
export type Corrections = Pick<BuildOptions, 'mains' | 'decorated'>;

/**
 * The corrections that an entry needs. If there are more than the known ones, the entry must be bundled again.
 *
 * @throws BuildError if a source needs a compiler that is not installed
 */
export function correctionsOf(
  settings: BundleSettings,
  { graph }: Pick<EntryOutput, 'graph'>,
  { mains = [], decorated = [] }: Corrections = {},
): Corrections | undefined {
  const files = graph();
  const all = new Set([...mains, ...specifiersOfMain(files)]);
  const compiled = decoratedIn(settings, files);
  return all.size > mains.length || compiled.length > decorated.length
    ? { mains: [...all].sort(), decorated: compiled }
    : undefined;
}

function decoratedIn(settings: BundleSettings, graph: ImportGraph): DecoratedFile[] {
  try {
    return decoratedFiles(settings, graph);
  } catch (error) {
    if (!(error instanceof NoCompilerError)) {
      throw error;
    }
    const message = { id: '', pluginName: '', location: null, notes: [], detail: undefined };
    throw new BuildError({ errors: [{ ...message, text: error.message }] });
  }
}

/** Texts that are written to the same file, one after the other. */
export interface Turns {
  readonly file: string;
  readonly texts: readonly string[];
}

/**
 * Bundles each text in a pass of its own, so that the result depends on that text only.
 *
 * @returns for each of `turns` the results of its texts
 */
export function bundleInTurns(
  settings: BundleSettings,
  turns: readonly Turns[],
  extra: BuildOptions = {},
): EntryOutput[][] {
  const builds = turns.map(({ file, texts }) => {
    const build = { entryPoints: { [`0/${MAIN}`]: file }, ...extra };
    return { options: { ...esbuildOptions(settings, build), ...build }, file, texts };
  });
  const outputs = runAll(settings, builds).values();
  return turns.map(({ file, texts }) =>
    texts.map((text) => {
      const made = collect(settings, outputs.next().value as BuildOutput);
      const more = correctionsOf(settings, made, extra);
      return more === undefined
        ? made
        : (bundleInTurns(settings, [{ file, texts: [text] }], { ...extra, ...more })[0]?.[0] ??
            made);
    }),
  );
}

/** Bundles texts, each of which stands for a file in a folder. */
export function bundleTexts<K>(
  settings: BundleSettings,
  texts: ReadonlyMap<K, { readonly contents: string; readonly folder: string }>,
  known: Corrections = {},
): Map<K, EntryOutput> {
  const builds = [...texts.values()].map(({ contents, folder }) => ({
    stdin: { contents, resolveDir: folder, sourcefile: unusedName(folder) },
    outdir: undefined,
    outExtension: undefined,
    outfile: path.join(outdir(settings), '0', mainFile(settings)),
    ...known,
  }));
  const outputs = runPasses(settings, builds);
  return new Map(
    [...texts].map(([key, text], i) => {
      const made = collect(settings, outputs[i] as BuildOutput);
      const more = correctionsOf(settings, made, known);
      const again = more && bundleTexts(settings, new Map([[key, text]]), more).get(key);
      return [key, again ?? made];
    }),
  );
}

/** A name that no file in the folder has. */
function unusedName(folder: string): string {
  const name = (i: number): string => (i === 0 ? 'entry.js' : `entry-${i}.js`);
  let i = 0;
  while (fs.existsSync(path.join(folder, name(i)))) {
    i++;
  }
  return name(i);
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
  return builds.length === 0
    ? []
    : runAll(
        settings,
        builds.map((build) => ({ ...esbuildOptions(settings, build), ...build })),
      );
}

/** Packages that are not installed, and that are optional for the packages that import them, are left out. */
function runAll(
  settings: BundleSettings,
  builds: ReadonlyArray<BuildOptions | BuildSeries>,
  left: readonly OptionalPackage[] = [],
): readonly BuildOutput[] {
  const answers = runBuilds(
    esbuildFile(settings),
    builds.map((build) => withOptional(build, left)),
  );
  const problems = answers.flatMap(({ problem }) => problem?.errors ?? []);
  const known = new Set(left.map((it) => JSON.stringify(it)));
  const more = optionalIn(settings.root, problems).filter((it) => !known.has(JSON.stringify(it)));
  return more.length === 0 ? outputsOf(answers) : runAll(settings, builds, [...left, ...more]);
}

function withOptional<B extends BuildOptions | BuildSeries>(
  build: B,
  optional: readonly OptionalPackage[],
): B {
  if (optional.length === 0) {
    return build;
  }
  return 'texts' in build
    ? { ...build, options: { ...build.options, optional } }
    : { ...build, optional };
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

function collect(
  settings: BundleSettings,
  result: BuildOutput,
  folders = byFolder(settings, result),
  folder = '0',
): EntryOutput {
  const main = path.join(outdir(settings), folder, mainFile(settings));
  const output = result.metafile.outputs[outputName(settings, main)];
  return entryOutput(
    settings,
    result,
    output,
    folders.get(folder) ?? new Map<string, Uint8Array>(),
  );
}

/** The files of a pass, by folder and name. */
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
