import { ScriptTokens } from './script-blocks';

/** A function in a script. */
export interface ScriptFunction {
  /** The opening parenthesis of its parameters. */
  readonly open: number;
  /** The brace of its body, or the beginning of the expression that it returns. */
  readonly body: number;
}

/** What a function returns, if its source determines it. */
export type ResultKind = 'text' | 'response' | 'list' | 'value';

/** Reads functions in JavaScript and TypeScript: their parameters, and what they return. */
export class FunctionScript extends ScriptTokens {
  /** The function that an expression or a method is. */
  protected functionAt(start: number): ScriptFunction | undefined {
    let i = this.nameAt(start) === 'async' ? start + 1 : start;
    const isNamed = this.nameAt(i) === 'function';
    i = isNamed ? i + 1 : i;
    const isMethod = this.isMethod(i);
    i = this.nameAt(i) !== undefined && (isNamed || isMethod) ? i + 1 : i;
    const end = this.markAt(i) === '(' ? this.partner.get(i) : undefined;
    if (end === undefined) {
      return undefined;
    }
    if (start === i && this.nameAt(end + 1) === 'as') {
      return this.functionAt(i + 1); // `((event) => {}) as Handler`
    }
    const body = isNamed || isMethod ? this.bodyAfter(end) : this.arrowAfter(end);
    const last = body === undefined ? undefined : (this.partner.get(body) ?? body);
    // `function () { … }.bind(x)`, or one that is called immediately
    const isUsed = isNamed && ['.', '(', '?.'].includes(this.markAt((last ?? 0) + 1) ?? '');
    return body === undefined || isUsed ? undefined : { open: i, body };
  }

  private isMethod(i: number): boolean {
    return (
      this.nameAt(i) !== undefined &&
      this.markAt(i + 1) === '(' &&
      ['{', ','].includes(this.markAt(this.nameAt(i - 1) === 'async' ? i - 2 : i - 1) ?? '')
    );
  }

  /** The brace after parameters and a return type. A declaration without a body has none. */
  private bodyAfter(end: number): number | undefined {
    if (this.markAt(end + 1) === '{') {
      return end + 1;
    }
    for (let i = end + 1; this.markAt(end + 1) === ':' && i < this.tokens.length; i++) {
      const mark = this.markAt(i);
      if (mark === '{' && this.isTypeEnd(i - 1)) {
        return i;
      }
      if (mark === ';') {
        return undefined;
      }
      i = mark === '{' || mark === '(' || mark === '[' ? (this.partner.get(i) ?? i) : i;
    }
    return undefined;
  }

  private isTypeEnd(i: number): boolean {
    return this.nameAt(i) !== undefined || ['>', ']', '}', ')'].includes(this.markAt(i) ?? '');
  }

  private arrowAfter(end: number): number | undefined {
    for (let i = end + 1; i < this.tokens.length; i++) {
      const mark = this.markAt(i);
      if (mark === '=>') {
        return i + 1;
      }
      if (i === end + 1 && mark !== ':') {
        return undefined;
      }
      if (mark === ';' || mark === '=' || mark === '(') {
        return undefined;
      }
      i = mark === '{' || mark === '[' ? (this.partner.get(i) ?? i) : i;
    }
    return undefined;
  }

  protected parametersOf(open: number): number {
    const end = this.partner.get(open) ?? open;
    let count = 0;
    let angles = 0;
    let isType = false;
    let isStart = true;
    for (let i = open + 1; i < end; i++) {
      const mark = this.markAt(i);
      if (isStart) {
        if (mark === '...') {
          return count;
        }
        count += this.nameAt(i) === 'this' ? 0 : 1;
        isStart = false;
      }
      if (mark === '(' || mark === '[' || mark === '{') {
        i = this.partner.get(i) ?? i;
      } else if (mark === ':') {
        isType = true;
      } else if (isType && (mark === '<' || mark === '>')) {
        angles += mark === '<' ? 1 : -1;
      } else if (mark === '=' && angles === 0) {
        return count - 1;
      } else if (mark === ',' && angles === 0) {
        [isStart, isType] = [i + 1 < end, false];
      }
    }
    return count;
  }

