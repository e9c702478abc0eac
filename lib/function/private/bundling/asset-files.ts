import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** A file of an asset. What is large or many is not held in memory. */
export interface AssetFile {
  /** Its content, or the absolute path where that lies. */
  readonly source: Uint8Array | string;
  readonly executable: boolean;
}

/** The files of an asset by their name inside it, with `/` between folders. */
export type AssetFiles = Map<string, AssetFile>;

export function sizeOf({ source }: AssetFile): number {
  return typeof source === 'string' ? fs.statSync(source).size : source.length;
}

/** Digests of files, each made once: functions that take the same from packages have the same content. */
export class Digests {
  private readonly known = new WeakMap<Uint8Array, string>();

  /** From names, contents and whether a file may be executed; from nothing else. */
  of(files: AssetFiles): string {
    const hash = createHash('sha256');
    for (const [name, file] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
      hash.update(`${name}\0${this.ofSource(file.source)}\0${file.executable ? 'x\0' : ''}`);
    }
    return hash.digest('hex');
  }

  private ofSource(source: Uint8Array | string): string {
    if (typeof source === 'string') {
      return digestOfFile(source);
    }
    const digest = this.known.get(source) ?? createHash('sha256').update(source).digest('hex');
    this.known.set(source, digest);
    return digest;
  }
}

const CHUNK_BYTES = 1 << 20;

/** Piece by piece: an extra file may be as large as a whole asset. */
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

/** A folder with a content's hash holds that content whole, also when two syntheses write at once. */
export function writeOnce(folder: string, files: AssetFiles): void {
  if (fs.existsSync(folder)) {
    return;
  }
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const draft = fs.mkdtempSync(`${folder}.`);
  for (const [name, file] of files) {
    const target = path.join(draft, name);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    write(target, file);
  }
  try {
    fs.renameSync(draft, folder);
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true });
    if (!fs.existsSync(folder)) {
      throw error;
    }
  }
}

function write(target: string, { source, executable }: AssetFile): void {
  if (typeof source === 'string') {
    fs.copyFileSync(source, target);
    fs.chmodSync(target, executable ? 0o755 : 0o644);
  } else {
    fs.writeFileSync(target, source, executable ? { mode: 0o755 } : {});
  }
}
