import { brokenLinks } from '../../scripts/site/links';
import { forSite, sectionOf, siteLink, withTabs } from '../../scripts/site/pages';
import { NAVIGATION } from '../../website/navigation';
import { fs, path } from '../support/synth';

const ROOT = path.join(__dirname, '..', '..');
const isFolder = (file: string): boolean => file.startsWith('examples/');

test('the navigation has every page of docs/ once', () => {
  const made = ['quick-start', 'compared', 'changelog', 'report-a-vulnerability']; // from README.md and others
  const docs = fs
    .readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => file.replace(/\.md$/, ''));

  const pages = NAVIGATION.flatMap((section) => section.pages.map(([page]) => page));

  expect(pages.sort()).toEqual([...docs, ...made].sort());
});

test.each([
  ['access.md', 'docs/cost.md', 'cost.md', './access.md'],
  [
    '../guards.md#cli-version',
    'docs/triggers/http.md',
    'triggers/http.md',
    '../guards.md#cli-version',
  ],
  ['docs/cost.md', 'README.md', 'compared.md', './cost.md'],
  ['../README.md#quick-start', 'docs/getting-started.md', 'getting-started.md', './quick-start.md'],
  ['../README.md', 'docs/cost.md', 'cost.md', './index.md'],
  ['#grants', 'docs/access.md', 'access.md', '#grants'],
  [
    '../examples/orders',
    'docs/cost.md',
    'cost.md',
    'https://github.com/cdk-serverless-app/cdk-serverless-app/tree/main/examples/orders',
  ],
  [
    '../lib/cost/prices.json',
    'docs/cost.md',
    'cost.md',
    'https://github.com/cdk-serverless-app/cdk-serverless-app/blob/main/lib/cost/prices.json',
  ],
])('the link %s of %s, which is %s on the site, becomes %s', (link, file, to, expected) => {
  expect(siteLink(link, file, to, isFolder)).toBe(expected);
});

test('blocks between the marks become tabs with the names of their languages', () => {
  const page = [
    '<!-- tabs -->',
    '```ts',
    'const a = 1;',
    '```',
    '<details><summary>Python</summary>',
    '',
    '```python',
    'a = 1',
    '```',
    '',
    '</details>',
    '<!-- /tabs -->',
  ].join('\n');

  expect(withTabs(page)).toBe(
    '::: code-group\n\n```ts [TypeScript]\nconst a = 1;\n```\n\n```python [Python]\na = 1\n```\n\n:::',
  );
});

test('code is left alone: its links, its headings and its braces', () => {
  const page = '## A\n\nSee [x](x.md) `[y](y.md)`.\n\n```sh\n# {{ [z](z.md) }}\n```\n';

  expect(forSite(page, 'docs/a.md', 'a.md', isFolder)).toBe(
    '## A\n\nSee [x](./x.md) `[y](y.md)`.\n\n```sh\n# {{ [z](z.md) }}\n```\n',
  );
});

test('a page without sections has no list of them', () => {
  expect(forSite('# A\n', 'docs/a.md', 'a.md', isFolder)).toBe('---\naside: false\n---\n\n# A\n');
});

test('a section becomes a page, with headings one level higher', () => {
  const page = '# All\n\n## One\n\n### Part\n\n```sh\n## no heading\n```\n\n## Two\n';

  expect(sectionOf(page, 'one')).toBe('# One\n\n## Part\n\n```sh\n## no heading\n```\n\n');
  expect(() => sectionOf(page, 'three')).toThrow('README.md must have a section #three');
});

describe('the link check', () => {
  const check = (html: string, base = '/'): readonly string[] =>
    brokenLinks(
      { 'a.html': html, 'b/c.html': '<h2 id="there">x</h2>', 'b/index.html': '' },
      base,
      (file) => file === 'images/x.png',
    );

  test.each([
    ['<a href="/b/c.html#there">'],
    ['<a href="./b/c.html">'],
    ['<a href="/b/">'],
    ['<h1 id="me"></h1><a href="#me">'],
    ['<img src="/images/x.png"><a href="/images/x.png">'],
    ['<a href="https://example.com">'],
  ])('accepts %s', (html) => {
    expect(check(html)).toEqual([]);
  });

  test.each([
    ['<a href="/b/d.html">', 'a.html: /b/d.html leads to no page'],
    ['<a href="/b/c.html#gone">', 'a.html: /b/c.html#gone leads to no heading'],
    ['<a href="#gone">', 'a.html: #gone leads to no heading'],
    [
      '<script src="https://cdn.example.com/x.js">',
      'a.html: loads https://cdn.example.com/x.js from another host',
    ],
    [
      '<link rel="stylesheet" href="//fonts.example.com/x.css">',
      'a.html: loads //fonts.example.com/x.css from another host',
    ],
  ])('refuses %s', (html, problem) => {
    expect(check(html)).toEqual([problem]);
  });

  test('refuses a link outside of the path of the site', () => {
    expect(check('<a href="/b/c.html">', '/docs/')).toEqual([
      'a.html: /b/c.html is outside of /docs/',
    ]);
  });
});
