import * as fs from 'node:fs';
import * as path from 'node:path';
import { Manifest } from './installed-packages';
import { packageRoot } from './module-paths';
import { readJson } from './watch-items';

/** A package for one platform each, as `@img/sharp-linux-arm64`. */
const FOR_ONE_PLATFORM = /\b(linux|darwin|win32)[-_](x64|arm64|ia32|x86_64|aarch64)/;

/** What a package finds its binary by, at run time and beside itself. */
const FINDERS: readonly string[] = [
  '@mapbox/node-pre-gyp',
  'bindings',
  'node-gyp-build',
  'node-gyp-build-optional-packages',
];

/**
 * Finds packages in a bundle whose native code is not in it: they look for it at run time, by a name that esbuild does not know, in
 * other packages or beside their own files, and an asset has neither.
 */
export class NativePackages {
  private readonly byFolder = new Map<string, string | undefined>();
  private readonly byRoot = new Map<string, string | undefined>();

  /**
   * Their names, each once.
   *
   * @param files what a bundle was made from, by absolute path
   */
  in(files: Iterable<string>): readonly string[] {
    const names = new Set<string>();
    for (const file of files) {
      const name = this.ofFolder(file.slice(0, Math.max(0, file.lastIndexOf(path.sep))));
      if (name !== undefined) {
        names.add(name);
      }
    }
    return [...names].sort();
  }

  /** Many functions take hundreds of files from the same folders. */
  private ofFolder(folder: string): string | undefined {
    if (!this.byFolder.has(folder)) {
      const root = packageRoot(path.join(folder, 'file'));
      this.byFolder.set(folder, root === undefined ? undefined : this.ofRoot(root));
    }
    return this.byFolder.get(folder);
  }

  private ofRoot(root: string): string | undefined {
    if (!this.byRoot.has(root)) {
      this.byRoot.set(root, isNative(root) ? nameIn(root) : undefined);
    }
    return this.byRoot.get(root);
  }
}

function isNative(root: string): boolean {
  const manifest = (readJson(path.join(root, 'package.json')) ?? {}) as Manifest;
  const { dependencies = {}, optionalDependencies = {} } = manifest;
  return (
    Object.keys(optionalDependencies).some((name) => FOR_ONE_PLATFORM.test(name)) ||
    FINDERS.some((name) => Object.hasOwn(dependencies, name)) ||
    fs.existsSync(path.join(root, 'binding.gyp'))
  );
}

/** What it is imported as, which an alias in the package.json may make another than its own name. */
function nameIn(root: string): string {
  const steps = root.split(path.sep);
  return steps.slice(steps.lastIndexOf('node_modules') + 1).join('/');
}
