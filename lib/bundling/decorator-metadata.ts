import * as fs from 'node:fs';
import * as path from 'node:path';
import type { BundleSettings } from './bundle-request';
import type { ImportGraph } from './entry-output';
import type { DecoratedFile } from './esbuild-service';
import { ancestors, isInPackage } from './module-paths';
import { tokensOf } from './script-tokens';
import { emitsDecoratorMetadata } from './tsconfig-facts';
import { readJson } from './watch-items';

/** The packages that can emit the types of decorated members, in order of preference. */
export const COMPILERS: ReadonlyArray<DecoratedFile['compiler']['name']> = [
  'typescript',
  '@swc/core',
];

/** From this version on, the package `typescript` contains no JavaScript that could be loaded. */
const NATIVE_TYPESCRIPT = 7;

/** Thrown if a project has decorated sources but no such compiler. */
export class NoCompilerError extends Error {}

/**
 * The user's own sources that have decorators and a tsconfig.json with `emitDecoratorMetadata`. esbuild does not know the types
 * of decorated members, so another compiler must process these sources first.
 *
 * @throws NoCompilerError if the project has no such compiler
 */
export function decoratedFiles(
  { options, root }: Pick<BundleSettings, 'options' | 'root'>,
  graph: ImportGraph,
): DecoratedFile[] {
  const emitting = new Map<string, boolean>();
  const emits = (tsconfig: string): boolean => {
    const known = emitting.get(tsconfig) ?? emitsDecoratorMetadata(tsconfig);
    emitting.set(tsconfig, known);
    return known;
  };
  return [...graph.keys()].filter(isOwnTypeScript).flatMap((file) => {
    const tsconfig =
      options.tsconfig === undefined ? nearestTsconfig(file) : path.resolve(root, options.tsconfig);
    if (tsconfig === undefined || !emits(tsconfig) || !hasDecorators(file)) {
      return [];
    }
    const compiler = compilerFor(file);
    if (compiler === undefined) {
      throw new NoCompilerError(
        `${path.relative(root, file).split(path.sep).join('/')} has decorators, and ${path.basename(tsconfig)} sets \`emitDecoratorMetadata\`, for which esbuild needs another compiler: ` +
          'run `npm install --save-dev typescript@6` (or `@swc/core`), or set `"emitDecoratorMetadata": false` if nothing reads the types at run time',
      );
    }
    return [{ file, tsconfig, compiler }];
  });
}

function isOwnTypeScript(file: string): boolean {
  return /\.[cm]?tsx?$/.test(file) && !isInPackage(file) && fs.existsSync(file);
}

function hasDecorators(file: string): boolean {
  const text = fs.readFileSync(file, 'utf8');
  return text.includes('@') && tokensOf(text).some((it) => it.type === 'mark' && it.text === '@');
}

function nearestTsconfig(file: string): string | undefined {
  return ancestors(path.dirname(file))
    .flatMap((folder) => ['tsconfig.json', 'jsconfig.json'].map((name) => path.join(folder, name)))
    .find((it) => fs.existsSync(it));
}

function compilerFor(file: string): DecoratedFile['compiler'] | undefined {
  for (const name of COMPILERS) {
    try {
      const paths = [path.dirname(file)];
      const { version } = readJson(require.resolve(`${name}/package.json`, { paths })) ?? {};
      if (name !== 'typescript' || parseInt(String(version), 10) < NATIVE_TYPESCRIPT) {
        return { name, main: require.resolve(name, { paths }) };
      }
    } catch {
      // not installed
    }
  }
  return undefined;
}
