import * as path from 'node:path';
import type * as esbuild from 'esbuild';
import { packageRoot } from './module-paths';
import { readJson } from './watch-items';

/**
 * Whether code with chunks behaves the same as code without.
 *
 * esbuild puts code that several chunks share into a chunk that is evaluated first, so a module may be evaluated before one that
 * the sources import earlier. This is safe for modules that contain only definitions, as most packages declare in `sideEffects`;
 * all others must keep their order. A CommonJS module that is imported dynamically would also lose its names in a chunk of its
 * own, except for `default`.
 */
export function keepsOrder(metafile: esbuild.Metafile, entry: string, root: string): boolean {
  const main = Object.keys(metafile.outputs).find(
    (name) => metafile.outputs[name]?.entryPoint === entry,
  );
  if (main === undefined || importsCommonJsDynamically(metafile) || importsItself(metafile)) {
    return false;
  }
  if (Object.values(metafile.outputs).filter(isCode).length === 1) {
    return true; // nothing was divided
  }
  const chunks = evaluate(main, (chunk) => ownChunks(metafile, chunk));
  const divided = evaluateAll(
    chunks.flatMap((chunk) => modulesOf(metafile, chunk)),
    // CommonJS is evaluated when it is imported.
    (file) => staticImports(metafile, file).filter((it) => metafile.inputs[it]?.format === 'cjs'),
  );
  const matters = (file: string): boolean => !isDefinition(path.resolve(root, file));
  const there = new Set(divided);
  const meant = evaluate(entry, (file) => staticImports(metafile, file));
  return isEqual(
    meant.filter((file) => there.has(file) && matters(file)),
    divided.filter(matters),
  );
}

function importsCommonJsDynamically({ inputs }: esbuild.Metafile): boolean {
  return Object.values(inputs).some(({ imports }) =>
    imports.some(
      ({ kind, external, path: name }) =>
        kind === 'dynamic-import' && external !== true && inputs[name]?.format !== 'esm',
    ),
  );
}

/**
 * Whether a module imports itself dynamically. With `splitting`, esbuild prints a call of a function for it that it does not print
 * (`require_name is not defined`).
 */
function importsItself({ inputs }: esbuild.Metafile): boolean {
  return Object.entries(inputs).some(([file, { imports }]) =>
    imports.some(
      ({ kind, external, path: name }) =>
        kind === 'dynamic-import' && external !== true && name === file,
    ),
  );
}

/** Whether an output is not just a source map. */
function isCode({ inputs, imports, entryPoint }: esbuild.Metafile['outputs'][string]): boolean {
  return entryPoint !== undefined || imports.length > 0 || Object.keys(inputs).length > 0;
}

function isEqual(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((it, i) => it === others[i]);
}

/** The modules that are at least partly in a chunk. */
function modulesOf({ inputs, outputs }: esbuild.Metafile, chunk: string): string[] {
  return Object.entries(outputs[chunk]?.inputs ?? {})
    .filter(([file, { bytesInOutput }]) => bytesInOutput > 0 && inputs[file]?.format === 'esm')
    .map(([file]) => file);
}

/** Modules in the order of their evaluation: a module's imports come before it. */
function evaluate(start: string, importsOf: (name: string) => readonly string[]): string[] {
  return evaluateAll([start], importsOf);
}

function evaluateAll(
  starts: readonly string[],
  importsOf: (name: string) => readonly string[],
): string[] {
  const order = new Set<string>();
  const seen = new Set<string>();
  const visit = (name: string): void => {
    if (!seen.has(name)) {
      seen.add(name);
      importsOf(name).forEach(visit);
      order.add(name);
    }
  };
  starts.forEach(visit);
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

/** Whether a module's package declares that it contains only definitions. */
export function isDefinition(absolute: string): boolean {
  const folder = packageRoot(absolute);
  const effects = folder !== undefined && readJson(path.join(folder, 'package.json'))?.sideEffects;
  if (typeof folder !== 'string' || !Array.isArray(effects)) {
    return effects === false;
  }
  const inside = path.relative(folder, absolute).split(path.sep).join('/');
  return !effects.some((pattern) => typeof pattern !== 'string' || matches(pattern, inside));
}

/** A pattern without a slash applies to names, as in webpack, which introduced `sideEffects`. */
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
