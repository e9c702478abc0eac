import { Token } from './script-tokens';

/** Before a parenthesis, these words call nothing. */
const NO_CALL: ReadonlySet<string> = new Set(
  'return typeof in of await if while case throw else do void yield'.split(' '),
);
const PAIRS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** The tokens of a script, with matching brackets. */
export class ScriptTokens {
  protected readonly partner = new Map<number, number>();
  protected readonly opener: number[] = [];
  constructor(protected readonly tokens: readonly Token[]) {
    const open: number[] = [];
    tokens.forEach(({ type, text }, i) => {
      this.opener.push(open.at(-1) ?? -1);
      if (type === 'mark' && PAIRS[text] !== undefined) {
        open.push(i);
      } else if (type === 'mark' && Object.values(PAIRS).includes(text)) {
        const start = open.pop();
        if (start !== undefined) {
          this.partner.set(start, i);
          this.partner.set(i, start);
        }
      }
    });
  }

  /** The function that an opening parenthesis calls: `path.join(`, `new URL(`, or `(0, path_1.join)(`, as TypeScript compiles it. */
  protected calleeOf(open: number): { readonly name?: string; readonly start: number } {
    const isGroup = this.markAt(open - 1) === ')';
    const last = isGroup ? open - 2 : open - 1;
    const name = this.nameAt(last);
    if (this.markAt(open) !== '(' || name === undefined || NO_CALL.has(name)) {
      return { start: open };
    }
    let start = last;
    while (['.', '?.'].includes(this.markAt(start - 1) ?? '')) {
      const call = this.markAt(start - 2) === ')' ? this.partner.get(start - 2) : undefined;
      const before = call === undefined ? start - 2 : call - 1; // `require("path").join(`
      if (this.nameAt(before) === undefined) {
        break;
      }
      start = before;
    }
    start = isGroup ? (this.partner.get(open - 1) ?? start) : start;
    return { name, start: this.nameAt(start - 1) === 'new' ? start - 1 : start };
  }

  protected blocksAround(at: number): number[] {
    const blocks: number[] = [];
    for (let i = this.opener[at] ?? -1; i >= 0; i = this.opener[i] ?? -1) {
      if (this.markAt(i) === '{') {
        blocks.push(i);
      }
    }
    return blocks;
  }

  /** Whether a token is in the result of an arrow function without braces. */
  protected isInArrow(at: number): boolean {
    let level = this.opener[at];
    for (let i = at; i >= 0 && level !== undefined; i--) {
      if (i === level) {
        level = this.opener[i];
      } else if (this.opener[i] === level) {
        const mark = this.markAt(i);
        if (mark === '=>') {
          return true;
        }
        if (mark === ';' || mark === '{' || mark === '}') {
          return false;
        }
      }
    }
    return false;
  }

  /** The variable that gets a value: `a = value`, `a = x ? value : value`, `a = x ?? value`. */
  protected variableOf(start: number): string | undefined {
    let i = start - 1;
    let isChoice = ['?', '||', '??'].includes(this.markAt(i) ?? '');
    if (isChoice || this.markAt(i) === ':') {
      for (; i >= 0 && this.markAt(i) !== '='; i--) {
        const isBeside = this.opener[i] === this.opener[start];
        if (isBeside && [';', ','].includes(this.markAt(i) ?? '')) {
          return undefined;
        }
        isChoice ||= isBeside && this.markAt(i) === '?';
      }
      if (!isChoice || this.opener[i] !== this.opener[start]) {
        return undefined;
      }
    }
    return this.markAt(i) === '=' && this.markAt(i - 2) !== '.' ? this.nameAt(i - 1) : undefined;
  }

  protected isGuarded(block: number): boolean {
    return (
      this.nameAt(block - 1) === 'try' &&
      this.nameAt((this.partner.get(block) ?? block) + 1) === 'catch'
    );
  }

  protected isFunction(block: number): boolean {
    if (this.markAt(block - 1) === '=>') {
      return true;
    }
    const open = this.markAt(block - 1) === ')' ? this.partner.get(block - 1) : undefined;
    const name = open === undefined ? undefined : this.nameAt(open - 1);
    return name !== undefined && !/^(if|for|while|switch|catch|with|await)$/.test(name);
  }

  protected nameAt(i: number): string | undefined {
    const token = this.tokens[i];
    return token?.type === 'name' ? token.text : undefined;
  }

  protected markAt(i: number): string | undefined {
    const token = this.tokens[i];
    return token?.type === 'mark' ? token.text : undefined;
  }
}
