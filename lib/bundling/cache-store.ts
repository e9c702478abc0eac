import { createHash, randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const FORMAT = 'v5';
const DAY_MS = 86_400_000;
const KEPT_DAYS = 30;

/**
 * Contents by their hash, and records by a key, in a folder shared by all apps on the machine.
 *
 * Several syntheses may run at once: files are written completely and then renamed, and a file that does not match its hash is
 * not used. Files that were not used for 30 days are removed.
 */
export class CacheStore {
  /**
   * The store in the folder named by `SERVERLESS_APP_CACHE`, by default in the user's cache folder. Undefined if the variable is
   * `off` or the folder cannot be written.
   */
  static open(environment: NodeJS.ProcessEnv = process.env): CacheStore | undefined {
    const setting = environment.SERVERLESS_APP_CACHE ?? '';
    if (setting === 'off') {
      return undefined;
    }
    const folder = path.join(setting === '' ? userCacheFolder(environment) : setting, FORMAT);
    try {
      fs.mkdirSync(path.join(folder, 'records'), { recursive: true });
      fs.mkdirSync(path.join(folder, 'contents'), { recursive: true });
      fs.accessSync(folder, fs.constants.W_OK);
    } catch {
      return undefined; // without a cache everything works, only slower
    }
    return new CacheStore(folder);
  }

  private readonly contents = new Map<string, Uint8Array>();

  private constructor(readonly folder: string) {}

  /** The record of a key, if there is an intact one. */
  readRecord(key: string): unknown {
    const text = this.read(path.join(this.folder, 'records', key));
    const [digest, body] = text?.toString('utf8').split('\n', 2) ?? [];
    return body === undefined || digest !== hashOf(body) ? undefined : JSON.parse(body);
  }

  writeRecord(key: string, record: unknown): void {
    const body = JSON.stringify(record);
    this.write(path.join(this.folder, 'records', key), `${hashOf(body)}\n${body}`);
  }

  /** The content with a hash, if it is there and intact. The same hash returns the same object. */
  readContent(digest: string): Uint8Array | undefined {
    const known = this.contents.get(digest);
    if (known !== undefined) {
      return known;
    }
    const content = this.read(path.join(this.folder, 'contents', digest));
    if (content === undefined || hashOf(content) !== digest) {
      return undefined;
    }
    this.contents.set(digest, content);
    return content;
  }

  /** Stores a content and returns its hash. */
  writeContent(content: Uint8Array): string {
    const digest = hashOf(content);
    if (this.readContent(digest) === undefined) {
      this.write(path.join(this.folder, 'contents', digest), content);
    }
    return digest;
  }

  /** Removes what was not used for 30 days. Runs at most once a day. */
  sweep(now = Date.now()): void {
    const mark = path.join(this.folder, 'swept');
    if (now - modified(mark) < DAY_MS) {
      return;
    }
    this.write(mark, '');
    for (const part of ['records', 'contents']) {
      for (const name of fs.readdirSync(path.join(this.folder, part))) {
        const file = path.join(this.folder, part, name);
        if (now - modified(file) > KEPT_DAYS * DAY_MS) {
          fs.rmSync(file, { force: true });
        }
      }
    }
  }

  private read(file: string): Buffer | undefined {
    let content: Buffer;
    try {
      content = fs.readFileSync(file);
    } catch {
      return undefined; // not there, or removed by another synthesis
    }
    noteUse(file, modified(file));
    return content;
  }

  private write(file: string, content: string | Uint8Array): void {
    const draft = `${file}.${randomUUID()}`;
    try {
      fs.writeFileSync(draft, content);
      fs.renameSync(draft, file);
    } catch (error) {
      fs.rmSync(draft, { force: true });
      process.stderr.write(
        `cdk-serverless-app: the bundling cache cannot be written: ${String(error)}\n`,
      );
    }
  }
}

/** SHA-256, in hexadecimal digits. */
export function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The folder of this package in the user's cache folder. */
export function userCacheFolder(environment: NodeJS.ProcessEnv): string {
  const home = os.homedir();
  const folders: Partial<Record<NodeJS.Platform, string>> = {
    darwin: path.join(home, 'Library', 'Caches'),
    win32: environment.LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'),
  };
  const folder =
    folders[process.platform] ?? environment.XDG_CACHE_HOME ?? path.join(home, '.cache');
  return path.join(folder, 'cdk-serverless-app');
}

/** When a file was last written or touched; 0 if it does not exist. */
function modified(file: string): number {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Noting the use once a day is precise enough for 30 days. */
function noteUse(file: string, written: number): void {
  const now = Date.now();
  if (written > 0 && now - written > DAY_MS) {
    try {
      fs.utimesSync(file, now / 1000, now / 1000);
    } catch {
      // Another synthesis removed it after it was read.
    }
  }
}
