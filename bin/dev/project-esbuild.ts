import { createRequire } from 'node:module';
import * as path from 'node:path';
import type * as esbuild from 'esbuild';
import { UserError } from '../user-error';

/** The project's esbuild, which is also the one that the library bundles with. */
export function projectEsbuild(project: string): typeof esbuild {
  for (const from of [path.join(project, 'package.json'), __filename]) {
    try {
      return createRequire(from)('esbuild') as typeof esbuild;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') {
        throw error;
      }
    }
  }
  throw new UserError('there is no esbuild in the project', 'run `npm install --save-dev esbuild`');
}
