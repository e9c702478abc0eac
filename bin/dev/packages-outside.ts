import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type * as esbuild from 'esbuild';

/** Packages of which Node.js can load every version unbundled. They take up most of a build's time, and do not change. */
const OUTSIDE = /^@(aws-sdk|smithy)\//;

/**
 * Leaves the AWS SDK out of a bundle, so that a process can load it before the bundle is known. It is imported by its absolute path, since
 * a bundle is not in the folder of its sources.
 *
 * @param found filled with the files of the packages
 */
export function packagesOutside(found: Set<string>): esbuild.Plugin {
  return {
    name: 'packages-outside',
    setup: (build) => {
      build.onStart(() => {
        found.clear();
      });
      build.onResolve({ filter: OUTSIDE }, ({ path: specifier, importer, kind, resolveDir }) => {
        const from = importer === '' ? `${resolveDir}/` : importer;
        const file = resolved(specifier, from);
        if (file === undefined) {
          return undefined; // esbuild reports that it is not installed.
        }
        found.add(file);
        const isRequired = kind === 'require-call' || kind === 'require-resolve';
        return { path: isRequired ? file : pathToFileURL(file).href, external: true };
      });
    },
  };
}

function resolved(specifier: string, from: string): string | undefined {
  try {
    return createRequire(from).resolve(specifier);
  } catch {
    return undefined;
  }
}
