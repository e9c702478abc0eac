import * as fs from 'node:fs';
import * as path from 'node:path';
import { removeLeftover } from './remove-folder';

/** Whether a process with this id is running. */
export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // The process is running, as another user.
  }
}

/** Creates a folder below `parent` for this process. First removes the folders that earlier processes could not remove. */
export function workFolderIn(parent: string, name: string): string {
  fs.mkdirSync(parent, { recursive: true });
  for (const entry of fs.readdirSync(parent)) {
    const pid = /^work-(\d+)-/.exec(entry)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) {
      removeLeftover(path.join(parent, entry));
    }
  }
  return fs.mkdtempSync(path.join(parent, `work-${process.pid}-${name}-`));
}

/**
 * A folder that is created once and kept. `make` fills a temporary folder, which is then renamed. So a folder with the final name is
 * always complete, even if two processes create it at the same time.
 */
export async function madeOnceIn(
  parent: string,
  name: string,
  make: (draft: string) => Promise<void>,
): Promise<string> {
  const folder = path.join(parent, name);
  if (fs.existsSync(folder)) {
    return folder;
  }
  const draft = workFolderIn(parent, name);
  try {
    await make(draft);
    if (!fs.existsSync(folder)) {
      fs.renameSync(draft, folder);
    }
  } finally {
    removeLeftover(draft);
  }
  return folder;
}
