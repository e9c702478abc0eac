import * as fs from 'node:fs';
import * as path from 'node:path';

/** The folder of the files that other processes run: `scripts/` next to this file, or `dev/` next to the bundled command. */
const FOLDER =
  [path.join(__dirname, 'scripts'), path.join(__dirname, 'dev')].find((it) => fs.existsSync(it)) ??
  __dirname;

/** The path of a file in `scripts/`. */
export function scriptFile(name: string): string {
  return path.join(FOLDER, name);
}
