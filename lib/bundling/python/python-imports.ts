/** The module and the names of one `import`. */
export interface PythonImport {
  /** The number of dots before the name: 0 for an absolute import. */
  readonly level: number;
  /** The dotted name of the module; empty for `from . import a`. */
  readonly module: string;
  /** The names in `from module import a, b`, which may be modules; `*` for all. */
  readonly names: readonly string[];
}

/** Comments, and strings in all four kinds of quotation marks. A backslash before a mark counts in raw strings too. */
const COMMENT_OR_STRING =
  /#.*|"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*'/g;

const START = String.raw`(?:^|[\n;:])[ \t]*`;
const FROM = new RegExp(
  START +
    String.raw`from[ \t]*([. \t]*)([\p{L}\p{N}_.]*)[ \t]+import[ \t]*(?:\(([^)]*)\)|([^\n;]+))`,
  'gu',
);
const IMPORT = new RegExp(START + String.raw`import[ \t]+([^\n;]+)`, 'gu');
const BY_NAME = /\bimport_module\(\s*(["'])([\p{L}\p{N}_.]+)\1/gu;

/** The imports of a Python source, wherever they are: also inside functions, and behind `if TYPE_CHECKING`. */
export function pythonImports(source: string): PythonImport[] {
  const code = statements(source);
  const from = [...code.matchAll(FROM)].map(([, dots = '', module = '', inside, rest = '']) => {
    const own = /^\.*/.exec(module)?.[0] ?? '';
    return {
      level: dots.replace(/[^.]/g, '').length + own.length,
      module: module.slice(own.length),
      names: namesIn(inside ?? rest),
    };
  });
  const whole = [...code.matchAll(IMPORT)].flatMap(([, list = '']) => namesIn(list));
  const named = [...source.matchAll(BY_NAME)].map(([, , name = '']) => name);
  const absolute = [...whole, ...named].filter((name) => !name.startsWith('.'));
  return [...from, ...absolute.map((module) => ({ level: 0, module, names: [] }))];
}

/** Whether a module has a name at its top level or in a branch there. */
export function definesName(source: string, name: string): boolean {
  const code = statements(source);
  const bound = new RegExp(
    String.raw`(?:^|\n)[ \t]*(?:(?:async[ \t]+)?def[ \t]+|class[ \t]+)?${name}[ \t]*(?:[(:=\[]|,[^\n]*=)`,
    'u',
  );
  const imported = pythonImports(source).some(({ names }) => names.includes('*'));
  const byImport = new RegExp(String.raw`\bimport\b[^\n]*\b${name}\b`, 'u');
  const listed = new RegExp(String.raw`\bimport[ \t]*\([^)]*\b${name}\b`, 'u');
  return imported || bound.test(code) || byImport.test(code) || listed.test(code);
}

/** The source without comments, with empty strings, and each logical line in one line. */
function statements(source: string): string {
  return source
    .replace(/\r\n?/g, '\n')
    .replace(COMMENT_OR_STRING, (text) => (text.startsWith('#') ? '' : '""'))
    .replace(/\\\n/g, ' ');
}

/** `a.b as c, d` names `a.b` and `d`. */
function namesIn(list: string): string[] {
  return list
    .split(',')
    .map((item) => item.trim().split(/\s+/)[0] ?? '')
    .filter((name) => name !== '');
}
