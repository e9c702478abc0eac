import Table from 'cli-table3';

/** No lines, only space between the columns. */
const NO_LINES = Object.fromEntries(
  [
    ...['top', 'top-mid', 'top-left', 'top-right', 'bottom', 'bottom-mid', 'bottom-left'],
    ...['bottom-right', 'left', 'left-mid', 'mid', 'mid-mid', 'right', 'right-mid'],
  ].map((part) => [part, '']),
);

export interface TableOptions {
  /** Right-aligned columns, by index. */
  readonly right?: readonly number[];
  readonly indent?: string;
}

/** Aligns rows in columns. Colours do not count as width. */
export function table(
  rows: readonly (readonly string[])[],
  { right = [], indent = '' }: TableOptions = {},
): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const made = new Table({
    chars: { ...NO_LINES, middle: '  ' },
    style: { 'padding-left': 0, 'padding-right': 0, compact: true, head: [], border: [] },
    colAligns: Array.from({ length: columns }, (_, i) => (right.includes(i) ? 'right' : 'left')),
  });
  made.push(...rows.map((row) => Array.from({ length: columns }, (_, i) => row[i] ?? '')));
  return rows.length === 0
    ? ''
    : made
        .toString()
        .split('\n')
        .map((line) => `${indent}${line}`.trimEnd() + '\n')
        .join('');
}
