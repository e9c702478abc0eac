import * as fs from 'node:fs';
import * as path from 'node:path';

/** Files by their path in a folder. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Writes files into a folder, with their parent folders. */
export function writeFiles(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
}

/** Links from paths in a folder to other places: relative to the link, or absolute. */
export function writeLinks(folder: string, links: Readonly<Record<string, string>>): void {
  for (const [name, target] of Object.entries(links)) {
    const link = path.join(folder, name);
    fs.mkdirSync(path.dirname(link), { recursive: true });
    fs.symlinkSync(target, link);
  }
}
