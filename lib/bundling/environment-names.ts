import { ScriptTokens } from './script-blocks';

const MODULES: ReadonlySet<string> = new Set(['process', 'node:process']);
const DECLARATIONS: ReadonlySet<string> = new Set(['const', 'let', 'var']);
/** The tokens that may follow a function's parameters. */
const AFTER_PARAMETERS: ReadonlySet<string> = new Set(['=>', '{', ':']);
/** The tokens that may follow an expression which names the whole environment, not a member of it. */
const ENDS: ReadonlySet<string> = new Set([';', ',', ')', '}', '!']);

/**
 * Finds the names under which a script knows `process.env`: imported from `node:process`, or given by a declaration such as
 * `const env = process.env`. A name that the script also uses for something else, such as a parameter, is left out.
 */
export class EnvironmentNames extends ScriptTokens {
  /** The names of `process.env` itself. */
  readonly environments: ReadonlySet<string>;

  /** The names of `process`. */
  readonly processes: ReadonlySet<string>;

  /** The tokens that declare the names. */
  private readonly declared = new Map<string, number>();

  constructor(...args: ConstructorParameters<typeof ScriptTokens>) {
    super(...args);
    const processes = new Set(['process']);
    const environments = new Set<string>();
    for (let i = 0; i < this.tokens.length; i++) {
      if (this.opener[i] === -1 && this.nameAt(i) === 'import') {
        this.readImport(i + 1, processes, environments);
      } else if (DECLARATIONS.has(this.nameAt(i) ?? '')) {
        this.readDeclaration(i + 1, processes, environments);
      }
    }
    this.processes = processes;
    this.environments = new Set([...environments].filter((name) => this.isOnly(name)));
  }

  /** The index after `process.env`, or after another name of it, that begins here. */
  after(i: number): number | undefined {
    return this.afterEnvironment(i, this.processes, this.environments);
  }

  /** `import process, { env as e } from 'node:process'` and `import * as process from 'node:process'` */
  private readImport(start: number, processes: Set<string>, environments: Set<string>): void {
    const from = this.sourceAfter(start);
    const module = from === undefined ? undefined : this.tokens[from];
    if (from === undefined || module?.type !== 'string' || !MODULES.has(module.text)) {
      return;
    }
    for (let i = start; i < from - 1; i++) {
      const name = this.nameAt(i);
      const isStandard = i === start || this.nameAt(i - 1) === 'as';
      if (name === undefined || name === 'as' || name === 'type') {
        continue;
      }
      if (this.opener[i] === -1 && isStandard) {
        processes.add(name);
      } else if (name === 'env' && this.nameAt(i - 1) !== 'as') {
        const alias = this.nameAt(i + 1) === 'as' ? i + 2 : i;
        this.declare(alias, environments);
      }
    }
  }

  /** The module's name after the next `from`, before the statement ends. */
  private sourceAfter(start: number): number | undefined {
    for (let i = start; i < this.tokens.length; i++) {
      if (/^from$/.test(this.nameAt(i) ?? '') && this.tokens[i + 1]?.type === 'string') {
        return i + 1;
      }
      if (this.tokens[i]?.type === 'string' || this.markAt(i) === ';') {
        return undefined;
      }
    }
    return undefined;
  }

  /** `const e = process.env`, `const { env: e } = process`, and both of `require('node:process')` */
  private readDeclaration(start: number, processes: Set<string>, environments: Set<string>): void {
    const open = this.markAt(start) === '{' ? start : undefined;
    const value = this.valueAt(open === undefined ? start + 1 : (this.partner.get(start) ?? 0) + 1);
    if (value === undefined) {
      return;
    }
    const required = this.afterRequire(value);
    const after = required ?? this.afterEnvironment(value, processes, environments);
    if (open !== undefined) {
      const isProcess = required !== undefined || this.isWhole(value, processes);
      for (let i = open + 1; isProcess && i < (this.partner.get(open) ?? open); i++) {
        if (this.nameAt(i) === 'env' && this.markAt(i - 1) !== ':') {
          this.declare(this.markAt(i + 1) === ':' ? i + 2 : i, environments);
        }
      }
    } else if (after !== undefined && this.ends(after) && this.nameAt(start) !== undefined) {
      if (required === undefined || this.nameAt(after - 1) === 'env') {
        this.declare(start, environments);
      } else {
        processes.add(this.nameAt(start) ?? '');
      }
    }
  }

