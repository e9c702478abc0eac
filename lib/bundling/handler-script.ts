import { FunctionScript, ResultKind, ScriptFunction } from './function-script';
import { tokensOf } from './script-tokens';

/** A function that a script exports. */
export interface ExportedFunction {
  /** The position of its parameters, counted from 1. */
  readonly line: number;
  /** Its `length`: the number of parameters before the first default, without the rest parameter. */
  readonly parameters: number;
  /** The results that are certainly not batch responses. */
  readonly returns: ReadonlyArray<{ readonly kind: ResultKind; readonly line: number }>;
}

/** An export from another module. */
export interface ImportedFunction {
  readonly specifier: string;
  readonly name: string;
}

const MAX_STEPS = 5;

/**
 * Finds exported functions in JavaScript and TypeScript. It is not a parser: it ignores what it does not recognize, such as a
 * function that another one wraps.
 */
export class HandlerScript extends FunctionScript {
  /** The index at which each exported value begins, or its source module. */
  private readonly exported = new Map<string, number | ImportedFunction>();
  private readonly imported = new Map<string, ImportedFunction>();
  /** The specifiers of `export * from "x"`. */
  readonly starSources: string[] = [];

  constructor(private readonly text: string) {
    super(tokensOf(text));
    for (let i = 0; i < this.tokens.length; i++) {
      if (this.opener[i] === -1 && this.nameAt(i) === 'export') {
        this.readExport(i + 1);
      } else if (this.opener[i] === -1 && this.nameAt(i) === 'import') {
        this.readImport(i + 1);
      } else if (this.nameAt(i) === 'exports') {
        this.readAssignment(i);
      }
    }
  }

  get exportedNames(): Iterable<string> {
    return this.exported.keys();
  }

  /** The function with this name, if it is exported directly. */
  find(name: string): ExportedFunction | ImportedFunction | undefined {
    let at = this.exported.get(name);
    for (let step = 0; step < MAX_STEPS; step++) {
      if (typeof at !== 'number') {
        return at;
      }
      const fn = this.functionAt(at);
      if (fn !== undefined) {
        return this.describe(fn);
      }
      const variable = this.isWhole(at) ? this.nameAt(at) : undefined;
      at = variable === undefined ? undefined : this.variable(variable);
    }
    return undefined;
  }

  /** The line of a default export that certainly has no `fetch`: a function, or an object literal without it. */
  defaultWithoutFetch(): number | undefined {
    let at = this.exported.get('default');
    const isNamed = this.tokens.some(
      ({ type, text }, i) => type === 'name' && text === 'fetch' && this.markAt(i + 1) !== '(',
    );
    for (let step = 0; step < MAX_STEPS && typeof at === 'number'; step++) {
      const isObject = this.markAt(at) === '{';
      if (this.functionAt(at) !== undefined || (isObject && !this.mayHaveFetch(at))) {
        return this.lineOf(at);
      }
      const variable = !isObject && this.isWhole(at) ? this.nameAt(at) : undefined;
      // `app.fetch = …` adds `fetch` to a variable.
      at = variable === undefined || isNamed ? undefined : this.variable(variable);
    }
    return undefined;
  }

  private mayHaveFetch(open: number): boolean {
    const end = this.partner.get(open) ?? open;
    for (let i = open + 1; i < end; i++) {
      const token = this.tokens[i];
      // A member of the object itself, not of an object in it; `get fetch()` and `async fetch()` count too.
      if (
        this.opener[i] === open &&
        (token?.text === 'fetch' || ['...', '['].includes(token?.text ?? ''))
      ) {
        return true;
      }
    }
    return false;
  }

  private describe({ open, body }: ScriptFunction): ExportedFunction {
    return {
      line: this.lineOf(open),
      parameters: this.parametersOf(open),
      returns: this.resultsOf(body).flatMap((i) => {
        const kind = this.kindOf(i, body);
        return kind === undefined ? [] : [{ kind, line: this.lineOf(i) }];
      }),
    };
  }

  private readExport(i: number): void {
    const word = this.nameAt(i);
    if (word === 'default') {
      this.exported.set('default', i + 1);
    } else if (word === 'const' || word === 'let' || word === 'var') {
      this.exported.set(this.nameAt(i + 1) ?? '', this.initialValueOf(i + 1) ?? -1);
    } else if (word === 'async' || word === 'function') {
      const at = word === 'async' ? i + 1 : i;
      this.exported.set(this.nameAt(at + 1) ?? '', at);
    } else if (this.markAt(i) === '*') {
      this.starSources.push(...[this.sourceAfter(i)].flatMap((from) => from ?? []));
    } else if (this.markAt(i) === '{') {
      const from = this.sourceAfter(i);
      for (const [name, alias] of this.namesIn(i)) {
        const place = from === undefined ? this.variable(name) : { specifier: from, name };
        if (place !== undefined) {
          this.exported.set(alias, place);
        }
      }
    }
  }

