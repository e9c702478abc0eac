import * as fs from 'node:fs';
import * as path from 'node:path';

/** The folder of the files that other processes run: `scripts/` next to this file, or `dev/` next to the bundled command. */
const FOLDER =
  [path.join(__dirname, 'scripts'), path.join(__dirname, 'dev')].find((it) => fs.existsSync(it)) ??
  __dirname;

/** The adapter of modules whose default export has `fetch`: next to these files, or in the sources of the library. */
export function webHandlerFile(): string {
  const beside = path.join(FOLDER, 'web-handler.mjs');
  return fs.existsSync(beside)
    ? beside
    : path.join(__dirname, '..', '..', 'lib', 'bundling', 'web-handler.mjs');
}

/** The path of a file in `scripts/`. */
export function scriptFile(name: string): string {
  return path.join(FOLDER, name);
}
