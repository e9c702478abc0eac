import * as fs from 'node:fs';
import * as path from 'node:path';
import type * as esbuild from 'esbuild';
import type { BundleSettings } from './bundle-request';
import type { BuildOutput } from './esbuild-service';
import { keepsOrder } from './evaluation-order';
import { HandlerScript } from './handler-script';
import { isEsm, mainFile } from './output-names';

/** An import as esbuild found it. `path` is absolute, or as written if esbuild left the import alone. */
export type ImportRecord = esbuild.Metafile['inputs'][string]['imports'][number];

/** All files that were read for an entry, by absolute path, with their imports. */
export type ImportGraph = ReadonlyMap<string, readonly ImportRecord[]>;

/** A file of an entry's code. */
export interface Chunk {
  readonly exports: readonly string[];
  /** The other files that it imports, by their names. */
  readonly imports: ReadonlyArray<{ readonly name: string; readonly isDynamic: boolean }>;
}

/** The output of a pass for one entry. */
export interface EntryOutput {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly exports: readonly string[];
  /** The entry is a CommonJS file, so its only export is `default`. */
  readonly commonJs: boolean;
  /** The imports that esbuild left in the code. */
  readonly external: readonly esbuild.Metafile['outputs'][string]['imports'][number][];
  /** The sources of the file and its chunks, relative to the root, each with the bytes that it takes up there. */
  readonly inputs: () => ReadonlyMap<string, number>;
  /** The sources in the output, and those that were read but contributed nothing to it. */
  readonly graph: () => ImportGraph;
  /** The absolute paths of the sources that are at least partly in its files. */
  readonly contents: () => ReadonlySet<string>;
  /** Whether a dynamic import leads to a CommonJS file or to the module itself, which `splitting` breaks. */
  readonly isIndivisible: () => boolean;
  /** The CommonJS files among them. */
  readonly commonJsFiles: () => ReadonlySet<string>;
  /** The entry's file and the files that it loads, by their names. */
  readonly chunks: () => ReadonlyMap<string, Chunk>;
  /** Whether a division into chunks keeps the order in which modules are evaluated. */
  readonly keepsOrder: () => boolean;
}

/** Describes the output of a pass for an entry. */
export function entryOutput(
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
      : [
          ...namedExports(files.get(mainFile(settings))),
          ...defaultExport(settings, output?.entryPoint, entryInput),
        ],
    commonJs: entryInput?.format === 'cjs',
    external: output?.imports.filter((item) => item.external === true) ?? [],
    inputs: () => inputsOf(result.metafile, output),
    graph: () => graphFrom(output?.entryPoint, result.metafile.inputs, settings.root),
    contents: () =>
      new Set(
        [...inputsOf(result.metafile, output)]
          .filter(([, bytes]) => bytes > 0)
          .map(([name]) => path.resolve(settings.root, name)),
      ),
    isIndivisible: () =>
      isIndivisible(
        graphFrom(output?.entryPoint, result.metafile.inputs, settings.root),
        commonJsIn(result.metafile.inputs, settings.root),
      ),
    commonJsFiles: () => commonJsIn(result.metafile.inputs, settings.root),
    chunks: () => chunksOf(result.metafile, output),
    keepsOrder: () => keepsOrder(result.metafile, output?.entryPoint ?? '', settings.root),
  };
}

/** esbuild ends a CommonJS file with a line for Node.js that lists the exports: `0 && (module.exports = { … })`. */
function namedExports(content: Uint8Array | undefined): string[] {
  const notes = /\b0\s*&&\s*\(module\.exports\s*=\s*\{([^}]*)\}\)/g;
  const [, names = ''] = [...new TextDecoder().decode(content).matchAll(notes)].at(-1) ?? [];
  return names
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** That line leaves out the default export, which the source shows. */
function defaultExport(
  { root }: BundleSettings,
  entryPoint: string | undefined,
  input: esbuild.Metafile['inputs'][string] | undefined,
): string[] {
  if (entryPoint === undefined || input?.format !== 'esm') {
    return [];
  }
  const file = path.resolve(root, entryPoint);
  const names = fs.existsSync(file)
    ? new HandlerScript(fs.readFileSync(file, 'utf8')).exportedNames
    : [];
  return [...names].filter((name) => name === 'default');
}

/** The sources of an output and of the chunks that it imports, with the bytes of each. */
function inputsOf(
  { outputs }: esbuild.Metafile,
  output: esbuild.Metafile['outputs'][string] | undefined,
): Map<string, number> {
  const found = new Map<string, number>();
  const chunks = new Set(output === undefined ? [] : [output]);
  for (const { inputs, imports } of chunks) {
    for (const [name, { bytesInOutput }] of Object.entries(inputs)) {
      found.set(name, (found.get(name) ?? 0) + bytesInOutput);
    }
    imports.flatMap((it) => outputs[it.path] ?? []).forEach((chunk) => chunks.add(chunk));
  }
  return found;
}

function chunksOf(
  { outputs }: esbuild.Metafile,
  output: esbuild.Metafile['outputs'][string] | undefined,
): Map<string, Chunk> {
  const [main = ''] = Object.entries(outputs).find(([, it]) => it === output) ?? [];
  const found = new Set([main]);
  const chunks = new Map<string, Chunk>();
  for (const file of found) {
    const { exports = [], imports = [] } = outputs[file] ?? {};
    const own = imports.filter((it) => outputs[it.path] !== undefined);
    own.forEach((it) => found.add(it.path));
    chunks.set(path.posix.basename(file), {
      exports,
      imports: own.map((it) => ({
        name: path.posix.basename(it.path),
        isDynamic: it.kind === 'dynamic-import',
      })),
    });
  }
  return chunks;
}

function isIndivisible(graph: ImportGraph, commonJs: ReadonlySet<string>): boolean {
  return [...graph].some(([file, imports]) =>
    imports.some(
      (item) => item.kind === 'dynamic-import' && (item.path === file || commonJs.has(item.path)),
    ),
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
