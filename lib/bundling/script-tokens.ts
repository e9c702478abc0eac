/**
 * A token of JavaScript or TypeScript. A template literal becomes what it means: `("" + (name) + "/file")`.
 */
export interface Token {
  readonly type: 'name' | 'string' | 'other' | 'mark';
  /** The name, the value of a string, or the punctuator. */
  readonly text: string;
  /** Its position in the script. */
  readonly at: number;
}

const NAME = /[\p{ID_Start}$_#][\p{ID_Continue}$\u200c\u200d]*/uy;
const NUMBER = /(?:0[xXbBoO][\da-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?)n?/y;
const REGEX = /\/(?![*/])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const SPACE = /(?:\s|\/\/[^\n]*|\/\*[^]*?\*\/)+/y;
const MARK = /=>|\?\.(?!\d)|[=!]==?|[<>]=|&&|\|\||\?\?|\.\.\.|\+\+|--|\+=|[^]/y;

/** After these words a slash begins a regular expression. */
const BEFORE_REGEX: ReadonlySet<string> = new Set(
  'return typeof case in of delete void throw new else do instanceof yield await'.split(' '),
);

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', '0': '\0' };

/**
 * Reads the tokens of a script, without comments. It is not a parser: from the token before a slash it guesses whether the slash
 * divides. A wrong guess ends with the line.
 */
export function tokensOf(text: string): Token[] {
  return new Reader(text).read();
}

class Reader {
  private readonly tokens: Token[] = [];
  private at = 0;
  /** The start of the current token. */
  private start = 0;

  constructor(private readonly text: string) {}

  read(): Token[] {
    if (this.text.startsWith('#!')) {
      this.at = this.text.indexOf('\n');
    }
    while (this.at >= 0 && this.at < this.text.length) {
      this.next();
    }
    return this.tokens;
  }

  private next(): void {
    if (this.take(SPACE) !== undefined || this.at >= this.text.length) {
      return;
    }
    this.start = this.at;
    const character = this.text[this.at];
    if (character === '"' || character === "'") {
      this.readString(character);
    } else if (character === '`') {
      this.readTemplate();
    } else if (character === '/' && this.mayBeRegex() && this.take(REGEX) !== undefined) {
      this.add('other', '/');
    } else {
      this.readWord();
    }
  }

  private readWord(): void {
    const name = this.take(NAME);
    if (name !== undefined) {
      this.add('name', name);
      return;
    }
    if (/[\d.]/.test(this.text[this.at] ?? '') && this.take(NUMBER) !== undefined) {
      this.add('other', '0');
      return;
    }
    this.add('mark', this.take(MARK) ?? '');
  }

  private readString(quote: string): void {
    this.at++;
    const value = this.readUntil((character) => character === quote || character === '\n');
    this.at++;
    this.add('string', value);
  }

  private readTemplate(): void {
    this.at++;
    this.add('mark', '(');
    for (;;) {
      const value = this.readUntil(
        (character) => character === '`' || (character === '$' && this.text[this.at + 1] === '{'),
      );
      this.add('string', value);
      if (this.text[this.at] !== '$') {
        this.at++;
        break;
      }
      this.at += 2;
      this.add('mark', '+');
      this.add('mark', '(');
      this.readNested();
      this.add('mark', ')');
      this.add('mark', '+');
    }
    this.add('mark', ')');
  }

  /** Reads up to the brace that ends a part of a template. */
  private readNested(): void {
    for (let depth = 0; this.at < this.text.length;) {
      const count = this.tokens.length;
      const character = this.text[this.at];
      if (character === '}' && depth === 0) {
        break;
      }
      this.next();
      const added = this.tokens.length === count + 1 ? this.tokens[count] : undefined;
      if (added?.type === 'mark') {
        depth += added.text === '{' ? 1 : added.text === '}' ? -1 : 0;
      }
    }
    this.at++;
  }

  private readUntil(isEnd: (character: string) => boolean): string {
    let value = '';
    for (; this.at < this.text.length; this.at++) {
      const character = this.text[this.at] as string;
      if (isEnd(character)) {
        return value;
      }
      if (character !== '\\') {
        value += character;
        continue;
      }
      this.at++;
      const escaped = this.text[this.at] ?? '';
      value += escaped === '\n' ? '' : (ESCAPES[escaped] ?? escaped);
    }
    return value;
  }

  private mayBeRegex(): boolean {
    const last = this.tokens.at(-1);
    if (last === undefined) {
      return true;
    }
    return last.type === 'name'
      ? BEFORE_REGEX.has(last.text)
      : last.type === 'mark' && ![')', ']', '}', '++', '--'].includes(last.text);
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found === '' ? undefined : found;
  }

  private add(type: Token['type'], text: string): void {
    this.tokens.push({ type, text, at: this.start });
  }
}
