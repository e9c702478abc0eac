import type * as esbuild from 'esbuild';
import { BundleSettings } from './bundle-request';

/** esbuild is optional: an app that brings `code` for every function never loads it. */
export function loadEsbuild(settings: BundleSettings): typeof esbuild {
  let location: string;
  try {
    location = require.resolve('esbuild', { paths: [settings.root, __dirname] });
  } catch {
    throw new Error(
      `${settings.owner} must be bundled by esbuild, got no esbuild near ${settings.root}: ` +
        'run `npm install --save-dev esbuild`, or give `code` and `runtime` instead of `entry`',
    );
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only when something is bundled
  return require(location) as typeof esbuild;
}
