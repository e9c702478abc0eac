import * as fs from 'node:fs';
import { BundleSettings } from './bundle-request';

/** The main file of esbuild, which is optional: an app that gives `code` for every function never loads it. */
export function esbuildFile(settings: BundleSettings): string {
  return find('esbuild', settings);
}

/** The version of esbuild, without loading it. */
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
