import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** Folders that contain no sources. The lock files of package managers identify what is installed. */
const NOT_SOURCES = /^(node_modules|\..*|cdk\.out(\..*)?|coverage)$/;
const INSTALLED = ['.package-lock.json', '.modules.yaml', '.yarn-state.yml', '.yarn-integrity'];
/** Variables that differ in each terminal. */
const OF_THE_TERMINAL =
  /^(_|OLDPWD|PWD|SHLVL|COLUMNS|LINES|TERM.*|WINDOWID|COLORTERM|SSH_.*|XDG_SESSION_.*|ITERM_.*|VSCODE_.*|npm_.*|AWS_.*|NO_PROXY|PATH)$/;
/** Written by the synthesis, and never read by it. */
const OUTPUT = /^serverless-app-env\.d\.ts$/;
const MOST_FILES = 20_000;

/**
 * A digest of the project's files, the installed packages and the environment variables; undefined if there are too many files. A
 * synthesis may read more than that, for example the clock, so an equal digest means only that the result is probably the same.
 */
export function projectInputs(
  project: string,
  others: readonly unknown[],
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  const hash = createHash('sha256');
  const files: string[] = INSTALLED.map((name) => path.join(project, 'node_modules', name));
  if (!collect(project, files)) {
    return undefined;
  }
  for (const file of files) {
    const stat = fs.statSync(file, { throwIfNoEntry: false });
    hash.update(`${file}\0${stat?.mtimeMs ?? ''} ${stat?.size ?? ''} ${stat?.ino ?? ''}\0`);
  }
  const variables = Object.entries(environment).filter(([name]) => !OF_THE_TERMINAL.test(name));
  hash.update(JSON.stringify([variables.sort(), process.version, ...others]));
  return hash.digest('hex');
}

/** Adds the files below a folder; false if there are too many. */
function collect(folder: string, files: string[]): boolean {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!NOT_SOURCES.test(entry.name) && !collect(file, files)) {
        return false;
      }
    } else if (!OUTPUT.test(entry.name)) {
      files.push(file);
    }
  }
  return files.length <= MOST_FILES;
}
