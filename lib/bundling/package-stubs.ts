import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type * as esbuild from 'esbuild';
import { Cacheable } from './bundle-cache';
import { AssetFiles, filesWith } from './asset-files';
import { inTemporaryFolder } from '../core/disk';
import { BundleSettings } from './bundle-request';
import { hashOf } from './cache-store';
import { EntryOutput, ImportGraph, ImportRecord } from './entry-output';
import { bundleEntries, bundleInTurns } from './esbuild-pass';
import { MAIN } from './output-names';
import { isDefinition } from './evaluation-order';
import { largePartsOf } from './large-parts';
import { CHUNK, mergeChunks } from './merged-chunks';
import { isInPackage, isInside, packageName } from './module-paths';
import { PackageFindings } from './package-findings';

/** The file of an asset that contains the code's imports from packages. */
export const PACKAGES_FILE = 'packages.mjs';

/** A generated file that exports what an entry imports from packages, and nothing else. */
export interface Stub {
  readonly text: string;
  /** The names that are taken from each package. */
  readonly taken: ReadonlyArray<readonly [specifier: string, names: readonly string[]]>;
  /** The packages that must be evaluated after side effects in the user's own files. */
  readonly late: readonly string[];
  /** Whether the entry's own code updates the names that were imported from Node.js' modules (`syncBuiltinESMExports`). */
  readonly live: boolean;
  readonly extension: '.mjs' | '.js';
  /** The `node_modules` folders in which the entry looks for packages, the nearest first. */
  readonly modules: readonly string[];
}

/** The stub for `process`, in CommonJS, so that every imported name exists. Node.js would otherwise evaluate all getters of `process`. */
const PROCESS = 'module.exports = globalThis.process;\n';

/**
 * Bundles stubs. Stubs that would not behave like the packages are left out of the result. They are written to a temporary
 * folder from which packages resolve as from the entries, and which leaves no trace in the output.
 *
 * Dynamic imports of packages go into files of their own, which are read on demand: in the AWS SDK, the credential providers that
 * Lambda does not use, a third of its code. Such files are shared within a pass, so each stub has its own pass.
 */
export function bundleStubs(
  settings: BundleSettings,
  stubs: ReadonlyMap<string, Stub>,
  findings: PackageFindings,
): Map<string, Cacheable> {
  return inTemporaryFolder((folder) => {
    const files = new Map([...stubs].map(([key, stub]) => [writeStub(folder, key, stub), key]));
    const written = new Map([...files].map(([file, key]) => [file, stubs.get(key) as Stub]));
    const outputs = bundleFiles(settings, folder, withoutCommonJsNames(settings, folder, written));
    const own = `${folder}${path.sep}`;
    const same = new Map(
      [...outputs].filter(([file, output]) => isSame(output, written.get(file) as Stub, own)),
    );
    const isLive = (file: string): boolean => written.get(file)?.live === true;
    const code = mergeChunks(settings, same, { name: PACKAGES_FILE, folder, isLive });
    return new Map(
      [...same].map(([file, output]) => {
        const key = files.get(file) as string;
        const { modules } = written.get(file) as Stub;
        const cacheable: Cacheable = {
          files: tidy(code.get(file) ?? output.files, folder),
          watched: (watch) => [watch.of(output.graph(), 'bundled', { folder: own, modules })],
          findings: [
            ...findings.in({ graph: output.graph(), contents: output.contents(), modules }),
            ...largePartsOf(output),
          ],
        };
        return [key, cacheable];
      }),
    );
  });
}

/**
 * Leaves out the stubs that import names from CommonJS and would be rejected when they are bundled. It reads only the first file
 * of each package, which is fast; a package may have 10 MB.
 */
function withoutCommonJsNames(
  settings: BundleSettings,
  folder: string,
  stubs: ReadonlyMap<string, Stub>,
): Map<string, Stub> {
  const onlyFolder = `${folder}${path.sep}`;
  const outputs = bundleEntries(settings, [...stubs.keys()], { tsconfigRaw: '{}', onlyFolder });
  return new Map(
    [...stubs].filter(([file, stub]) => {
      const output = outputs.get(file) as EntryOutput;
      const [imports = []] = output.graph().values();
      return areFound(imports, output, stub);
    }),
  );
}

/** Whether a stub exports exactly what the code would get from the packages. */
function isSame(output: EntryOutput, stub: Stub, own: string): boolean {
  const graph = output.graph();
  const [imports = []] = graph.values(); // from the stub itself
  const early = imports.filter(({ original = '' }) => !stub.late.includes(original));
  const loaded = new Set(loadedBy(graph, early));
  const later = loadedBy(graph, imports).filter((it) => !loaded.has(it));
  return (
    areFound(imports, output, stub) &&
    // Modules that contain only definitions do not depend on what was evaluated before.
    later.every((it) => isDefinition(it)) &&
    // Sources of the user, for example in a linked workspace, have a tsconfig.json and may also be in the code.
    [...graph.keys()].every((it) => it.startsWith(own) || isInPackage(it))
  );
}

/** Whether the packages are those of the entry, and have the names from the start. */
function areFound(
  imports: readonly ImportRecord[],
  output: EntryOutput,
  { taken, modules }: Stub,
): boolean {
  const commonJs = output.commonJsFiles();
  const names = new Map(taken);
  const isFound = ({ path: found, original = '' }: ImportRecord): boolean => {
    // The packages must not come from a folder that only the temporary folder has above it.
    const places = modules.map((folder) => path.join(folder, packageName(original) ?? ''));
    const isThere = places.some((it) => fs.existsSync(it) && isInside(found, fs.realpathSync(it)));
    // CommonJS exports may change later; a stub would give their first values.
    const isFixed = (names.get(original) ?? []).every((name) => name === 'default');
    return isThere && (isFixed || !commonJs.has(found));
  };
  return imports.every(isFound);
}

