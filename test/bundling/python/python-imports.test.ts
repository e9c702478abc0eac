import { definesName, pythonImports } from '../../../lib/bundling/python/python-imports';

test.each<[string, string, unknown]>([
  ['a module', 'import a', [{ level: 0, module: 'a', names: [] }]],
  [
    'several, with other names',
    'import a.b as c, d',
    [
      { level: 0, module: 'a.b', names: [] },
      { level: 0, module: 'd', names: [] },
    ],
  ],
  ['names', 'from a.b import c as d, e', [{ level: 0, module: 'a.b', names: ['c', 'e'] }]],
  ['a relative module', 'from ..a import b', [{ level: 2, module: 'a', names: ['b'] }]],
  ['the own package', 'from . import b', [{ level: 1, module: '', names: ['b'] }]],
  ['all', 'from a import *', [{ level: 0, module: 'a', names: ['*'] }]],
  [
    'names in brackets, with comments',
    'from a import (\n  b, # first\n  c,\n)',
    [{ level: 0, module: 'a', names: ['b', 'c'] }],
  ],
  ['a continued line', 'from a import b, \\\n  c', [{ level: 0, module: 'a', names: ['b', 'c'] }]],
  ['inside a function', 'def f():\n    import a', [{ level: 0, module: 'a', names: [] }]],
  ['after a colon', 'try: import a\nexcept: pass', [{ level: 0, module: 'a', names: [] }]],
  ['after a semicolon', 'x = 1; import a', [{ level: 0, module: 'a', names: [] }]],
  [
    'Windows lines',
    'import a\r\nimport b\r\n',
    [
      { level: 0, module: 'a', names: [] },
      { level: 0, module: 'b', names: [] },
    ],
  ],
  ['by its name', 'import_module("a.b")', [{ level: 0, module: 'a.b', names: [] }]],
  ['none in a comment', '# import a', []],
  ['none in a string', 'x = "import a"', []],
  ['none in a docstring', '"""\nimport a\n"""\n', []],
  ['none in a docstring with quotes', "'''\n\"import\"\nfrom a import b\n'''\n", []],
  ['none after a raise', 'raise E from error', []],
  ['a name that begins so', 'important = 1\nfromage = 2', []],
])('imports: %s', (_, source, expected) => {
  expect(pythonImports(source)).toEqual(expected);
});

test.each<[string, string, boolean]>([
  ['a function', 'def handler(event, context): pass', true],
  ['an asynchronous function', 'async def handler(event, context): pass', true],
  ['a value', 'handler = Mangum(app)', true],
  ['a value with a type', 'handler: Handler = make()', true],
  ['an import', 'from a import handler', true],
  ['an import under that name', 'from a import other as handler', true],
  ['an import in brackets', 'from a import (\n  b,\n  handler,\n)', true],
  ['all of a module', 'from a import *', true],
  ['a branch', 'if x:\n    def handler(e, c): pass', true],
  ['another function', 'def handler2(event, context): pass', false],
  ['a comment', '# def handler(event, context)', false],
  ['a docstring', '"""\ndef handler(event, context):\n"""', false],
])('defines the handler: %s', (_, source, expected) => {
  expect(definesName(source, 'handler')).toBe(expected);
});
