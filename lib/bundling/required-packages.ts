import * as fs from 'node:fs';
import * as path from 'node:path';
import type * as esbuild from 'esbuild';
import { modulesAbove, withoutExtension } from './module-paths';
import { readJson } from './watch-items';

/** Files with what they import. */
type Imports = ReadonlyMap<
  string,
  ReadonlyArray<esbuild.Metafile['inputs'][string]['imports'][number]>
>;

/**
 * The specifiers in `require` calls for which esbuild took the `module` field of a package.json.
 *
 * Such a call would get the namespace of an ES module where Node.js gives `module.exports`. esbuild has one order of fields for
 * imports and requires, so the entry is bundled again with `main` for these specifiers. Imports of them take `main` as well:
 * two copies of a package would have two states.
 */
export function requiredByModuleField(graph: Imports): string[] {
  const found = new Set<string>();
  for (const [importer, imports] of graph) {
    for (const { kind, external, path: file, original } of imports) {
      const isRequire = kind === 'require-call' || kind === 'require-resolve';
      if (isRequire && external !== true && original !== undefined) {
        if (moduleFilesOf(original, importer).includes(withoutExtension(file))) {
          found.add(original);
        }
      }
    }
  }
  return [...found].sort();
}

/** The files, without extension, that the `module` field of a package.json may mean, where a specifier means its folder. */
function moduleFilesOf(specifier: string, importer: string): string[] {
  const isRelative = /^\.{1,2}(\/|$)/.test(specifier);
  const folder = isRelative
    ? path.resolve(path.dirname(importer), specifier)
    : modulesAbove(importer)
        .map((modules) => path.join(modules, specifier))
        .find((it) => fs.existsSync(it));
  const file = path.join(folder ?? '', 'package.json');
  if (folder === undefined || !fs.existsSync(file)) {
    return [];
  }
  const { module: field } = readJson(file) ?? {};
  if (typeof field !== 'string') {
    return [];
  }
  const meant = path.join(fs.realpathSync(folder), field);
  return [meant, withoutExtension(meant), path.join(meant, 'index')];
}
