import * as fs from 'node:fs';
import * as path from 'node:path';
import { inTemporaryFolder } from '../../core/disk';
import { unquoted } from '../../props/prop-check';
import { AssetFile, AssetFiles, fileWith } from '../asset-files';
import type { PythonRequest } from '../bundle-request';
import { CacheStore, hashOf } from '../cache-store';
import { keepFiles, readFiles } from '../kept-files';
import { walkFolder } from '../walk-folder';
import { exportLock, findInstaller, installWheels } from './python-installer';
import type { PythonInstaller, PythonTarget } from './python-installer';
import {
  distribution,
  pinned,
  PythonProject,
  pythonProject,
  requirementTexts,
} from './python-project';

/** Part of the cache key. Change it if the form of the stored data changes, or the way it is produced. */
const FORMAT = 1;

/**
 * Files that differ between installers and machines, and that no program reads on Lambda: scripts with the path of this machine's
 * Python, bytecode, and the installers' own records.
 */
const LEFT_OUT =
  /^(bin|Scripts|\.lock)$|(^|\/)__pycache__$|\.pyc$|^[^/]+\.dist-info\/(RECORD|INSTALLER|REQUESTED|direct_url\.json|uv_cache\.json|uv_build\.json)$/;

/** Settings of the installers that choose registries and packages. */
const SETTINGS = /^(PIP|UV)_/;

/** The packages to install. */
interface Wanted {
  readonly project: PythonProject;
  readonly installer: PythonInstaller;
  readonly target: PythonTarget;
  /** The exact list of a uv.lock. */
  readonly exported?: string;
  readonly texts: readonly string[];
}

/**
 * Installs the dependencies of Python functions: the same ones for the same target once. The cache keeps an installation only if the
 * project pins the version of each package in it, because otherwise a registry may return a different version tomorrow.
 */
export class PythonPackages {
  private readonly installed = new Map<string, AssetFiles>();
  private readonly installers = new Map<string, PythonInstaller | undefined>();
  private readonly open = new Map<string, readonly string[]>();
  private store: CacheStore | undefined;

  /** The packages that a function's project lists, for the top level of its asset. */
  of(request: PythonRequest): AssetFiles {
    const wanted = this.wantedBy(request);
    if (wanted === undefined) {
      return new Map();
    }
    const key = keyOf(wanted);
    const store = request.cache === false ? undefined : (this.store ??= CacheStore.open());
    const known = this.installed.get(key) ?? (store && readFiles(store, key));
    const files = known ?? install(wanted, request);
    this.installed.set(key, files);
    const unpinned = this.open.get(key) ?? (known === undefined ? unpinnedIn(files, wanted) : []);
    this.open.set(key, unpinned);
    if (unpinned.length > 0) {
      request.reportUnpinned?.(wanted.project.file, unpinned);
    } else if (known === undefined && store !== undefined) {
      keepFiles(store, key, files);
    }
    return files;
  }

  private wantedBy(request: PythonRequest): Wanted | undefined {
    const { entry, pythonVersion, additions, check } = request;
    const project = pythonProject(entry, check);
    const texts = project?.kind === 'requirements' ? requirementTexts(project.file) : [];
    if (project === undefined || (project.kind === 'requirements' && texts.every(isEmpty))) {
      return undefined;
    }
    const installer = this.installerFor(pythonVersion);
    if (installer === undefined || (project.kind === 'uv' && installer.name !== 'uv')) {
      throw check.error(
        'entry',
        `has dependencies in ${project.file}, which ${project.kind === 'uv' ? 'uv installs' : 'uv or pip installs'}`,
        unquoted(
          project.kind === 'uv'
            ? 'no `uv` on the PATH'
            : 'neither `uv` nor `python3 -m pip` on the PATH',
        ),
        `install uv (https://docs.astral.sh/uv)${project.kind === 'uv' ? ', or export a requirements.txt and remove uv.lock' : ''}`,
      );
    }
    const machine = additions.architecture === 'arm64' ? 'aarch64' : 'x86_64';
    const target = { version: pythonVersion, machine } as const;
    if (project.kind === 'requirements') {
      return { project, installer, target, texts };
    }
    const { ok, text } = exportLock(installer, project.folder);
    if (!ok) {
      throw check.error(
        'entry',
        `has dependencies in ${project.file}, which uv must be able to read`,
        unquoted(`uv’s error:\n${text}\n`),
        'correct what uv reports',
      );
    }
    const local = text.split('\n').find((line) => /^(-e\b|\.|\/|file:)|@ file:/.test(line));
    if (local !== undefined) {
      throw check.error(
        'entry',
        `must have only packages of a registry in ${project.file}`,
        local,
        'import a package of the workspace from its source folder, or publish it',
      );
    }
    return { project, installer, target, exported: `${text}\n`, texts: [text] };
  }

  private installerFor(version: string): PythonInstaller | undefined {
    if (!this.installers.has(version)) {
      this.installers.set(version, findInstaller(version));
    }
    return this.installers.get(version);
  }
}

/** Only comments, which need no installer. */
function isEmpty(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(#.*)?$/.test(line));
}

function keyOf({ installer, target, texts, project }: Wanted): string {
  const settings = Object.entries(process.env)
    .filter(([name]) => SETTINGS.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const { name, version } = installer;
  return hashOf(
    JSON.stringify(['python', FORMAT, name, version, settings, target, project.kind, texts]),
  );
}

function install(
  { installer, target, project, exported }: Wanted,
  request: PythonRequest,
): AssetFiles {
  const { file } = project;
  process.stderr.write(
    `cdk-serverless-app: ${installer.name} installs ${path.relative('', file)} for Python ${target.version} on linux ${target.machine}\n`,
  );
  return inTemporaryFolder((folder) => {
    const list = exported === undefined ? file : path.join(folder, 'requirements.txt');
    if (exported !== undefined) {
      fs.writeFileSync(list, exported);
    }
    const packages = path.join(folder, 'packages');
    fs.mkdirSync(packages);
    const { ok, text } = installWheels(installer, list, packages, target, project.folder);
    if (!ok) {
      throw request.check.error(
        'entry',
        `must have packages in ${file} that ${installer.name} can install from wheels for Python ${target.version} on linux ${target.machine}`,
        unquoted(`${installer.name}’s error:\n${text}\n`),
        'correct what it reports; for a package without such a wheel, use another version, architecture or `runtime`, or a layer',
      );
    }
    return readInstalled(packages);
  });
}

function readInstalled(folder: string): AssetFiles {
  const files = new Map<string, AssetFile>();
  for (const { name, file, executable } of walkFolder(folder, (it) => LEFT_OUT.test(it))) {
    files.set(name, { ...fileWith(fs.readFileSync(file)), executable });
  }
  return files;
}

/** The installed packages whose version the project does not pin, as `name==version`. */
function unpinnedIn(files: AssetFiles, { texts }: Wanted): string[] {
  const pins = pinned(texts);
  const found = new Set<string>();
  for (const file of files.keys()) {
    const [, name, version] = /^([^/]+)-([^/-]+)\.dist-info\//.exec(file) ?? [];
    if (name !== undefined && version !== undefined) {
      found.add(distribution(name, version));
    }
  }
  return [...found].filter((it) => !pins.has(it)).sort();
}
