import * as fs from 'node:fs';
import * as path from 'node:path';
import { PropCheck, unquoted } from '../props/prop-check';
import { LockEntry, Manifest, ProjectPackage, ProjectPackages } from './installed-packages';
import { patchOf } from './patches';

/** The package.json and package-lock.json from which npm installs packages. */
export interface InstallLock {
  readonly manifest: { readonly dependencies: Readonly<Record<string, string>> };
  readonly lock: {
    readonly lockfileVersion: 3;
    readonly requires: true;
    readonly packages: Readonly<Record<string, unknown>>;
  };
}

/**
 * A lock of some packages of a project and all their dependencies, each in the version that the project has. npm chooses a version
 * only for an optional package that the project lacks, such as one for another platform if there is no package-lock.json.
 *
 * @param names the names of packages, which must be installed where an import from the folder finds them
 */
export function lockOf(names: readonly string[], folder: string, check: PropCheck): InstallLock {
  const project = new ProjectPackages(folder);
  const tree: Tree = new Map();
  const sorted = [...new Set(names)].sort().map((name) => rootOf(project, name, folder, check));
  // Places the first level completely before the second, so that no other package takes its place.
  sorted.forEach((root) =>
    tree.set(placeIn('', root.name), { item: root, dependencies: new Map() }),
  );
  sorted.forEach((root) => {
    addDependencies({ project, tree, check }, root, placeIn('', root.name));
  });
  const dependencies = Object.fromEntries(sorted.map((root) => [root.name, specifierOf(root)]));
  const entries = [...tree].map(([place, placed]) => [place, entryOf(placed)] as const);
  return {
    manifest: { dependencies },
    lock: {
      lockfileVersion: 3,
      requires: true,
      packages: { '': { dependencies }, ...Object.fromEntries(entries) },
    },
  };
}

function rootOf(
  project: ProjectPackages,
  name: string,
  folder: string,
  check: PropCheck,
): ProjectPackage {
  const found = project.findInstalled(name, folder);
  if (found === undefined) {
    throw check.error(
      'nodeModules',
      `must name packages that are installed in a \`node_modules\` folder of ${folder} or above it`,
      name,
      `run \`npm install ${name}\``,
    );
  }
  refuseLocal(found, check);
  refusePatched(found, check);
  return found;
}

/** A package in the project itself, which npm cannot download from a registry. */
function refuseLocal({ name, folder }: ProjectPackage, check: PropCheck): void {
  if (!folder.split(path.sep).includes('node_modules')) {
    throw check.error(
      'nodeModules',
      'must name packages that npm can download, with all their dependencies',
      unquoted(`\`${name}\`, which is a link to ${folder}`),
      'let it be bundled, and name the packages with native code that it uses',
    );
  }
}

/** npm would install the package without the project's patch. */
function refusePatched({ name, folder }: ProjectPackage, check: PropCheck): void {
  const patch = patchOf(name, folder);
  if (patch !== undefined) {
    throw check.error(
      'nodeModules',
      'must name packages that the project has not patched, with all their dependencies',
      unquoted(`\`${name}\`, which ${patch} changes`),
      'let it be bundled, or copy the patched package with `copyFiles` and name it in `externalModules`',
    );
  }
}

interface Placed {
  readonly item: ProjectPackage;
  /** The package that each of its imports resolves to. */
  readonly dependencies: Map<string, ProjectPackage>;
}

/** Packages by their path, for example `node_modules/a/node_modules/b`. */
type Tree = Map<string, Placed>;

interface Placing {
  readonly project: ProjectPackages;
  readonly tree: Tree;
  readonly check: PropCheck;
}

