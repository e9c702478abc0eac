import * as fs from 'node:fs';
import * as path from 'node:path';
import { ancestors } from '../module-paths';
import { pythonImports, PythonImport } from './python-imports';

/** The project's own modules in a function's asset. */
export interface PythonSources {
  /** The folder that imports start from. */
  readonly root: string;
  /** The files, relative to `root`, with `/` between folders, in alphabetical order. */
  readonly files: readonly string[];
}

/** A folder that contains one of these files is a project. */
const PROJECT = ['pyproject.toml', 'requirements.txt', 'setup.py', '.git'];

/**
 * The entry and the project's modules that it imports, directly or through others. Imports start from the folder above the
 * entry's package, or, if more of its modules are found from there, from a folder above that one in the project.
 */
export function pythonSources(entry: string, appRoot: string): PythonSources {
  const candidates = sourceRoots(entry, appRoot).map((root) => {
    return { root, files: modulesOf(root, entry) };
  });
  return candidates.reduce((best, it) => (it.files.length > best.files.length ? it : best));
}

/** From the nearest to the outermost: the app's root, or, for an entry outside it, the nearest folder of a project. */
function sourceRoots(entry: string, appRoot: string): string[] {
  const above = ancestors(path.dirname(entry));
  const nearest = above.findIndex((it) => !fs.existsSync(path.join(it, '__init__.py')));
  const inApp = above.indexOf(appRoot);
  const outermost =
    inApp === -1
      ? above.findIndex((it) => PROJECT.some((name) => fs.existsSync(path.join(it, name))))
      : inApp;
  return above.slice(nearest, Math.max(outermost, nearest) + 1);
}

function modulesOf(root: string, entry: string): string[] {
  const found = new Set<string>();
  const add = (file: string): void => {
    if (found.has(file)) {
      return;
    }
    found.add(file);
    const source = fs.readFileSync(path.join(root, file), 'utf8');
    for (const it of pythonImports(source)) {
      filesOf(root, file, it).forEach(add);
    }
  };
  const own = path.relative(root, entry).split(path.sep);
  packagesAbove(root, own).forEach(add);
  add(own.join('/'));
  return [...found].sort();
}

/** The files that an import loads, as far as they are the project's own. */
function filesOf(root: string, file: string, { level, module, names }: PythonImport): string[] {
  const above = file.split('/').slice(0, -level);
  if (level > file.split('/').length) {
    return [];
  }
  const base = [...(level === 0 ? [] : above), ...module.split('.').filter((it) => it !== '')];
  const loaded = base.length === 0 ? [] : moduleFiles(root, base);
  const parts = names.includes('*') ? submodules(root, base) : names;
  return [...loaded, ...parts.flatMap((name) => moduleFiles(root, [...base, name]))];
}

/** A module, and the packages that it is in. Empty if there is none. A package precedes a module of the same name. */
function moduleFiles(root: string, steps: readonly string[]): string[] {
  const name = steps.join('/');
  const file = [`${name}/__init__.py`, `${name}.py`].find((it) => isFile(path.join(root, it)));
  const above = packagesAbove(root, steps);
  const isFolder = fs.existsSync(path.join(root, name));
  return file !== undefined ? [...above, file] : isFolder ? above : [];
}

function packagesAbove(root: string, steps: readonly string[]): string[] {
  return steps
    .slice(0, -1)
    .map((_, i) => `${steps.slice(0, i + 1).join('/')}/__init__.py`)
    .filter((it) => isFile(path.join(root, it)));
}

/** `from package import *` may name any of them, in `__all__`. */
function submodules(root: string, base: readonly string[]): string[] {
  const folder = path.join(root, ...base);
  if (base.length === 0 || !isFile(path.join(folder, '__init__.py'))) {
    return [];
  }
  return fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.py') && name !== '__init__.py')
    .map((name) => name.slice(0, -'.py'.length));
}

function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}
