import type * as esbuild from 'esbuild';
import { packageName } from './module-paths';
import { unresolvedIn } from './optional-packages';

const NATIVE = /^No loader is configured for "\.node" files: (.*)$/;

/** The option that helps if a package imports another one that is not installed, or native code, or cannot be bundled for another reason. */
export function remedyOf(message: esbuild.Message): string {
  const { text, location } = message;
  const unresolved = unresolvedIn(message) ?? '';
  const importer = packageOf(location?.file);
  if (importer !== undefined && unresolved.endsWith('.node')) {
    return `\n    the package’s native code is not built, and could not be bundled: have it installed into the asset with \`bundling.nodeModules: ["${importer}"], installScripts: true\`; if the function does not use it, write \`bundling.externalModules: ["${importer}"]\``;
  }
  const missing = packageName(unresolved);
  if (missing !== undefined && importer !== undefined) {
    return `\n    if it is an optional dependency that the function does not use, write \`bundling.externalModules: ["${missing}"]\`; otherwise run \`npm install ${missing}\``;
  }
  const file = NATIVE.exec(text)?.[1];
  if (file === undefined) {
    // A package that waits for a promise at its top level could not be required either.
    return importer === undefined || /top-level await/i.test(text)
      ? ''
      : `\n    the package cannot be bundled: have it installed into the asset with \`bundling.nodeModules: ["${importer}"]\``;
  }
  // The binary may be in a package for this machine only, so the package that imports it must be named.
  const name = importer ?? packageOf(file);
  return name === undefined
    ? '\n    native code cannot be bundled: copy it into the asset with `bundling.copyFiles`, and load it with `process.dlopen`'
    : `\n    native code cannot be bundled: have the package installed into the asset with \`bundling.nodeModules: ["${name}"]\``;
}

/** The innermost package that contains a file. */
function packageOf(file = ''): string | undefined {
  return /.*\bnode_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(file)?.[1]?.replace('\\', '/');
}
