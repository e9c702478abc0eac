import * as fs from 'node:fs';
import * as path from 'node:path';

/** The files that a package manager writes when it installs packages. */
const LISTS = [
  'package.json',
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'bun.lockb',
];

/** Whether installed packages may differ after a change of this file. */
export function listsPackages(file: string): boolean {
  return LISTS.includes(path.basename(file));
}

/** These files of a project, and of the workspace that contains it. */
export function packageLists(project: string): string[] {
  const above = path.dirname(project);
  return [
    ...LISTS.map((name) => path.join(project, name)).filter((file) => fs.existsSync(file)),
    ...(above === project ? [] : packageLists(above)),
  ];
}
