import { spawnSync } from 'node:child_process';
import * as ts from 'typescript';
import { parseAllDocuments } from 'yaml';
import { CodeBlock, codeBlocksOf, commentBlocksOf, filesOf } from '../support/code-blocks';
import { FIXTURE } from '../support/documentation-fixture';
import { fs, path, tempFolder } from '../support/synth';
import { typeErrors } from '../support/type-errors';
import { partnerApiTypes } from '../support/typed-client';
import { signatureFiles } from './signatures';

const ROOT = path.join(__dirname, '..', '..');
const read = (file: string): string => fs.readFileSync(path.join(ROOT, file), 'utf8');

jest.setTimeout(180_000);

/** How the blocks of a language are checked, by the words of their fences. A word that is not here is an error. */
const CHECKS: Readonly<Record<string, 'compiled' | 'parsed' | 'from an example' | 'not checked'>> =
  {
    ts: 'compiled',
    typescript: 'compiled',
    mts: 'compiled',
    cts: 'compiled',
    tsx: 'compiled',
    js: 'parsed',
    javascript: 'parsed',
    mjs: 'parsed',
    json: 'parsed',
    yaml: 'parsed',
    yml: 'parsed',
    sh: 'parsed',
    bash: 'parsed',
    python: 'from an example',
    java: 'from an example',
    go: 'from an example',
    text: 'not checked',
    rooms: 'not checked', // test/architecture reads it
    dockerfile: 'not checked',
    prisma: 'not checked',
  };

/** What the second word of a fence says about TypeScript: who reads the block. */
const TAGS = ['', 'signature', 'jest', 'vitest', 'node', 'template'];

const PAGES = filesOf(/\.md$|^llms\.txt$/);
const BLOCKS: readonly CodeBlock[] = [
  ...PAGES.flatMap((page) => codeBlocksOf(page, read(page))),
  ...codeBlocksOf('the README of `npm create`', createdReadme()),
  ...filesOf(/\.m?tsx?$/).flatMap((file) => commentBlocksOf(file, read(file))),
];

function createdReadme(): string {
  const folder = path.join(tempFolder(), 'shop');
  const command = path.join(ROOT, 'packages/create-cdk-serverless-app/create.mjs');
  const args = [command, folder, '--yes', '--no-install'];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return fs.readFileSync(path.join(folder, 'README.md'), 'utf8');
}

const placeOf = ({ page, line }: CodeBlock): string => `${page}:${line}`;

/** Those of some languages, with their place as the name of a case. */
function blocksIn(...languages: readonly string[]): Array<[string, CodeBlock]> {
  return BLOCKS.filter(({ language }) => languages.includes(language)).map((block) => [
    placeOf(block),
    block,
  ]);
}

test('the pages, the README of a new project and the comments in the code are read', () => {
  const pages = new Set(BLOCKS.map(({ page }) => page));

  expect([...pages]).toEqual(
    expect.arrayContaining([
      'AGENTS.md',
      'README.md',
      'docs/api/app.md',
      'docs/migrating/sst.md',
      'docs/recipes/monorepo.md',
      'lib/props/prop-set.ts',
      'packages/create-cdk-serverless-app/README.md',
      'the README of `npm create`',
      'website/home.md',
    ]),
  );
});

test('every fence names a language whose check is known', () => {
  const unknown = BLOCKS.filter(
    ({ language, tag }) =>
      CHECKS[language] === undefined ||
      !(CHECKS[language] === 'compiled' ? TAGS : ['']).includes(tag),
  );

  expect(unknown.map((block) => `${placeOf(block)} ${block.language} ${block.tag}`)).toEqual([]);
});

/** Treats a block with imports as a whole file, and puts any other block into the constructor of a construct. */
function asFile(block: string): string {
  const code = block.replace(/^.*\/\/ does not compile\b/gm, '// @ts-expect-error\n$&');
  if (/^(import|export) /m.test(block)) {
    return code;
  }
  return `${FIXTURE}\nexport function block(this: Construct): void {\n${code}\n}\n`;
}

/** A block’s name and text as a file: by the path that it begins with, such as `// src/get-order.ts`, or beside the code that it comments. */
function fileOf({ page, line, language, code }: CodeBlock): readonly [string, string] {
  const folder = page.replace(/\W/g, '-');
  const own = /^\/\/ ([\w./-]+\.tsx?)\n/.exec(code)?.[1];
  if (own !== undefined) {
    return [path.join(ROOT, folder, own), asFile(code)];
  }
  const extension = ['mts', 'cts', 'tsx'].includes(language) ? language : 'ts';
  const beside = page.endsWith('.ts') ? `${page.slice(0, -3)}-` : `${folder}-`;
  const text = code
    .replace("'../app'", `'./${folder}-${firstLine(page)}'`) // a page begins with its app.ts
    .replace("'../stack'", "'./examples/orders/stack'");
  return [path.join(ROOT, `${beside}${line}.${extension}`), asFile(text)];
}

function firstLine(page: string): number | undefined {
  return BLOCKS.find((block) => block.page === page && block.language === 'ts')?.line;
}

/** vitest is not installed here; test/deploy/testing.test.ts runs the block with it. */
const VITEST = `declare module 'vitest' {
  export const beforeAll: typeof globalThis.beforeAll;
  export const expect: typeof globalThis.expect;
  export function test(name: string, options: { timeout: number }, run: () => Promise<void>): void;
}
`;

