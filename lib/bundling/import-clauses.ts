/**
 * The imports in a bundle that esbuild printed. It prints them in one form only, so no JavaScript parser is needed. The caller
 * compares their number with what esbuild counted.
 */
export interface ImportClause {
  /** Where the statement begins and ends in the text. */
  readonly start: number;
  readonly end: number;
  readonly keyword: string;
  readonly specifier: string;
  /** Imported name and local name. Empty for an import for its side effects. */
  readonly names: ReadonlyArray<readonly [imported: string, local: string]>;
  /** `* as name` or `export *`: all names. */
  readonly namespace: boolean;
  /** Whether `with { type: 'json' }` follows, which describes the imported file. */
  readonly attributes: boolean;
}

const STATEMENT =
  /(?<![\p{ID_Continue}$])(import|export)\s*(?:([\p{ID_Continue}$\s{},*]*?)\s*from\s*)?"([^"\\\n]+)"(\s*with\s*\{)?/gu;

/** All static imports and re-exports in the text. */
export function findImports(text: string): ImportClause[] {
  return [...text.matchAll(STATEMENT)].map((match) => {
    const [statement, keyword = '', clause = '', specifier = '', attributes] = match;
    return {
      start: match.index,
      end: match.index + statement.length,
      keyword,
      specifier,
      names: namesIn(clause),
      namespace: clause.includes('*'),
      attributes: attributes !== undefined,
    };
  });
}

/** The text with the given statements replaced. */
export function replaceImports(
  text: string,
  clauses: readonly ImportClause[],
  replacement: (clause: ImportClause) => string,
): string {
  let result = '';
  let position = 0;
  for (const clause of clauses) {
    result += text.slice(position, clause.start) + replacement(clause);
    position = clause.end;
  }
  return result + text.slice(position);
}

/** `a,{b,c as d}` means the default as `a`, then `b`, and `c` as `d`. */
function namesIn(clause: string): Array<readonly [string, string]> {
  const [, before = '', braces] = /^([^{]*?),?\s*(?:\{([^}]*)\})?\s*$/.exec(clause) ?? [];
  const named = (braces ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name): readonly [string, string] => {
      const [imported = '', local = imported] = name.split(/\s+as\s+/);
      return [imported, local];
    });
  const standard = before.trim();
  return standard === '' || standard.includes('*') ? named : [['default', standard], ...named];
}
