import * as fs from 'node:fs';
import * as path from 'node:path';
import { Manifest } from './installed-packages';
import { readJson } from './watch-items';

/** A package for a single platform, such as `@img/sharp-linux-arm64`. */
const FOR_ONE_PLATFORM = /\b(linux|darwin|win32)[-_](x64|arm64|ia32|x86_64|aarch64)/;

/** Modules with which a package finds its binary at run time, in its own folder. */
const FINDERS: readonly string[] = [
  '@mapbox/node-pre-gyp',
  'bindings',
  'node-gyp-build',
  'node-gyp-build-optional-packages',
  'node-pre-gyp',
  'pkg-prebuilds',
  'prebuild-install',
  'require-addon',
];

/** Folders with generated code, each with the package that loads it. */
const GENERATED_FOR: Readonly<Record<string, string>> = { '.prisma': '@prisma/client' };

/** Where packages keep binaries for several platforms. */
const PUBLISHED: readonly string[] = ['prebuilds', 'lib/binding', 'bin', 'binding'];

/** Where an install script puts compiled binaries. */
const COMPILED: readonly string[] = ['build/Release', 'build/Debug'];

/** The tools with which install scripts download or compile a binary. */
const MAKES_BINARY = /node-gyp|prebuild|node-pre-gyp|cmake-js|napi|install-artifact/;

/** Whether a package looks for native code at run time. */
export function isNative(root: string): boolean {
  const manifest = (readJson(path.join(root, 'package.json')) ?? {}) as Manifest & {
    readonly gypfile?: unknown;
    readonly binary?: unknown;
  };
  const { dependencies = {}, optionalDependencies = {} } = manifest;
  return (
    Object.keys(optionalDependencies).some((name) => FOR_ONE_PLATFORM.test(name)) ||
    FINDERS.some((name) => Object.hasOwn(dependencies, name)) ||
    manifest.gypfile === true ||
    fs.existsSync(path.join(root, 'binding.gyp')) ||
    hasBinary(root, [...PUBLISHED, ...COMPILED])
  );
}

/** Whether a package is a tool with which others find their binaries. */
export function isFinder(name: string): boolean {
  return FINDERS.includes(name);
}

/** Whether a package's install script compiles or downloads its binary. */
export function makesBinary(root: string): boolean {
  const { scripts = {} } = (readJson(path.join(root, 'package.json')) ?? {}) as Manifest;
  const script = scripts.install ?? scripts.postinstall ?? '';
  return MAKES_BINARY.test(script) || fs.existsSync(path.join(root, 'binding.gyp'));
}

/** The name by which a package is imported. An alias in package.json may differ from its own name. */
export function packageIn(root: string): string {
  const steps = root.split(path.sep);
  const name = steps.slice(steps.lastIndexOf('node_modules') + 1).join('/');
  return GENERATED_FOR[name] ?? name;
}

/** Whether npm installs the binary with the package, or with another package for one platform, so that no script is needed. */
export function comesWithBinary(root: string): boolean {
  const { optionalDependencies = {} } = (readJson(path.join(root, 'package.json')) ??
    {}) as Manifest;
  return (
    Object.keys(optionalDependencies).some((name) => FOR_ONE_PLATFORM.test(name)) ||
    hasBinary(root, PUBLISHED)
  );
}

function hasBinary(root: string, folders: readonly string[]): boolean {
  return folders.some((folder) => containsBinary(path.join(root, folder), 3));
}

function containsBinary(folder: string, depth: number): boolean {
  if (fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return false;
  }
  const items = fs.readdirSync(folder, { withFileTypes: true });
  return items.some((it) =>
    it.isDirectory()
      ? depth > 0 && containsBinary(path.join(folder, it.name), depth - 1)
      : it.name.endsWith('.node'),
  );
}
