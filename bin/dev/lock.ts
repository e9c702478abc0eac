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
  /** The address of the report with live counts, to which the path of an app is appended. */
  readonly report?: string;
}

/** The address at which a process accepts actions on the app from tests. */
export interface ControlAddress {
  readonly control: string;
  /** Authorizes requests to the address. */
  readonly token: string;
}

/** The file that records what is running in a project under this name. */
function lockFile(project: string, name: string): string {
  return path.join(devFolder(project), `${name}.json`);
}

/** The folder next to cdk.json in which `dev` keeps its files. */
export function devFolder(project: string): string {
  return path.join(path.resolve(project), '.serverless-app');
}

/** A folder has at most one running `dev`, and one app for each test run; a file holds its process id. */
export class DevLock {
  static take(project: string, name = 'dev'): DevLock {
    const folder = devFolder(project);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, '.gitignore'), '*\n');
    const lock = new DevLock(lockFile(project, name));
    const draft = `${lock.file}.${process.pid}`;
    fs.writeFileSync(draft, JSON.stringify({ pid: process.pid }));
    try {
      while (!isFirst(draft, lock.file)) {
        const other = readLock(lock.file);
        if (other !== undefined) {
          throw new UserError(
            `\`serverless-app dev\` already runs in this folder (process ${other.pid})`,
            `end it (\`kill ${other.pid}\`), or use it: \`serverless-app dev invoke …\``,
          );
        }
        removeStale(lock.file);
      }
    } finally {
      fs.rmSync(draft, { force: true });
    }
    return lock;
  }

  private constructor(private readonly file: string) {}

  tell(running: Omit<RunningDev, 'pid'> & Partial<ControlAddress>): void {
    const draft = `${this.file}.${process.pid}`;
    fs.writeFileSync(draft, JSON.stringify({ pid: process.pid, ...running }));
    fs.renameSync(draft, this.file);
  }

  release(): void {
    fs.rmSync(this.file, { force: true });
  }
}

/** Gives a file its name, unless another file has that name. Other processes only ever see the complete file. */
function isFirst(draft: string, file: string): boolean {
  try {
    fs.linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

/** Removes the lock of a process that has ended. If another process has taken the lock in the meantime, it gets the lock back. */
function removeStale(file: string): void {
  const taken = `${file}.${process.pid}.stale`;
  try {
    fs.renameSync(file, taken);
  } catch {
    return; // Another process was faster.
  }
  if (readLock(taken) !== undefined) {
    isFirst(taken, file);
  }
  fs.rmSync(taken, { force: true });
}

/** The `dev` that runs in a folder. */
export function runningDev(
  project: string,
  name = 'dev',
): (RunningDev & Partial<ControlAddress>) | undefined {
  return readLock(lockFile(project, name));
}

function readLock(file: string): (RunningDev & Partial<ControlAddress>) | undefined {
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
        report: asText(text.report),
        control: asText(text.control),
        token: asText(text.token),
      };
}
