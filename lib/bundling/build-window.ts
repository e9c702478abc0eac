import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { homeFolder } from './cache-folder';
import { FileClocks } from './file-clocks';
import { WatchedFile } from './file-digests';
import { ancestors } from './module-paths';

/** Names in the folders above a project that influence module resolution. */
const NAMES_ABOVE = [
  'node_modules',
  'package.json',
  'tsconfig.json',
  'jsconfig.json',
  '.pnp.cjs',
  '.pnp.js',
];

/**
 * Detects what changed between the start of a build and its end. Such changes must not be stored, since esbuild may have read
 * the earlier state.
 *
 * Files in a renamed folder keep their times, so every folder and link on the path to a file is checked as well. Folders above
 * the project (`/tmp`, the home folder) may get unrelated entries during the build, so they are compared with their earlier state.
 */
export class BuildWindow {
  private readonly before: ReadonlyMap<string, fs.Stats | undefined>;
  private readonly projects: ReadonlySet<string>;

  constructor(
    private readonly root: string,
    private readonly clocks: FileClocks,
  ) {
    const above = ancestors(root);
    this.before = new Map(
      above.flatMap((folder) => [folder, ...namesIn(folder)].map((it) => [it, lstat(it)] as const)),
    );
    this.projects = new Set(
      above.filter(
        (folder) =>
          folder === root ||
          (!isOfMany(folder) && namesIn(folder).some((it) => this.before.get(it) !== undefined)),
      ),
    );
  }

  /**
   * Ends the window. Call it after all digests have been taken.
   *
   * @returns whether an item was unchanged during the whole window
   */
  close(): (item: WatchedFile) => boolean {
    const seen = new Map<string, boolean>();
    const isSteady = (file: string): boolean => {
      let steady = seen.get(file);
      if (steady === undefined) {
        seen.set(file, true); // ends the recursion at a link to itself
        const parent = path.dirname(file);
        steady = (parent === file || isSteady(parent)) && this.isSteadyAlone(file, isSteady);
        seen.set(file, steady);
      }
      return steady;
    };
    const around = [...this.before.keys()].every(isSteady);
    return ([aspect, file]) => {
      if (!around) {
        return false;
      }
      const absolute = path.resolve(this.root, file);
      return isSteady(aspect === 'candidates' ? path.dirname(absolute) : absolute);
    };
  }

  private isSteadyAlone(file: string, isSteady: (target: string) => boolean): boolean {
    const now = lstat(file);
    const known = this.before.has(file);
    if (known && !this.isAsBefore(file, now)) {
      return false;
    }
    if (now === undefined) {
      return true; // if it was removed, its folder has changed
    }
    if (!known && this.clocks.mayHaveChanged(now)) {
      return false;
    }
    return !now.isSymbolicLink() || isSteady(targetOf(file));
  }

  private isAsBefore(file: string, now: fs.Stats | undefined): boolean {
    const before = this.before.get(file);
    if (before === undefined || now === undefined) {
      return before === now;
    }
    if (before.dev !== now.dev || before.ino !== now.ino) {
      return false;
    }
    if (before.ctimeMs === now.ctimeMs && before.mtimeMs === now.mtimeMs) {
      return this.clocks.isBefore(now) || !this.isStrict(file, now);
    }
    // A new entry changes the mtime of a folder; renaming the folder away and back changes that of its parent.
    return (
      !this.isStrict(file, now) &&
      before.mtimeMs !== now.mtimeMs &&
      this.isUntouched(path.dirname(file))
    );
  }

  private isUntouched(folder: string): boolean {
    const [before, now] = [this.before.get(folder), lstat(folder)];
    return (
      before !== undefined &&
      before.ino === now?.ino &&
      before.ctimeMs === now.ctimeMs &&
      before.mtimeMs === now.mtimeMs
    );
  }

  private isStrict(file: string, stat: fs.Stats): boolean {
    return !stat.isDirectory() || this.projects.has(file) || path.basename(file) === 'node_modules';
  }
}

/** Whether many programs write to a folder. If so, it is not a project, even if it happens to contain a package.json. */
function isOfMany(folder: string): boolean {
  return [os.tmpdir(), homeFolder()].some((it) => it !== undefined && path.resolve(it) === folder);
}

function namesIn(folder: string): string[] {
  return NAMES_ABOVE.map((name) => path.join(folder, name));
}

function targetOf(link: string): string {
  try {
    return path.resolve(path.dirname(link), fs.readlinkSync(link));
  } catch {
    return link; // gone just now: its folder has changed, which the next synthesis sees
  }
}

/** Also undefined if a part of the path is a file. */
function lstat(file: string): fs.Stats | undefined {
  try {
    return fs.lstatSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