/** The files that some imports load immediately. */
function loadedBy(graph: ImportGraph, imports: readonly ImportRecord[]): string[] {
  const isAtOnce = ({ kind, external }: ImportRecord): boolean =>
    external !== true && kind !== 'dynamic-import';
  const files = new Set(imports.filter(isAtOnce).map((it) => it.path));
  for (const file of files) {
    (graph.get(file) ?? []).filter(isAtOnce).forEach((it) => files.add(it.path));
  }
  return [...files];
}

/** The passes of a place run as one series, or as several on a large machine, but not so many that they mostly parse the same packages. */
const LEAST_OF_A_SERIES = 4;
const PROCESSORS_OF_A_SERIES = 2;

function bundleFiles(
  settings: BundleSettings,
  folder: string,
  stubs: ReadonlyMap<string, Stub>,
): Map<string, EntryOutput> {
  const process = path.join(folder, 'process.cjs');
  fs.writeFileSync(process, PROCESS);
  const options: esbuild.BuildOptions = {
    // A tsconfig.json applies to the user's own sources. One above the temporary folder must not apply.
    tsconfigRaw: '{}',
    alias: { 'node:process': process },
  };
  const series = seriesOf(stubs);
  const turns = series.map(({ file, members }) => ({
    file,
    texts: members.map((it) => (stubs.get(it) as Stub).text),
  }));
  const made = bundleInTurns(settings, turns, {
    ...options,
    splitting: true,
    chunkNames: '0/chunk-[hash]',
  });
  const outputs = new Map(
    series.flatMap(({ members }, i) =>
      members.map((file, j) => [file, made[i]?.[j] as EntryOutput] as const),
    ),
  );
  const whole = [...outputs.keys()].filter((file) => outputs.get(file)?.keepsOrder() !== true);
  if (whole.length > 0) {
    bundleEntries(settings, whole, options).forEach((output, file) => outputs.set(file, output));
  }
  return outputs;
}

interface Series {
  readonly file: string;
  readonly members: readonly string[];
}

/** Files with the same folder and extension. They are written to one file, one after the other. */
function seriesOf(stubs: ReadonlyMap<string, Stub>): Series[] {
  const places = new Map<string, string[]>();
  for (const [file, { extension }] of stubs) {
    const place = path.join(path.dirname(file), extension);
    places.set(place, [...(places.get(place) ?? []), file]);
  }
  const most = Math.ceil(os.availableParallelism() / PROCESSORS_OF_A_SERIES);
  return [...places].flatMap(([place, files]) => {
    const count = Math.min(most, Math.ceil(files.length / LEAST_OF_A_SERIES));
    return Array.from({ length: count }, (_, i) => ({
      file: path.join(path.dirname(place), `turn-${i}${path.basename(place)}`),
      members: files.filter((_file, j) => j % count === i),
    }));
  });
}

/** `<outermost>/…/<innermost>/stub.js`, with a link to one `node_modules` at each step. */
function writeStub(folder: string, key: string, stub: Stub): string {
  let place = folder;
  for (const modules of [...stub.modules].reverse()) {
    place = path.join(place, shortHash(modules));
    fs.mkdirSync(place, { recursive: true });
    const link = path.join(place, 'node_modules');
    if (!fs.existsSync(link)) {
      fs.symlinkSync(modules, link, 'junction');
    }
  }
  fs.writeFileSync(path.join(place, 'package.json'), '{}');
  const file = path.join(place, `${shortHash(key)}${stub.extension}`);
  fs.writeFileSync(file, stub.text);
  return file;
}

/** The output with names that do not depend on the location of the packages, and without the comments that name the stub. */
function tidy(files: ReadonlyMap<string, Uint8Array>, folder: string): AssetFiles {
  const names = chunkNames(files);
  const contents = [...files]
    // A chunk without a reference belongs to a dynamic import that was left out.
    .filter(([name]) => !name.endsWith('.mjs') || names.has(name))
    .map(([name, content]): [string, Uint8Array] => [
      names.get(name) ?? name,
      name.endsWith('.mjs') ? rewrite(content, names, path.basename(folder)) : content,
    ]);
  return filesWith(new Map(contents));
}

/** The chunks, numbered in the order in which they are referenced, starting with the stub. */
function chunkNames(files: ReadonlyMap<string, Uint8Array>): Map<string, string> {
  const names = new Map([[`${MAIN}.mjs`, PACKAGES_FILE]]);
  for (const file of names.keys()) {
    for (const [chunk] of textOf(files.get(file)).matchAll(CHUNK)) {
      if (files.has(chunk) && !names.has(chunk)) {
        names.set(chunk, `packages-${names.size}.mjs`);
      }
    }
  }
  return names;
}

function rewrite(
  content: Uint8Array,
  names: ReadonlyMap<string, string>,
  folder: string,
): Uint8Array {
  const text = textOf(content);
  const renamed = text.replace(CHUNK, (chunk) => names.get(chunk) ?? chunk);
  const lines = renamed.includes(folder)
    ? renamed.split('\n').filter((line) => !(line.startsWith('// ') && line.includes(folder)))
    : [renamed];
  // Also the stub for `node:process`, whose path esbuild prints if it does not minify.
  const tidied = lines.join('\n').replaceAll(folder, 'serverless-app');
  return tidied === text ? content : new TextEncoder().encode(tidied);
}

function textOf(content: Uint8Array | undefined): string {
  return new TextDecoder().decode(content);
}

function shortHash(text: string): string {
  return hashOf(text).slice(0, 32);
}
