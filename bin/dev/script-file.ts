import * as fs from 'node:fs';
import * as path from 'node:path';

/** The files that other processes run: beside this one, or, where the command is bundled, in `dev/` beside that. */
const FOLDER =
  [path.join(__dirname, 'scripts'), path.join(__dirname, 'dev')].find((it) => fs.existsSync(it)) ??
  __dirname;

/** The path of a file in `scripts/`. */
export function scriptFile(name: string): string {
  return path.join(FOLDER, name);
}
