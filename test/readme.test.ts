import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import * as ts from 'typescript';
import { priceListOf } from '../lib/cost/price-list';
import {
  breakEvenUtilization,
  provisionedDollars,
  snapshotDollars,
} from '../lib/cost/standing-cost';
import { formatDollars } from '../lib/model/format-number';
import { renderDefaultsTable } from '../lib/core/defaults-table';
import { tempFolder, warnings } from './support/synth';
import { renderCostTable } from '../scripts/cost-table';
import { renderScalingTable } from '../scripts/scaling-table';

const ROOT = path.join(__dirname, '..');
const read = (file: string): string => fs.readFileSync(path.join(ROOT, file), 'utf8');
const README = read('README.md');

/** The README, the rules for coding agents, and every page of docs/. */
const PAGES = [
  'README.md',
  'AGENTS.md',
  ...fs
    .readdirSync(path.join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file.split(path.sep).join('/')}`),
];

function codeBlocks(language: string, text = README): string[] {
  const pattern = new RegExp('^```' + language + '\\n([\\s\\S]*?)^```', 'gm');
  return [...text.matchAll(pattern)].map((match) => match[1] ?? '');
}

test.each([
  ['ts', 'typescript/app.ts'],
  ['python', 'python/app.py'],
  ['java', 'java/src/main/java/shop/OrdersApp.java'],
  ['go', 'go/app.go'],
])('the app in %s in docs/languages.md is the example', (language, file) => {
  const app = read(`examples/languages/${file}`);

  expect(codeBlocks(language, read('docs/languages.md'))).toContain(app);
});

test.each([
  ['typescript', 'typescript/app.ts'],
  ['python', 'python/app.py'],
  ['java', 'java/src/main/java/shop/OrdersApp.java'],
  ['go', 'go/app.go'],
])(
  'the short app in %s in the README and docs/getting-started.md is lines of the example',
  (language, file) => {
    const lines = withoutIndent(read(`examples/languages/${file}`));
    const pages = ['README.md', 'docs/getting-started.md'];
    const excerpts = pages.flatMap((page) => codeBlocks(language, read(page)));

    expect(excerpts.length).toBeGreaterThan(0);
    for (const excerpt of excerpts) {
      const wanted = withoutIndent(excerpt).filter((line) => line !== '');
      let from = 0;
      const missing = wanted.filter((line) => {
        const at = lines.indexOf(line, from);
        from = at === -1 ? from : at + 1;
        return at === -1;
      });
      expect(missing).toEqual([]);
    }
  },
);

function withoutIndent(text: string): string[] {
  return text.split('\n').map((line) => line.trim());
}

test('the README has at most 250 lines', () => {
  expect(README.split('\n').length).toBeLessThanOrEqual(251); // the last one is empty
});

test('llms.txt names every page of the documentation, and nothing else', () => {
  const links = [...read('llms.txt').matchAll(/blob\/main\/([\w./-]+)/g)].map(([, file]) => file);
  const ofThisRepository = ['docs/benchmarks.md', 'docs/quality.md']; // how it is measured and tested
  const pages = PAGES.filter((page) => page !== 'README.md' && !ofThisRepository.includes(page));

  expect(links.sort()).toEqual(pages.sort());
});

test.each(PAGES)('every relative link of %s leads to a file, and to a heading of it', (page) => {
  const text = read(page).replace(/^```[\s\S]*?^```/gm, '');
  const links = [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map((match) => match[1] ?? '');

  for (const link of links) {
    const [file = '', heading] = link.split('#');
    const target = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
    expect([link, fs.existsSync(path.join(ROOT, target))]).toEqual([link, true]);
    if (heading !== undefined) {
      expect(headings(read(target))).toContain(heading);
    }
  }
});

/** The anchors of a page's headings, as GitHub makes them. */
function headings(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map((match) =>
    (match[1] ?? '')
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

test('the first app synthesizes without a warning', () => {
  const [block = ''] = codeBlocks('ts').filter((text) => text.includes('src/hello.ts'));
  const root = tempFolder({ 'src/hello.ts': 'export const handler = async () => 1;' });
  const { outputText } = ts.transpileModule(
    block.replace("'Hello', {", `'Hello', { root: ${JSON.stringify(root)},`),
    { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } },
  );
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the code is the README's
  const run = new Function('require', 'exports', `${outputText}; return stack;`) as (
    ...args: unknown[]
  ) => Stack;

  const stack = run(require, {});

  expect(warnings(stack)).toEqual([]);
});

test('the table of defaults matches the code', () => {
  expect(read('docs/defaults.md')).toContain(renderDefaultsTable());
});

test('the table in docs/scaling.md matches the calculation', () => {
  expect(read('docs/scaling.md')).toContain(renderScalingTable());
});

test('the table in docs/cost.md matches the estimate of examples/orders', () => {
  expect(read('docs/cost.md')).toContain(`<!-- cost -->\n\n${renderCostTable()}\n\n<!-- /cost -->`);
});

test('the prices in docs/cold-starts.md and in the docstrings are those of the price list', () => {
  const docs = read('lib/function/cold-start.ts');
  const page = read('docs/cold-starts.md');

  for (const text of [page, docs]) {
    expect(text).toContain(formatDollars(provisionedDollars(1, 1024, 'arm64')));
    expect(text).toContain(formatDollars(provisionedDollars(1, 1024, 'x86_64')));
    expect(text).toContain(formatDollars(snapshotDollars(1024, false)));
  }
  expect(page).toContain(
    `$17.52 to $175.20 a month (730 h, arm64, us-east-1, ${priceListOf('us-east-1').date})`,
  );
  expect(page).toContain(`= ${Math.round(breakEvenUtilization('arm64') * 100)} % of the time`);
});

test.each(PAGES)('%s appends paths to the URL of an API, which ends with a slash', (page) => {
  const called = codeBlocks('sh', read(page)).join('\n');

  expect(called).not.toMatch(/\$\{?URL\}?\//);
});

test('the commands in the README exist', () => {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };

  const named = codeBlocks('sh').flatMap((block) =>
    [...block.matchAll(/npm run (\S+)/g)].map((match) => match[1]),
  );

  expect(named).not.toHaveLength(0);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
});
