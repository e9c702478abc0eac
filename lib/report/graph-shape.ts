import { Column, TopologyNode } from './topology';
import { shorten, sizeOf } from './shorten';

/** The measures of the graph, in units of the picture. */
export interface GraphShape {
  readonly name: 'wide' | 'narrow';
  readonly width: number;
  /** From left to right. */
  readonly columns: ReadonlyArray<{
    readonly column: Column;
    readonly heading: string;
    readonly x: number;
    readonly width: number;
  }>;
  /** Where the text of a node begins, and how far from its right edge it ends. */
  readonly text: { readonly x: number; readonly end: number };
  /** The width of a monospaced letter, with room for a font that is wider than most. */
  readonly letter: number;
  readonly smallLetter: number;
  readonly line: number;
  /** The maximum number of lines of one text; longer text is shortened. */
  readonly rows: number;
  readonly hasIcons: boolean;
}

export const WIDE: GraphShape = {
  name: 'wide',
  width: 1000,
  columns: [
    { column: 'event', heading: 'Events', x: 8, width: 300 },
    { column: 'function', heading: 'Functions', x: 400, width: 256 },
    { column: 'resource', heading: 'Resources and failures', x: 748, width: 244 },
  ],
  text: { x: 38, end: 10 },
  letter: 7.75,
  smallLetter: 6.8,
  line: 17,
  rows: 1,
  hasIcons: true,
};

/** All columns within the width of a phone. */
export const NARROW: GraphShape = {
  name: 'narrow',
  width: 326,
  columns: [
    { column: 'event', heading: 'Events', x: 2, width: 100 },
    { column: 'function', heading: 'Functions', x: 118, width: 94 },
    { column: 'resource', heading: 'Resources', x: 230, width: 94 },
  ],
  text: { x: 6, end: 4 },
  letter: 6.2,
  smallLetter: 5.6,
  line: 13,
  rows: 3,
  hasIcons: false,
};

/** The lines of a node as they are drawn. */
export interface DrawnLines {
  readonly lines: readonly string[];
  readonly notes: readonly string[];
}

export function drawnLines(
  { column, lines, note }: Pick<TopologyNode, 'column' | 'lines' | 'note'>,
  shape: GraphShape,
): DrawnLines {
  const { text, letter, smallLetter, rows } = shape;
  const { width = 0 } = shape.columns.find((each) => each.column === column) ?? {};
  const room = width - text.x - text.end;
  const fit = (of: string, size: number): string[] => wrap(of, Math.floor(room / size), rows);
  return {
    lines: lines.flatMap((line) => fit(line, letter)),
    notes: note === undefined ? [] : fit(note, smallLetter),
  };
}

/** Where a line may end: after a space or a slash, and before a capital letter. */
const BREAK = /(?<=[\s/\u00b7_-])|(?<=[a-z0-9])(?=[A-Z])/u;

/** Breaks text into lines of at most `letters` characters. If it does not fit, the last line is shortened. */
export function wrap(text: string, letters: number, rows: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (lines.length < rows - 1 && length(rest) > letters) {
    const line = beginning(rest, letters);
    lines.push(line.trim());
    rest = rest.slice(line.length);
  }
  return [...lines, shorten(rest.trim(), letters)];
}

function beginning(text: string, letters: number): string {
  let line = '';
  for (const part of text.split(BREAK)) {
    if (length((line + part).trimEnd()) > letters) {
      break;
    }
    line += part;
  }
  if (line !== '') {
    return line;
  }
  for (const letter of text) {
    if (length(line + letter) > letters) {
      break;
    }
    line += letter;
  }
  return line;
}

function length(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + sizeOf(letter), 0);
}
