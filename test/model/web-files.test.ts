import { cacheClassOf, contentTypeOf, isHashed, isWebFile } from '../../lib/model/web-files';

test.each([
  'index-BX3k9aZ1.js',
  'index-B-3k9aZ1.css',
  'main.8f3a2b1c.js',
  'main.8f3a2b1c.chunk.css',
  'main.8f3a2b1c9d0e1f2a3b4c.js',
  'main-K7QZ2X4A.js',
  'index-BX3k9aZ1.js.map',
  'assets/deep/logo-D3f4G5h6.svg',
])('%s has a hash in its name', (name) => {
  expect(isHashed(name)).toBe(true);
});

test.each([
  'index.js',
  'jquery-bootstrap.js',
  'x-MyWidget.js',
  'report-20240101.pdf',
  'release-notes.txt',
  'main.deadbeef.js', // without a digit it may be a word
  'BX3k9aZ1.js', // without a separator it is the whole name
  'main-BX3k9a.js', // 6 characters
  'BX3k9aZ1-x/logo.png', // in the name of a folder
])('%s has none', (name) => {
  expect(isHashed(name)).toBe(false);
});

test.each([
  ['index.html', 'page'],
  ['docs/page.HTM', 'page'],
  ['main-BX3k9aZ1.html', 'page'],
  ['main-BX3k9aZ1.js', 'hashed'],
  ['robots.txt', 'other'],
  ['LICENSE', 'other'],
])('%s is cached as %s', (name, expected) => {
  expect(cacheClassOf(name)).toBe(expected);
});

test('with folders of its own, only their files never change, and pages in them do', () => {
  const inFolders = (name: string): string => cacheClassOf(name, ['assets/', 'fonts/']);

  expect(inFolders('assets/logo.svg')).toBe('hashed');
  expect(inFolders('fonts/a/b.woff2')).toBe('hashed');
  expect(inFolders('assets-BX3k9aZ1.js')).toBe('other');
  expect(inFolders('main-BX3k9aZ1.js')).toBe('other');
  expect(inFolders('assets/frame.html')).toBe('page');
});

test.each([
  ['a.html', 'text/html; charset=utf-8'],
  ['a.JS', 'text/javascript; charset=utf-8'],
  ['a.b.woff2', 'font/woff2'],
  ['.well-known/security.txt', 'text/plain; charset=utf-8'],
  ['.well-known/apple-app-site-association', 'application/octet-stream'],
  ['a.constructor', 'application/octet-stream'],
  ['.html', 'application/octet-stream'],
  ['folder.css/file', 'application/octet-stream'],
])('%s is %s', (name, expected) => {
  expect(contentTypeOf(name)).toBe(expected);
});

test('what operating systems leave behind is no file of the site', () => {
  expect(
    ['a/.DS_Store', '.DS_Store', 'Thumbs.db', 'b/desktop.ini', '.well-known/x', 'a.DS_Store'].map(
      isWebFile,
    ),
  ).toEqual([false, false, false, false, true, true]);
});
