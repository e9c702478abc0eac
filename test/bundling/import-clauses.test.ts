import { findImports, replaceImports } from '../../lib/bundling/import-clauses';

test.each<[string, string, Array<[string, string]>]>([
  [
    'minified names',
    'import{A as e,B}from"pkg";',
    [
      ['A', 'e'],
      ['B', 'B'],
    ],
  ],
  [
    'names on lines',
    'import {\n  A,\n  B as b2\n} from "pkg";',
    [
      ['A', 'A'],
      ['B', 'b2'],
    ],
  ],
  ['a default', 'import d from"pkg";', [['default', 'd']]],
  [
    'a default and names',
    'import d,{A as $}from"pkg";',
    [
      ['default', 'd'],
      ['A', '$'],
    ],
  ],
  ['a default by name', 'import {default as d} from "pkg";', [['default', 'd']]],
  ['an import for its effect', 'import"pkg";', []],
  ['a re-export', 'export{A as B}from"pkg";', [['A', 'B']]],
])('reads %s', (_, text, names) => {
  expect(findImports(text)).toEqual([
    expect.objectContaining({ specifier: 'pkg', names, namespace: false }),
  ]);
});

test.each([
  'import*as ns from"pkg";',
  'import * as ns from "pkg";',
  'export*from"pkg";',
  'export*as ns from"pkg";',
  'import d,*as ns from"pkg";',
])('knows that %s takes all names', (text) => {
  expect(findImports(text)).toEqual([
    expect.objectContaining({ specifier: 'pkg', namespace: true }),
  ]);
});

test.each([
  'import("pkg");',
  'require("pkg");',
  'export{a as b};',
  'export default "pkg";',
  'const x="pkg";',
  'obj.import;"pkg"',
])('finds no import in %s', (text) => {
  expect(findImports(text)).toEqual([]);
});

test('finds each of several statements', () => {
  const text = 'import{a}from"one";import{b}from"two";var x=1;import"three";export{x};';

  expect(findImports(text).map(({ specifier }) => specifier)).toEqual(['one', 'two', 'three']);
});

test('replaces statements and nothing else', () => {
  const text = '#;import{a}from"one";var s="one";import{b}from"two";end';

  const [first, second] = findImports(text);
  const result = replaceImports(
    text,
    [first, second].flatMap((clause) => clause ?? []),
    ({ specifier }) => `<${specifier}>`,
  );

  expect(result).toBe('#;<one>;var s="one";<two>;end');
});

test.each([
  ['import a from"pkg"with{type:"json"};', true],
  ['import a from "pkg" with { type: "json" };', true],
  ['import a from"pkg";with_(a);', false],
  ['import a from"pkg";', false],
])('whether something is said of the file in %s: %p', (text, attributes) => {
  expect(findImports(text)[0]).toMatchObject({ attributes, specifier: 'pkg' });
});

test('blanks around names do not matter', () => {
  expect(findImports('import d , { A  as  b , C } from "pkg";')[0]?.names).toEqual([
    ['default', 'd'],
    ['A', 'b'],
    ['C', 'C'],
  ]);
});
