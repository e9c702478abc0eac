import * as path from 'node:path';
import type * as esbuild from 'esbuild';
import { BundleSettings } from './bundle-request';
import { hashOf } from './cache-store';
import { entryOutput, EntryOutput } from './entry-output';
import { bundleEntries, Corrections, correctionsOf, runPasses } from './esbuild-pass';
import { mainFile, outdir, outputName } from './output-names';
import { BuildOutput } from './esbuild-service';

/**
 * Bundles entries in one pass, and puts code that several of them share into files of its own. An asset gets its entry's file and
 * all files that it loads, directly or not. The result of an entry depends on all entries.
 */
export function bundleShared(
  settings: BundleSettings,
  entries: readonly string[],
): Map<string, EntryOutput> {
  const outputs = divide(settings, entries);
  // In a file of its own, dynamically imported CommonJS would have only the name `default`; a module cannot import itself at all.
  const whole = entries.filter((entry) => outputs.get(entry)?.isIndivisible() === true);
  if (whole.length > 0) {
    bundleEntries(settings, whole).forEach((output, entry) => outputs.set(entry, output));
  }
  return outputs;
}

function divide(
  settings: BundleSettings,
  entries: readonly string[],
  known: Corrections = {},
): Map<string, EntryOutput> {
  const named = new Map([...entries].sort().map((entry) => [entryName(settings, entry), entry]));
  const [result] = runPasses(settings, [
    {
      entryPoints: Object.fromEntries(named),
      splitting: true,
      chunkNames: 'chunk-[hash]',
      ...known,
    },
  ]) as [BuildOutput];
  const contents = new Map(
    result.outputFiles.map((file) => [outputName(settings, file.path), file.contents]),
  );
  const outputs = new Map(
    [...named].map(([name, entry]) => {
      const main = outputName(settings, path.join(outdir(settings), `${name}.mjs`));
      const output = result.metafile.outputs[main];
      return [
        entry,
        entryOutput(settings, result, output, assetOf(settings, result, contents, main)),
      ];
    }),
  );
  const more = [...outputs.values()].flatMap((it) => correctionsOf(settings, it, known) ?? []);
  if (more.length === 0) {
    return outputs;
  }
  const mains = [...new Set(more.flatMap((it) => it.mains ?? []))].sort();
  const decorated = new Map(more.flatMap((it) => it.decorated ?? []).map((it) => [it.file, it]));
  return divide(settings, entries, { mains, decorated: [...decorated.values()] });
}

/** Derived from the entry's path only, so that another entry changes no name. */
function entryName({ root }: BundleSettings, entry: string): string {
  const place = path.relative(root, entry).split(path.sep).join('/');
  return `entry-${hashOf(place).slice(0, 8)}`;
}

function assetOf(
  settings: BundleSettings,
  { metafile }: BuildOutput,
  contents: ReadonlyMap<string, Uint8Array>,
  main: string,
): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const loaded = loadedBy(metafile, main);
  for (const name of loaded) {
    for (const part of [name, `${name}.map`]) {
      const content = contents.get(part);
      if (content !== undefined) {
        files.set(path.posix.basename(part), content);
      }
    }
  }
  const own = path.posix.basename(main);
  const isImported = [...loaded].some((name) =>
    (metafile.outputs[name]?.imports ?? []).some((it) => it.path === main),
  );
  if (isImported) {
    files.set(mainFile(settings), new TextEncoder().encode(`export * from "./${own}";\n`));
  } else {
    files.set(mainFile(settings), files.get(own) as Uint8Array);
    files.delete(own);
  }
  return files;
}

function loadedBy({ outputs }: esbuild.Metafile, main: string): Set<string> {
  const loaded = new Set([main]);
  for (const name of loaded) {
    outputs[name]?.imports
      .filter((it) => it.external !== true && outputs[it.path] !== undefined)
      .forEach((it) => loaded.add(it.path));
  }
  return loaded;
}