const compiled = BLOCKS.filter(({ language }) => CHECKS[language] === 'compiled');
const FILES = new Map(compiled.filter(({ tag }) => tag !== 'signature').map(fileOf));
const SIGNATURES = new Map(
  [...signatureFiles(compiled.filter(({ tag }) => tag === 'signature'))].map(([file, text]) => [
    path.join(ROOT, file),
    text,
  ]),
);
const WRONG = new Map([
  [path.join(ROOT, 'wrong-call.ts'), asFile(`app.onRequest(42, 'src/x.ts');`)],
  [
    path.join(ROOT, 'wrong-claim.ts'),
    asFile(`app.onRequest('GET /', 'src/x.ts'); // does not compile`),
  ],
  [
    path.join(ROOT, 'wrong-signature.ts'),
    `import { ServerlessApp } from 'cdk-serverless-app';
     export const check: { addFunction(id: number): void } = {} as ServerlessApp;`,
  ],
]);
const OTHERS = new Map([
  [path.join(ROOT, 'api.d.ts'), partnerApiTypes()],
  [path.join(ROOT, 'vitest.d.ts'), VITEST],
  [
    path.join(ROOT, 'docs-environment-md', 'serverless-app-env.d.ts'),
    'export type CreateOrderEnv = { readonly ORDERS_TABLE_NAME: string };\n',
  ],
  [
    path.join(ROOT, 'docs-triggers-events-md', 'serverless-app-env.d.ts'),
    "export type ShipReceives = 'OrderPlaced';\n",
  ],
]);

/** The errors in some files, from one run of the compiler, which takes most of the time. */
function errorsIn(files: ReadonlyMap<string, string>): readonly string[] {
  errors ??= typeErrors(new Map([...FILES, ...SIGNATURES, ...WRONG, ...OTHERS]), {
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'], // One page has code for the browser.
    paths: { '@example/events': ['./docs-recipes-monorepo-md/packages/events/index.ts'] },
  });
  const names = [...files.keys()].map((file) => `${path.basename(file)}: `);
  return errors.filter((error) => names.some((name) => error.startsWith(name)));
}
let errors: readonly string[] | undefined;

test('every block of TypeScript compiles, whatever its fence is called', () => {
  expect(FILES.size).toBeGreaterThan(120);
  expect(errorsIn(new Map([...FILES, ...OTHERS]))).toEqual([]);
});

test('every signature in the API reference is that of the code', () => {
  expect(SIGNATURES.size).toBeGreaterThan(8);
  expect(errorsIn(SIGNATURES)).toEqual([]);
});

test('a block that does not compile is noticed, and a line that does although it should not', () => {
  expect(errorsIn(WRONG)).toEqual([
    expect.stringContaining("'number' is not assignable"),
    expect.stringContaining("Unused '@ts-expect-error'"),
    expect.stringContaining("'ServerlessApp' is not assignable"),
  ]);
});

const JAVASCRIPT = blocksIn('js', 'javascript', 'mjs');
(JAVASCRIPT.length === 0 ? test.skip : test).each(JAVASCRIPT)('%s is JavaScript', (_, { code }) => {
  const { diagnostics = [] } = ts.transpileModule(code, {
    reportDiagnostics: true,
    fileName: 'block.js',
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });

  expect(diagnostics.map(({ messageText }) => messageText)).toEqual([]);
});

test.each(blocksIn('json'))('%s is JSON', (_, { code }) => {
  const text = code.replace(/^\/\/ [\w./-]+\.json\n/, ''); // the path of the file

  expect(() => JSON.parse(text) as unknown).not.toThrow();
});

test.each(blocksIn('yaml', 'yml'))('%s is YAML', (_, { code }) => {
  const tags = ['!Ref', '!GetAtt', '!Sub', '!Join', '!ImportValue']; // of CloudFormation
  const documents = parseAllDocuments(code, {
    customTags: tags.map((tag) => ({ tag, resolve: (value: unknown) => value })),
  });

  const problems = documents.flatMap((it) =>
    'errors' in it ? [...it.errors, ...it.warnings] : [],
  );
  expect(problems.map(({ message }) => message)).toEqual([]);
});

test.each(blocksIn('sh', 'bash'))('%s is a script of the shell', (_, { code }) => {
  const { stderr, status } = spawnSync('bash', ['-n'], { input: code, encoding: 'utf8' });

  expect([status, stderr]).toEqual([0, '']);
});

const EXAMPLES: Readonly<Record<string, string>> = {
  python: 'examples/languages/python/app.py',
  java: 'examples/languages/java/src/main/java/shop/OrdersApp.java',
  go: 'examples/languages/go/app.go',
};

test.each(blocksIn('python', 'java', 'go'))(
  '%s is lines of the example, which CI synthesizes',
  (_, { code, language }) => {
    const lines = withoutIndent(read(EXAMPLES[language] ?? ''));
    let from = 0;

    const missing = withoutIndent(code).filter((line) => {
      const at = lines.indexOf(line, from);
      from = at === -1 ? from : at + 1;
      return at === -1;
    });

    expect(missing).toEqual([]);
  },
);

function withoutIndent(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
