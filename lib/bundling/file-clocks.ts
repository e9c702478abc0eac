import * as fs from 'node:fs';
import * as path from 'node:path';
import { nearestFolder } from './cache-folder';

/** If a device's clock could not be read, it may be this far behind the machine's: an hour, which is more than drives are known to be. */
const UNKNOWN_CLOCK_MS = 3_600_000;

/** File system clocks advance in steps of some 10 ms. Two changes within one step have the same time. */
const TICK_MS = 50;

/**
 * The time at which a synthesis began, by the clock of each file system: that of a network drive may differ from the
 * machine's. It is read by writing a small file.
 */
export class FileClocks {
  /** @param folders where to write; one that cannot be written is skipped */
  static readIn(folders: readonly string[]): FileClocks {
    const clocks = new FileClocks();
    folders.forEach((folder) => {
      clocks.read(folder);
    });
    return clocks;
  }

  private readonly startedAt = Date.now();
  private readonly times = new Map<number, number>();

  /** Whether a later change of the file would have another time. */
  isTrusted({ dev, ctimeMs, mtimeMs }: fs.Stats): boolean {
    const time = this.times.get(dev);
    return (
      // Without a readable clock, the file system may be read-only, and another image with the same times may be mounted
      // later.
      time !== undefined &&
      // Whole seconds come from a file system without fractions, or from an image with fixed times.
      ctimeMs % 1000 !== 0 &&
      Math.max(ctimeMs, mtimeMs) < time - TICK_MS
    );
  }

  /** Whether a file or folder may have changed since the synthesis began. */
  mayHaveChanged({ dev, ctimeMs }: fs.Stats): boolean {
    return ctimeMs >= this.timeOf(dev) - TICK_MS;
  }

  /** Whether a later change has a later time. */
  isBefore({ dev, ctimeMs }: fs.Stats): boolean {
    return ctimeMs < this.timeOf(dev);
  }

  private timeOf(dev: number): number {
    return this.times.get(dev) ?? this.startedAt - UNKNOWN_CLOCK_MS;
  }

  private read(folder: string): void {
    try {
      if (this.times.has(fs.statSync(nearestFolder(folder)).dev)) {
        return;
      }
      fs.mkdirSync(folder, { recursive: true });
      const file = path.join(folder, 'clock');
      fs.writeFileSync(file, '.');
      const { dev, ctimeMs } = fs.statSync(file);
      this.times.set(dev, ctimeMs);
    } catch {
      // Not writable: files there are compared by content.
    }
  }
}
