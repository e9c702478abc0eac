import * as fs from 'node:fs';
import * as path from 'node:path';
import { PropCheck, unquoted } from '../props/prop-check';
import type { AssetAdditions } from './asset-additions';
import type { CopiedFile } from './bundling-options';
import { AssetFile, fileAt } from './asset-files';
import { isSecretFile } from './secret-files';
import { FoundFile, isExecutable, walkFolder } from './walk-folder';

/** Rejects targets that no asset can have. The existence of the sources is checked when the asset is created. */
export function checkCopiedFiles(
  copyFiles: readonly CopiedFile[],
  root: string,
  check: PropCheck,
): void {
  copyFiles.forEach((file, i) => {
    const at = check.at(`copyFiles[${i}]`);
    if (typeof file.source !== 'string' || file.source === '') {
      throw at.error(
        'source',
        'must name a file or folder',
        file.source,
        'write `{ source: "templates" }`',
      );
    }
    if (file.destination === undefined && path.resolve(root, file.source) === path.resolve(root)) {
      const remedy = 'name a folder inside it';
      throw at.error('source', 'must not be the app’s `root` itself', file.source, remedy);
    }
    const target = targetOf(file, root);
    const outside = target === '..' || target.startsWith('../');
    if (
      path.posix.isAbsolute(target) ||
      outside ||
      /\\|^[A-Za-z]:/.test(target) ||
      file.destination === ''
    ) {
      throw at.error(
        'destination',
        'must be a path inside the asset',
        file.destination,
        'write it relative, with `/` and without `..`, for example `templates/mail.html`',
      );
    }
  });
}

/** The path of `source` inside the root, because the asset contains exactly what is there. */
function targetOf({ source, destination }: CopiedFile, root: string): string {
  if (destination !== undefined) {
    return path.posix.normalize(destination);
  }
  const inside = path.relative(root, path.resolve(root, source));
  return inside.startsWith('..') || path.isAbsolute(inside)
    ? path.basename(path.resolve(root, source))
    : inside.split(path.sep).join('/');
}

/** Adds the copied files to those of the asset. Files that usually hold secrets are copied only if they are named explicitly. */
export function addCopiedFiles(
  files: Map<string, AssetFile>,
  { copyFiles, check, tellLeftOut }: AssetAdditions,
  root: string,
): void {
  const places = new Places();
  for (const name of files.keys()) {
    const owner = name.startsWith('node_modules/') ? '`nodeModules`' : 'the code';
    places.take(name, owner, check);
  }
  copyFiles.forEach((copied, i) => {
    const at = check.at(`copyFiles[${i}]`);
    const leftOut: string[] = [];
    for (const { name, file, executable } of filesOf(copied, root, at, leftOut)) {
      places.take(name, `\`copyFiles[${i}]\``, at);
      files.set(name, fileAt(file, executable));
    }
    if (leftOut.length > 0) {
      tellLeftOut?.(`copyFiles[${i}]`, copied.source, leftOut);
    }
  });
}

function filesOf(
  copied: CopiedFile,
  root: string,
  check: PropCheck,
  leftOut: string[],
): FoundFile[] {
  const source = path.resolve(root, copied.source);
  const target = targetOf(copied, root).replace(/\/$/, '');
  const stat = fs.existsSync(source) ? fs.statSync(source) : undefined;
  if (stat?.isFile() === true) {
    if (target === '.') {
      const remedy = `write \`destination: "${path.basename(source)}"\``;
      throw check.error(
        'destination',
        'must name the file in the asset',
        copied.destination,
        remedy,
      );
    }
    return [{ name: target, file: source, executable: isExecutable(stat) }];
  }
  if (stat?.isDirectory() !== true) {
    throw check.error(
      'source',
      'must be a file or folder that exists',
      source,
      `correct it, or the app’s \`root\` (${root}), which it is relative to`,
    );
  }
  const found = filesIn(source, check, leftOut);
  if (found.length === 0) {
    const remedy =
      leftOut.length === 0
        ? 'put a file into it, or leave it out'
        : `name \`${leftOut.join('`, `')}\` in it by itself, since it usually holds secrets, or leave the folder out`;
    throw check.error('source', 'must be a folder with files in it', source, remedy);
  }
  const prefix = target === '.' ? '' : `${target}/`;
  return found.map((file) => ({ ...file, name: `${prefix}${file.name}` }));
}

function filesIn(folder: string, check: PropCheck, leftOut: string[]): FoundFile[] {
  const skip = (name: string): boolean => isSecretFile(name) && leftOut.push(name) > 0;
  try {
    return [...walkFolder(folder, skip)];
  } catch (error) {
    throw check.error(
      'source',
      'must be a readable folder without broken links',
      unquoted((error as Error).message),
      'remove or repair what the message names',
    );
  }
}

/** The owners of the paths in an asset. */
class Places {
  private readonly files = new Map<string, string>();
  /** Each folder with the owner of the first file in it. */
  private readonly folders = new Map<string, string>();

  /** Rejects a name that is already used, or that is a folder in one place and a file in another. */
  take(name: string, owner: string, check: PropCheck): void {
    const folders = parents(name);
    const blocked = [name, ...folders].find((place) => this.files.has(place));
    const taken = blocked ?? (this.folders.has(name) ? name : undefined);
    if (taken !== undefined) {
      const other = this.files.get(taken) ?? this.folders.get(taken) ?? '';
      throw check.error(
        'destination',
        `must not be a path at which ${other} already has \`${taken}\``,
        name,
        'give it another `destination`',
      );
    }
    this.files.set(name, owner);
    folders.forEach((folder) => this.folders.set(folder, this.folders.get(folder) ?? owner));
  }
}

function parents(name: string): string[] {
  const parent = path.posix.dirname(name);
  return parent === '.' ? [] : [parent, ...parents(parent)];
}
