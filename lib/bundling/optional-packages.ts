import * as path from 'node:path';
import type * as esbuild from 'esbuild';
import type { OptionalPackage } from './esbuild-service';
import { packageName, packageRoot } from './module-paths';
import { Packages } from './package-graph';

/** The specifier in an esbuild error about an import that cannot be resolved. */
export function unresolvedIn({ text }: esbuild.Message): string | undefined {
  return /^Could not resolve "([^"]*)"/.exec(text)?.[1];
}

/**
 * The packages that esbuild did not find, and that the package.json of the importing package calls optional
 * (`peerDependenciesMeta`, `optionalDependencies`). Installed ones would be in the bundle.
 */
export function optionalIn(root: string, errors: readonly esbuild.Message[]): OptionalPackage[] {
  const packages = new Packages();
  return errors.flatMap((error) => {
    const specifier = unresolvedIn(error);
    const name = packageName(specifier ?? '');
    const importer = packageRoot(path.resolve(root, error.location?.file ?? ''));
    if (specifier === undefined || name === undefined || importer === undefined) {
      return [];
    }
    const { peerDependenciesMeta = {}, optionalDependencies = {} } = packages.of(importer);
    const isOptional =
      peerDependenciesMeta[name]?.optional === true || Object.hasOwn(optionalDependencies, name);
    return isOptional ? [{ specifier, importer }] : [];
  });
}
