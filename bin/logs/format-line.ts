import type { Colors } from '../io';
import { printable } from '../text/printable';
import type { LogLine } from './parse-line';

/** The form of a line in `--json` (schema/cli/logs.schema.json): one object a line. */
export function lineJson({ at, ...line }: LogLine): object {
  return { at: at.toISOString(), ...line };
}

/** `08:30:01.250 CreateOrder  ✗ timeout after 10000 ms (…)`: time in UTC, function, mark, text. */
export function formatLine(line: LogLine, width: number, colors: Colors): string {
  const time = line.at.toISOString().slice('yyyy-mm-ddT'.length, -1);
  const name = printable(line.function ?? '-').padEnd(width);
  const fields =
    line.fields === undefined ? '' : ` ${colors.dim(printable(JSON.stringify(line.fields)))}`;
  const [first = '', ...more] = line.text.split(/\r?\n/).map(printable);
  const indent = ' '.repeat(time.length + 1);
  return [
    `${colors.dim(time)} ${colors.cyan(name)} ${mark(line, colors)} ${paint(line, first, colors)}${fields}`,
    ...more.map((text) => `${indent}${colors.dim(text)}`),
  ]
    .map((text) => `${text.trimEnd()}\n`)
    .join('');
}

function mark({ kind, level, report }: LogLine, colors: Colors): string {
  if (report !== undefined && report.status !== 'success') {
    return colors.red('✗');
  }
  if (report?.initDurationMs !== undefined) {
    return colors.blue('❄');
  }
  if (kind !== 'message') {
    return colors.dim(kind === 'report' ? '✓' : '·');
  }
  if (isError(level)) {
    return colors.red('✗');
  }
  return level === 'WARN' ? colors.yellow('!') : ' ';
}

function paint({ kind, level, report }: LogLine, text: string, colors: Colors): string {
  if (isError(level) || (report !== undefined && report.status !== 'success')) {
    return colors.red(text);
  }
  return kind === 'message' ? text : colors.dim(text);
}

function isError(level: string | undefined): boolean {
  return level === 'ERROR' || level === 'FATAL';
}
