import * as path from 'node:path';
import { ScriptTokens } from './script-blocks';
import { tokensOf } from './script-tokens';

/** A path that a script derives from its own location, or a module that it loads by a name that esbuild does not follow. */
export interface ScriptPath {
  /** `path` is relative to the script’s folder; `module` is a specifier, as in `require.resolve("x")`. */
  readonly kind: 'path' | 'module';
  readonly text: string;
  /** The script appends to it at run time, so the text is a folder or the beginning of a name. */
  readonly open: boolean;
  /** It is in a function, so it matters only if that function is called. */
  readonly inFunction: boolean;
}

/** What a script does with its own location. */
export interface ScriptPlaces {
  readonly paths: readonly ScriptPath[];
  /** Strings of a script that uses its own location. It may append them out of sight, as `locateFile("x.wasm")` does. */
  readonly strings: readonly string[];
  /** With `!module.parent` a script asks whether Node.js was started with it. In a bundle this is always true. */
  readonly asksForParent: boolean;
  /** It loads modules whose names are in variables. */
  readonly loadsByName: boolean;
}

/** Scripts without one of these words do not use their own location. */
const MENTIONS =
  /\b(__dirname|__filename|createRequire)\b|\bimport\s*\.\s*meta\b|\brequire\s*\.\s*resolve\b|!\s*module\s*\.\s*parent\b|\b(require|import)\s*\(\s*[\p{ID_Start}$_]/u;

const NOTHING: ScriptPlaces = { paths: [], strings: [], asksForParent: false, loadsByName: false };

/**
 * Finds the paths that a script derives from `__dirname`, `__filename` and `import.meta.url`. It follows variables within the
 * script. Code in a `try` with a `catch` is left out, because the script works without it.
 */
export function placesIn(text: string): ScriptPlaces {
  return MENTIONS.test(text) ? new Script(tokensOf(text)).read() : NOTHING;
}

interface Place {
  readonly text: string;
  readonly open: boolean;
  /** A `require` function made by `createRequire`. */
  readonly loads: boolean;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** Functions that return the path, or the URL, that they are given. */
const KEEPS =
  /^(fileURLToPath|pathToFileURL|normalize|realpathSync|realpath|toString|String|toNamespacedPath|decodeURI|decodeURIComponent)$/;
const JOINS = /^(join|resolve)$/;
const LISTS = /^(readdir|readdirSync|opendir|opendirSync)$/;

class Script extends ScriptTokens {
  private readonly variables = new Map<string, Place>();
  private readonly paths = new Map<string, ScriptPath>();

  read(): ScriptPlaces {
    // Runs twice, for functions that use variables declared below them.
    let knows = false;
    const loadsByName = this.tokens.some((_, i) => this.isLoadByName(i));
    const asksForParent = this.tokens.some((_, i) => this.isParentTest(i));
    for (const pass of [1, 2]) {
      for (let i = 0; i < this.tokens.length; i++) {
        const found = this.anchorAt(i) ?? this.variableAt(i);
        if (found !== undefined) {
          knows = true;
          this.follow(found[0], found[1]);
        } else if (pass === 1) {
          this.readResolve(i);
        }
      }
    }
    const strings = knows
      ? [...new Set(this.tokens.filter((it) => it.type === 'string').map((it) => it.text))]
      : [];
    return { paths: [...this.paths.values()], strings, asksForParent, loadsByName };
  }

  /** `require(name)` and `import(name)` */
  private isLoadByName(i: number): boolean {
    const name = this.nameAt(i);
    return (
      (name === 'require' || name === 'import') &&
      !['.', '?.'].includes(this.markAt(i - 1) ?? '') &&
      this.markAt(i + 1) === '(' &&
      this.nameAt(i + 2) !== undefined &&
      this.markAt(i + 3) === ')'
    );
  }

  private isParentTest(i: number): boolean {
    return (
      this.markAt(i) === '!' &&
      this.nameAt(i + 1) === 'module' &&
      this.markAt(i + 2) === '.' &&
      this.nameAt(i + 3) === 'parent' &&
      !['.', '?.'].includes(this.markAt(i + 4) ?? '')
    );
  }

  private anchorAt(i: number): [Place, Range] | undefined {
    const name = this.nameAt(i);
    if (name === '__dirname' || name === '__filename') {
      const isOwn = this.markAt(i - 1) === '.' || this.nameAt(i - 1) === 'typeof';
      const isSet = [':', '='].includes(this.markAt(i + 1) ?? '') && this.markAt(i - 1) !== '?';
      return isOwn || isSet
        ? undefined
        : [placeOf(name === '__dirname' ? '' : 'script.js'), { start: i, end: i }];
    }
    if (name === 'import' && this.markAt(i + 1) === '.' && this.nameAt(i + 2) === 'meta') {
      const member = this.markAt(i + 3) === '.' ? this.nameAt(i + 4) : undefined;
      return member === 'url' || member === 'filename' || member === 'dirname'
        ? [placeOf(member === 'dirname' ? '' : 'script.js'), { start: i, end: i + 4 }]
        : undefined;
    }
    return undefined;
  }

  private variableAt(i: number): [Place, Range] | undefined {
    const place = this.variables.get(this.nameAt(i) ?? '');
    const isMember = ['.', '?.'].includes(this.markAt(i - 1) ?? '');
    const isSet = ['=', ':'].includes(this.markAt(i + 1) ?? '');
    return place === undefined || isMember || isSet ? undefined : [place, { start: i, end: i }];
  }

  /** `require.resolve("module")` */
  private readResolve(i: number): void {
    const isCall =
      this.nameAt(i) === 'require' &&
      this.markAt(i - 1) !== '.' &&
      this.markAt(i + 1) === '.' &&
      this.nameAt(i + 2) === 'resolve' &&
      this.markAt(i + 3) === '(';
    if (isCall) {
      this.addModule(i + 4);
    }
  }

  private addModule(i: number): void {
    const token = this.tokens[i];
    const isAlone = [')', ','].includes(this.markAt(i + 1) ?? '');
    if (token?.type === 'string' && isAlone) {
      this.add(i, { kind: 'module', text: token.text, open: false });
    }
  }

  /** Follows a path outwards, as long as the code around it derives another path from it. */
  private follow(place: Place, range: Range): void {
    let current: [Place, Range] = [place, range];
    for (let next = this.around(...current); next !== undefined; next = this.around(...next)) {
      current = next;
    }
    const [made, { start, end }] = current;
    if (made.loads) {
      this.readLoads(end);
    } else {
      const lists =
        LISTS.test(this.calleeOf(this.opener[start] ?? -1).name ?? '') ||
        (/^[./]*$/.test(made.text) && this.isGivenAway(start));
      this.add(start, { kind: 'path', text: made.text, open: made.open || lists });
    }
    const name = this.variableOf(start);
    if (name !== undefined && !made.open) {
      this.variables.set(name, made);
    }
  }

  /** Whether callers get the path and may read anything from it: `return __dirname`, `exports.folder = __dirname`. */
  private isGivenAway(start: number): boolean {
    const isExported =
      this.markAt(start - 1) === '=' &&
      (this.nameAt(start - 2) === 'exports' || this.nameAt(start - 4) === 'exports');
    return this.nameAt(start - 1) === 'return' || this.markAt(start - 1) === '=>' || isExported;
  }

  /** `createRequire(…)("module")`, and the same with `.resolve`. */
  private readLoads(end: number): void {
    const isResolve = this.markAt(end + 1) === '.' && this.nameAt(end + 2) === 'resolve';
    const at = isResolve ? end + 3 : end + 1;
    if (this.markAt(at) === '(') {
      this.addModule(at + 1);
    }
  }

  private around(place: Place, { start, end }: Range): [Place, Range] | undefined {
    if (place.loads) {
      return undefined;
    }
    if (this.markAt(end + 1) === '+') {
      return this.withSum(place, { start, end });
    }
    if (this.markAt(start - 1) === '+' && this.tokens[start - 2]?.type === 'string') {
      return [place, { start: start - 2, end }];
    }
    if (this.markAt(end + 1) === '.') {
      const name = this.nameAt(end + 2) ?? '';
      if (name === 'href' || name === 'pathname') {
        return [place, { start, end: end + 2 }];
      }
      const isText = name === 'toString' && this.markAt(end + 3) === '(';
      return isText ? [place, { start, end: this.partner.get(end + 3) ?? end + 3 }] : undefined;
    }
    return this.inCall(place, { start, end });
  }

  /** `place + "text"` */
  private withSum(place: Place, { start, end }: Range): [Place, Range] {
    const operand = this.tokens[end + 2];
    const stop = this.endOfOperand(end + 2);
    const isText = operand?.type === 'string' && stop === end + 2;
    const made = isText
      ? { ...place, text: place.open ? place.text : place.text + operand.text }
      : { ...place, open: true };
    return [made, { start, end: Math.max(stop, end + 1) }];
  }

  private endOfOperand(from: number): number {
    let i = from;
    for (; i < this.tokens.length; i++) {
      const mark = this.markAt(i);
      const partner = this.partner.get(i) ?? i;
      if (partner > i) {
        i = partner;
      } else if (mark !== undefined && mark !== '.' && mark !== '?.') {
        break;
      }
      const after = this.markAt(i + 1);
      if (after === undefined || !['.', '?.', '(', '['].includes(after)) {
        const isMemberNext = mark === '.' || mark === '?.';
        if (!isMemberNext) {
          return i;
        }
      }
    }
    return i - 1;
  }

  private inCall(place: Place, { start, end }: Range): [Place, Range] | undefined {
    const open = this.opener[start] ?? -1;
    const close = this.partner.get(open);
    const isArgument =
      this.markAt(open) === '(' &&
      ['(', ','].includes(this.markAt(start - 1) ?? '') &&
      [')', ','].includes(this.markAt(end + 1) ?? '');
    if (!isArgument || close === undefined) {
      return undefined;
    }
    const { name: callee, start: first } = this.calleeOf(open);
    const whole = { start: callee === undefined ? open : first, end: close };
    if (callee === undefined) {
      return close === end + 1 && open === start - 1 ? [place, whole] : undefined;
    }
    if (callee === 'URL') {
      return this.markAt(start - 1) === ','
        ? [this.urlOf(place, open, start), whole]
        : [place, whole];
    }
    if (callee === 'createRequire') {
      return [{ ...place, loads: true }, whole];
    }
    if (callee === 'dirname') {
      return [{ ...place, text: parentOf(place.text) }, whole];
    }
    if (JOINS.test(callee)) {
      return [this.joined(place, end + 1, close), whole];
    }
    return KEEPS.test(callee) ? [place, whole] : undefined;
  }

  /** `new URL("./file", place)` */
  private urlOf(place: Place, open: number, start: number): Place {
    const first = this.tokens[open + 1];
    const isText = first?.type === 'string' && open + 2 === start - 1;
    const folder = parentOf(place.text);
    return isText
      ? { ...place, text: path.posix.join(folder, first.text) }
      : { ...place, text: folder, open: true };
  }

  /** `join(path, "folder", name)`. If an argument is not a plain string, the strings in it are candidates. */
  private joined(place: Place, comma: number, close: number): Place {
    let made = place;
    for (const { start, end } of this.argumentsBetween(comma, close)) {
      const [first] = this.tokens.slice(start, end + 1);
      if (made.open) {
        break;
      }
      if (start === end && first?.type === 'string') {
        made = { ...made, text: path.posix.join(made.text === '' ? '.' : made.text, first.text) };
        continue;
      }
      const { text } = made;
      for (const token of this.tokens.slice(start, end + 1).filter((it) => it.type === 'string')) {
        this.add(comma, { kind: 'path', text: path.posix.join(text, token.text), open: false });
      }
      made = { ...made, open: true };
    }
    return made;
  }

  private argumentsBetween(comma: number, close: number): Range[] {
    const found: Range[] = [];
    let start = comma + 1;
    for (let i = start; i <= close; i++) {
      if (i === close || (this.markAt(i) === ',' && this.opener[i] === this.opener[comma])) {
        if (i > start) {
          found.push({ start, end: i - 1 });
        }
        start = i + 1;
      }
    }
    return found;
  }

  private add(at: number, found: Omit<ScriptPath, 'inFunction'>): void {
    const blocks = this.blocksAround(at);
    if (!blocks.some((block) => this.isGuarded(block))) {
      const inFunction = this.isInArrow(at) || blocks.some((block) => this.isFunction(block));
      this.paths.set(JSON.stringify(found), { ...found, inFunction });
    }
  }
}

function placeOf(text: string): Place {
  return { text, open: false, loads: false };
}

function parentOf(text: string): string {
  return text === '' || text === '.'
    ? '..'
    : text.endsWith('..')
      ? `${text}/..`
      : path.posix.dirname(text);
}
