import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const PREFIX = 'serverless-app-';

/** The operating system's error codes for a disk that cannot be written, with a remedy. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'you have no write permission there: change the permissions, or choose another folder',
  EDQUOT: 'your disk quota is used up: free some space, or choose a folder on another disk',
  ENOSPC: 'no space is left on the device: free some, or choose a folder on another disk',
  EPERM: 'you have no write permission there: change the permissions, or choose another folder',
  EROFS: 'its file system is read-only: choose a folder on another one',
};

/**
 * Writes something. If the disk is full or read-only, the error names the folder and the remedy.
 *
 * @param what describes what is written, and how the user chooses another folder for it
 */
export function writing<T>(folder: string, what: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    const reason = REASONS[codeOf(error)];
    if (reason === undefined) {
      throw error;
    }
    throw new Error(`${folder} cannot be written (${codeOf(error)}), ${reason}. It is ${what}.`, {
      cause: error,
    });
  }
}

export const TEMPORARY_FOLDER =
  'the folder for temporary files, which `TMPDIR` names (`TEMP` on Windows)';

export const CLOUD_ASSEMBLY = 'the cloud assembly, which `cdk --output` names';

/** Writes a file of an app into the cloud assembly. */
export function writeAssemblyFile(outdir: string, name: string, text: string): void {
  writing(outdir, CLOUD_ASSEMBLY, () => {
    fs.writeFileSync(path.join(outdir, name), text);
  });
}

/** The operating system's code of an error, or an empty string. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** Works in a new folder for temporary files, which is removed afterwards. */
export function inTemporaryFolder<T>(work: (folder: string) => T): T {
  const parent = temporaryParent();
  const folder = writing(parent, TEMPORARY_FOLDER, () => fs.mkdtempSync(path.join(parent, PREFIX)));
  try {
    return work(folder);
  } catch (error) {
    return isAbout(folder, error)
      ? writing(parent, TEMPORARY_FOLDER, () => {
          throw error;
        })
      : rethrow(error);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

function temporaryParent(): string {
  const named = os.tmpdir();
  try {
    return fs.realpathSync(named);
  } catch (error) {
    throw new Error(
      `${named} is not a folder that can be used (${codeOf(error)}): create it, or choose another folder. It is ${TEMPORARY_FOLDER}.`,
      { cause: error },
    );
  }
}

/** If the disk is full, the error of a write does not name the file. */
function isAbout(folder: string, error: unknown): boolean {
  const file = error instanceof Error && 'path' in error ? String(error.path) : undefined;
  return file === undefined
    ? ['ENOSPC', 'EDQUOT'].includes(codeOf(error))
    : file.startsWith(folder);
}

function rethrow(error: unknown): never {
  throw error;
}
