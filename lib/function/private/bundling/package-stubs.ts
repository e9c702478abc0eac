import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type * as esbuild from 'esbuild';
import { Cacheable } from './bundle-cache';
import { AssetFiles, filesWith } from './asset-files';
import { BundleSettings } from './bundle-request';
import { hashOf } from './cache-store';
import { bundleApart, bundleEntries, EntryOutput, MAIN } from './esbuild-pass';

/** The file of an asset that holds what its code takes from packages. */
export const PACKAGES_FILE = 'packages.mjs';

/** A file that exports what an entry takes from packages, and nothing else. */
export interface Stub {
  readonly text: string;
  readonly extension: '.mjs' | '.js';
  /** The `node_modules` folders in which the entry looks for packages, the nearest first. */
  readonly modules: readonly string[];
}

/** In CommonJS, so that it has whatever name is imported. Node.js would first read all of what `process` has. */
const PROCESS = 'module.exports = globalThis.process;\n';

/**
 * Bundles stubs. They lie in a temporary folder from which the same packages are found as from the entries, and which leaves
 * no trace in what is made.
 *
 * What packages import dynamically goes into files of its own, which are not read before they are asked for: of the AWS SDK
 * the ways to find credentials that Lambda does not use, a third of its code. Such files are shared by all that is bundled in
 * a pass, so each stub has its own.
 */
export function bundleStubs(
  settings: BundleSettings,
  stubs: ReadonlyMap<string, Stub>,
): Map<string, Cacheable> {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'serverless-app-'));
  try {
    const files = new Map([...stubs].map(([key, stub]) => [writeStub(folder, key, stub), key]));
    const outputs = bundleFiles(settings, folder, [...files.keys()]);
    return new Map(
      [...outputs].map(([file, output]) => {
        const key = files.get(file) as string;
        const { modules } = stubs.get(key) as Stub;
        const standIn = { folder: `${folder}${path.sep}`, modules };
        const made: Cacheable = {
          files: tidy(output, folder),
          watched: (watch) => [watch.of(output.graph(), 'bundled', standIn)],
        };
        return [key, made] as const;
      }),
    );
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function bundleFiles(
  settings: BundleSettings,
  folder: string,
  files: readonly string[],
): Map<string, EntryOutput> {
  const process = path.join(folder, 'process.cjs');
  fs.writeFileSync(process, PROCESS);
  const options: esbuild.BuildOptions = {
    // A tsconfig.json is for the user's own sources. One above the temporary folder is nobody's.
    tsconfigRaw: '{}',
    alias: { 'node:process': process },
  };
  const outputs = bundleApart(settings, files, {
    ...options,
    splitting: true,
    chunkNames: '0/chunk-[hash]',
  });
  const whole = files.filter((file) => outputs.get(file)?.keepsOrder() !== true);
  if (whole.length > 0) {
    bundleEntries(settings, whole, options).forEach((output, file) => outputs.set(file, output));
  }
  return outputs;
}

/** `<outermost>/…/<innermost>/stub.js`, with a link to one `node_modules` on each step. */
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

/** With names that do not hang on where the packages lie, and without the comments that name the stub. */
function tidy(output: EntryOutput, folder: string): AssetFiles {
  const names = chunkNames(output.files);
  const contents = [...output.files]
    // A chunk that nothing names is of a dynamic import that was left out.
    .filter(([name]) => !name.endsWith('.mjs') || names.has(name))
    .map(([name, content]): [string, Uint8Array] => [
      names.get(name) ?? name,
      name.endsWith('.mjs') ? rewrite(content, names, path.basename(folder)) : content,
    ]);
  return filesWith(new Map(contents));
}

const CHUNK = /\bchunk-[A-Z0-9]+\.mjs\b/g;

/** The chunks numbered in the order in which they are named, from the stub on. */
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
  const tidied = lines.join('\n');
  return tidied === text ? content : new TextEncoder().encode(tidied);
}

function textOf(content: Uint8Array | undefined): string {
  return new TextDecoder().decode(content);
}

function shortHash(text: string): string {
  return hashOf(text).slice(0, 32);
}
