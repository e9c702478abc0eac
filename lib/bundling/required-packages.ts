import * as fs from 'node:fs';
import * as path from 'node:path';
import type * as esbuild from 'esbuild';
import { isInside, modulesAbove, packageRoot, withoutExtension } from './module-paths';
import { readJson } from './watch-items';

/** Files with their imports. */
type Imports = ReadonlyMap<
  string,
  ReadonlyArray<esbuild.Metafile['inputs'][string]['imports'][number]>
>;

/**
 * The specifiers for which esbuild took the `module` field of a package.json, and Node.js needs `main`:
 *
 * - those in `require` calls, which would get the namespace of an ES module where Node.js gives `module.exports`;
 * - those of packages whose ES modules are for browsers.
 *
 * esbuild has one order of fields for imports and requires, so the entry is bundled again with `main` for these specifiers. Imports
 * of them take `main` as well: two copies of a package would have two states.
 */
export function specifiersOfMain(graph: Imports): string[] {
  const found = new Set<string>();
  const browser = new Map<string, boolean>();
  const isForBrowsers = (file: string): boolean => {
    const root = packageRoot(file);
    if (root === undefined) {
      return false;
    }
    const known = browser.get(root) ?? hasModulesForBrowsers(root);
    browser.set(root, known);
    return known;
  };
  for (const [importer, imports] of graph) {
    for (const { kind, external, path: file, original } of imports) {
      const isRequire = kind === 'require-call' || kind === 'require-resolve';
      const isImport = kind === 'import-statement' || kind === 'dynamic-import';
      if (external !== true && original !== undefined && !found.has(original)) {
        const mayNeedMain = isRequire || (isImport && isForBrowsers(file));
        if (mayNeedMain && moduleFilesOf(original, importer).includes(withoutExtension(file))) {
          found.add(original);
        }
      }
    }
  }
  return [...found].sort();
}

/**
 * Whether the ES modules of a package are for browsers. A package whose ES modules are for Node.js, too, replaces some of them in
 * `browser`; one that replaces only other files, or the whole package, has ES modules that need no replacement there.
 */
function hasModulesForBrowsers(root: string): boolean {
  const manifest = readJson(path.join(root, 'package.json')) ?? {};
  const { module: field, main, browser, exports } = manifest;
  if (typeof field !== 'string' || typeof main !== 'string' || exports !== undefined) {
    return false;
  }
  if (typeof browser === 'string') {
    return true;
  }
  const files = Object.keys(typeof browser === 'object' && browser !== null ? browser : {})
    .filter((name) => name.startsWith('.'))
    .map((name) => path.join(root, name));
  const folder = path.dirname(path.join(root, field));
  return files.length > 0 && folder !== root && !files.some((file) => isInside(file, folder));
}

/** The files, without extension, that the `module` field of a package.json may mean if a specifier leads to its folder. */
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
