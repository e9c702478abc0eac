import * as path from 'node:path';
import type * as esbuild from 'esbuild';
import { packageRoot } from './module-paths';
import { readJson } from './watch-items';

/**
 * Whether the modules of a build that is divided into chunks are evaluated in the order in which the sources import them.
 *
 * esbuild puts what several chunks share into a chunk that is evaluated first, so a module may come before another one that
 * the sources import earlier. That is no matter for modules that only define something, as most packages say of theirs in
 * `sideEffects`. Before a module that may do more, and that the sources import earlier, only those of other packages may come
 * that its own package imports, directly or not: they do not rely on what happens in it.
 */
export function keepsOrder(metafile: esbuild.Metafile, entry: string, root: string): boolean {
  const main = Object.keys(metafile.outputs).find(
    (name) => metafile.outputs[name]?.entryPoint === entry,
  );
  if (main === undefined) {
    return false;
  }
  const chunks = evaluate(main, (chunk) => ownChunks(metafile, chunk));
  const divided = new Map(
    chunks.flatMap((chunk) => modulesOf(metafile, chunk)).map((file, i) => [file, i]),
  );
  const meant = evaluate(entry, (file) => staticImports(metafile, file)).filter((file) =>
    divided.has(file),
  );
  const places = meant.map((file) => divided.get(file) as number);
  const packages = new PackageGraph(metafile);
  return meant.every((file, at) => {
    const own = places[at] as number;
    const before = meant.filter((_, i) => i > at && (places[i] as number) < own);
    return before.length === 0 || isDefinition(file, root) || packages.areBelow(before, file);
  });
}

/** The modules of which something is in a chunk; not CommonJS, which is evaluated where it is required. */
function modulesOf({ inputs, outputs }: esbuild.Metafile, chunk: string): string[] {
  return Object.entries(outputs[chunk]?.inputs ?? {})
    .filter(([file, { bytesInOutput }]) => bytesInOutput > 0 && inputs[file]?.format === 'esm')
    .map(([file]) => file);
}

/** Which packages import which, directly or not. */
class PackageGraph {
  private readonly imported = new Map<string, Set<string>>();
  private readonly closures = new Map<string, ReadonlySet<string>>();

  constructor({ inputs }: esbuild.Metafile) {
    for (const [file, { imports }] of Object.entries(inputs)) {
      const name = packageOf(file);
      const names = this.imported.get(name) ?? new Set();
      imports
        .filter(({ external }) => external !== true)
        .forEach((it) => names.add(packageOf(it.path)));
      this.imported.set(name, names);
    }
  }

  /** Whether all these files are of other packages, and such that the file's own package imports. */
  areBelow(files: readonly string[], file: string): boolean {
    const own = packageOf(file);
    let closure = this.closures.get(own);
    if (closure === undefined) {
      closure = new Set(evaluate(own, (name) => [...(this.imported.get(name) ?? [])]));
      this.closures.set(own, closure);
    }
    return files.every((it) => packageOf(it) !== own && closure.has(packageOf(it)));
  }
}

/** The folder of a file's package; of any other file, nothing. */
function packageOf(file: string): string {
  return packageRoot(file.split('/').join(path.sep)) ?? '';
}

/** Modules in the order in which they are evaluated: what a module imports goes before it. */
function evaluate(start: string, importsOf: (name: string) => readonly string[]): string[] {
  const order = new Set<string>();
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (!seen.has(name)) {
      seen.add(name);
      importsOf(name).forEach(visit);
      order.add(name);
    }
  };
  visit(start);
  return [...order];
}

function ownChunks({ outputs }: esbuild.Metafile, chunk: string): string[] {
  return (outputs[chunk]?.imports ?? [])
    .filter(({ kind, path: name }) => kind === 'import-statement' && outputs[name] !== undefined)
    .map(({ path: name }) => name);
}

function staticImports({ inputs }: esbuild.Metafile, file: string): string[] {
  return (inputs[file]?.imports ?? [])
    .filter(({ kind, external }) => external !== true && kind !== 'dynamic-import')
    .map(({ path: name }) => name);
}

/** Whether a module's package says that nothing but definitions happens in it. */
function isDefinition(file: string, root: string): boolean {
  const absolute = path.resolve(root, file);
  const folder = packageRoot(absolute);
  const effects = folder !== undefined && readJson(path.join(folder, 'package.json'))?.sideEffects;
  if (typeof folder !== 'string' || !Array.isArray(effects)) {
    return effects === false;
  }
  const inside = path.relative(folder, absolute).split(path.sep).join('/');
  return !effects.some((pattern) => typeof pattern !== 'string' || matches(pattern, inside));
}

/** A pattern without a slash is of names, as in webpack, which brought `sideEffects`. */
function matches(pattern: string, file: string): boolean {
  const whole = pattern.includes('/') ? pattern.replace(/^\.\//, '') : `**/${pattern}`;
  const source = whole
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/|\*\*|\*|\?/g, (part) => WILDCARDS[part] ?? part);
  return new RegExp(`^${source}$`).test(file);
}

const WILDCARDS: Readonly<Record<string, string>> = {
  '**/': '(?:.*/)?',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
};
