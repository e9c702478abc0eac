import { spawn } from 'node:child_process';
import * as path from 'node:path';

/** Opens a file or an address as the operating system does. Errors are ignored, since it was printed. */
export function openInBrowser(place: string): void {
  const what = /^https?:\/\//.test(place) ? place : path.resolve(place);
  const [command, ...args] = openCommand(process.platform, what);
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
