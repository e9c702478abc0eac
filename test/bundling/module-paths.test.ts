import * as path from 'node:path';
import { isExternal } from '../../lib/bundling/externals';
import {
  ancestors,
  isInPackage,
  isInside,
  modulesAbove,
  packageName,
  packageRoot,
  withoutExtension,
} from '../../lib/bundling/module-paths';

/** With the separator of this machine. */
const at = (file: string): string => file.replaceAll('/', path.sep);
const root = path.parse(process.cwd()).root;

test('the folders above a folder end with the root', () => {
  expect(ancestors(path.join(root, 'a', 'b'))).toEqual([
    path.join(root, 'a', 'b'),
    path.join(root, 'a'),
    root,
  ]);
});

test('packages are looked for in all folders above, but not in a `node_modules` of a `node_modules`', () => {
  expect(modulesAbove(path.join(root, 'app', 'node_modules', 'pkg', 'index.js'))).toEqual([
    path.join(root, 'app', 'node_modules', 'pkg', 'node_modules'),
    path.join(root, 'app', 'node_modules'),
    path.join(root, 'node_modules'),
  ]);
});

test.each([
  ['/app/node_modules/pkg/index.js', '/app/node_modules/pkg'],
  ['/app/node_modules/pkg/lib/deep/a.js', '/app/node_modules/pkg'],
  ['/app/node_modules/@scope/pkg/index.js', '/app/node_modules/@scope/pkg'],
  ['/app/node_modules/a/node_modules/b/c.js', '/app/node_modules/a/node_modules/b'],
  ['/app/node_modules/pkg', undefined], // no file in it
  ['/app/node_modules/@scope/pkg', undefined],
  ['/app/src/main.ts', undefined],
  ['/app/node_modules', undefined],
  ['/app/my_node_modules/pkg/index.js', undefined],
])('the file %s is of the package %s', (file, expected) => {
  expect(packageRoot(at(file))).toBe(expected === undefined ? undefined : at(expected));
});

test.each([
  ['/app/node_modules/pkg/index.js', true],
  ['/app/my_node_modules/pkg/index.js', false],
  ['/app/node_modules.ts', false],
])('whether %s is in a package: %p', (file, expected) => {
  expect(isInPackage(at(file))).toBe(expected);
});

test.each([
  ['pkg', 'pkg'],
  ['pkg/part/deep', 'pkg'],
  ['@scope/pkg', '@scope/pkg'],
  ['@scope/pkg/part', '@scope/pkg'],
  ['lodash.get', 'lodash.get'],
  ['./local', undefined],
  ['../local', undefined],
  ['/absolute', undefined],
  ['@scope', undefined],
])('the specifier %s is of the package %s', (specifier, expected) => {
  expect(packageName(specifier)).toBe(expected);
});

test.each([
  ['src/main.ts', 'src/main'],
  ['src/main.test.ts', 'src/main.test'],
  ['src/main', 'src/main'],
  ['src.d/main', 'src.d/main'],
])('%s without its extension is %s', (file, expected) => {
  expect(withoutExtension(at(file))).toBe(at(expected));
});

test.each([
  ['/app/src/main.ts', '/app', true],
  ['/app/src/main.ts', '/app/', true],
  ['/apps/main.ts', '/app', false],
  ['/app', '/app', false],
  ['/main.ts', '/', true],
])('whether %s is inside %s: %p', (file, folder, expected) => {
  expect(isInside(at(file), at(folder))).toBe(expected);
});

describe('what `externalModules` names', () => {
  const external = (specifier: string, externalModules?: string[]): boolean =>
    isExternal({ owner: 'F', root, nodeVersion: '22', options: { externalModules } }, specifier);

  test.each([
    ['pkg', 'pkg', true],
    ['pkg', 'pkg/part', true],
    ['pkg', 'pkg2', false],
    ['pkg/part', 'pkg', false],
    ['@aws-sdk/*', '@aws-sdk/client-s3', true],
    ['@aws-sdk/*', '@aws-sdk/', true],
    ['@aws-sdk/*', '@aws-sdk', false],
    ['*/data.json', 'pkg/data.json', true],
    ['*/data.json', 'pkg/data.json5', false],
    ['ab*ba', 'aba', false], // the ends do not overlap
    ['ab*ba', 'abba', true],
    ['*', 'anything', true],
  ])('by %s is %s: %p', (pattern, specifier, expected) => {
    expect(external(specifier, [pattern])).toBe(expected);
  });

  test('may be any of several, or nothing', () => {
    expect(external('b', ['a', 'b'])).toBe(true);
    expect(external('c', ['a', 'b'])).toBe(false);
    expect(external('a', [])).toBe(false);
    expect(external('a')).toBe(false);
  });
});