function addDependencies(placing: Placing, item: ProjectPackage, place: string): void {
  const { project, tree, check } = placing;
  for (const { name, optional } of dependenciesOf(item.manifest)) {
    const found = project.find(name, item.folder);
    if (found === undefined) {
      if (!optional) {
        throw check.error(
          'nodeModules',
          'must name packages that are installed with all their dependencies',
          unquoted(`no \`${name}\`, which \`${item.name}\` needs`),
          'install the project’s packages again',
        );
      }
      continue;
    }
    refuseLocal(found, check);
    refusePatched(found, check);
    tree.get(place)?.dependencies.set(name, found);
    const visible = visibleFrom(tree, place, name);
    if (visible?.manifest.version !== found.manifest.version) {
      const at = placeIn(visible === undefined ? '' : place, name);
      tree.set(at, { item: found, dependencies: new Map() });
      addDependencies(placing, found, at);
    }
  }
}

/** Ordered by name. Packages that the package itself bundles are left out. */
function dependenciesOf(
  manifest: Manifest,
): { readonly name: string; readonly optional: boolean }[] {
  const { dependencies = {}, optionalDependencies = {}, peerDependencies = {} } = manifest;
  const brought = manifest.bundleDependencies ?? manifest.bundledDependencies ?? false;
  const peers = Object.keys(peerDependencies).filter(
    (name) => manifest.peerDependenciesMeta?.[name]?.optional !== true,
  );
  const names = new Set([
    ...Object.keys(dependencies),
    ...Object.keys(optionalDependencies),
    ...peers,
  ]);
  return [...names]
    .filter((name) => (Array.isArray(brought) ? !brought.includes(name) : brought !== true))
    .sort()
    .map((name) => ({
      name,
      // A peer that the project does without is not installed here either.
      optional: name in optionalDependencies || !(name in dependencies),
    }));
}

/** The package that Node.js would find from a path. */
function visibleFrom(tree: Tree, place: string, name: string): ProjectPackage | undefined {
  for (let above = place; above !== ''; above = parentOf(above)) {
    const found = tree.get(placeIn(above, name));
    if (found !== undefined) {
      return found.item;
    }
  }
  return tree.get(placeIn('', name))?.item;
}

function placeIn(place: string, name: string): string {
  return path.posix.join(place, 'node_modules', name);
}

/** `node_modules/a/node_modules/b` is in `node_modules/a`, which has no parent. */
function parentOf(place: string): string {
  const at = place.lastIndexOf('/node_modules/');
  return at === -1 ? '' : place.slice(0, at);
}

function specifierOf({ name, manifest, locked }: ProjectPackage): string {
  const version = manifest.version ?? '*';
  if (locked?.resolved !== undefined && !/^https?:/.test(locked.resolved)) {
    return locked.resolved; // from git or a file
  }
  return manifest.name === undefined || manifest.name === name
    ? version
    : `npm:${manifest.name}@${version}`;
}

/**
 * The entry requires exactly what the project has, which may differ from what the package requires: a project may override
 * versions, and leave out peers. Peers that it has are ordinary dependencies.
 */
function entryOf({ item, dependencies }: Placed): LockEntry {
  const { name, folder, manifest, locked } = item;
  const alias = manifest.name === name ? undefined : manifest.name;
  const optional = manifest.optionalDependencies ?? {};
  const exact = [...dependencies].map(([it, found]) => [it, specifierOf(found)] as const);
  return {
    ...(alias === undefined ? {} : { name: alias }),
    version: manifest.version,
    resolved: locked?.resolved,
    integrity: locked?.integrity,
    dependencies: Object.fromEntries(exact.filter(([it]) => !(it in optional))),
    optionalDependencies: {
      ...optional,
      ...Object.fromEntries(exact.filter(([it]) => it in optional)),
    },
    bin: manifest.bin,
    os: manifest.os,
    cpu: manifest.cpu,
    libc: manifest.libc,
    hasInstallScript: locked?.hasInstallScript ?? (hasInstallScript(manifest, folder) || undefined),
  };
}

function hasInstallScript({ scripts = {} }: Manifest, folder: string): boolean {
  const named = ['preinstall', 'install', 'postinstall'].some((name) => name in scripts);
  return named || fs.existsSync(path.join(folder, 'binding.gyp'));
}
