import { createHash, randomUUID } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { codeOf } from '../core/disk';
import { cacheFolder, nearestFolder } from './cache-folder';

const FORMAT = 'v7';
const DAY_MS = 86_400_000;
const KEPT_DAYS = 30;
const PARTS = ['records', 'contents'];

/** The problems that were already reported to the user: an app may open the cache several times. */
const told = new Set<string>();

/**
 * Contents by their hash, and records by a key, in a folder shared by all apps on the machine.
 *
 * Several syntheses may run at once: files are written completely and then renamed, and a file that does not match its hash is
 * not used. Files that have not been used for 30 days are removed.
 */
export class CacheStore {
  /**
   * The store in the folder for the cache. Undefined if the cache is off, or if the folder cannot be read and written, which is
   * reported in one line.
   */
  static open(environment: NodeJS.ProcessEnv = process.env): CacheStore | undefined {
    const parent = cacheFolder(environment);
    if (parent === undefined) {
      return undefined;
    }
    const folder = path.join(parent, FORMAT);
    try {
      fs.accessSync(nearestFolder(folder), fs.constants.W_OK);
      for (const part of PARTS) {
        const place = path.join(folder, part);
        fs.mkdirSync(place, { recursive: true });
        fs.accessSync(place, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK);
      }
    } catch (error) {
      tellOnce(parent, error);
      return undefined; // without a cache everything works, only slower
    }
    return new CacheStore(folder);
  }

  private readonly contents = new Map<string, Uint8Array>();
  private failed = false;

  private constructor(readonly folder: string) {}

  /** The record of a key, if there is an intact one. */
  readRecord(key: string): unknown {
    const text = this.read(path.join(this.folder, 'records', key));
    const [digest, body] = text?.toString('utf8').split('\n', 2) ?? [];
    return body === undefined || digest !== hashOf(body) ? undefined : parsed(body);
  }

  writeRecord(key: string, record: unknown): void {
    const body = JSON.stringify(record);
    this.write(path.join(this.folder, 'records', key), `${hashOf(body)}\n${body}`);
  }

  /** The content with a hash, if it is stored and intact. The same hash returns the same object. */
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

  /** Stores content and returns its hash. */
  writeContent(content: Uint8Array): string {
    const digest = hashOf(content);
    if (this.readContent(digest) === undefined) {
      this.write(path.join(this.folder, 'contents', digest), content);
    }
    return digest;
  }

  /** Removes what has not been used for 30 days. Runs at most once a day. */
  sweep(now = Date.now()): void {
    const mark = path.join(this.folder, 'swept');
    if (now - modified(mark) < DAY_MS) {
      return;
    }
    this.write(mark, '');
    try {
      PARTS.forEach((part) => {
        this.sweepFolder(path.join(this.folder, part), now);
      });
    } catch (error) {
      tellOnce(this.folder, error);
    }
  }

  private sweepFolder(folder: string, now: number): void {
    for (const name of fs.readdirSync(folder)) {
      const file = path.join(folder, name);
      if (now - modified(file) > KEPT_DAYS * DAY_MS) {
        fs.rmSync(file, { force: true });
      }
    }
  }

  private read(file: string): Buffer | undefined {
    let content: Buffer;
    try {
      content = fs.readFileSync(file);
    } catch {
      return undefined; // missing, or removed by another synthesis
    }
    noteUse(file, modified(file));
    return content;
  }

  private write(file: string, content: string | Uint8Array): void {
    if (this.failed) {
      return;
    }
    const draft = `${file}.${randomUUID()}`;
    try {
      fs.writeFileSync(draft, content);
      fs.renameSync(draft, file);
    } catch (error) {
      this.failed = true; // The next file would fail, too.
      tellOnce(this.folder, error);
      removeDraft(draft);
    }
  }
}

function removeDraft(draft: string): void {
  try {
    fs.rmSync(draft, { force: true });
  } catch {
    // It could not be written either.
  }
}

function tellOnce(folder: string, error: unknown): void {
  const code = codeOf(error);
  if (told.has(folder + code)) {
    return;
  }
  told.add(folder + code);
  process.stderr.write(
    `cdk-serverless-app: the bundling cache ${folder} cannot be used (${code}), so bundling takes longer: ` +
      'repair the folder, name another one in `SERVERLESS_APP_CACHE`, or set that to `off`\n',
  );
}

/** SHA-256, in hexadecimal digits. */
export function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** When a file was last written or touched; 0 if it does not exist. */
function modified(file: string): number {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Recording its use once a day is precise enough for a limit of 30 days. */
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

/** Undefined if another program wrote it. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
