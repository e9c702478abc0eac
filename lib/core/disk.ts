import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const PREFIX = 'serverless-app-';

/** What the system says where a disk cannot be written, and what helps. */
const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'you may not write there: change who may, or name another folder',
  EDQUOT: 'your quota of disk space is used up: remove something, or name a folder on another disk',
  ENOSPC: 'no space is left on the device: free some, or name a folder on another disk',
  EPERM: 'you may not write there: change who may, or name another folder',
  EROFS: 'its file system can only be read: name a folder on another one',
};

/**
 * Writes something. Where the disk is full or read only, the error says which folder that is, and what to do.
 *
 * @param what what is written, and how the user names another folder for it
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

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** A new folder for temporary files, to be removed by who asked for it. */
export function makeTemporaryFolder(): string {
  const parent = fs.realpathSync(os.tmpdir());
  return writing(parent, TEMPORARY_FOLDER, () => fs.mkdtempSync(path.join(parent, PREFIX)));
}
