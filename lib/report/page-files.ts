import * as fs from 'node:fs';
import * as path from 'node:path';

/**
 * The output of `npm run build:report`, made from `report/`: the page’s style and its script, which contains the functions of the
 * estimate.
 */
export interface PageFiles {
  readonly style: string;
  readonly script: string;
}

const FILES = { style: 'page.css', script: 'page.js' } as const;

/** Beside this file, as seen from `dist/report`, from the command in `dist/bin`, and from `lib/report`, where nothing is built. */
const FOLDERS = ['../report', '../../dist/report'];

/** Reads the files when a report is written, and only then. */
export function pageFiles(): PageFiles {
  const folders = FOLDERS.map((folder) => path.join(__dirname, folder));
  const folder = folders.find((candidate) => fs.existsSync(path.join(candidate, FILES.script)));
  if (folder === undefined) {
    throw new Error(
      `there is no ${FILES.script} of the report in ${folders.join(' or ')}: install cdk-serverless-app again, or, in a clone, run \`npm run build\``,
    );
  }
  const read = (file: string): string => fs.readFileSync(path.join(folder, file), 'utf8');
  return { style: read(FILES.style), script: read(FILES.script) };
}
