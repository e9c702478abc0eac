import * as fs from 'node:fs';
import * as path from 'node:path';
import { inTemporaryFolder } from '../core/disk';
import { unquoted } from '../props/prop-check';
import type { AssetAdditions } from './asset-additions';
import { AssetFile, AssetFiles, fileWith } from './asset-files';
import { BundleRequest } from './bundle-request';
import { CacheStore, hashOf } from './cache-store';
import { InstallLock, lockOf } from './install-lock';
import { nearestFile } from './installed-packages';
import { keepFiles, readFiles } from './kept-files';
import { checkBinaries } from './native-binaries';
import { npmInstall, InstallTarget } from './npm';
import { generatedPrismaClient } from './prisma-client';
import { walkFolder } from './walk-folder';

/** Part of the cache key. Change it if the form of the stored data changes, or the way it is produced. */
const FORMAT = 1;

/** Names in `node_modules` that are npm's own and not a package's. */
const NPMS_OWN = /^node_modules\/(.*\/node_modules\/)?(\.bin|\.package-lock\.json)$/;

/**
 * Installs packages for functions: the same packages for the same target once, and not at all if the cache has them.
 * For one run of the bundler.
 */
export class NodeModules {
  private readonly locks = new Map<string, InstallLock>();
  private readonly installed = new Map<string, AssetFiles>();
  private store: CacheStore | undefined;

  /** The files of a function's `node_modules`. */
  of(request: BundleRequest): AssetFiles {
    const { additions, entry } = request;
    if (additions === undefined || additions.nodeModules.length === 0) {
      return new Map();
    }
    const lock = this.lockOf(path.dirname(entry), additions);
    const target = targetOf(request, additions);
    const key = hashOf(JSON.stringify(['node_modules', FORMAT, lock, keyOf(target)]));
    const files =
      this.installed.get(key) ??
      this.through(key, request, () => {
        return install(lock, target, entry, additions);
      });
    this.installed.set(key, files);
    const { check } = additions;
    return new Map([
      ...files,
      ...generatedPrismaClient(files, path.dirname(entry), target.cpu, check),
    ]);
  }

  private lockOf(folder: string, { nodeModules, check }: AssetAdditions): InstallLock {
    const key = JSON.stringify([folder, nodeModules]);
    const lock = this.locks.get(key) ?? lockOf(nodeModules, folder, check);
    this.locks.set(key, lock);
    return lock;
  }

  private through(key: string, { options }: BundleRequest, make: () => AssetFiles): AssetFiles {
    const store = options.cache === false ? undefined : (this.store ??= CacheStore.open());
    const known = store === undefined ? undefined : readFiles(store, key);
    if (known !== undefined) {
      return known;
    }
    const files = make();
    if (store !== undefined) {
      keepFiles(store, key, files);
    }
    return files;
  }
}

/** https://docs.npmjs.com/cli/v10/configuring-npm/package-json#cpu */
function targetOf({ nodeVersion }: BundleRequest, additions: AssetAdditions): InstallTarget {
  const { architecture, installScripts } = additions;
  const cpu = architecture === 'x86_64' ? 'x64' : architecture;
  return { cpu, nodeVersion, installScripts };
}

/** The version of Node.js matters to scripts, and to the check of binaries. */
function keyOf({ cpu, nodeVersion, installScripts }: InstallTarget): unknown {
  return [cpu, installScripts, nodeVersion];
}

/** Installs in a temporary folder, which leaves no trace in the result. */
function install(
  lock: InstallLock,
  target: InstallTarget,
  entry: string,
  { nodeModules, check, architecture }: AssetAdditions,
): AssetFiles {
  const names = nodeModules.join(', ');
  process.stderr.write(`cdk-serverless-app: npm installs ${names} for linux ${target.cpu}\n`);
  return inTemporaryFolder((folder) => {
    fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(lock.manifest));
    fs.writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify(lock.lock));
    const settings = nearestFile('.npmrc', path.dirname(entry));
    const failure = npmInstall(folder, target, linkSettings(settings, folder));
    if (failure !== undefined) {
      throw check.error(
        'nodeModules',
        failure.missing
          ? 'is installed by npm, which comes with Node.js'
          : `must name packages that npm can install for linux ${target.cpu}`,
        failure.missing
          ? unquoted('no npm on the PATH')
          : unquoted(`npm’s error:\n${failure.text}\n`),
        failure.missing
          ? 'install npm, or put the packages into a layer and name them in `externalModules`'
          : 'correct what npm reports',
      );
    }
    checkBinaries(folder, { ...target, architecture }, check);
    return readInstalled(folder);
  });
}

/**
 * Links the project's `.npmrc`, which names its registries and may hold a token, so that no copy of the token remains if the
 * synthesis is killed.
 *
 * @returns the file itself if the system does not allow links, as Windows may not; otherwise undefined
 */
function linkSettings(settings: string | undefined, folder: string): string | undefined {
  if (settings === undefined) {
    return undefined;
  }
  try {
    fs.symlinkSync(settings, path.join(folder, '.npmrc'), 'file');
    return undefined;
  } catch {
    return settings;
  }
}

function readInstalled(folder: string): AssetFiles {
  const files = new Map<string, AssetFile>();
  const modules = path.join(folder, 'node_modules');
  for (const { name, file, executable } of walkFolder(modules, (it) =>
    isNpms(`node_modules/${it}`),
  )) {
    files.set(`node_modules/${name}`, { ...fileWith(fs.readFileSync(file)), executable });
  }
  return files;
}

function isNpms(name: string): boolean {
  return NPMS_OWN.test(name);
}
