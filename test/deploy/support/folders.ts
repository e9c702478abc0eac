import * as fs from 'node:fs';
import * as path from 'node:path';

export const REPOSITORY = path.resolve(__dirname, '..', '..', '..');

/** Everything that is installed or written here; ignored by git. */
export const EMULATOR_FOLDER = path.join(REPOSITORY, '.emulator');

/** A new folder for this process to work in. What ended processes could not remove is removed first. */
export function workFolder(name: string): string {
  fs.mkdirSync(EMULATOR_FOLDER, { recursive: true });
  for (const entry of fs.readdirSync(EMULATOR_FOLDER)) {
    const pid = /^work-(\d+)-/.exec(entry)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) {
      fs.rmSync(path.join(EMULATOR_FOLDER, entry), { recursive: true, force: true });
    }
  }
  return fs.mkdtempSync(path.join(EMULATOR_FOLDER, `work-${process.pid}-${name}-`));
}

/**
 * A folder that is made once and kept. `make` fills a draft, which then gets its name, so that a folder of that name is
 * complete, also when two processes make it at once.
 */
export async function madeOnce(
  name: string,
  make: (draft: string) => Promise<void>,
): Promise<string> {
  const folder = path.join(EMULATOR_FOLDER, name);
  if (fs.existsSync(folder)) {
    return folder;
  }
  const draft = workFolder(name);
  try {
    await make(draft);
    if (!fs.existsSync(folder)) {
      fs.renameSync(draft, folder);
    }
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
  return folder;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
