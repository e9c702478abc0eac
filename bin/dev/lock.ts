import * as fs from 'node:fs';
import * as path from 'node:path';
import { asNumber, asText, parseJsonObject } from '../json/unknown';
import { UserError } from '../user-error';
import { isRunning } from './made-once';

/** What other commands need to know of a `dev` that runs. */
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

/** Where a process accepts actions on the app: for tests. */
export interface ControlAddress {
  readonly control: string;
  /** Whoever sends it may use the address. */
  readonly token: string;
}

/** The file that says what runs in a project under this name. */
function lockFile(project: string, name: string): string {
  return path.join(devFolder(project), `${name}.json`);
}

/** The folder, beside cdk.json, of all that `dev` keeps. */
export function devFolder(project: string): string {
  return path.join(path.resolve(project), '.serverless-app');
}

/** There is one `dev` a folder, and one app of each run of tests: a file with its process's number says so. */
export class DevLock {
  static take(project: string, name = 'dev'): DevLock {
    const folder = devFolder(project);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, '.gitignore'), '*\n');
    const lock = new DevLock(lockFile(project, name));
    const other = readLock(lock.file);
    if (other !== undefined) {
      throw new UserError(
        `\`serverless-app dev\` runs in this folder already (process ${other.pid})`,
        `end it (\`kill ${other.pid}\`), or use it: \`serverless-app dev invoke …\``,
      );
    }
    fs.rmSync(lock.file, { force: true });
    try {
      fs.writeFileSync(lock.file, JSON.stringify({ pid: process.pid }), { flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
        return DevLock.take(project, name); // Another one was faster.
      }
      throw error;
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
        control: asText(text.control),
        token: asText(text.token),
      };
}
