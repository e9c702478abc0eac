import { spawn } from 'node:child_process';
import * as path from 'node:path';

/** Opens a file as the operating system does. Errors are ignored, since the file's name was printed. */
export function openInBrowser(file: string): void {
  const [command, ...args] = openCommand(process.platform, path.resolve(file));
  const child = spawn(command, args, { detached: true, stdio: 'ignore' });
  child.on('error', () => undefined);
  child.unref();
}

export function openCommand(platform: NodeJS.Platform, file: string): [string, ...string[]] {
  if (platform === 'darwin') {
    return ['open', file];
  }
  return platform === 'win32' ? ['cmd', '/c', 'start', '', file] : ['xdg-open', file];
}
