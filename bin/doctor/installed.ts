import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** The version of a package that a project in this folder resolves to. */
export function installedVersion(folder: string, name: string): string | undefined {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const file = path.join(at, 'node_modules', name, 'package.json');
    if (fs.existsSync(file)) {
      return (JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly version?: string }).version;
    }
    if (at === path.dirname(at)) {
      return undefined;
    }
  }
}

/** The project's own CDK CLI, else the one on the PATH. */
export function cliVersion(folder: string): string | undefined {
  const own = installedVersion(folder, 'aws-cdk');
  if (own !== undefined) {
    return own;
  }
  const { status, stdout } = spawnSync('cdk', ['--version'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return status === 0 ? /\d+\.\d+\.\d+\S*/.exec(stdout)?.[0] : undefined;
}

/** The number of files in a folder and below it; 0 if the folder does not exist. */
export function countFiles(folder: string): number {
  try {
    return fs
      .readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => !entry.isDirectory()).length;
  } catch {
    return 0;
  }
}