  /** Where the value of a declaration begins, after its type. */
  private valueAt(i: number): number | undefined {
    let at = i;
    if (this.markAt(at) === ':') {
      at++;
      while (this.nameAt(at) !== undefined || this.markAt(at) === '.') {
        at++;
      }
    }
    return this.markAt(at) === '=' ? at + 1 : undefined;
  }

  /** The index after `require('node:process')`, or after its `.env`. */
  private afterRequire(i: number): number | undefined {
    const module = this.tokens[i + 2];
    const isRequired =
      this.nameAt(i) === 'require' &&
      this.markAt(i + 1) === '(' &&
      module?.type === 'string' &&
      MODULES.has(module.text);
    if (!isRequired) {
      return undefined;
    }
    return this.markAt(i + 4) === '.' && this.nameAt(i + 5) === 'env' ? i + 6 : i + 4;
  }

  private afterEnvironment(
    i: number,
    processes: ReadonlySet<string>,
    environments: ReadonlySet<string>,
  ): number | undefined {
    const name = this.nameAt(i) ?? '';
    if (this.isDot(i - 1)) {
      // `globalThis.process.env`
      return name === 'process' && this.nameAt(i - 2) === 'globalThis' && this.isEnvAfter(i)
        ? i + 3
        : undefined;
    }
    if (processes.has(name) && this.isEnvAfter(i)) {
      return i + 3;
    }
    const isKey = this.markAt(i + 1) === ':' && ['{', ','].includes(this.markAt(i - 1) ?? '');
    return environments.has(name) && !isKey && this.declared.get(name) !== i ? i + 1 : undefined;
  }

  private isEnvAfter(i: number): boolean {
    return this.isDot(i + 1) && this.nameAt(i + 2) === 'env';
  }

  /** Whether the expression is one of the names and nothing more. */
  private isWhole(i: number, names: ReadonlySet<string>): boolean {
    return names.has(this.nameAt(i) ?? '') && this.ends(i + 1);
  }

  /** Whether an expression ends here, also with `as Type` or on a new line. */
  private ends(i: number): boolean {
    const mark = this.markAt(i);
    return mark === undefined || ENDS.has(mark);
  }

  private declare(i: number, environments: Set<string>): void {
    const name = this.nameAt(i);
    if (name !== undefined) {
      this.declared.set(name, i);
      environments.add(name);
    }
  }

  /** Whether nothing else in the script has the name. */
  private isOnly(name: string): boolean {
    return this.tokens.every(
      (_, i) =>
        this.nameAt(i) !== name ||
        this.isDot(i - 1) ||
        this.declared.get(name) === i ||
        !this.isDeclaredAt(i),
    );
  }

  /** Whether a name is, or may be, declared here: as a variable, or as a parameter. */
  private isDeclaredAt(i: number): boolean {
    const before = this.nameAt(i - 1) ?? '';
    if (DECLARATIONS.has(before) || ['function', 'class', 'import'].includes(before)) {
      return true;
    }
    if (this.markAt(i + 1) === '=>') {
      return true;
    }
    if (this.isDot(i + 1) || this.markAt(i + 1) === '[') {
      return false;
    }
    const isKey = this.markAt(i + 1) === ':' && this.markAt(this.opener[i] ?? -1) === '{';
    return !isKey && this.isInPattern(i);
  }

  /** `const { env } = x`, `(request, env) => …` and `fetch(request, { env }) { … }` */
  private isInPattern(i: number): boolean {
    for (let open = this.opener[i] ?? -1; open >= 0; open = this.opener[open] ?? -1) {
      const end = this.partner.get(open) ?? open;
      const next = this.markAt(end + 1) ?? '';
      if (this.markAt(open) === '(') {
        return AFTER_PARAMETERS.has(next);
      }
      if (next === '=' && DECLARATIONS.has(this.nameAt(open - 1) ?? '')) {
        return true;
      }
    }
    return false;
  }

  private isDot(i: number): boolean {
    return ['.', '?.'].includes(this.markAt(i) ?? '');
  }
}
