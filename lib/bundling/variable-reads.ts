import * as fs from 'node:fs';
import * as path from 'node:path';
import { EnvironmentNames } from './environment-names';
import type { PackageFinding } from './package-finding';
import { Token, tokensOf } from './script-tokens';

/** The environment variables that a script reads by literal names. */
export interface VariableReads {
  /** The line of the first read of each variable. */
  readonly lines: ReadonlyMap<string, number>;
  /** The variables that the script treats as optional. */
  readonly optional: ReadonlySet<string>;
}

/** If one of these tokens follows a variable, the script handles a missing value, or assigns one. */
const AFTER_OPTIONAL: ReadonlySet<string> = new Set('?? || && ? ?. === !== == != ='.split(' '));
/** If one of these tokens precedes a variable, the script checks whether it is set, or uses it as a fallback. */
const BEFORE_OPTIONAL: ReadonlySet<string> = new Set(
  '! === !== == != ?? || && typeof delete'.split(' '),
);
/** In the parentheses after these words, a variable is tested. */
const CONDITIONS: ReadonlySet<string> = new Set(['if', 'while', 'Boolean']);

/** Finds the variables that the user’s own files read and that none of them treats as optional, each once. */
export function variableFindings(
  {
    root,
    define = {},
  }: { readonly root: string; readonly define?: Readonly<Record<string, string>> },
  files: readonly string[],
): PackageFinding[] {
  const scripts = files
    .filter((file) => /\.[cm]?[jt]sx?$/.test(file))
    .map((file) => ({ file, text: fs.readFileSync(file, 'utf8') }))
    .filter(({ text }) => text.includes('process'))
    .map(({ file, text }) => ({ file, reads: readsIn(text) }));
  const optional = new Set(scripts.flatMap(({ reads }) => [...reads.optional]));
  const found = new Map<string, PackageFinding>();
  for (const { file, reads } of scripts) {
    const source = path.relative(root, file).split(path.sep).join('/');
    for (const [variable, line] of reads.lines) {
      const isDefined = `process.env.${variable}` in define || 'process.env' in define;
      if (!optional.has(variable) && !isDefined && !found.has(variable)) {
        found.set(variable, { kind: 'variable', variable, source: `${source}:${line}` });
      }
    }
  }
  return [...found.values()];
}

/** Reads the tokens of a script. Only what is certainly a read of a required variable counts. */
export function readsIn(text: string): VariableReads {
  return new Script(text).read();
}

class Script {
  private readonly tokens: readonly Token[];
  private readonly lines = new Map<string, number>();
  private readonly optional = new Set<string>();
  /** The script's own variables that hold an environment variable. */
  private readonly holders = new Map<string, string>();
  /** Whether each token is in the parentheses of a condition. */
  private readonly inCondition: readonly boolean[];
  private readonly names: EnvironmentNames;

  constructor(private readonly text: string) {
    this.tokens = tokensOf(text);
    this.inCondition = this.conditions();
    this.names = new EnvironmentNames(this.tokens);
  }

  read(): VariableReads {
    for (let i = 0; i < this.tokens.length; i++) {
      const after = this.names.after(i);
      if (after !== undefined) {
        this.readAt(i, after);
      }
    }
    for (let i = 0; this.holders.size > 0 && i < this.tokens.length; i++) {
      const variable = this.isName(i) ? this.holders.get(this.at(i)) : undefined;
      const isMember = ['.', '?.'].includes(this.at(i - 1));
      // `const a = …` declares it; only another `=` gives it a value.
      const isDeclared = /^(const|let|var)$/.test(this.at(i - 1));
      if (variable !== undefined && !isMember && !isDeclared && this.isOptional(i, i + 1)) {
        this.optional.add(variable);
      }
    }
    return { lines: this.lines, optional: this.optional };
  }

  private readAt(start: number, after: number): void {
    const asked = this.tokens[start - 2];
    if (this.at(start - 1) === 'in' && asked?.type === 'string') {
      this.optional.add(asked.text);
      return;
    }
    after = this.behindType(start, after);
    const literal = this.tokens[after + 1];
    if (this.isDot(after) && this.isName(after + 1)) {
      this.note(this.at(after + 1), start, after + 2);
    } else if (this.at(after) === '[' && literal?.type === 'string' && this.at(after + 2) === ']') {
      this.note(literal.text, start, after + 3);
    } else if (this.at(start - 1) === '=' && this.at(start - 2) === '}') {
      this.destructure(start - 3);
    }
  }

  /** The index after `(process.env as Type)`; otherwise the same index. */
  private behindType(start: number, after: number): number {
    let end = after;
    if (this.at(start - 1) === '(' && this.at(after) === 'as') {
      while (this.isName(end) || this.at(end) === '.') {
        end++;
      }
      return this.at(end) === ')' ? end + 1 : after;
    }
    return after;
  }

  private note(variable: string, start: number, after: number): void {
    this.add(variable, start);
    if (this.isOptional(start, after)) {
      this.optional.add(variable);
    } else if (this.at(start - 1) === '=' && this.isName(start - 2)) {
      this.holders.set(this.holderAt(start - 2), variable);
    }
  }

  /** `const name = …`, or `const name: string = …`. */
  private holderAt(i: number): string {
    return this.at(i - 1) === ':' && this.isName(i - 2) ? this.at(i - 2) : this.at(i);
  }

  /** `const { A, B: b, C = 'default' } = process.env`, read backwards from the closing brace. */
  private destructure(last: number): void {
    let end = last;
    while (end >= 0 && this.at(end) !== '{') {
      end--;
    }
    for (let i = end + 1; i <= last; i++) {
      const isStart = ['{', ','].includes(this.at(i - 1));
      if (!isStart || !this.isName(i)) {
        continue;
      }
      const variable = this.at(i);
      const holder = this.at(i + 1) === ':' ? i + 2 : i;
      this.add(variable, i);
      if (this.at(holder + 1) === '=') {
        this.optional.add(variable);
      } else {
        this.holders.set(this.at(holder), variable);
      }
    }
  }

  private isOptional(start: number, after: number): boolean {
    const isAsserted = this.at(after) === '!';
    return (
      AFTER_OPTIONAL.has(this.at(isAsserted ? after + 1 : after)) ||
      BEFORE_OPTIONAL.has(this.at(start - 1)) ||
      this.inCondition[start] === true
    );
  }

  private conditions(): boolean[] {
    const open: boolean[] = [];
    return this.tokens.map(({ type, text }, i) => {
      if (type === 'mark' && text === '(') {
        open.push(open.at(-1) === true || CONDITIONS.has(this.at(i - 1)));
      } else if (type === 'mark' && text === ')') {
        open.pop();
      }
      return open.at(-1) === true;
    });
  }

  private add(variable: string, i: number): void {
    if (!this.lines.has(variable)) {
      const position = this.tokens[i]?.at ?? 0;
      this.lines.set(variable, this.text.slice(0, position).split('\n').length);
    }
  }

  private isDot(i: number): boolean {
    return ['.', '?.'].includes(this.at(i));
  }

  private isName(i: number): boolean {
    return this.tokens[i]?.type === 'name';
  }

  /** A mark or a name; the text of a string is not code. */
  private at(i: number): string {
    const token = this.tokens[i];
    return token === undefined || token.type === 'string' ? '' : token.text;
  }
}
