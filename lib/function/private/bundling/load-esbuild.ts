import * as fs from 'node:fs';
import type * as esbuild from 'esbuild';
import { BundleSettings } from './bundle-request';

/** esbuild is optional: an app that brings `code` for every function never loads it. */
export function loadEsbuild(settings: BundleSettings): typeof esbuild {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded only when something is bundled
  return require(find('esbuild', settings)) as typeof esbuild;
}

/** The version that `loadEsbuild` would load, without loading it. */
export function esbuildVersion(settings: BundleSettings): string {
  const file = find('esbuild/package.json', settings);
  let version = versions.get(file);
  if (version === undefined) {
    ({ version } = JSON.parse(fs.readFileSync(file, 'utf8')) as { version: string });
    versions.set(file, version);
  }
  return version;
}

const versions = new Map<string, string>();

function find(name: string, settings: BundleSettings): string {
  try {
    return require.resolve(name, { paths: [settings.root, __dirname] });
  } catch {
    throw new Error(
      `${settings.owner} must be bundled by esbuild, got no esbuild near ${settings.root}: ` +
        'run `npm install --save-dev esbuild`, or give `code` and `runtime` instead of `entry`',
    );
  }
}
