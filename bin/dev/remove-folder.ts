import * as fs from 'node:fs';
import { codeOf } from '../../lib/core/disk';

const ATTEMPTS = 20;
const PAUSE_MS = 100;
/** The folder got new files, or one of them is in use. */
const TRY_AGAIN = ['EBUSY', 'ENOTEMPTY', 'EPERM'];

/**
 * Removes a folder. Processes that are about to end may still write into it, so removal is retried for two seconds. (`maxRetries` of
 * `fs.rmSync` does not remove what has been written in the meantime.)
 */
export function removeFolder(folder: string): void {
  for (let attempt = 1; ; attempt++) {
    try {
      fs.rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (attempt === ATTEMPTS || !TRY_AGAIN.includes(codeOf(error))) {
        throw error;
      }
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}

/** Removes what an ended process left behind, if that is possible now. Otherwise the next run tries again. */
export function removeLeftover(folder: string): void {
  try {
    fs.rmSync(folder, { recursive: true, force: true });
  } catch {
    // A process that the ended one started still writes into it, or another run is removing it too.
  }
}
