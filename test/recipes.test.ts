import { Stack } from 'aws-cdk-lib';
import { parseAllDocuments } from 'yaml';
import { migrateDefinition } from '../bin/migrate/migrate-definition';
import { runApp } from './support/run-app';
import { fs, path, tempFolder, warnings } from './support/synth';

const ROOT = path.join(__dirname, '..');

jest.setTimeout(60_000);

interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string }>>;
}

/** The pages whose files are a whole app: recipes, and what migrations lead to. */
const PAGES = ['recipes', 'migrating'].flatMap((folder) =>
  fs
    .readdirSync(path.join(ROOT, 'docs', folder))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${folder}/${file}`),
);

/** The files of a page, by the path in the first line of their block: `// src/get-order.ts`. */
function filesOf(page: string): Record<string, string> {
  const text = fs.readFileSync(path.join(ROOT, page), 'utf8');
  const blocks = text.matchAll(/^```\w+\n(?:\/\/|#) ([\w./-]+\.\w+)\n([\s\S]*?)^```$/gm);
  return Object.fromEntries([...blocks].map(([, file = '', code = '']) => [file, code] as const));
}

/** Writes the files of a page into a folder of its own, as `npm install` would leave it. */
function write(page: string): string {
  const files = filesOf(page);
  const folder = tempFolder(files);
  const modules = path.join(folder, 'node_modules');
  fs.mkdirSync(modules);
  for (const name of fs.readdirSync(path.join(ROOT, 'node_modules'))) {
    fs.symlinkSync(path.join(ROOT, 'node_modules', name), path.join(modules, name));
  }
  for (const [file, code] of Object.entries(files)) {
    if (/^packages\/[^/]+\/package\.json$/.test(file)) {
      const { name } = JSON.parse(code) as { readonly name: string };
      fs.mkdirSync(path.join(modules, path.dirname(name)), { recursive: true });
      fs.symlinkSync(path.join(folder, path.dirname(file)), path.join(modules, name));
    }
  }
  return folder;
}

function appsOf(files: Readonly<Record<string, string>>): string[] {
  return Object.keys(files).filter((file) => path.basename(file) === 'app.ts');
}

const before = process.cwd();
afterAll(() => {
  process.chdir(before);
});

const apps = PAGES.flatMap((page) => appsOf(filesOf(page)).map((app) => [page, app] as const));

test('every recipe has an app', () => {
  const without = PAGES.filter((page) => appsOf(filesOf(page)).length === 0);

  expect(without).toEqual(['docs/migrating/sam.md']); // what the command reads, not an app
  expect(apps.length).toBeGreaterThan(10);
});

test.each(apps)('%s: %s synthesizes without an error or a warning', (page, file) => {
  const folder = path.join(write(page), path.dirname(file));
  process.chdir(folder); // where the user calls the CDK

  const app = runApp(fs.readFileSync(path.join(folder, path.basename(file)), 'utf8'), {
    outdir: tempFolder(),
    context: { '@aws-cdk/core:validateAgainstDefaultRules': true },
  });
  const { stacks } = app.synth();

  const types = stacks.flatMap(({ template }) =>
    Object.values((template as Template).Resources).map(({ Type }) => Type),
  );
  const handlers = Object.keys(filesOf(page)).filter((name) => /(^|\/)src\//.test(name));
  expect(types.includes('AWS::Lambda::Function')).toBe(handlers.length > 0);
  const found = app.node.children.filter((child) => Stack.isStack(child)).flatMap(warnings);
  expect(found).toEqual([]);
});

test.each([
  ['docs/migrating/serverless-framework.md', 'serverless.yml'],
  ['docs/migrating/sam.md', 'template.yaml'],
])('%s: nothing of its %s is lost by the command', (page, definition) => {
  const folder = write(page);
  fs.mkdirSync(path.join(folder, 'src'), { recursive: true });
  for (const handler of ['get', 'close', 'get-order']) {
    fs.writeFileSync(path.join(folder, 'src', `${handler}.ts`), 'export const handler = () => 1;');
  }

  const { app, notes } = migrateDefinition(path.join(folder, definition), folder);

  expect(app).toContain('new ServerlessApp(');
  expect(notes.filter(({ kind }) => kind === 'lost')).toEqual([]);
});

test.each(PAGES)('%s: every file of YAML or JSON is well-formed', (page) => {
  for (const [file, code] of Object.entries(filesOf(page))) {
    if (/\.ya?ml$/.test(file)) {
      expect(parseAllDocuments(code).flatMap((document) => document.errors)).toEqual([]);
    } else if (file.endsWith('.json')) {
      expect(() => JSON.parse(code) as unknown).not.toThrow();
    }
  }
});