  /** The positions of the values that a function itself returns, not a function inside it. */
  protected resultsOf(body: number): number[] {
    if (this.markAt(body) !== '{') {
      return [body];
    }
    const results: number[] = [];
    for (let i = body + 1; i < (this.partner.get(body) ?? body); i++) {
      if (this.nameAt(i) === 'return' && this.isDirectly(i, body)) {
        results.push(i + 1);
      }
    }
    return results;
  }

  private isDirectly(at: number, body: number): boolean {
    const blocks = this.blocksAround(at);
    const inner = blocks.slice(0, Math.max(blocks.indexOf(body), 0));
    return blocks.includes(body) && inner.every((block) => this.isControl(block));
  }

  /** Whether a block belongs to a statement, not to a function or class. */
  private isControl(block: number): boolean {
    const word = this.nameAt(block - 1);
    if (word !== undefined) {
      return /^(else|try|finally|do|catch)$/.test(word);
    }
    const open = this.markAt(block - 1) === ')' ? this.partner.get(block - 1) : undefined;
    if (open !== undefined) {
      const before = this.nameAt(open - 1) ?? '';
      return /^(if|for|while|switch|catch|await)$/.test(before);
    }
    return [';', '{', '}', ':'].includes(this.markAt(block - 1) ?? '');
  }

  protected kindOf(start: number, body: number): ResultKind | undefined {
    if (this.nameAt(start) === 'await') {
      return this.kindOf(start + 1, body);
    }
    const open = this.markAt(start) === '(' ? start : undefined;
    const i = open === undefined ? start : start + 1;
    const end = open === undefined ? i : (this.partner.get(open) ?? i);
    if (this.tokens[i]?.type === 'string') {
      return this.isEnd(end + 1) || this.markAt(end + 1) === '+' ? 'text' : undefined;
    }
    if (this.nameAt(i) === 'JSON' && this.nameAt(i + 2) === 'stringify') {
      return this.isEnd((this.partner.get(i + 3) ?? i) + 1) ? 'text' : undefined;
    }
    if (this.markAt(i) === '{') {
      return this.isResponse(i) ? 'response' : undefined;
    }
    if (this.isList(i)) {
      return 'list';
    }
    const name = this.nameAt(i) ?? (this.tokens[i]?.type === 'other' ? this.tokens[i].text : '');
    if (!this.isEnd(i + 1)) {
      return undefined;
    }
    return /^(true|false|\d[\d._]*)$/.test(name) ? 'value' : this.kindOfVariable(name, body);
  }

  /** `[…]`, `Promise.all(…)` and `Promise.allSettled(…)` */
  private isList(i: number): boolean {
    const isPromise =
      this.nameAt(i) === 'Promise' && /^all(Settled)?$/.test(this.nameAt(i + 2) ?? '');
    const open = isPromise ? i + 3 : this.markAt(i) === '[' ? i : -1;
    const end = this.partner.get(open);
    return end !== undefined && this.isEnd(end + 1);
  }

  /** `const response = { statusCode: 200 }; return response;` */
  private kindOfVariable(name: string, body: number): ResultKind | undefined {
    const end = this.partner.get(body) ?? body;
    const places: number[] = [];
    for (let i = body; i < end; i++) {
      if (this.nameAt(i) === name && this.markAt(i + 1) === '=' && this.markAt(i - 1) !== '.') {
        places.push(i + 2);
      }
    }
    const [place = -1] = places;
    const isKnown = places.length === 1 && this.markAt(place) === '{' && this.isResponse(place);
    return isKnown ? 'response' : undefined;
  }

  private isResponse(open: number): boolean {
    const names = this.startsIn(open).map((i) => this.nameAt(i) ?? this.markAt(i));
    return (
      names.includes('statusCode') && !names.includes('batchItemFailures') && !names.includes('...')
    );
  }

  /** Whether an expression ends before a token, so that nothing uses its value. */
  private isEnd(i: number): boolean {
    const { type, text } = this.tokens[i] ?? { type: 'mark', text: ';' };
    return type !== 'mark' || !/^[.([?+\-*/%&|^=<>,]/.test(text);
  }

  /** The positions at which an object's members, or the names in braces, begin. */
  protected startsIn(open: number): number[] {
    const end = this.partner.get(open) ?? open;
    const starts: number[] = [];
    for (let i = open + 1; i < end; i++) {
      if (this.opener[i] === open && ['{', ','].includes(this.markAt(i - 1) ?? '')) {
        starts.push(i);
      }
    }
    return starts;
  }
}
