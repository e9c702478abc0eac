import * as path from 'node:path';
import { pathToFileURL } from 'node:url';

const PLACE = /(?:file:\/\/)?((?:[A-Za-z]:)?[^\s()'"<>]+?\.[cm]?[jt]sx?)(?::|\()(\d+)[:,](\d+)/;
/** Node.js tells no column of a source that it cannot read: `file:///shop/app.ts:15`. */
const LINE = /^(?:file:\/\/)?((?:[A-Za-z]:)?[^\s()'"<>]+?\.[cm]?[jt]sx?):(\d+)()$/;
const MESSAGE = /^\s*(?:Uncaught )?(?:[A-Z]\w*)?Error(?: \[\w+\])?: /;
/** A syntax error of esbuild, behind its place. */
const BUILD_ERROR = /^\S+?\.[cm]?[jt]sx?:\d+:\d+: ERROR: /;
const MOST_LINES = 12;

/**
 * The error in the output of a synthesis, first the place in the project's own sources, as `file:line:column: message`. Stack frames of
 * packages are left out.
 */
export function synthesisError(output: string, project: string): string {
  const lines = output
    .replaceAll(`${pathToFileURL(project).href}/`, '') // Paths may have spaces.
    .replaceAll(project + path.sep, '')
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '' && !isNoise(line));
  const found = [BUILD_ERROR, MESSAGE, /(^|\s)([A-Z]\w*)?Error\b.*:/]
    .map((form) => lines.findIndex((line) => form.test(line)))
    .find((i) => i >= 0);
  const text = (lines[found ?? 0] ?? '')
    .replace(BUILD_ERROR, '')
    .replace(/^.*?(?=([A-Z]\w*)?Error\b)/, '')
    .replace(/^Error: /, '')
    .trim();
  const placed = [PLACE, LINE].flatMap((form) =>
    lines.flatMap((line) => placeIn(line, form, project) ?? []),
  );
  const [place] = placed;
  return place === undefined
    ? lines
        .slice(found, (found ?? 0) + MOST_LINES)
        .join('\n')
        .trim()
    : `${place}: ${text}`;
}

function placeIn(line: string, form: RegExp, project: string): string | undefined {
  const [, file = '', row = '', column = ''] = form.exec(line) ?? [];
  if (file === '' || file.startsWith('node:') || file.includes('node_modules')) {
    return undefined;
  }
  const relative = path.relative(project, path.resolve(project, file));
  return relative.startsWith('..')
    ? undefined
    : [relative.split(path.sep).join('/'), row, column].filter((part) => part !== '').join(':');
}

const NOISE = [
  /^Node\.js v\d/,
  /^\s+at (node:|.*node_modules|.*\(node:)/,
  /Subprocess exited with error \d+$/,
  /^\s*\^+\s*$/,
  /^node:internal\//,
  /^\s+(triggerUncaughtException\(|throw new ERR_)/,
  /^\s+(code|url): '/,
  /^\}$/,
];

function isNoise(line: string): boolean {
  return NOISE.some((form) => form.test(line));
}
