import * as fs from 'node:fs';
import * as path from 'node:path';

const ROOT = path.join(__dirname, '..', '..');

/** A fenced block of a page. */
export interface CodeBlock {
  readonly page: string;
  /** The line of its fence, from 1. */
  readonly line: number;
  /** The first word of the fence, empty if it has none. */
  readonly language: string;
  /** The other words of the fence, such as `signature` in `ts signature`. */
  readonly tag: string;
  readonly code: string;
}

interface Open {
  readonly marks: string;
  readonly indent: number;
  readonly info: string;
  readonly line: number;
  readonly code: string[];
}

/** The fenced blocks of a page of Markdown, also in lists and with tildes. A block that does not end is an error. */
export function codeBlocksOf(page: string, text: string): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: Open | undefined;
  for (const [i, line] of text.split('\n').entries()) {
    const [, space = '', marks = '', info = ''] = /^(\s*)(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (open === undefined) {
      // A line such as ```` ```a``` ```` is a span of code.
      if (marks !== '' && !(marks.startsWith('`') && info.includes('`'))) {
        open = { marks, indent: space.length, info: info.trim(), line: i + 1, code: [] };
      }
    } else if (marks.startsWith(open.marks) && info.trim() === '') {
      const [language = '', ...tag] = open.info.split(/\s+/);
      const code = open.code.map((one) => `${one}\n`).join('');
      blocks.push({ page, line: open.line, language, tag: tag.join(' '), code });
      open = undefined;
    } else {
      open.code.push(line.slice(Math.min(open.indent, line.length - line.trimStart().length)));
    }
  }
  if (open !== undefined) {
    throw new Error(`${page}:${open.line}: the block has no end`);
  }
  return blocks;
}

/** The blocks in the comments of a file of TypeScript, also those of `@example`. */
export function commentBlocksOf(file: string, text: string): readonly CodeBlock[] {
  const comments = text
    .split('\n')
    .map((line) => /^\s*(?:\/\*\*|\*(?!\/)) ?(.*)$/.exec(line)?.[1] ?? '')
    .join('\n');
  return codeBlocksOf(file, comments);
}

/** The files of the repository with such a name that belong to it: no packages, no build, no fixtures of tests. */
export function filesOf(pattern: RegExp, folder = ''): readonly string[] {
  return fs
    .readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const file = path.posix.join(folder, entry.name);
      if (entry.isDirectory()) {
        return OTHERS.test(file) ? [] : filesOf(pattern, file);
      }
      return pattern.test(entry.name) ? [file] : [];
    })
    .sort();
}

/** Folders with what is installed or made, and the tests. */
const OTHERS =
  /^(test|languages)$|(^|\/)(node_modules|dist|cdk\.out|coverage|\.(?!github$)[\w.-]+)$/;
