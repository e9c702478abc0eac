export interface CsvRow {
  /** The line of the file that the row begins on, from 1. */
  readonly line: number;
  readonly fields: Readonly<Record<string, string>>;
}

/** Rows of a CSV file (RFC 4180) under the names in its first line: quotes, quoted line breaks, CRLF, BOM, empty lines. */
export function parseCsv(text: string): CsvRow[] {
  const [header, ...rows] = cells(text.replace(/^\uFEFF/, ''));
  const names = header?.values.map((name) => name.trim()) ?? [];
  return rows.map(({ line, values }) => ({
    line,
    fields: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])),
  }));
}

interface Cells {
  readonly line: number;
  readonly values: string[];
}

// A cell, quoted or not, and what ends it. Sticky, so that nothing is skipped.
const CELL = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|\n|\r|$)/y;

function cells(text: string): Cells[] {
  const rows: Cells[] = [];
  let row: Cells = { line: 1, values: [] };
  let line = 1;
  CELL.lastIndex = 0;
  while (CELL.lastIndex < text.length) {
    const match = CELL.exec(text);
    if (match === null) {
      throw new Error(`line ${line}: a quoted value must end with a quote and a comma or line end`);
    }
    const [whole, quoted, plain = '', end] = match;
    row.values.push(quoted?.replaceAll('""', '"') ?? plain);
    line += whole.split(/\r\n|\n|\r/).length - 1;
    if (end !== ',') {
      rows.push(row);
      row = { line, values: [] };
    } else if (CELL.lastIndex === text.length) {
      row.values.push('');
      rows.push(row);
    }
  }
  return rows.filter(({ values }) => values.some((value) => value.trim() !== ''));
}
