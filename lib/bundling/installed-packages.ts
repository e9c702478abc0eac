import * as fs from 'node:fs';
import * as path from 'node:path';

/** What a package.json, or an entry of a package-lock.json, says about a package. */
export interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
  readonly bundleDependencies?: readonly string[] | boolean;
  readonly bundledDependencies?: readonly string[] | boolean;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly bin?: unknown;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

/** An entry of a package-lock.json. */
export interface LockEntry extends Manifest {
  readonly resolved?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly inBundle?: boolean;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

/** A package of the project. */
export interface ProjectPackage {
  /** The name by which the project imports it. */
  readonly name: string;
  /** Its location, or where it would be if it were for this machine. */
  readonly folder: string;
  readonly manifest: Manifest;
  /** The entry of this version in the package-lock.json. */
  readonly locked?: LockEntry;
}

interface Lock {
  readonly folder: string;
  readonly packages: Readonly<Record<string, LockEntry>>;
}

/**
 * The packages of a project: the installed ones, as Node.js finds them, and those for other platforms, which only its
 * package-lock.json lists. Installed ones come first, because the project was tested with them.
 */
export class ProjectPackages {
  private readonly lock: Lock | undefined;

  /** @param folder the folder of the entry; the folders above it count too */
  constructor(folder: string) {
    this.lock = nearestLock(folder);
  }

  /** The package that an import from a folder means. */
  find(name: string, from: string): ProjectPackage | undefined {
    return this.findInstalled(name, from) ?? this.findLocked(name, from);
  }

  findInstalled(name: string, from: string): ProjectPackage | undefined {
    const place = placesOf(name, from).find((it) => fs.existsSync(path.join(it, 'package.json')));
    if (place === undefined) {
      return undefined;
    }
    const folder = fs.realpathSync(place);
    const manifest = readJson(path.join(folder, 'package.json')) as Manifest;
    const entry = this.entryOf(folder);
    const same = entry !== undefined && entry.version === manifest.version && entry.link !== true;
    return { name, folder, manifest, ...(same ? { locked: this.located(entry) } : {}) };
  }

  private findLocked(name: string, from: string): ProjectPackage | undefined {
    for (const folder of placesOf(name, from)) {
      const entry = this.entryOf(folder);
      if (entry?.version !== undefined && entry.link !== true) {
        return { name, folder, manifest: entry, locked: this.located(entry) };
      }
    }
    return undefined;
  }

  private entryOf(folder: string): LockEntry | undefined {
    const { lock } = this;
    return lock?.packages[path.relative(lock.folder, folder).split(path.sep).join('/')];
  }

  /** A package from a file gets a path relative to the lock, which is in another folder. */
  private located(entry: LockEntry): LockEntry {
    const file = /^file:(.*)/.exec(entry.resolved ?? '')?.[1];
    return file === undefined || this.lock === undefined
      ? entry
      : { ...entry, resolved: `file:${path.resolve(this.lock.folder, file)}` };
  }
}

function placesOf(name: string, from: string): string[] {
  return ancestors(from)
    .filter((folder) => path.basename(folder) !== 'node_modules')
    .map((folder) => path.join(folder, 'node_modules', name));
}

function nearestLock(from: string): Lock | undefined {
  for (const folder of ancestors(from)) {
    for (const name of ['npm-shrinkwrap.json', 'package-lock.json']) {
      const file = path.join(folder, name);
      if (fs.existsSync(file)) {
        const { packages } = readJson(file) as Partial<Lock>;
        return packages === undefined ? undefined : { folder, packages };
      }
    }
  }
  return undefined;
}

/** The nearest file with a name in a folder or above it. */
export function nearestFile(name: string, from: string): string | undefined {
  return ancestors(from)
    .map((folder) => path.join(folder, name))
    .find((file) => fs.existsSync(file));
}

function ancestors(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}

function readJson(file: string): unknown {
  return JSON.parse(fs.readFileSync(file, 'utf8')) as unknown;
}
