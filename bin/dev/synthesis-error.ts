import * as path from 'node:path';

const PLACE = /(?:file:\/\/)?((?:[A-Za-z]:)?[^\s()'"<>]+?\.[cm]?[jt]sx?)(?::|\()(\d+)[:,](\d+)/;
const MOST_LINES = 12;

/**
 * The error in the output of a synthesis, first the place in the project's own sources, as `file:line:column: message`. Stack frames of
 * packages are left out.
 */
export function synthesisError(output: string, project: string): string {
  const lines = output
    .split(/\r?\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== '' && !isNoise(line));
  const message = lines.find((line) => /(^|\s)([A-Z]\w*)?Error\b.*:/.test(line)) ?? lines[0] ?? '';
  const text = message
    .replace(/^.*?(?=([A-Z]\w*)?Error\b)/, '')
    .replace(/^Error: /, '')
    .trim();
  const place = lines.map((line) => placeIn(line, project)).find((it) => it !== undefined);
  if (place !== undefined) {
    return `${place}: ${text.replace(/^\S+?\.[cm]?[jt]sx?:\d+:\d+: (ERROR: )?/, '')}`;
  }
  return lines.slice(0, MOST_LINES).join('\n');
}

function placeIn(line: string, project: string): string | undefined {
  const [, file = '', row = '', column = ''] = PLACE.exec(line) ?? [];
  if (file === '' || file.startsWith('node:') || file.includes('node_modules')) {
    return undefined;
  }
  const relative = path.relative(project, path.resolve(project, file));
  return relative.startsWith('..')
    ? undefined
    : `${relative.split(path.sep).join('/')}:${row}:${column}`;
}

function isNoise(line: string): boolean {
  return /^(Node\.js v\d|\s+at (node:|.*node_modules|.*\(node:)|Subprocess exited with error|\s*\^+\s*$)/.test(
    line,
  );
}
