import * as fs from 'node:fs';
import * as path from 'node:path';
import { ancestors } from './module-paths';

/** What a tsconfig.json, with the files that it extends, says about the location of modules. */
export interface TsconfigFacts {
  /** The files that were read, or searched and not found: each an aspect and a path. */
  readonly items: readonly string[];
  /** The patterns of `paths`, each with one target as written. */
  readonly paths: ReadonlyArray<readonly [pattern: string, target: string]>;
  /** The folders of `baseUrl`. */
  readonly bases: readonly string[];
  /** The folders that targets may be relative to. */
  readonly roots: readonly string[];
  /** `emitDecoratorMetadata`, if it is given. */
  readonly emitsMetadata?: boolean;
}

export const NO_TSCONFIG: TsconfigFacts = { items: [], paths: [], bases: [], roots: [] };

interface Tsconfig {
  readonly extends?: unknown;
  readonly compilerOptions?: {
    readonly baseUrl?: unknown;
    readonly paths?: unknown;
    readonly emitDecoratorMetadata?: unknown;
  };
}

/**
 * Reads the parts of a tsconfig.json that determine where esbuild finds modules. More is watched than esbuild looks at, never
 * less: of files that extend each other, all options count, relative to the folder of each.
 *
 * @returns undefined if this cannot be determined, so that nothing is cached
 */
export function readTsconfig(file: string, depth = 0): TsconfigFacts | undefined {
  const config = depth > 8 ? undefined : parse(file);
  if (config === undefined) {
    return undefined;
  }
  const extended = extendsOf(config).map((name) => readExtended(file, name, depth));
  const { baseUrl, paths = {} } = config.compilerOptions ?? {};
  if (extended.includes(undefined) || !isBase(baseUrl) || !isPaths(paths)) {
    return undefined;
  }
  const others = extended.filter((it) => it !== undefined);
  const inherited = others.map((it) => it.emitsMetadata).filter((it) => it !== undefined);
  const folder = path.dirname(file);
  const base = baseUrl === undefined ? [] : [path.resolve(folder, baseUrl)];
  const own = Object.entries(paths).flatMap(([pattern, targets]) =>
    targets.map((target) => [pattern, target] as const),
  );
  return {
    items: [`content ${file}`, ...others.flatMap((it) => it.items)],
    paths: [...own, ...others.flatMap((it) => it.paths)],
    bases: [...base, ...others.flatMap((it) => it.bases)],
    roots: [folder, ...base, ...others.flatMap((it) => it.roots)],
    emitsMetadata: metadataOf(config) ?? inherited.at(-1),
  };
}

/** Whether a tsconfig.json, or one that it extends, sets `emitDecoratorMetadata`. */
export function emitsDecoratorMetadata(file: string): boolean {
  const facts = readTsconfig(file);
  return (facts === undefined ? metadataOf(parse(file) ?? {}) : facts.emitsMetadata) === true;
}

function metadataOf({ compilerOptions = {} }: Tsconfig): boolean | undefined {
  const { emitDecoratorMetadata: value } = compilerOptions;
  return typeof value === 'boolean' ? value : undefined;
}

/** The files that a specifier may mean by `paths` and `baseUrl`. */
export function candidatesOf({ paths, bases, roots }: TsconfigFacts, specifier: string): string[] {
  const targets = paths.flatMap(([pattern, target]) => {
    const matched = matchedBy(pattern, specifier);
    return matched === undefined ? [] : [target.replace('*', () => matched)];
  });
  return [
    ...targets.flatMap((target) => roots.map((root) => path.resolve(root, target))),
    ...bases.map((base) => path.resolve(base, specifier)),
  ];
}

/** What the `*` of a pattern stands for; undefined for a specifier that it does not match. */
function matchedBy(pattern: string, specifier: string): string | undefined {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) {
    return specifier === pattern ? '' : undefined;
  }
  const matches =
    specifier.length >= before.length + after.length &&
    specifier.startsWith(before) &&
    specifier.endsWith(after);
  return matches ? specifier.slice(before.length, specifier.length - after.length) : undefined;
}

function readExtended(file: string, name: string, depth: number): TsconfigFacts | undefined {
  const folder = path.dirname(file);
  if (path.isAbsolute(name) || /^\.{1,2}([/\\]|$)/.test(name)) {
    return firstOf([path.resolve(folder, name), path.resolve(folder, `${name}.json`)], depth);
  }
  const places = ancestors(folder).map((it) => path.join(it, 'node_modules', name));
  const at = places.findIndex((place) => fs.existsSync(place) || fs.existsSync(`${place}.json`));
  const place = places[at];
  if (place === undefined || asksForMore(place, name)) {
    return undefined;
  }
  const found = firstOf([place, `${place}.json`, path.join(place, 'tsconfig.json')], depth);
  return (
    found && {
      ...found,
      items: [
        ...found.items,
        ...places.slice(0, at + 1).map((it) => `candidates ${it}`),
        `place ${place}`,
        `content ${path.join(rootOf(place, name), 'package.json')}`,
      ],
    }
  );
}

/** The first existing file of a list. The absence of the earlier ones is watched too. */
function firstOf(files: readonly string[], depth: number): TsconfigFacts | undefined {
  const file = files.find((it) => fs.existsSync(it) && fs.statSync(it).isFile());
  const found = file === undefined ? undefined : readTsconfig(file, depth + 1);
  return found && { ...found, items: [...found.items, ...files.map((it) => `content ${it}`)] };
}

/** A package may name the file in its package.json. */
function asksForMore(place: string, name: string): boolean {
  const file = path.join(rootOf(place, name), 'package.json');
  return fs.existsSync(file) && /"(exports|tsconfig)"/.test(fs.readFileSync(file, 'utf8'));
}

/** The folder of the package that contains a path. */
function rootOf(place: string, name: string): string {
  const packageName = /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name;
  return place.slice(0, place.length - (name.length - packageName.length));
}

/** JSON with comments and trailing commas; undefined for anything else. */
function parse(file: string): Tsconfig | undefined {
  try {
    const text = fs.readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
    const plain = text
      .replace(
        /("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
        (_, string?: string) => string ?? ' ',
      )
      .replace(/("(?:\\.|[^"\\])*")|,(?=\s*[}\]])/g, (_, string?: string) => string ?? '');
    const value: unknown = JSON.parse(plain);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined; // esbuild reports it
  }
}

function extendsOf({ extends: value }: Tsconfig): string[] {
  return (Array.isArray(value) ? value : [value]).filter(
    (it): it is string => typeof it === 'string',
  );
}

/** `${configDir}` and similar variables are left to esbuild. */
function isPath(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('${');
}

function isBase(value: unknown): value is string | undefined {
  return value === undefined || isPath(value);
}

function isPaths(value: unknown): value is Record<string, string[]> {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.values(value).every((targets) => Array.isArray(targets) && targets.every(isPath))
  );
}
