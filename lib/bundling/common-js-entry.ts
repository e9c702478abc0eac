import * as fs from 'node:fs';
import * as path from 'node:path';
import { BundleSettings } from './bundle-request';
import { EntryOutput } from './entry-output';
import { bundleTexts } from './esbuild-pass';
import { isEsm } from './output-names';
import { ScriptTokens } from './script-blocks';
import { tokensOf } from './script-tokens';

/** The bundle of a CommonJS entry, with the names that it exports. */
export interface CommonJsOutput {
  /** The handler that the bundle was built for; undefined if it exports all names that the source assigns. */
  readonly onlyFor?: string;
  readonly output: EntryOutput;
  readonly exports: readonly string[];
}

/** A CommonJS entry, and the handlers that functions need from it. */
export interface CommonJsEntry {
  readonly entry: string;
  readonly handlers: readonly string[];
}

/**
 * Bundles CommonJS entries with their exports as named exports: esbuild gives such a file a default export only, and Lambda needs
 * names.
 *
 * The names that the source assigns are exported together, so functions with different handlers share one file, which depends on
 * the source alone. A handler whose name is computed at run time gets a file of its own. A module for the web's `fetch` is exported as
 * a whole: whether it is `module.exports` or `exports.default` shows when it runs.
 */
export function bundleCommonJs(
  settings: BundleSettings,
  entries: readonly CommonJsEntry[],
): Map<string, CommonJsOutput[]> {
  const wanted = entries.flatMap(({ entry, handlers }) => {
    const text = fs.readFileSync(entry, 'utf8');
    const assigned = assignedExports(text);
    const others = handlers.filter((it) => !assigned.includes(it));
    const isWeb = mayBeWebModule(text);
    const alone = others.map((handler) =>
      isWeb && !namesWord(text, handler)
        ? { entry, onlyFor: 'default', names: ['default'], exports: ['default'] }
        : {
            entry,
            onlyFor: handler,
            names: [handler],
            exports: namesWord(text, handler) ? [handler] : assigned,
          },
    );
    return handlers.length === others.length
      ? alone
      : [{ entry, onlyFor: undefined, names: assigned, exports: assigned }, ...alone];
  });
  const texts = wanted.map((item, i) => {
    const contents = textFor(settings, item.entry, item.names);
    return [i, { contents, folder: path.dirname(item.entry) }] as const;
  });
  const outputs = bundleTexts(settings, new Map(texts));
  const made = new Map<string, CommonJsOutput[]>();
  wanted.forEach(({ entry, onlyFor, exports }, i) => {
    const output = outputs.get(i) as EntryOutput;
    made.set(entry, [...(made.get(entry) ?? []), { onlyFor, output, exports }]);
  });
  return made;
}

function textFor(settings: BundleSettings, entry: string, names: readonly string[]): string {
  const file = JSON.stringify(entry);
  return isEsm(settings)
    ? [`import * as entry from ${file};`, ...names.map(exportOf)].join(' ')
    : names.map((name) => `exports.${name} = require(${file})${memberOf(name)};`).join(' ');
}

/** Reserved words can be exported (`exports.delete = …`) but not declared. */
const RESERVED: ReadonlySet<string> = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally ' +
    'for function if implements import in instanceof interface let new null package private protected public return static super ' +
    'switch this throw true try typeof var void while with yield'
  ).split(' '),
);

/** In an ES module, the `default` of a CommonJS file is its whole `module.exports`. */
function memberOf(name: string): string {
  return name === 'default' ? '' : `.${name}`;
}

function exportOf(name: string, i: number): string {
  if (name === 'default') {
    return 'export default entry.default;';
  }
  return name === 'entry' || RESERVED.has(name) || /^it\d+$/.test(name)
    ? `const it${i} = entry.${name}; export { it${i} as ${name} };`
    : `export const ${name} = entry.${name};`;
}

/** Whether source text contains a name as a whole identifier. A pattern with `\b` fails for names with `$`. */
function namesWord(text: string, name: string): boolean {
  return text.split(/[^\p{ID_Continue}$]+/u).includes(name);
}

/** The names that a CommonJS source assigns, in their order: `exports.x = …`, and the members of `module.exports = { … }`. */
export function assignedExports(text: string): string[] {
  return new Assignments(tokensOf(text)).names();
}

/** Whether a CommonJS source may export an object with `fetch`: by its name, as `exports.default`, or as an instance of a class. */
export function mayBeWebModule(text: string): boolean {
  return new Assignments(tokensOf(text)).mayBeWebModule();
}

const NO_NAMES: ReadonlySet<string> = new Set(['__esModule', 'default']);

class Assignments extends ScriptTokens {
  names(): string[] {
    const found = this.tokens.flatMap((_, i) => this.assignedAt(i));
    return [...new Set(found)].filter((name) => !NO_NAMES.has(name)).sort();
  }

  mayBeWebModule(): boolean {
    const names = this.tokens.flatMap((_, i) => this.assignedAt(i));
    return (
      names.includes('fetch') ||
      names.includes('default') ||
      this.tokens.some((_, i) => this.isInstance(this.wholeAt(i)))
    );
  }

  /** The start of the value in `module.exports = …`. */
  private wholeAt(i: number): number | undefined {
    const isWhole =
      this.nameAt(i) === 'exports' &&
      this.markAt(i - 1) === '.' &&
      this.nameAt(i - 2) === 'module' &&
      this.markAt(i + 1) === '=';
    return isWhole ? i + 2 : undefined;
  }

  /** `new App()`, or a variable that is declared as one, or that gets a `fetch`. */
  private isInstance(at: number | undefined): boolean {
    const name = at === undefined ? undefined : this.nameAt(at);
    if (name === undefined || name === 'new') {
      return name === 'new';
    }
    return this.tokens.some((_, i) => {
      const isIt = this.nameAt(i) === name && this.markAt(i - 1) !== '.';
      const isDeclared = this.markAt(i + 1) === '=' && this.nameAt(i + 2) === 'new';
      const getsFetch =
        this.markAt(i + 1) === '.' && this.nameAt(i + 2) === 'fetch' && this.markAt(i + 3) === '=';
      return isIt && (isDeclared || getsFetch);
    });
  }

  private assignedAt(i: number): string[] {
    if (this.nameAt(i) !== 'exports') {
      return [];
    }
    const isMember = this.markAt(i - 1) === '.';
    if (isMember && (this.nameAt(i - 2) !== 'module' || this.markAt(i - 3) === '.')) {
      return [];
    }
    const name = this.markAt(i + 1) === '.' ? this.nameAt(i + 2) : undefined;
    if (name !== undefined) {
      return this.markAt(i + 3) === '=' ? [name] : [];
    }
    return isMember && this.markAt(i + 1) === '=' && this.markAt(i + 2) === '{'
      ? this.membersOf(i + 2)
      : [];
  }

  /** The names in an object literal. A getter is left out, because an export would compute its value immediately. */
  private membersOf(open: number): string[] {
    const end = this.partner.get(open) ?? open;
    const names: string[] = [];
    for (let i = open + 1; i < end; i++) {
      const starts = this.opener[i] === open && ['{', ','].includes(this.markAt(i - 1) ?? '');
      const at =
        starts && this.nameAt(i) === 'async' && this.nameAt(i + 1) !== undefined ? i + 1 : i;
      const name = starts ? this.nameAt(at) : undefined;
      if (name !== undefined && [':', ',', '}', '('].includes(this.markAt(at + 1) ?? '')) {
        names.push(name);
      }
    }
    return names;
  }
}
