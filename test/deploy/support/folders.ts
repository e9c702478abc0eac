import * as path from 'node:path';
import { madeOnceIn, workFolderIn } from '../../../bin/dev/made-once';

export const REPOSITORY = path.resolve(__dirname, '..', '..', '..');

/** Everything that is installed or written here; ignored by git. */
export const EMULATOR_FOLDER = path.join(REPOSITORY, '.emulator');

/** A new folder for this process to work in. What ended processes could not remove is removed first. */
export function workFolder(name: string): string {
  return workFolderIn(EMULATOR_FOLDER, name);
}

/** A folder that is made once and kept. */
export function madeOnce(name: string, make: (draft: string) => Promise<void>): Promise<string> {
  return madeOnceIn(EMULATOR_FOLDER, name, make);
}
