import * as path from 'node:path';
import type * as esbuild from 'esbuild';

/** Options of a build that only reads which files and packages an entry imports: it bundles the user's own files and writes nothing. */
export function sourceBuild(
  folder: string,
  entry: string,
): esbuild.BuildOptions & { readonly metafile: true } {
  return {
    absWorkingDir: folder,
    entryPoints: [path.resolve(folder, entry)],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    outfile: path.join(folder, '.serverless-app', 'index.mjs'),
    logLevel: 'silent',
  };
}
