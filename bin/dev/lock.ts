import * as fs from 'node:fs';
import * as path from 'node:path';
import { asNumber, asText, parseJsonObject } from '../json/unknown';
import { UserError } from '../user-error';
import { isRunning } from './made-once';

/** What other commands need to know about a running `dev`. */
export interface RunningDev {
  readonly pid: number;
  /** The emulator. Missing while it starts. */
  readonly endpoint?: string;
  /** The app's API. */
  readonly url?: string;
  readonly account?: string;
  readonly region?: string;
  /** The cloud assembly that is deployed. */
  readonly assembly?: string;
}

/** The folder next to cdk.json in which `dev` keeps its files. */
export function devFolder(project: string): string {
  return path.join(path.resolve(project), '.serverless-app');
}

/** A folder has at most one running `dev`; a file holds its process id. */
export class DevLock {
  static take(project: string): DevLock {
    const folder = devFolder(project);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, '.gitignore'), '*\n');
    const lock = new DevLock(path.join(folder, 'dev.json'));
    const other = readLock(lock.file);
    if (other !== undefined) {
      throw new UserError(
        `\`serverless-app dev\` already runs in this folder (process ${other.pid})`,
        `end it (\`kill ${other.pid}\`), or use it: \`serverless-app dev invoke …\``,
      );
    }
    fs.rmSync(lock.file, { force: true });
    try {
      fs.writeFileSync(lock.file, JSON.stringify({ pid: process.pid }), { flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
        return DevLock.take(project); // Another process was faster.
      }
      throw error;
    }
    return lock;
  }

  private constructor(private readonly file: string) {}

  tell(running: Omit<RunningDev, 'pid'>): void {
    const draft = `${this.file}.${process.pid}`;
    fs.writeFileSync(draft, JSON.stringify({ pid: process.pid, ...running }));
    fs.renameSync(draft, this.file);
  }

  release(): void {
    fs.rmSync(this.file, { force: true });
  }
}

/** The `dev` that runs in a folder. */
export function runningDev(project: string): RunningDev | undefined {
  return readLock(path.join(devFolder(project), 'dev.json'));
}

function readLock(file: string): RunningDev | undefined {
  if (!fs.existsSync(file)) {
    return undefined;
  }
  const text = parseJsonObject(fs.readFileSync(file, 'utf8')) ?? {};
  const pid = asNumber(text.pid);
  return pid === undefined || !isRunning(pid)
    ? undefined
    : {
        pid,
        endpoint: asText(text.endpoint),
        url: asText(text.url),
        account: asText(text.account),
        region: asText(text.region),
        assembly: asText(text.assembly),
      };
}
