import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { CLOUD_ASSEMBLY, writing } from '../core/disk';
import { hashOf } from './cache-store';

/** A file of an asset. Large content is not held in memory. */
export interface AssetFile {
  /** SHA-256 of the content, in hexadecimal digits. */
  readonly digest: string;
  readonly content: () => Uint8Array;
  /** The file that has the content, if there is one: it is then copied instead of being read as a whole. */
  readonly file?: string;
  readonly executable?: boolean;
}

/** The files of an asset by their name inside it, with `/` between folders. */
export type AssetFiles = ReadonlyMap<string, AssetFile>;

/** A file whose content is in memory. */
export function fileWith(content: Uint8Array): AssetFile {
  return { digest: hashOf(content), content: () => content };
}

export function filesWith(contents: ReadonlyMap<string, Uint8Array>): AssetFiles {
  return new Map([...contents].map(([name, content]) => [name, fileWith(content)]));
}

/** A file of any size. */
export function fileAt(file: string, executable: boolean): AssetFile {
  return { digest: digestOfFile(file), content: () => fs.readFileSync(file), file, executable };
}

export function sizeOf({ content, file }: AssetFile): number {
  return file === undefined ? content().length : fs.statSync(file).size;
}

/** A hash of names, contents and executable bits only. */
export function hashOfFiles(files: AssetFiles): string {
  const hash = createHash('sha256');
  for (const [name, { digest, executable = false }] of [...files].sort(byName)) {
    hash.update(`${name}\0${digest}\0${executable ? 'x\0' : ''}`);
  }
  return hash.digest('hex');
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

const CHUNK_BYTES = 1 << 20;

/** Reads in pieces, because a copied file may be as large as a whole asset. */
function digestOfFile(file: string): string {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  const handle = fs.openSync(file, 'r');
  try {
    for (let size = fs.readSync(handle, chunk); size > 0; size = fs.readSync(handle, chunk)) {
      hash.update(chunk.subarray(0, size));
    }
  } finally {
    fs.closeSync(handle);
  }
  return hash.digest('hex');
}

/** Writes assets into a folder. A file that several assets share is written once and linked. */
export class AssetWriter {
  private readonly written = new Map<string, string>();

  /** A folder named after a content's hash is always complete, even if two syntheses write at once. */
  write(folder: string, files: AssetFiles): void {
    if (fs.existsSync(folder)) {
      return;
    }
    const parent = path.dirname(folder);
    writing(parent, CLOUD_ASSEMBLY, () => {
      fs.mkdirSync(parent, { recursive: true });
      const draft = fs.mkdtempSync(`${folder}.`);
      try {
        this.fill(draft, files);
        publish(draft, folder);
      } finally {
        fs.rmSync(draft, { recursive: true, force: true }); // exists only after a failure
      }
    });
    for (const [name, file] of files) {
      this.written.set(keyOf(file), path.join(folder, name));
    }
  }

  private fill(draft: string, files: AssetFiles): void {
    fs.chmodSync(draft, 0o755); // readable by everyone who may read the cloud assembly
    const made = new Set([draft]);
    for (const [name, file] of files) {
      const target = path.join(draft, name);
      const parent = path.dirname(target);
      if (!made.has(parent)) {
        fs.mkdirSync(parent, { recursive: true });
        made.add(parent);
      }
      this.writeFile(target, file);
    }
  }

  private writeFile(target: string, file: AssetFile): void {
    const known = this.written.get(keyOf(file));
    if (known === undefined || !tryLink(known, target)) {
      writeContent(target, file);
    }
  }
}

function keyOf({ digest, executable = false }: AssetFile): string {
  return `${digest} ${executable}`;
}

/** Copies the file if the file system has no links, or allows no more of them. */
function tryLink(known: string, target: string): boolean {
  try {
    fs.linkSync(known, target);
    return true;
  } catch {
    return false;
  }
}

function publish(draft: string, folder: string): void {
  try {
    fs.renameSync(draft, folder);
  } catch (error) {
    if (!fs.existsSync(folder)) {
      throw error;
    }
  }
}

function writeContent(target: string, asset: AssetFile): void {
  const { content, file, digest, executable = false } = asset;
  if (file === undefined) {
    fs.writeFileSync(target, content());
  } else {
    fs.copyFileSync(file, target);
    if (digestOfFile(target) !== digest) {
      throw new Error(`${file} changed while it was copied into an asset: synthesize again`);
    }
  }
  // The umask must not matter, because Lambda runs the code as another user.
  fs.chmodSync(target, executable ? 0o755 : 0o644);
}
