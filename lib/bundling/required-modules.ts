import * as path from 'node:path';
import type { ImportGraph, ImportRecord } from './esbuild-pass';
import { ancestors, withoutExtension } from './module-paths';
import { readJson } from './watch-items';

/** What Node.js reads, and NodejsFunction and esbuild by default. */
export const MAIN_FIRST: readonly string[] = ['main', 'module'];

/** ES modules first: only they can be tree-shaken. */
export const MODULE_FIRST: readonly string[] = ['module', 'main'];

/**
 * Whether a `require()` got the ES module that a package's `module` field names. It would return that module's namespace,
 * where Node.js returns the `module.exports` of the file that `main` names.
 *
 * @param esModules the files of the graph that are ES modules
 */
export function requiresModuleField(graph: ImportGraph, esModules: ReadonlySet<string>): boolean {
  return [...graph.values()].some((imports) =>
    imports.some(
      (item) =>
        item.kind === 'require-call' && esModules.has(item.path) && isFoundByModuleField(item),
    ),
  );
}

function isFoundByModuleField({ path: file, original = '' }: ImportRecord): boolean {
  const isRelative = /^\.{1,2}(\/|$)/.test(original);
  const meant = withoutExtension(file);
  return ancestors(path.dirname(file)).some((folder) => {
    const { module, exports } = readJson(path.join(folder, 'package.json')) ?? {};
    // A package's `exports` replace both fields, except for relative paths.
    if (typeof module !== 'string' || (exports !== undefined && !isRelative)) {
      return false;
    }
    const named = path.resolve(folder, module);
    return [withoutExtension(named), named, path.join(named, 'index')].includes(meant);
  });
}

/** Both graphs in one: what decided that a second build was needed, and what that build read. */
export function mergeGraphs(first: ImportGraph, second: ImportGraph): ImportGraph {
  const merged = new Map(first);
  for (const [file, imports] of second) {
    merged.set(file, [...(merged.get(file) ?? []), ...imports]);
  }
  return merged;
}