  /** `import { a, b as c } from "./d"` and `import e from "./d"` */
  private readImport(i: number): void {
    const standard = this.nameAt(i);
    const brace = standard === undefined ? i : i + 2;
    const specifier = this.sourceAfter(this.markAt(brace) === '{' ? brace : i);
    if (specifier === undefined) {
      return;
    }
    if (standard !== undefined && standard !== 'type') {
      this.imported.set(standard, { specifier, name: 'default' });
    }
    if (this.markAt(brace) === '{') {
      this.namesIn(brace).forEach(([name, alias]) => {
        this.imported.set(alias, { specifier, name });
      });
    }
  }

  /** `exports.x = …`, `module.exports.x = …` and `module.exports = { x, y: … }` */
  private readAssignment(i: number): void {
    const isMember = this.markAt(i - 1) === '.';
    if (isMember && this.nameAt(i - 2) !== 'module') {
      return;
    }
    const name = this.markAt(i + 1) === '.' ? this.nameAt(i + 2) : undefined;
    if (name !== undefined && this.markAt(i + 3) === '=') {
      this.exported.set(name, i + 4);
    } else if (isMember && this.markAt(i + 1) === '=' && this.markAt(i + 2) === '{') {
      this.readMembers(i + 2);
    }
  }

  private readMembers(open: number): void {
    for (const i of this.startsIn(open)) {
      const at = this.nameAt(i) === 'async' && this.nameAt(i + 1) !== undefined ? i + 1 : i;
      const name = this.nameAt(at) ?? '';
      const next = this.markAt(at + 1) ?? '';
      if (next === '(') {
        this.exported.set(name, at); // a method
      } else if (next === ':') {
        this.exported.set(name, at + 2);
      } else if (next === ',' || next === '}') {
        this.exported.set(name, this.variable(name) ?? -1);
      }
    }
  }

  private namesIn(open: number): Array<readonly [name: string, alias: string]> {
    return this.startsIn(open).flatMap((i) => {
      const name = this.nameAt(i);
      const alias = this.nameAt(i + 1) === 'as' ? this.nameAt(i + 2) : name;
      return name === undefined || alias === undefined ? [] : [[name, alias] as const];
    });
  }

  /** The specifier of `… from "x"` behind braces, a name or `*`. */
  private sourceAfter(i: number): string | undefined {
    const end = this.partner.get(i) ?? i;
    const source = this.tokens[end + 2];
    const isThere = /^from$/.test(this.nameAt(end + 1) ?? '') && source?.type === 'string';
    return isThere ? source.text : undefined;
  }

  /** A top-level variable or function, unless something assigns it later. */
  private variable(name: string): number | ImportedFunction | undefined {
    const places: number[] = [];
    for (let i = 0; i < this.tokens.length; i++) {
      if (this.nameAt(i) !== name || ['.', '?.'].includes(this.markAt(i - 1) ?? '')) {
        continue;
      }
      const before = this.nameAt(i - 1) ?? '';
      const isDeclared = this.opener[i] === -1 && /^(const|let|var)$/.test(before);
      if (isDeclared || this.markAt(i + 1) === '=') {
        places.push(isDeclared ? (this.initialValueOf(i) ?? -1) : -1);
      } else if (before === 'function' && this.opener[i] === -1) {
        places.push(i - 1);
      }
    }
    return places.length === 0 ? this.imported.get(name) : places.length === 1 ? places[0] : -1;
  }

  /** The start of a declared variable's value, after its type. */
  private initialValueOf(name: number): number | undefined {
    let angles = 0; // `Handler<Event, Result>`
    for (let i = name + 1; i < this.tokens.length; i++) {
      const mark = this.markAt(i) ?? '';
      if (mark === '=') {
        return i + 1;
      }
      if (mark === ';' || (mark === ',' && angles === 0)) {
        return undefined;
      }
      angles += mark === '<' ? 1 : mark === '>' ? -1 : 0;
      i = ['(', '{', '['].includes(mark) ? (this.partner.get(i) ?? i) : i;
    }
    return undefined;
  }

  /** Whether a name is the complete expression. */
  private isWhole(i: number): boolean {
    const next = this.tokens[i + 1];
    return next === undefined || next.type === 'name' || [';', ',', '}'].includes(next.text);
  }

  private lineOf(i: number): number {
    return this.text.slice(0, this.tokens[i]?.at ?? 0).split('\n').length;
  }
}
